/* Recorded answers, put together as a poll would have: a plain body, a published
 * example {parameters, responses}, or a recording {request, response}.
 * Thread: any (no state). */
#ifndef AZ_CLI_RECORDED_H
#define AZ_CLI_RECORDED_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "board/def.h"

/* The body inside the file's tree, moved out; the rest is freed. NULL and err
 * when it is a recording of a failure. */
cJSON *recorded_body(cJSON *file, struct err *err) MUST_CHECK;

/* Adds a body (taken) as an answer of the request: for for_each with a copy of
 * the item (NULL: an empty one), else as a further page. */
bool recorded_add(cJSON *answers, const struct request_def *request, cJSON *body,
		  const cJSON *item, struct err *err) MUST_CHECK;

/* The request a file is for when nobody says: the first that `rows` reads. */
const struct request_def *recorded_default(const struct board_def *def);

#endif
