/* What a model may look up. Every tool reads, from evidence alone; the one that proposes an
 * action names what a person may plan, and nothing more. Arguments are checked against the
 * tool's schema before anything is done; answers are capped, redacted and fenced.
 * Thread: one at a time. */
#ifndef AZ_AI_TOOLS_H
#define AZ_AI_TOOLS_H

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

/* The turn's tools; schemas live as long as the program. `is_small`: for small models,
 * one tool with one small schema. */
const struct turn_tool *ai_tools(bool is_small, size_t *n);

enum { TOOL_ANSWER_MOST = 8 << 10, TOOL_CALLS_MOST = 12 };

/* What one call needs before it can be answered: boards that are not in the evidence. */
struct tool_need {
	const char *boards[8];
	size_t n;
};
/* Calls of one question: how many there were, whether they go round in circles. */
struct tool_budget {
	size_t calls;
	uint64_t seen[TOOL_CALLS_MOST]; /* digests of name and arguments */
	int64_t until_ms;		/* of the evidence's clock */
};

/* False: the call is refused, and `out` says so to the model. */
bool ai_tool_check(struct str name, struct str arguments, struct tool_budget *budget,
		   const struct evidence *e, struct tool_need *need, struct strbuf *out);
/* Answers a checked call. `proposals` gets the action it proposes, as "ACTION BOARD/KEY
 * INPUT=VALUE", or stays empty. */
void ai_tool_run(struct str name, struct str arguments, const struct evidence *e,
		 struct strbuf *out, struct strbuf *proposal);

#endif
