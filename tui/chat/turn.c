/* See turn.h. */
#include "tui/chat/turn.h"

#include <stdlib.h>

#include "base/xalloc.h"

enum { MOST_OPEN = 256 << 10, MOST_STEP = 2000, MOST_SENT = 1 << 20 };

static struct turn *new_turn(const char *text)
{
	struct turn *t = xcalloc(1, sizeof(*t));

	t->text = xstrdup(text);
	answer_init(&t->answer);
	strbuf_init(&t->open, MOST_OPEN);
	strbuf_init(&t->step, MOST_STEP);
	strbuf_init(&t->sent, MOST_SENT);
	t->shown_s = -1;
	return t;
}

struct turn *turn_new(const char *text, const char *about)
{
	struct turn *t = new_turn(text);

	t->about = about && about[0] ? xstrdup(about) : NULL;
	return t;
}

struct turn *turn_note(const char *markdown)
{
	struct turn *t = new_turn(markdown);

	t->state = TURN_NOTE;
	return t;
}

void turn_free(struct turn *t)
{
	if (!t)
		return;
	free(t->text);
	free(t->about);
	answer_fini(&t->answer);
	strbuf_fini(&t->open);
	strbuf_fini(&t->step);
	strbuf_fini(&t->sent);
	chat_lines_fini(&t->lines);
	free(t);
}

static void take_text(struct strbuf *to, struct strbuf *from)
{
	struct strbuf had = *to;

	*to = *from;
	*from = had;
	strbuf_reset(from);
}

/* What is on screen of it stays while the new one begins with the same words. */
static void take_answer(struct turn *t, struct answer *answer)
{
	const struct answer *had = &t->answer;

	if (answer->prose.n < t->settled_bytes ||
	    memcmp(answer->prose.p, had->prose.p, t->settled_bytes) != 0) {
		t->settled_bytes = 0;
		t->settled = t->begin;
	}
	answer_fini(&t->answer);
	t->answer = *answer;
	answer_init(answer);
}

static void begin_again(struct turn *t, struct chat_news *news)
{
	struct answer none;

	answer_init(&none);
	take_answer(t, &none);
	strbuf_reset(&t->open);
	take_text(&t->step, &news->text);
	t->state = TURN_WAITS;
	t->is_again = true;
}

static void end(struct turn *t, struct chat_news *news)
{
	take_answer(t, &news->answer);
	take_text(&t->sent, &news->sent);
	strbuf_reset(&t->open);
	strbuf_reset(&t->step);
	t->state = t->is_stopping ? TURN_STOPPED : TURN_DONE;
}

void turn_take(struct turn *t, struct chat_news *news)
{
	switch (news->step) {
	case CHAT_READS:
	case CHAT_ROUTE:
		take_text(&t->step, &news->text);
		break;
	case CHAT_GROWS:
		if (news->is_more)
			answer_put_more(&t->answer, &news->answer, 0, 0);
		else
			take_answer(t, &news->answer);
		take_text(&t->open, &news->open);
		t->state = TURN_GROWS;
		break;
	case CHAT_AGAIN:
		begin_again(t, news);
		break;
	case CHAT_WAS:
	case CHAT_ANSWER:
		end(t, news);
		break;
	case CHAT_FAILED:
		t->err = news->err;
		strbuf_reset(&t->open);
		t->state = t->is_stopping ? TURN_STOPPED : TURN_FAILED;
		break;
	case CHAT_TOLD:
	case CHAT_NAMES:
		break;
	}
	t->is_dirty = true;
}
