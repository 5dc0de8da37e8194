/* A value against a JSON schema, as far as the tools' own schemas go: type, properties,
 * required, enum, lengths, bounds, items. What a schema does not name is refused, and so
 * is a member that stands twice. The schema is ours, the value is from outside.
 * Thread: any (no state). */
#ifndef AZ_AI_SCHEMA_CHECK_H
#define AZ_AI_SCHEMA_CHECK_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/err.h"

/* False with a reason a model can mend its call by: "fields[3]: must be a text". */
bool schema_check(const cJSON *schema, const cJSON *value, struct err *err) MUST_CHECK;

#endif
