/* A YAML document of somebody else's, as kubectl and az write it, read as JSON.
 * Thread: any (no state). */
#ifndef AZ_CONFIG_YAML_H
#define AZ_CONFIG_YAML_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "base/str.h"

#define YAML_MAX_BYTES (1 << 20)
#define YAML_MAX_DEPTH 32
#define YAML_MAX_NODES 20000

/* The first document; one more is an error, as are aliases (they make a small file a
 * large tree), a key twice, and a key that is no text. Plain true, false and null are
 * what they say; every other scalar stays a text, numbers too. NULL for nothing at
 * all. The tree is the caller's; "line 3, column 7: ..." */
cJSON *yaml_parse(struct str text, struct err *err) MUST_CHECK;

#endif
