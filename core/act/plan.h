/* A plan: what an action would do to one target, worked out of the live state before
 * anybody approves it. It is bound to what it read: when one of those facts is another
 * one at its run, the plan is dead. Plain data; its text is what is approved, signed and
 * kept. Thread: any (immutable once made). */
#ifndef AZ_ACT_PLAN_H
#define AZ_ACT_PLAN_H

#include <cjson/cJSON.h>

#include "act/action.h"
#include "base/ref.h"
#include "base/strbuf.h"

enum { PLAN_ID_BYTES = 16, PLAN_DIGEST_BYTES = 32, PLAN_MOST = 32 };
/* So far the clocks of two machines may be apart. */
enum { PLAN_SKEW_MS = 5 * 60 * 1000 };

struct plan_fact {
	const char *name, *title;
	const char *value; /* as JSON */
};

struct plan_show {
	const char *title, *before, *after;
};

/* Exactly what will be sent, but for who sends it. */
struct plan_request {
	const char *name, *title;
	enum conn_kind kind;
	enum http_method method;
	const char *path;
	const char *body;     /* "": none */
	const char *if_match; /* "": none */
};

struct plan {
	char id[PLAN_ID_BYTES + 1]; /* of its digest: hex */
	unsigned char digest[PLAN_DIGEST_BYTES];
	const char *action, *title;
	enum action_risk risk;
	const char *board, *key; /* the row it is for */
	const char *target;	 /* what a person types to confirm */
	const char *connection;
	const char *permission;
	const char *by;	    /* who asked for it */
	const char *by_key; /* the name of that one's key; "": has none */
	int64_t made_ms, expires_ms;
	const cJSON *inputs; /* object */
	struct plan_fact facts[PLAN_MOST];
	size_t n_facts;
	struct plan_show shows[PLAN_MOST];
	size_t n_shows;
	struct plan_request requests[PLAN_MOST];
	size_t n_requests;
	const char *warnings[PLAN_MOST];
	size_t n_warnings;
	const char *touches[PLAN_MOST]; /* what depends on it */
	size_t n_touches;
	double cost_before, cost_after; /* an hour; NAN: unknown */
	const char *undo;		/* how it is undone, or why not */
	/* private */
	struct ref ref;
	cJSON *root; /* what the texts are in */
	struct arena arena;
};

struct plan_about {
	const char *board, *key, *target, *connection, *by;
	const char *by_key; /* NULL: has none */
	int64_t now_ms, expires_ms;
	const char *const *touches;
	size_t n_touches;
	const char *const *warnings; /* of policies, beside the action's own */
	size_t n_warnings;
};

/* The scope has its inputs and reads. */
struct plan *plan_make(const struct action *action, const cJSON *scope,
		       const struct plan_about *about, struct err *err) MUST_CHECK;
/* One holder more: it never changes, and both threads may look at it. */
struct plan *plan_get(const struct plan *plan);
/* One holder less. Accepts NULL. */
void plan_free(struct plan *plan);

/* Canonical JSON: the same plan is the same bytes, and its digest is of them. */
void plan_print(const struct plan *plan, struct strbuf *out);
struct plan *plan_parse(struct str text, struct err *err) MUST_CHECK;
/* The same as a part of something larger: the caller's, and back. */
cJSON *plan_json(const struct plan *plan);
struct plan *plan_from_json(const cJSON *json, struct err *err) MUST_CHECK;

/* What was chosen, in words: "size=S0, most=6". */
void plan_put_inputs(const cJSON *inputs, struct strbuf *out);

/* Nobody may approve or begin it: its time is over. So it is of one that was made later
 * than now: who turns back the clock does not make an old approval good again. */
bool plan_is_over(const struct plan *plan, int64_t now_ms);
/* "the plan ... has expired: plan it anew" into err; always false. */
bool plan_refuse_over(const struct plan *plan, int64_t now_ms, struct err *err);

/* "PATCH" */
const char *plan_method_name(enum http_method method);

/* Over the scope as it is now: what moved since goes into `out`, a line each ("size was
 * S2, is P1 now"). False when nothing did. */
bool plan_has_moved(const struct plan *plan, const struct action *action,
		    const cJSON *scope, int64_t now_ms, struct strbuf *out);

#endif
