/* Error envelopes of services that are not Azure: which members hold the code and
 * the message. A shape is a row. Thread: any (no state). */
#ifndef AZ_AZURE_OTHER_ERROR_H
#define AZ_AZURE_OTHER_ERROR_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "base/str.h"

/* Borrowed from the tree. False: of no shape we know, and nothing is set. */
bool other_error_find(const cJSON *root, struct str *code, struct str *message);

#endif
