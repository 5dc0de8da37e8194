/* Why a model server refused or failed, in every envelope they use, and what can be done
 * about it. Thread: any (no state). */
#ifndef AZ_AI_MODEL_ERROR_H
#define AZ_AI_MODEL_ERROR_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "base/str.h"

/* id, word, code of the error, what can be done about it */
#define MODEL_TROUBLE_LIST(X)                                                            \
	X(NONE, "none", NONE, "nothing is wrong")                                        \
	X(BUSY, "busy", THROTTLED, "ask again when it says, or ask another one")         \
	X(LOADING, "loading", THROTTLED, "it is loading the model: wait")                \
	X(DOWN, "down", SERVICE, "ask another one")                                      \
	X(SIGN_IN, "sign-in", AUTH, "its key or role is wrong: mend it")                 \
	X(MISSING, "missing", NOT_FOUND, "no such deployment, model or address")         \
	X(QUOTA, "quota", THROTTLED, "nothing is left of what may be used")              \
	X(TOO_LONG, "too-long", TOO_LARGE, "ask with less")                              \
	X(PARAMETER, "parameter", REFUSED, "ask without the parameter it refuses")       \
	X(FILTERED, "filtered", REFUSED, "its content filter refused the question")      \
	X(OTHER, "other", REFUSED, "it refused and does not say why")

enum model_trouble {
#define X(id, word, code, help) TROUBLE_##id,
	MODEL_TROUBLE_LIST(X)
#undef X
		TROUBLES
};
const char *model_trouble_name(enum model_trouble trouble);
const char *model_trouble_help(enum model_trouble trouble);

struct model_error {
	enum model_trouble trouble;
	char parameter[48]; /* PARAMETER: which */
	char filters[96];   /* FILTERED: what it was taken for: "hate, violence" */
	struct err err;
};

/* `status` 0: it came within a stream, or as the whole answer of a 200. */
void model_error_read(const cJSON *answer, int status, struct model_error *out);
/* The body of a refusal, JSON or not. */
void model_error_decode(struct str body, int status, struct model_error *out);

/* The filter stopped an answer; its findings stand beside it. NULL: it does not say. */
void model_error_filtered(const cJSON *results, struct model_error *out);

#endif
