/* See lettering.h. */
#include "guide/lettering.h"

#include "base/count.h"
#include "base/utf8.h"

/* Letters that look like one of ASCII's. Sorted by their own number. */
static const struct {
	uint32_t cp;
	char ascii;
} alike[] = {
	{0x0131, 'i'},	{0x03B1, 'a'}, {0x03B5, 'e'}, {0x03B9, 'i'}, {0x03BF, 'o'},
	{0x03C1, 'p'},	{0x03C5, 'u'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'},
	{0x041A, 'K'},	{0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'},
	{0x0421, 'C'},	{0x0422, 'T'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'},
	{0x043A, 'k'},	{0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0442, 't'},
	{0x0443, 'y'},	{0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'},
	{0x04BB, 'h'},	{0x0501, 'd'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''},
	{0x2019, '\''}, {0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'}, {0x2026, ' '},
};

static bool is_unseen(uint32_t cp)
{
	return cp == 0x00AD || cp == 0x034F || cp == 0x061C || cp == 0x180E ||
	       (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
	       (cp >= 0xE0000 && cp <= 0xE0FFF);
}

static uint32_t plain(uint32_t cp)
{
	if (cp < 0x20 || cp == 0x7F || cp == 0x00A0 || cp == UTF8_REPLACEMENT)
		return ' ';
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFF01 + '!';
	for (size_t i = 0; i < COUNT(alike); i++)
		if (alike[i].cp == cp)
			return (uint32_t)alike[i].ascii;
	return cp;
}

bool lettering_fold(struct str text, struct strbuf *out)
{
	bool has_unseen = false;
	uint32_t cp;

	for (size_t used; (used = utf8_decode(text, &cp)) > 0;
	     text = str_sub(text, used, text.n)) {
		char bytes[4];

		if (is_unseen(cp)) {
			has_unseen = true;
			continue;
		}
		strbuf_put(out,
			   (struct str){.p = bytes, .n = utf8_encode(plain(cp), bytes)});
	}
	return has_unseen;
}
