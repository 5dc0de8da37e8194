/* Databases to act on, plans and changes of them, for the tests of the screens about
 * changes. The stage's clock stands at 2026-11-21 04:12 UTC. */
#ifndef AZ_TESTS_SCREEN_CHANGE_STAGE_H
#define AZ_TESTS_SCREEN_CHANGE_STAGE_H

#include "act/plan.h"
#include "screen/stage.h"
#include "worker/change/changes.h"

struct change_stage {
	struct stage stage;
	struct library *library;
	struct action *action; /* of its plans: two steps */
	const char *says;      /* of services and people, in plans; NULL: what is usual */
};

void change_stage_init(struct change_stage *c, const struct stage_options *options);
void change_stage_fini(struct change_stage *c);
/* Any board, of its answers. */
void change_stage_give(struct change_stage *c, const char *board, const char *answers);
/* The board, its first row under the cursor. */
void change_stage_open_board(struct change_stage *c);
/* As `keys` after that: the first action, its size typed, its plan asked for. */
void change_stage_ask_plan(struct change_stage *c);
/* The plan of what was asked for; the caller's. */
struct plan *change_stage_plan(struct change_stage *c);
/* Answers the last order for a plan. */
void change_stage_give_plan(struct change_stage *c, bool needs_second);
/* Answers the last order to a change. */
void change_stage_answer(struct change_stage *c, const char *refusal);
/* The list is this one change of the plan, or empty. */
void change_stage_list(struct change_stage *c, const struct act_change *change);
void change_stage_paste(struct change_stage *c, const char *text);
void change_stage_wait(struct change_stage *c, int64_t ms);

#endif
