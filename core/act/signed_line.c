/* See signed_line.h. */
#include "act/signed_line.h"

#include <sodium.h>
#include <string.h>

#include "base/timefmt.h"

enum {
	BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
	SIGNATURE_LETTERS = 86,
	MOST_DIGITS = 15,
	TIME_BYTES = 24,
};

void signed_line_put_signature(struct strbuf *line, const struct signature *signature)
{
	char text[SIGNATURE_LETTERS + 1];

	sodium_bin2base64(text, sizeof(text), signature->p, sizeof(signature->p), BASE64);
	strbuf_putc(line, ' ');
	strbuf_puts(line, text);
}

bool signed_line_split(struct str line, struct str *document, struct signature *signature)
{
	char again[SIGNATURE_LETTERS + 1];
	struct str letters;
	const char *end;
	size_t n;

	if (line.n < SIGNATURE_LETTERS + 1)
		return false;
	*document = str_sub(line, 0, line.n - SIGNATURE_LETTERS - 1);
	letters = str_sub(line, document->n + 1, SIGNATURE_LETTERS);
	if (line.p[document->n] != ' ' ||
	    sodium_base642bin(signature->p, sizeof(signature->p), letters.p, letters.n,
			      NULL, &n, &end, BASE64) != 0 ||
	    n != sizeof(signature->p) || end != letters.p + letters.n)
		return false;
	sodium_bin2base64(again, sizeof(again), signature->p, sizeof(signature->p),
			  BASE64);
	return memcmp(again, letters.p, SIGNATURE_LETTERS) == 0;
}

void signed_line_put_hash(struct strbuf *out, const struct merkle_hash *hash)
{
	char text[2 * MERKLE_BYTES + 1];

	sodium_bin2hex(text, sizeof(text), hash->p, sizeof(hash->p));
	strbuf_puts(out, text);
}

bool signed_line_skip(struct str *rest, struct str literal)
{
	if (!str_starts(*rest, literal))
		return false;
	*rest = str_sub(*rest, literal.n, rest->n);
	return true;
}

bool signed_line_number(struct str *rest, uint64_t *out)
{
	uint64_t value = 0;
	size_t n = 0;

	while (n < rest->n && n < MOST_DIGITS && rest->p[n] >= '0' && rest->p[n] <= '9')
		value = 10 * value + (uint64_t)(rest->p[n++] - '0');
	if (n == 0 || (n > 1 && rest->p[0] == '0'))
		return false;
	*out = value;
	*rest = str_sub(*rest, n, rest->n);
	return true;
}

bool signed_line_time(struct str *rest, int64_t *out)
{
	struct str text = str_sub(*rest, 0, TIME_BYTES);
	struct strbuf again;
	bool ok;

	if (text.n != TIME_BYTES || !time_parse(text, out))
		return false;
	strbuf_init(&again, TIME_BYTES + 16);
	time_format_iso(&again, *out, true);
	ok = str_eq(strbuf_str(&again), text);
	strbuf_fini(&again);
	*rest = str_sub(*rest, TIME_BYTES, rest->n);
	return ok;
}

bool signed_line_hash(struct str *rest, struct merkle_hash *out)
{
	struct str text = str_sub(*rest, 0, 2 * sizeof(out->p));
	size_t n;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] >= 'A' && text.p[i] <= 'F')
			return false;
	}
	if (text.n != 2 * sizeof(out->p) ||
	    sodium_hex2bin(out->p, sizeof(out->p), text.p, text.n, NULL, &n, NULL) != 0 ||
	    n != sizeof(out->p))
		return false;
	*rest = str_sub(*rest, text.n, rest->n);
	return true;
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool signed_line_word(struct str *rest, size_t max, struct str *out)
{
	size_t n = 0;

	while (n < rest->n && is_word_char(rest->p[n]))
		n++;
	*out = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return n >= 1 && n <= max;
}
