/* Markdown from outside as lines: whatever comes, at whatever width, lines are clean and
 * hold what is said of them, and rendering what came before in pieces ends as well. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "tui/chat/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool cite(void *ctx, size_t number, struct citation *out)
{
	(void)ctx;
	*out = (struct citation){.note = number % 2 ? "" : "stale", .role = ROLE_LINK};
	return number < 20;
}

static void check(const struct chat_lines *l)
{
	for (size_t i = 0; i < l->lines.n; i++) {
		const struct chat_line *line = &l->lines.p[i];
		struct str text = chat_lines_text(l, i);
		size_t n = 0;

		if ((size_t)line->from + line->n > l->text.n || line->lead > line->n ||
		    (size_t)line->span + line->n_spans > l->spans.n ||
		    !utf8_is_valid(text))
			abort();
		for (uint16_t k = 0; k < line->n_spans; k++)
			n += l->spans.p[line->span + k].n;
		if (n != line->n && line->n_spans != UINT16_MAX)
			abort();
		for (size_t k = 0; k < text.n; k++) {
			if ((unsigned char)text.p[k] < 0x20 || text.p[k] == 0x7f)
				abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const int widths[] = {20, 40, 80, 200};
	struct chat_lines l = {.w = 0};
	struct strbuf copied;
	struct str text;

	if (n == 0)
		return 0;
	text = (struct str){(const char *)data + 1, n - 1};
	chat_lines_reset(&l, widths[data[0] & 3]);
	markdown_render(&l,
			&(struct markdown){.is_ascii = data[0] & 4,
					   .is_unchecked = data[0] & 8,
					   .indent = data[0] & 16 ? 2 : 0,
					   .cite = data[0] & 32 ? NULL : cite},
			text);
	check(&l);
	markdown_render(&l, &(struct markdown){.cite = cite},
			str_sub(text, text.n / 2, text.n));
	check(&l);
	strbuf_init(&copied, (size_t)1 << 24);
	chat_lines_copy(&l, 0, l.lines.n, &copied);
	strbuf_fini(&copied);
	chat_lines_fini(&l);
	return 0;
}
