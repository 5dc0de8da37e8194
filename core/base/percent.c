/* See percent.h. Thread: any (no state). */
#include "base/percent.h"

static bool is_unreserved(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* `kept` stays, as what is unreserved does. */
static void encode(struct strbuf *out, struct str value, char kept)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (is_unreserved(c) || value.p[i] == kept)
			strbuf_putc(out, value.p[i]);
		else
			strbuf_printf(out, "%%%02X", c);
	}
}

void percent_encode(struct strbuf *out, struct str value)
{
	encode(out, value, '-');
}

void percent_encode_path(struct strbuf *out, struct str value)
{
	encode(out, value, '/');
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void percent_decode(struct strbuf *out, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		bool is_escape = value.p[i] == '%' && value.n - i > 2 &&
				 digit(value.p[i + 1]) >= 0 && digit(value.p[i + 2]) >= 0;

		if (is_escape) {
			strbuf_putc(out, (char)(digit(value.p[i + 1]) * 16 +
						digit(value.p[i + 2])));
			i += 2;
		} else {
			strbuf_putc(out, value.p[i]);
		}
	}
}
