/* What an action's expressions see: the row, what was chosen, what was read. A cJSON
 * object that whoever plans or runs fills in. Thread: any (no state). */
#ifndef AZ_ACT_SCOPE_H
#define AZ_ACT_SCOPE_H

#include <cjson/cJSON.h>

#include "act/action.h"
#include "board/board.h"

/* {"row": {cells, "key"}, "source": ..., "input": {}}: the caller's. `key` is the row's
 * own, without the name of a connection before it. */
cJSON *scope_new(const struct board *board, const struct row *row, struct str key);

/* What was chosen, "size=S2" each, checked against what the action allows; what was not
 * chosen is as the action says. The reads are in the scope. */
struct chosen_input {
	struct str name, value;
};
bool scope_choose(cJSON *scope, const struct action *action,
		  const struct chosen_input *chosen, size_t n, int64_t now_ms,
		  struct err *err) MUST_CHECK;

/* A tree of the caller's; NULL with err: the expression fails on this scope. */
cJSON *scope_value(const cJSON *scope, const struct query *query, int64_t now_ms,
		   struct err *err) MUST_CHECK;
/* JMESPath truth; an expression that fails holds nowhere, and err says why. */
bool scope_holds(const cJSON *scope, const struct query *query, int64_t now_ms,
		 struct err *err);
/* As a person reads it: text bare, null as a dash. False: it fails. */
bool scope_text(const cJSON *scope, const struct query *query, int64_t now_ms,
		struct strbuf *out, struct err *err) MUST_CHECK;

#endif
