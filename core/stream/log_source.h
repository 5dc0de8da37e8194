/* What lines are asked of, as people write it: "pods:atlas/checkout-*", "kql:AppTraces",
 * "file:app.log". Thread: any (no state). */
#ifndef AZ_STREAM_LOG_SOURCE_H
#define AZ_STREAM_LOG_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum log_source_kind {
	LOG_SOURCE_PODS,
	LOG_SOURCE_KQL,
	LOG_SOURCE_SEARCH,
	LOG_SOURCE_FILE
};

/* Parts of the text it was read from; empty where they were left out. */
struct log_source {
	enum log_source_kind kind;
	struct str connection; /* a name; empty: the only one of its kind, or all */
	/* pods; "*" stands for any letters */
	struct str namespace, name, container;
	/* kql, search: the query; file: the path */
	struct str text;
};

/* Whether it begins as a source does; else it may be the name of one. */
bool log_source_has_kind(struct str text);
/* ERR_USAGE says what is wrong with it, and how it is written. */
bool log_source_parse(struct str text, struct log_source *out,
		      struct err *err) MUST_CHECK;

/* How each is written and what it is, for help: NULL behind the last. */
const char *log_source_form(size_t i, const char **help);

#endif
