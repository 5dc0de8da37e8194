/* A board's definition as read from its JSON file: requests, rows, columns,
 * severities, links, about. Immutable once loaded; all definitions of the
 * program form the library. Thread: any after loading. */
#ifndef AZ_BOARD_DEF_H
#define AZ_BOARD_DEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "azure/api.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/ref.h"
#include "base/str.h"
#include "board/board.h"
#include "board/params.h"
#include "query/query.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* The first rule that holds decides. Empty `equals` and no `when`: any word. */
struct sev_rule {
	enum severity sev;
	struct str equals;	  /* value map: this word (no case); empty: `when` */
	const struct query *when; /* predicate over the row: {cell names} */
};

struct column {
	const char *name;  /* key in --query rows and in rules: "used_pct" */
	const char *title; /* heading: "USED" */
	const char *about; /* what the figure means; NULL: plain from its title */
	enum cell_type type;
	enum align align;
	int priority;		      /* 1 stays longest; higher numbers drop first */
	int min_width;		      /* cells; text may shrink to it */
	int max_width;		      /* cells; 0: as wide as its content */
	int decimals;		      /* numbers, money, percent; -1: by type */
	const char *unit;	      /* after numbers: "vCores"; NULL: none */
	bool has_history;	      /* its values are kept as a series */
	const struct query *past;     /* its series as the answer has it; or NULL */
	int64_t step_ms;	      /* between two values of its series; 0: not said */
	const char *history_of;	      /* CELL_SERIES: draw the history of this column */
	bool is_hidden;		      /* in JSON, rules and detail, not in the table */
	bool in_rules;		      /* a severity rule or link may read it */
	const struct query *value;    /* NULL: CELL_SERIES with history_of */
	const struct query *currency; /* money, series: "EUR"; NULL: not said */
	const struct sev_rule *rules;
	size_t n_rules;
};

/* At most 32 a board, so that a set of them is one word. */
struct request_def {
	const char *name;
	enum conn_kind kind;
	enum http_method method;
	const char *path; /* as written, for messages; see request_path() */
	const char *body; /* as written, or NULL; see request_body() */
	const struct param_text *path_params;
	const struct param_text *body_params;
	const struct http_header *headers; /* fixed texts, beside the usual ones */
	size_t n_headers;
	const char *list; /* the type whose resources it lists (type_list.h), or NULL */
	const char *for_each; /* JMESPath source over the answers so far, or NULL */
	const struct query *for_each_query;
	const char *as; /* name of the item in parameters: {db.name} */
	uint32_t needs; /* bit i: requests[i] must have answered before */
	int64_t interval_ms;
	int max_pages;			  /* 0: the kind's default */
	const struct paging_rule *paging; /* NULL: the kind's */
	int also_status[API_ALSO_MAX];	  /* answers beside 2xx; ended by 0 */
	bool is_optional;   /* its failure marks the board partial, not failed */
	const char *absent; /* what a 404 means, where it is no failure; or NULL */
	bool is_kept;	    /* its answers may be on disk, from one start to the next */
	bool is_secret;	    /* its answers hold secrets: only rows are made of them */
};

/* The path to call, percent-encoded. `answers` is the document so far; `item` is
 * the item of for_each, NULL without one. Fails on a parameter that is null or
 * unsafe in a path. */
bool request_path(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct strbuf *out,
		  struct err *err) MUST_CHECK;
/* The body likewise; nothing when there is none. */
bool request_body(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct strbuf *out,
		  struct err *err) MUST_CHECK;
/* All that the definition says of one call; what is missing in it is who is asked, and with
 * how much patience. Its texts are those of `text`, which is freed either way. */
struct request_text {
	struct strbuf path, body;
};
bool request_call(const struct request_def *request, const cJSON *answers,
		  const cJSON *item, int64_t now_ms, struct request_text *text,
		  struct api_call *call, struct err *err) MUST_CHECK;
void request_text_fini(struct request_text *text);

/* Rows indexed once per decode, for lookup('name', key) in any later expression. */
struct table_def {
	const char *name;
	const struct query *rows; /* over all answers */
	const struct query *key;  /* over each row: a text */
};

struct link_def {
	const char *board;  /* where Enter leads */
	const char *filter; /* JMESPath over {cell names} giving the filter, or NULL */
	const struct query *filter_query;
	const char *title;
};

struct state_about {
	const char *word;
	const char *means;
	const char *todo;
};

/* Held by count: by the library it is of, the boards made by it and the screens that
 * show one, so that it lives as long as any of them. Otherwise it never changes. */
struct board_def {
	struct ref ref;
	const char *name;
	const char *title;
	const char *category; /* cost, sql, dr, agents, logs, platform ... */
	const char *source;   /* file it came from: "boards/sql.json" or a path */
	const char *about;
	const char *sort; /* column name, '-' in front: descending; NULL */
	const struct state_about *states;
	size_t n_states;
	const struct request_def *requests;
	size_t n_requests;
	const struct table_def *tables;
	size_t n_tables;
	const struct column *columns;
	size_t n_columns;
	const struct link_def *links;
	size_t n_links;
	/* Columns naming the board and the row that Enter opens instead of this board's
	 * own row; -1: none. */
	ptrdiff_t opens_board, opens_key;
	const struct query *rows;
	uint32_t row_requests; /* bit i: the rows come out of requests[i]'s answers */
	bool is_secret;	     /* some request's answers are: no source of a row is kept */
	enum conn_kind kind; /* whose connections make its rows, each its own */
	/* "/derived/NAME": the rule that works it out of other boards; NULL: none. */
	const char *derived;
	/* Its rows are records of what was: the column that says when each was made. What
	 * was so at a moment are those before it, so nothing else is kept of them. -1: rows
	 * are things, which change. */
	ptrdiff_t records;
	bool is_own; /* about azdeck itself, not about what it watches */
	const struct query *key;
	const struct query *where;    /* rows to keep; NULL: all */
	const struct query *repeats;  /* over the cells of a row: it repeats another's */
	const struct sev_rule *rules; /* for the row as a whole */
	size_t n_rules;
	int64_t stale_after_ms; /* age from which a board is shown as stale */
	struct query **queries; /* every compiled one; owned */
	size_t n_queries;
	struct arena arena;
};

/* Errors name file, line, column and key path. The hold is the caller's. */
struct board_def *board_def_parse(struct str text, const char *name, const char *source,
				  struct err *err) MUST_CHECK;
const struct board_def *board_def_get(const struct board_def *def);
/* Accepts NULL. */
void board_def_put(const struct board_def *def);
ptrdiff_t board_def_column(const struct board_def *def, struct str name);
ptrdiff_t board_def_request(const struct board_def *def, struct str name);
/* What the board says of a state word (no case), or NULL. */
const struct state_about *board_def_state(const struct board_def *def, struct str word);

/* All definitions: built-in ones, then the user's directory (replacing by name).
 * A broken file is reported and left out; the rest load. */
struct library;
typedef void (*library_problem_fn)(const struct err *err, void *ctx);
struct library *library_new(const char *user_dir, library_problem_fn problem, void *ctx);
/* Definitions that others hold stay. */
void library_free(struct library *lib);
size_t library_size(const struct library *lib);
/* What a list of boards shows: by category, then name. NULL behind the last one. */
struct library_entry {
	const char *name, *title, *category;
};
const struct library_entry *library_entry_at(const struct library *lib, size_t i);
/* The definition; a built-in one is read when it is first asked for. */
const struct board_def *library_at(const struct library *lib, size_t i);
const struct board_def *library_find(const struct library *lib, struct str name);

#endif
