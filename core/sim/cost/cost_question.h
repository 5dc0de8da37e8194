/* A cost query or forecast as asked: which lines, which days, in which groups.
 * Thread: core. */
#ifndef AZ_SIM_COST_QUESTION_H
#define AZ_SIM_COST_QUESTION_H

#include <cjson/cJSON.h>

#include "sim/cost/cost.h"

#define COST_MAX_GROUPINGS 2

enum cost_step { COST_DAILY, COST_MONTHLY, COST_NONE };

struct cost_dimension {
	const char *name; /* as in Azure, without case */
	const char *column;
	/* Text of a line under this dimension, in the arena or constant. */
	struct str (*text)(const struct cost_line *line, struct arena *arena);
	bool is_tag; /* its name stands in a column TagKey, before the value's */
};

struct cost_question {
	int64_t from_day, to_day; /* both within */
	enum cost_step step;
	bool is_amortised;
	const char *sum; /* column of the aggregation; NULL: none was asked */
	const struct cost_dimension *groupings[COST_MAX_GROUPINGS];
	size_t n_groupings;
	const struct cost_line *lines[64]; /* in scope and through the filter */
	size_t n_lines;
};

/* False: the 400 is written. */
bool cost_question_init(struct cost_question *q, const struct world *w,
			const struct request *req, struct reply *rep);
const struct cost_dimension *cost_find_dimension(const char *name);
const struct cost_dimension *cost_find_tag(const char *name);

/* POST .../query and POST .../forecast */
/* Of both answers: what they are called, and a column of theirs. */
void cost_put_name(struct strbuf *out, const struct request *req,
		   const struct guid *name);
void cost_put_column(struct strbuf *out, const char *name, const char *type);

void cost_query(struct world *w, const struct request *req, struct reply *rep);
void cost_forecast(struct world *w, const struct request *req, struct reply *rep);

#endif
