/* See err.h: the one table of error codes, and the texts built from it. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	bool is_retryable;
	int exit_code;
} codes[] = {
#define X(id, name, retryable, exit_code) [ERR_##id] = {name, retryable, exit_code},
	ERR_LIST(X)
#undef X
};

void err_clear(struct err *err)
{
	*err = (struct err){.code = ERR_NONE, .retry_after_ms = -1};
}

/* A text that was cut must not end within a character. */
static void end_whole(struct err *err)
{
	size_t n = strlen(err->text), from = n;
	struct str tail;
	uint32_t cp;

	while (from > 0 && n - from < 4 &&
	       ((unsigned char)err->text[from - 1] & 0xc0) == 0x80)
		from--;
	if (from == 0 || n + 1 < sizeof(err->text))
		return;
	tail = (struct str){.p = err->text + from - 1, .n = n - from + 1};
	if (utf8_decode(tail, &cp) < tail.n || cp == UTF8_REPLACEMENT)
		err->text[from - 1] = '\0';
}

/* Names from the network, from files and from the command line may be in a text,
 * and it ends on a terminal. */
static void finish(struct err *err)
{
	struct strbuf clean;

	end_whole(err);
	if (sanitize_is_clean(str_from(err->text)))
		return;
	strbuf_init(&clean, 3 * sizeof(err->text));
	sanitize_line(&clean, str_from(err->text));
	snprintf(err->text, sizeof(err->text), "%s", clean.p);
	strbuf_fini(&clean);
	end_whole(err);
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	err_clear(err);
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	finish(err);
	return false;
}

bool err_wrap(struct err *err, const char *fmt, ...)
{
	struct strbuf text;
	va_list ap;

	strbuf_init(&text, 1024);
	va_start(ap, fmt);
	strbuf_vprintf(&text, fmt, ap);
	va_end(ap);
	strbuf_puts(&text, ": ");
	strbuf_puts(&text, err->text);
	snprintf(err->text, sizeof(err->text), "%s", text.p);
	strbuf_fini(&text);
	finish(err);
	return false;
}

bool err_errno(struct err *err, enum err_code code, int errnum, const char *fmt, ...)
{
	va_list ap;
	int n;

	err_clear(err);
	err->code = code;
	va_start(ap, fmt);
	n = vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof(err->text))
		snprintf(err->text + n, sizeof(err->text) - (size_t)n, ": %s",
			 strerror(errnum));
	finish(err);
	return false;
}

const char *err_name(enum err_code code)
{
	return (unsigned)code < ERR_COUNT ? codes[code].name : "internal";
}

bool err_is_retryable(enum err_code code)
{
	return (unsigned)code < ERR_COUNT && codes[code].is_retryable;
}

int err_exit_code(enum err_code code)
{
	return (unsigned)code < ERR_COUNT ? codes[code].exit_code : 5;
}
