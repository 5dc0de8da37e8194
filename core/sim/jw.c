/* A JSON writer without state: whether a comma is due is read off the last byte
 * written. Thread: any. */
#include "sim/jw.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/timefmt.h"

static void start(struct strbuf *out, const char *key)
{
	char last = out->n ? out->p[out->n - 1] : '{';

	if (last != '{' && last != '[' && last != ':')
		strbuf_putc(out, ',');
	if (!key)
		return;
	json_print_text(out, str_from(key));
	strbuf_putc(out, ':');
}

void jw_object(struct strbuf *out, const char *key)
{
	start(out, key);
	strbuf_putc(out, '{');
}

void jw_object_end(struct strbuf *out)
{
	strbuf_putc(out, '}');
}

void jw_list(struct strbuf *out, const char *key)
{
	start(out, key);
	strbuf_putc(out, '[');
}

void jw_list_end(struct strbuf *out)
{
	strbuf_putc(out, ']');
}

void jw_str(struct strbuf *out, const char *key, struct str text)
{
	start(out, key);
	json_print_text(out, text);
}

void jw_text(struct strbuf *out, const char *key, const char *text)
{
	if (text)
		jw_str(out, key, str_from(text));
	else
		jw_null(out, key);
}

void jw_format(struct strbuf *out, const char *key, const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(text))
		n = (int)sizeof(text) - 1;
	jw_str(out, key, (struct str){.p = text, .n = (size_t)n});
}

void jw_int(struct strbuf *out, const char *key, int64_t value)
{
	start(out, key);
	strbuf_printf(out, "%lld", (long long)value);
}

void jw_number(struct strbuf *out, const char *key, double value, int decimals)
{
	double scale = pow(10, decimals);

	start(out, key);
	json_print_number(out, round(value * scale) / scale);
}

void jw_bool(struct strbuf *out, const char *key, bool value)
{
	start(out, key);
	strbuf_puts(out, value ? "true" : "false");
}

void jw_null(struct strbuf *out, const char *key)
{
	start(out, key);
	strbuf_puts(out, "null");
}

void jw_time(struct strbuf *out, const char *key, int64_t utc_ms, int digits)
{
	start(out, key);
	strbuf_putc(out, '"');
	time_format_iso(out, utc_ms, digits > 0);
	if (digits > 3) {
		strbuf_cut(out, out->n - 1);
		strbuf_pad(out, '0', (size_t)digits - 3);
		strbuf_putc(out, 'Z');
	}
	strbuf_putc(out, '"');
}
