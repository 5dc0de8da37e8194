/* What of a conversation is copied. See talk.h. */
#include "tui/chat/talk.h"

/* Lines around `at` that belong together. */
static void widen(const struct chat_lines *l, size_t at, size_t *from, size_t *to,
		  bool is_code)
{
	const struct chat_line *line = &l->lines.p[at];
	uint32_t block = line->block;

	*from = at;
	*to = at + 1;
	while (*from > 0 && l->lines.p[*from - 1].block == block &&
	       (!is_code || l->lines.p[*from - 1].kind == CHAT_LINE_CODE))
		--*from;
	while (*to < l->lines.n && l->lines.p[*to].block == block &&
	       (!is_code || l->lines.p[*to].kind == CHAT_LINE_CODE))
		++*to;
	while (*to > *from + 1 && l->lines.p[*to - 1].kind == CHAT_LINE_BLANK)
		--*to;
}

/* The line of code nearest to `at`: below it first, for code stands under what it is
 * about. */
static bool find_code(const struct chat_lines *l, size_t at, size_t *out)
{
	for (size_t i = at; i < l->lines.n; i++) {
		if (l->lines.p[i].kind == CHAT_LINE_CODE) {
			*out = i;
			return true;
		}
	}
	for (size_t i = at; i-- > 0;) {
		if (l->lines.p[i].kind == CHAT_LINE_CODE) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool talk_copy(const struct talk *t, enum talk_part part, struct strbuf *out)
{
	struct talk_line line;
	size_t from, to;

	if (!talk_line(t, t->cursor, &line))
		return false;
	switch (part) {
	case TALK_LINE:
		chat_lines_copy(&line.turn->lines, line.at, line.at + 1, out);
		return out->n > 0;
	case TALK_BLOCK:
		widen(&line.turn->lines, line.at, &from, &to, false);
		break;
	case TALK_CODE:
		if (!find_code(&line.turn->lines, line.at, &from))
			return false;
		widen(&line.turn->lines, from, &from, &to, true);
		break;
	case TALK_ANSWER:
		if (line.turn->state == TURN_NOTE)
			strbuf_puts(out, line.turn->text);
		else
			strbuf_put(out, strbuf_str(&line.turn->answer.prose));
		return out->n > 0;
	}
	chat_lines_copy(&line.turn->lines, from, to, out);
	return out->n > 0;
}
