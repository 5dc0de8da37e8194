/* libcurl, loaded when it is first called: its functions by their own names, so that who
 * calls them need not know. The table of them is the one thing here that is not the
 * caller's, for a process has a library once. Thread: any. */
#include <stdarg.h>

#include "base/count.h"
#include "base/late.h"
#include "config.h"
#include "net/http_transfer.h"

#define FUNCTION_LIST(X)                                                                 \
	X(curl_easy_cleanup)                                                             \
	X(curl_easy_getinfo)                                                             \
	X(curl_easy_init)                                                                \
	X(curl_easy_setopt)                                                              \
	X(curl_easy_strerror)                                                            \
	X(curl_free)                                                                     \
	X(curl_global_cleanup)                                                           \
	X(curl_global_init)                                                              \
	X(curl_multi_add_handle)                                                         \
	X(curl_multi_assign)                                                             \
	X(curl_multi_cleanup)                                                            \
	X(curl_multi_info_read)                                                          \
	X(curl_multi_init)                                                               \
	X(curl_multi_remove_handle)                                                      \
	X(curl_multi_setopt)                                                             \
	X(curl_multi_socket_action)                                                      \
	X(curl_slist_append)                                                             \
	X(curl_slist_free_all)                                                           \
	X(curl_url)                                                                      \
	X(curl_url_cleanup)                                                              \
	X(curl_url_get)                                                                  \
	X(curl_url_set)                                                                  \
	X(curl_version_info)

struct functions {
#define X(name) __typeof__(name) *name;
	FUNCTION_LIST(X)
#undef X
};

static const struct late_function functions[] = {
#define X(name) {#name, offsetof(struct functions, name)},
	FUNCTION_LIST(X)
#undef X
};

static struct late library = {.library = AZ_LIBCURL,
			      .functions = functions,
			      .n_functions = COUNT(functions),
			      .table_bytes = sizeof(struct functions)};

static const struct functions *curl(void)
{
	return late_table(&library);
}

bool http_late_load(struct err *err)
{
	return late_load(&library, err) != NULL;
}

void curl_easy_cleanup(CURL *easy)
{
	curl()->curl_easy_cleanup(easy);
}

CURL *curl_easy_init(void)
{
	return curl()->curl_easy_init();
}

const char *curl_easy_strerror(CURLcode code)
{
	return curl()->curl_easy_strerror(code);
}

void curl_free(void *p)
{
	curl()->curl_free(p);
}

void curl_global_cleanup(void)
{
	curl()->curl_global_cleanup();
}

CURLcode curl_global_init(long flags)
{
	return curl()->curl_global_init(flags);
}

CURLMcode curl_multi_add_handle(CURLM *multi, CURL *easy)
{
	return curl()->curl_multi_add_handle(multi, easy);
}

CURLMcode curl_multi_assign(CURLM *multi, curl_socket_t fd, void *socketp)
{
	return curl()->curl_multi_assign(multi, fd, socketp);
}

CURLMcode curl_multi_cleanup(CURLM *multi)
{
	return curl()->curl_multi_cleanup(multi);
}

CURLMsg *curl_multi_info_read(CURLM *multi, int *left)
{
	return curl()->curl_multi_info_read(multi, left);
}

CURLM *curl_multi_init(void)
{
	return curl()->curl_multi_init();
}

CURLMcode curl_multi_remove_handle(CURLM *multi, CURL *easy)
{
	return curl()->curl_multi_remove_handle(multi, easy);
}

CURLMcode curl_multi_socket_action(CURLM *multi, curl_socket_t fd, int events,
				   int *running)
{
	return curl()->curl_multi_socket_action(multi, fd, events, running);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text)
{
	return curl()->curl_slist_append(list, text);
}

void curl_slist_free_all(struct curl_slist *list)
{
	curl()->curl_slist_free_all(list);
}

CURLU *curl_url(void)
{
	return curl()->curl_url();
}

void curl_url_cleanup(CURLU *url)
{
	curl()->curl_url_cleanup(url);
}

/* Not by its own name: from one curl to the next its first argument became constant. */
CURLUcode http_late_url_get(CURLU *url, CURLUPart part, char **text, unsigned flags)
{
	return curl()->curl_url_get(url, part, text, flags);
}

CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned flags)
{
	return curl()->curl_url_set(url, part, text, flags);
}

curl_version_info_data *curl_version_info(CURLversion age)
{
	return curl()->curl_version_info(age);
}

/* What an option takes follows from its number. Here they are functions: the header has
 * macros of the same names, which look at types. */
#undef curl_easy_getinfo
#undef curl_easy_setopt
#undef curl_multi_setopt

CURLcode curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
	CURLcode code;
	va_list ap;

	va_start(ap, info);
	code = curl()->curl_easy_getinfo(easy, info, va_arg(ap, void *));
	va_end(ap);
	return code;
}

CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
	CURLcode code;
	va_list ap;

	va_start(ap, option);
	if ((int)option < CURLOPTTYPE_OBJECTPOINT)
		code = curl()->curl_easy_setopt(easy, option, va_arg(ap, long));
	else if ((int)option > CURLOPTTYPE_OFF_T && (int)option < CURLOPTTYPE_BLOB)
		code = curl()->curl_easy_setopt(easy, option, va_arg(ap, curl_off_t));
	else
		code = curl()->curl_easy_setopt(easy, option, va_arg(ap, void *));
	va_end(ap);
	return code;
}

CURLMcode curl_multi_setopt(CURLM *multi, CURLMoption option, ...)
{
	CURLMcode code;
	va_list ap;

	va_start(ap, option);
	if ((int)option < CURLOPTTYPE_OBJECTPOINT)
		code = curl()->curl_multi_setopt(multi, option, va_arg(ap, long));
	else
		code = curl()->curl_multi_setopt(multi, option, va_arg(ap, void *));
	va_end(ap);
	return code;
}
