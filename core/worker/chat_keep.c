/* See chat_part.h: turns that were, and what people thought of the answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "worker/chat_part.h"

static void turn_free(struct chat_turn *turn)
{
	free(turn->question);
	free(turn->prose);
	free(turn->route);
}

void chat_remember(struct chat_desk *d, const struct chat_talk *t,
		   const struct answer *answer)
{
	if (d->turns.n == CHAT_TURNS_MOST) {
		turn_free(&d->turns.p[0]);
		memmove(d->turns.p, d->turns.p + 1,
			(d->turns.n - 1) * sizeof(*d->turns.p));
		d->turns.n--;
	}
	vec_push(&d->turns,
		 (struct chat_turn){
			 .id = t->id,
			 .question = xstrdup(t->text),
			 .prose = xstrdup(answer->prose.n ? answer->prose.p : ""),
			 .route = xstrdup(answer->route),
			 .at_ms = t->e.now_ms,
		 });
	d->guided += answer->is_guide;
	d->refused += answer->type == ANSWER_REFUSE;
	d->unanswered += answer->type == ANSWER_UNKNOWN;
}

void chat_forget(struct chat_desk *d)
{
	struct chat_turn *turn;

	vec_each (turn, &d->turns)
		turn_free(turn);
	d->turns.n = 0;
}

static void told(struct chat_desk *d, uint64_t id, const char *text)
{
	struct chat_news *news = chat_news_new(CHAT_TOLD, 0);

	strbuf_puts(&news->text, text);
	d->options.tell(d->options.ctx, id, news);
}

void chat_desk_converse(struct chat_desk *d, uint64_t id, const char *name)
{
	chat_forget(d);
	free(d->conversation);
	d->conversation = name ? xstrdup(name) : NULL;
	gateway_conversation_begin(d->options.gateway, 0);
	told(d, id, name ? name : "a new conversation");
}

void chat_desk_rate(struct chat_desk *d, uint64_t id, uint64_t question, bool is_good,
		    const char *why)
{
	struct chat_turn *turn;

	vec_each (turn, &d->turns) {
		if (turn->id != question)
			continue;
		d->helped -= turn->rated > 0;
		d->not_helped -= turn->rated < 0;
		turn->rated = is_good ? 1 : -1;
		d->helped += is_good;
		d->not_helped += !is_good;
	}
	told(d, id, why && *why ? "kept, with the reason" : "kept");
}
