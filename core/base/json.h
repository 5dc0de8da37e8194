/* JSON in and out, on top of cJSON, with what cJSON does not check: size and
 * depth limits, comments (for our own files), the place of an error, and whole
 * numbers past 2^53, which are kept as text. Thread: any. */
#ifndef AZ_BASE_JSON_H
#define AZ_BASE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

struct json_limits {
	size_t max_bytes;
	int max_depth;
	bool allow_comments; /* also a comma before a closing bracket */
};

#define JSON_MAX_DEPTH 128
/* In memory a value takes forty times the two bytes it may take in a text. */
#define JSON_MAX_VALUES 4000000
/* 2^53: the whole numbers up to here are exact in a double. */
#define JSON_LAST_EXACT 9007199254740992.0
/* Answers from the network. */
extern const struct json_limits json_wire;
/* Files a person writes. */
extern const struct json_limits json_file;

struct json_place {
	int line, column; /* from 1; 0: unknown */
	size_t offset;
};

/* The caller owns the tree. On failure NULL, err set ("line 3, column 7: ..."),
 * and *place filled when not NULL. A UTF-8 byte order mark is skipped. */
cJSON *json_parse(struct str text, const struct json_limits *limits,
		  struct json_place *place, struct err *err) MUST_CHECK;
/* A file that a person wrote: errors name it and are of the configuration. */
cJSON *json_parse_file(struct str text, const char *source, struct err *err) MUST_CHECK;
/* Where the value at a key path ("columns[2].title") starts in the text, for
 * errors about content. "[2]" also counts the members of an object, for names that
 * are not for paths. Where there is no such path, or a name is written with escapes,
 * the innermost object or list around it that can be found. */
struct json_place json_locate(struct str text, const char *path);

/* NULL when absent or of another type. Names compare exactly. */
const cJSON *json_member(const cJSON *object, const char *name);
/* "properties.sku.name": a member of a member; the value itself where the path is empty. */
const cJSON *json_at(const cJSON *value, struct str path);
const char *json_text(const cJSON *object, const char *name);
/* Numbers and numeric text. */
bool json_number(const cJSON *object, const char *name, double *out);
bool json_bool(const cJSON *object, const char *name, bool fallback);
/* Zeroes every text of the tree, then frees it: for one that holds secrets. */
void json_wipe(cJSON *root);
/* Compact. */
void json_print(struct strbuf *out, const cJSON *value);
void json_print_pretty(struct strbuf *out, const cJSON *value);
/* "text", quoted; all control characters escaped, so it is safe on a terminal. */
void json_print_text(struct strbuf *out, struct str s);
/* Shortest text that reads back the same; whole numbers without a point. */
void json_print_number(struct strbuf *out, double value);

#endif
