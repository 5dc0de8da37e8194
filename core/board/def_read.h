/* Typed reading of a definition file. Errors are sticky: the first one stands,
 * later reads give nothing, and the caller checks once at the end. Each names
 * file, line, column and key path. Thread: any; one reader at a time. */
#ifndef AZ_BOARD_DEF_READ_H
#define AZ_BOARD_DEF_READ_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "board/params.h"
#include "query/query.h"

enum def_need { DEF_OPTIONAL, DEF_REQUIRED };

struct def_reader {
	struct str text; /* the file, for places */
	const char *source;
	struct arena *arena; /* the definition's */
	struct err *err;
	bool failed;
	char path[256]; /* where the reader stands: "columns[2]" */
	size_t path_n;
	VEC(struct query *) queries; /* every compiled one; the caller takes them */
};

/* Steps into a member or an item; the result is for def_leave. */
size_t def_enter(struct def_reader *r, const char *key);
size_t def_enter_item(struct def_reader *r, size_t index);
void def_leave(struct def_reader *r, size_t mark);

/* The error stands at the key below the present place; NULL: at the place. */
void def_fail(struct def_reader *r, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Refuses members that are not in the list (words parted by blanks), and doubles. */
void def_only(struct def_reader *r, const cJSON *object, const char *keys);

/* NULL when absent; of another type is an error. */
const cJSON *def_object(struct def_reader *r, const cJSON *object, const char *key,
			enum def_need need);
const cJSON *def_array(struct def_reader *r, const cJSON *object, const char *key,
		       enum def_need need);
/* Clean copies in the arena. */
const char *def_text(struct def_reader *r, const cJSON *object, const char *key,
		     enum def_need need);
bool def_bool(struct def_reader *r, const cJSON *object, const char *key);
int def_int(struct def_reader *r, const cJSON *object, const char *key, int min, int max,
	    int fallback);
int64_t def_span(struct def_reader *r, const cJSON *object, const char *key,
		 int64_t min_ms, int64_t fallback_ms);
const struct query *def_query(struct def_reader *r, const cJSON *object, const char *key,
			      enum def_need need);
/* Compiles text that stands at the key. */
const struct query *def_compile(struct def_reader *r, const char *key, struct str text);
/* A name that JMESPath takes unquoted. */
bool def_is_name(struct str s);

/* Paths: literal text is encoded where a URL needs it. */
const struct param_text *def_params_path(struct def_reader *r, const char *key,
					 struct str text);
/* Bodies: texts inside the JSON value may hold parameters. */
const struct param_text *def_params_body(struct def_reader *r, const char *key,
					 const cJSON *value);

#endif
