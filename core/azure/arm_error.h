/* Error answers of Azure and its siblings, in every envelope they come in, as one
 * line a person can act on. Thread: any (no state). */
#ifndef AZ_AZURE_ARM_ERROR_H
#define AZ_AZURE_ARM_ERROR_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "base/str.h"

/* `body` may be empty, JSON of any shape, XML or HTML; `code_header` is the value
 * of x-ms-error-code, for bodies that say nothing. */
void arm_error_decode(int status, struct str body, struct str code_header,
		      struct err *err);
/* A 200 that carries an error beside its rows (log queries): true, err set. */
bool arm_error_in_answer(const cJSON *answer, struct err *err);

#endif
