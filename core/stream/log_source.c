/* See log_source.h. One row a kind of source. */
#include "stream/log_source.h"

#include <string.h>

#include "base/count.h"

enum { NAME_MOST = 253 };

/* The name of a connection behind the last '@'; a query may well have other ones. */
static void cut_connection(struct str *text, struct str *connection)
{
	size_t at = text->n;

	while (at > 0 && text->p[at - 1] != '@') {
		char c = text->p[at - 1];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && !(c && strchr("-._", c)))
			return;
		at--;
	}
	if (at == 0 || at == text->n)
		return;
	*connection = str_sub(*text, at, text->n);
	*text = str_trim(str_sub(*text, 0, at - 1));
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' &&
		    c != '.' && c != '*')
			return false;
	}
	return s.n > 0 && s.n <= NAME_MOST;
}

static bool read_pods(struct str text, struct log_source *out)
{
	struct str rest;

	cut_connection(&text, &out->connection);
	rest = text;
	if (!str_next(&rest, '/', &out->namespace) || !str_next(&rest, '/', &out->name) ||
	    !is_name(out->namespace) || !is_name(out->name))
		return false;
	if (!rest.p)
		return true;
	out->container = rest;
	return is_name(rest);
}

static bool read_kql(struct str text, struct log_source *out)
{
	cut_connection(&text, &out->connection);
	out->text = str_trim(text);
	return out->text.n > 0;
}

static bool read_file(struct str text, struct log_source *out)
{
	out->text = text;
	return text.n > 0 && !memchr(text.p, '\0', text.n);
}

static const struct {
	const char *prefix;
	bool (*read)(struct str text, struct log_source *out);
	const char *form, *help;
} kinds[] = {
	[LOG_SOURCE_PODS] = {"pods:", read_pods,
			     "pods:NAMESPACE/NAME[/CONTAINER][@CONNECTION]",
			     "a pod, the pods of a workload, or all that fit a pattern "
			     "with *"},
	[LOG_SOURCE_KQL] = {"kql:", read_kql, "kql:QUERY[@CONNECTION]",
			    "a table of Log Analytics, or any query whose rows have a "
			    "time"},
	[LOG_SOURCE_SEARCH] =
		{"search:", read_kql, "search:QUERY[@CONNECTION]",
		 "the same of a table of the Basic or Auxiliary plan, where "
		 "each look is paid for"},
	[LOG_SOURCE_FILE] = {"file:", read_file, "file:PATH", "a file that grows"},
};

bool log_source_has_kind(struct str text)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_starts(text, str_from(kinds[i].prefix)))
			return true;
	}
	return false;
}

bool log_source_parse(struct str text, struct log_source *out, struct err *err)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct str prefix = str_from(kinds[i].prefix);

		if (!str_starts(text, prefix))
			continue;
		*out = (struct log_source){.kind = (enum log_source_kind)i};
		return kinds[i].read(str_sub(text, prefix.n, text.n), out)
			       ? true
			       : err_set(err, ERR_USAGE,
					 "\"%.*s\" is no source of lines: write %s",
					 (int)(text.n < 80 ? text.n : 80), text.p,
					 kinds[i].form);
	}
	return err_set(err, ERR_USAGE,
		       "\"%.*s\" is no source of lines: one begins with pods:, kql:, "
		       "search: or file:",
		       (int)(text.n < 80 ? text.n : 80), text.n ? text.p : "");
}

const char *log_source_form(size_t i, const char **help)
{
	if (i >= COUNT(kinds))
		return NULL;
	*help = kinds[i].help;
	return kinds[i].form;
}
