/* See unmarked.h. In code a backslash is one: it goes out as it stands. */
#include "cli/unmarked.h"

#include <ctype.h>

static size_t ticks_at(struct str text, size_t at)
{
	size_t n = 0;

	while (at + n < text.n && text.p[at + n] == '`')
		n++;
	return n;
}

/* Bytes of the code that begins here, its marks included; of what nothing closes, only its
 * marks. 0: none begins. */
static size_t code_at(struct str text, size_t at)
{
	size_t marks = ticks_at(text, at);

	if (!marks)
		return 0;
	for (size_t i = at + marks; i < text.n;) {
		size_t n = ticks_at(text, i);

		if (n == marks)
			return i + n - at;
		i += n ? n : 1;
	}
	return marks;
}

void unmarked_put(struct strbuf *out, struct str markdown)
{
	for (size_t i = 0; i < markdown.n;) {
		size_t code = code_at(markdown, i);

		if (code) {
			strbuf_put(out, str_sub(markdown, i, code));
			i += code;
			continue;
		}
		if (markdown.p[i] == '\\' && i + 1 < markdown.n &&
		    ispunct((unsigned char)markdown.p[i + 1]))
			i++;
		strbuf_putc(out, markdown.p[i++]);
	}
}
