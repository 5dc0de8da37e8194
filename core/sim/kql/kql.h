/* The query language of Resource Graph and Log Analytics, as much of it as is asked
 * of the simulator: where, extend, project, project-away, order by, take, top,
 * distinct, count, summarize, mv-expand, over rows that are JSON objects. What it
 * does not know it refuses; it never answers something else instead.
 * Thread: any (a parsed query is immutable). */
#ifndef AZ_SIM_KQL_H
#define AZ_SIM_KQL_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* A table a query may begin with. */
struct kql_table {
	const char *name;    /* compared without case */
	const char *columns; /* blank-separated */
};

enum kql_problem {
	KQL_SYNTAX,  /* `token` is not what stands there in the language */
	KQL_NAME,    /* no such column or function */
	KQL_TABLE,   /* no such table */
	KQL_UNKNOWN, /* an operator of the real language that is not answered here */
};
struct kql_error {
	enum kql_problem problem;
	int line, column; /* line from 1, column from 0, as Azure counts */
	struct str token;
	const char *expected; /* or NULL */
};

struct kql;
/* Lives in the arena, as does what it refers to of the text. NULL: refused. */
const struct kql *kql_parse(struct arena *arena, struct str text,
			    const struct kql_table *tables, size_t n_tables,
			    struct kql_error *error);
const struct kql_table *kql_table(const struct kql *q);
/* Whether the conditions the query begins with keep this row, as far as they are over
 * columns it has: a source need not make the rest of a row that is left out. */
bool kql_keeps(const struct kql *q, const cJSON *row, int64_t now_ms);
/* Takes the list of rows and gives the result's. */
cJSON *kql_run(const struct kql *q, cJSON *rows, int64_t now_ms);
/* The same for rows that come one by one: those that are only counted need not be kept. */
struct kql_feed;
struct kql_feed *kql_feed_new(const struct kql *q, int64_t now_ms);
/* Whether the query speaks of the column, or may give all that there are. */
bool kql_feed_wants(const struct kql_feed *f, struct str column);
/* The row is taken, as so many that are alike; one that must be kept is dropped when there
 * are as many as may be. */
void kql_feed_add(struct kql_feed *f, cJSON *row, size_t times);
/* The result's rows; the feed is gone. */
cJSON *kql_feed_finish(struct kql_feed *f);
/* No operator limits the rows: the result may be read in pages. */
bool kql_is_pageable(const struct kql *q);

#endif
