/* The conversation of the chat pane and of `azdeck ask`: a person asks, the worker reads
 * what the question needs, asks a model or the guide, checks what it says, and tells each
 * step. Orders are answered by NEWS_CHAT with their id; the last of a question has
 * `is_over`. Thread: any makes orders; the answers move with the news. */
#ifndef AZ_WORKER_CHAT_H
#define AZ_WORKER_CHAT_H

#include "answer/answer.h"
#include "worker/worker.h"

enum chat_step {
	CHAT_READS, /* what is read or looked up now: text */
	CHAT_ROUTE, /* who is asked, and why: text */
	/* answer: prose and claims that have settled since the last one of them, or, without
	 * is_more, all of it; `open`: what may still change */
	CHAT_GROWS,
	CHAT_AGAIN,  /* what came does not count: the stream died, and it begins again */
	CHAT_ANSWER, /* answer: whole; is_over */
	CHAT_FAILED, /* err; is_over */
	CHAT_WAS,    /* a turn of a conversation that is gone on with: text, answer */
	CHAT_TOLD,   /* text: to an order that is no question; is_over */
	CHAT_NAMES, /* text: what may be named now, "/model NAME", a line each; is_over */
};

/* In the number of a question that was asked in another run. */
#define CHAT_OLD (UINT64_C(1) << 63)

struct chat_news {
	enum chat_step step;
	uint64_t question; /* the id that worker_ask returned */
	bool is_over, is_more;
	struct answer answer; /* GROWS, ANSWER */
	struct strbuf open;   /* GROWS: Markdown behind the settled prose, unchecked */
	struct strbuf text;
	struct err err;
	/* ANSWER: what was sent and came, as a person may inspect it. */
	struct strbuf sent;
};
/* The caller's, to free. */
struct chat_news *news_take_chat(struct news *news);
void chat_news_free(struct chat_news *c); /* accepts NULL */

struct chat_question {
	const char *text;
	/* The row it is about, as under a cursor; "" and "" or NULL. */
	const char *board, *key;
	const char *route; /* NULL: as configured; "guide": no model is asked */
	const char *model; /* an endpoint's name; NULL: as routed */
};

/* Copied. Returns the question's id. */
uint64_t worker_ask(struct worker *w, const struct chat_question *question);
/* What came of it so far is kept, as an answer that was stopped. */
void worker_ask_stop(struct worker *w, uint64_t question);
/* The chat is on the screen: local models are read into memory, runbooks too, and
 * CHAT_NAMES comes. Or it is not any more. */
uint64_t worker_chat_open(struct worker *w, bool is_open);
/* Begins an empty one, or goes on with one of that name; NULL: a new one. */
uint64_t worker_conversation(struct worker *w, const char *name);
/* Conversations that were kept, and have these words. */
uint64_t worker_search_chats(struct worker *w, const char *words);
/* Whether the answer helped, and why not; kept on this machine alone. */
uint64_t worker_ask_rate(struct worker *w, uint64_t question, bool is_good,
			 const char *why);

#endif
