/* What a model may look up. Every tool reads, from evidence alone; the one that proposes an
 * action names what a person may plan, and nothing more. Arguments are checked against the
 * tool's schema before anything is done; answers are capped, redacted and fenced. Marks of
 * the leash in arguments are put back first, because the model has seen nothing else.
 * Thread: one at a time; a schedule's zone is read from a file when it is met first. */
#ifndef AZ_AI_TOOLS_H
#define AZ_AI_TOOLS_H

#include "ai/leash.h"
#include "ai/turn.h"
#include "answer/evidence.h"

/* id, name, what it does: as the model reads it */
#define TOOL_LIST(X)                                                                     \
	X(BOARDS, "list_boards",                                                         \
	  "Which boards there are, by category, with their columns")                     \
	X(QUERY, "query_board", "Rows of one board, by filter or JMESPath")              \
	X(FIELDS, "read_fields", "Values of fields by path, with version and age")       \
	X(HISTORY, "history", "How a figure of a row went over a span")                  \
	X(CHANGES, "changes", "What changed between two moments")                        \
	X(LOGS, "search_logs", "Patterns and counts of log lines")                       \
	X(RUNBOOKS, "search_runbooks", "Sections of runbooks that fit a question")       \
	X(EXPLAIN, "explain", "What a state means, and what to do about it")             \
	X(SCHEDULE, "schedule", "What a schedule tag intends at a moment")               \
	X(PROPOSE, "propose_action", "Propose an action; a person plans and approves it")

enum ai_tool {
#define X(id, name, about) TOOL_##id,
	TOOL_LIST(X)
#undef X
		TOOLS
};

enum {
	TOOL_ANSWER_MOST = 8 << 10,
	TOOL_CALLS_MOST = 12,
	TOOL_BOARDS_MOST = 8,
	TOOL_QUESTION_MOST = 300,
};

/* What one call needs before it can be answered: boards that are not in the evidence.
 * Those that do not come are said to be missing in the answer. */
struct tool_need {
	const char *boards[TOOL_BOARDS_MOST]; /* names of the library */
	size_t n;
	/* What runbooks are searched for; "": they are not. */
	char question[TOOL_QUESTION_MOST + 1];
};
/* Calls of one question: how many there were, whether they go round in circles. */
struct tool_budget {
	size_t calls;
	uint64_t seen[TOOL_CALLS_MOST]; /* digests of name and arguments */
	int64_t until_ms;		/* of the evidence's clock; 0: no end */
};

struct ai_tools;

/* The leash outlives it. */
struct ai_tools *ai_tools_new(struct leash *leash);
void ai_tools_free(struct ai_tools *t);

/* The turn's tools; they live as long as `t`. `is_small`: for small models, one tool with
 * one small schema; what else they need to know was put into the turn by who asks. */
const struct turn_tool *ai_tools_list(const struct ai_tools *t, bool is_small, size_t *n);

/* False: the call is refused, and `out` says so to the model. Counts it in any case. */
bool ai_tools_check(struct ai_tools *t, struct str name, struct str arguments,
		    struct tool_budget *budget, const struct evidence *e,
		    struct tool_need *need, struct strbuf *out);
/* Answers a checked call. `proposal` gets the action it proposes, as "ACTION BOARD/KEY
 * INPUT=VALUE ...", or stays empty. */
void ai_tools_run(struct ai_tools *t, struct str name, struct str arguments,
		  const struct evidence *e, struct strbuf *out, struct strbuf *proposal);

#endif
