/* Texts with {parameters}: request paths and bodies. Compiled once with the
 * definition, expanded for each call. A parameter is a JMESPath over the scope,
 * or a time: {@now-30m}, {@day}, {@month_end:date}. Thread: any (immutable). */
#ifndef AZ_BOARD_PARAMS_H
#define AZ_BOARD_PARAMS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "query/query.h"

/* How a value is written where it stands. */
enum param_style {
	PARAM_PATH,  /* percent-encoded, '/' kept; never null, empty or ".." */
	PARAM_JSON,  /* as JSON of its own type: "{x}" alone in a body text */
	PARAM_INNER, /* escaped, inside a JSON text: "since {x}" */
};

enum time_base { TIME_NOW, TIME_MINUTE, TIME_HOUR, TIME_DAY, TIME_MONTH, TIME_MONTH_END };
enum time_form { TIME_ISO, TIME_DATE, TIME_UNIX };

/* {@base+offset:form}: the base is floored first, then months, then the rest. */
struct time_param {
	enum time_base base;
	enum time_form form;
	int months;
	int64_t offset_ms;
};

enum param_kind { PARAM_TEXT, PARAM_QUERY, PARAM_TIME };
struct param_piece {
	enum param_kind kind;
	enum param_style style;
	struct str text; /* PARAM_TEXT: as sent; else: the source, for messages */
	const struct query *query;
	struct time_param time;
};
struct param_text {
	const struct param_piece *pieces;
	size_t n;
};

/* Appends. The text names the parameter on failure. */
bool param_expand(const struct param_text *text, const cJSON *scope, int64_t now_ms,
		  struct strbuf *out, struct err *err) MUST_CHECK;

/* "@day-31d" without the braces. */
bool time_param_parse(struct str source, struct time_param *out);
int64_t time_param_ms(const struct time_param *t, int64_t now_ms);

#endif
