/* See ascii.h. Lines and blocks are not here: whoever draws them knows that they
 * are to be ASCII. This is for text, and text is from anywhere. */
#include "tui/ascii.h"

#include "base/count.h"
#include "base/utf8.h"

/* U+00C0 to U+00FF without their accents. */
static const char latin[] =
	"AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

static const struct {
	uint32_t cp;
	char is;
} signs[] = {
	{0xa0, ' '},	{0xab, '<'},   {0xb7, '.'},   {0xbb, '>'},   {0x2010, '-'},
	{0x2011, '-'},	{0x2012, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''},
	{0x2019, '\''}, {0x201a, ','}, {0x201c, '"'}, {0x201d, '"'}, {0x2022, '*'},
	{0x2026, '~'},	{0x2039, '<'}, {0x203a, '>'}, {0x2190, '<'}, {0x2191, '^'},
	{0x2192, '>'},	{0x2193, 'v'}, {0x2212, '-'}, {0x2713, '+'}, {0x2717, 'x'},
};

char ascii_of(struct str cluster)
{
	uint32_t cp;

	if (utf8_decode(cluster, &cp) == 0)
		return ' ';
	/* A letter and its marks: the letter. */
	if (cp < 0x80)
		return cp >= ' ' && cp < 0x7f ? (char)cp : '?';
	if (cp >= 0xc0 && cp <= 0xff)
		return latin[cp - 0xc0];
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (signs[i].cp == cp)
			return signs[i].is;
	}
	return '?';
}
