/* A stage with a chat: what is asked is kept, and answers are made up. The stage's clock
 * stands at 2026-11-21 04:12 UTC. */
#ifndef AZ_TESTS_SCREEN_CHAT_STAGE_H
#define AZ_TESTS_SCREEN_CHAT_STAGE_H

#include "screen/stage.h"
#include "worker/chat/chat.h"

struct chat_stage {
	struct stage stage;
	struct strbuf asked; /* "TEXT|BOARD|KEY|ROUTE|MODEL", a line each */
	struct strbuf told;  /* what else the worker was told, a line each */
	const char *edited;  /* what the editor makes of a text; NULL: it fails */
	uint64_t last_id;
	bool refuses;		/* nothing can be asked */
	int n_opened, n_closed; /* as the worker was told */
};

void chat_stage_open(struct chat_stage *c, const struct stage_options *options);
void chat_stage_close(struct chat_stage *c);

/* News of the question that was asked last. */
void chat_stage_step(struct chat_stage *c, enum chat_step step, const char *text);
void chat_stage_grow(struct chat_stage *c, const char *prose, const char *open);
/* What has settled since. */
void chat_stage_grow_more(struct chat_stage *c, const char *prose, const char *open);
void chat_stage_fail(struct chat_stage *c, const char *why);
/* The answer, taken. */
void chat_stage_answer(struct chat_stage *c, struct answer *answer, const char *sent);
/* One with a claim of each sort, a table, struck words, choices and follow-ups. */
void chat_stage_make(struct answer *answer);

#endif
