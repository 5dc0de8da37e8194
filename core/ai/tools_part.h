/* What the tools share; private to tools*.c. A tool writes what azdeck says itself into
 * `head` and what came from outside into `body`: the first is trusted, the second is
 * fenced. Thread: one at a time. */
#ifndef AZ_AI_TOOLS_PART_H
#define AZ_AI_TOOLS_PART_H

#include <cjson/cJSON.h>

#include "act/action.h"
#include "ai/tools.h"
#include "schedule/zones.h"

/* A row is shown whole or not at all, so bodies stay below what an answer may have. */
enum {
	TOOL_BODY_MOST = TOOL_ANSWER_MOST - 1500,
	TOOL_HEAD_MOST = 7 << 10,
	TOOL_ROWS = 10,
};

struct tool_call {
	const cJSON *args; /* checked */
	const struct evidence *e;
	const struct actions *actions;
	struct zones *zones;
	struct strbuf head, body;
	struct strbuf *proposal;
};

typedef void (*tool_run_fn)(struct tool_call *call);
/* Which boards its arguments need. False: they name something there is not; `err` says
 * what there is. */
typedef bool (*tool_need_fn)(const cJSON *args, const struct evidence *e,
			     struct tool_need *need, struct err *err);

/* A row of the table of tools. */
struct tool_row {
	const char *schema, *small; /* JSON; NULL: not for small models */
	tool_need_fn need;	    /* NULL: none */
	tool_run_fn run;
};
extern const struct tool_row tool_rows[TOOLS];

void tool_boards(struct tool_call *call);
void tool_query(struct tool_call *call);
void tool_fields(struct tool_call *call);
void tool_history(struct tool_call *call);
void tool_changes(struct tool_call *call);
void tool_logs(struct tool_call *call);
void tool_runbooks(struct tool_call *call);
bool tool_runbooks_need(const cJSON *args, const struct evidence *e,
			struct tool_need *need, struct err *err);
void tool_explain(struct tool_call *call);
void tool_schedule(struct tool_call *call);
void tool_propose(struct tool_call *call);

void tool_need_add(struct tool_need *need, const char *board);

/* The board as it stands in the evidence, after a line on its version, age and health.
 * NULL: there is none, and the line says so. */
const struct board *tool_board(struct tool_call *call, const char *name);
/* Which rows, how many, in which order. */
struct tool_rows_wanted {
	const char *filter; /* NULL: all */
	ptrdiff_t time;	    /* a column of moments that must be within; -1 */
	int64_t from_ms, to_ms;
	size_t most;
};
/* Rows into the body, and what is left out into the head. */
void tool_put_rows(struct tool_call *call, const struct board *board,
		   const struct tool_rows_wanted *wanted);
/* An argument, or what stands for it. */
size_t tool_count(const cJSON *args, const char *name, size_t usual);
/* A moment among the arguments. False: the head says that it is none. */
bool tool_moment(struct tool_call *call, const char *name, int64_t usual_ms,
		 int64_t *out);

#endif
