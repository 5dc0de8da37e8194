/* An action: something that can be changed in the world outside, as data. A file in
 * core/actions says whose rows it is for, what it asks of a person, what it reads of the
 * live state and is bound to, which requests it would make, how one sees that it helped,
 * and how it is undone. Immutable once loaded. Thread: any.
 *
 * All expressions are JMESPath over one scope:
 *   row     the cells of the row it is for, by column name, with "key"
 *   source  the row as the service gave it
 *   input   what the person chose, by name
 *   NAME    the answer of the read of that name
 * and the price list: lookup('machine_price', 'D4s_v5'), 'objective_price',
 * 'capacity_price', in USD an hour. */
#ifndef AZ_ACT_ACTION_H
#define AZ_ACT_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "azure/api.h"
#include "base/arena.h"
#include "base/err.h"
#include "board/params.h"
#include "query/query.h"

/* How it is approved. */
enum action_risk {
	RISK_LOW,  /* the name of its target, typed */
	RISK_HIGH, /* by a second person */
};
const char *action_risk_name(enum action_risk risk);

struct action_input {
	const char *name, *title;
	const char *about; /* NULL: plain from its title */
	const char *unit;  /* after a number; NULL */
	bool is_number;
	double least, most;	     /* of a number */
	const struct query *values;  /* a list of what it may be; NULL: anything */
	const struct query *initial; /* NULL: it has to be given */
};

/* One request: to read, or to change something. */
struct action_call {
	const char *name, *title;
	enum conn_kind kind;
	enum http_method method;
	const char *path;				    /* as written, for messages */
	const struct param_text *path_params, *body_params; /* no body: NULL */
	const struct query *if_match; /* text of an If-Match header; NULL: none */
	const struct query *when;     /* of a step: left out where it is false; NULL */
	const struct query *hold; /* of a step: milliseconds after the one before; NULL */
	/* Of a step: over the scope read anew, whether it has been done. What was sent and
	 * not answered is only known by it. */
	const struct query *is_done;
	bool is_followed;   /* a long-running operation, to its end */
	bool is_safe_twice; /* sending it again changes nothing more */
	bool may_be_absent; /* of a read: a 404 is null, as after deleting it */
};

/* What has to be at its run as it was at its plan. */
struct action_fact {
	const char *name, *title;
	const struct query *value;
};

struct action_show {
	const char *title;
	const struct query *before, *after;
};

struct action_warning {
	const struct query *when;
	const char *text;
	bool is_usual; /* of every such change: who lets a schedule make it knows */
};

/* Whether it helped: a row of a board, until it holds or the time is over. */
struct action_check {
	const char *board;
	const char *text;	   /* what should be seen */
	const struct query *holds; /* over {row}; NULL: it has none */
	int64_t within_ms;
};

struct action_undo {
	const char *action; /* NULL: see why */
	const char *why;    /* it cannot be undone */
	const char *const *names;
	const struct query *const *values; /* of its inputs, over the scope of the plan */
	size_t n;
};

struct action {
	const char *name, *title, *about;
	const char *board;  /* whose rows it is for */
	const char *target; /* column that a person types to confirm */
	enum action_risk risk;
	const struct query *when; /* rows it is offered for; NULL: all */
	const struct action_input *inputs;
	size_t n_inputs;
	const struct action_call *reads;
	size_t n_reads;
	const struct action_fact *facts;
	size_t n_facts;
	const struct action_show *shows;
	size_t n_shows;
	const struct action_warning *warnings;
	size_t n_warnings;
	const struct action_call *steps;
	size_t n_steps;
	const struct query *cost_before, *cost_after; /* an hour; NULL: not known */
	const char *permission; /* role action it needs: "Microsoft.Sql/.../write" */
	struct action_check check;
	struct action_undo undo;
	/* private */
	struct query **queries;
	size_t n_queries;
	struct arena arena;
};

/* Errors name file, line, column and key path. */
struct action *action_parse(struct str text, const char *name, const char *source,
			    struct err *err) MUST_CHECK;
void action_free(struct action *a);

/* Whether that text is a warning of the action that holds of every such change. */
bool action_is_usual(const struct action *a, const char *warning);

/* All that azdeck ships, in order of name. */
struct actions;
struct actions *actions_new(void);
void actions_free(struct actions *list);
size_t actions_size(const struct actions *list);
const struct action *actions_at(const struct actions *list, size_t i);
const struct action *actions_find(const struct actions *list, struct str name);

#endif
