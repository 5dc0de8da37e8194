/* Asks a model: the endpoint the router chooses, and the next one where that fails
 * before its first word. One that is late stays asked while the next one is, and whose
 * first word comes first answers. A question has one deadline for all of it; a stream
 * that dies in the middle is asked again of the next endpoint, which is told, because
 * words that were shown do not count any more. It always ends: with the model's reply,
 * or with why there is none. Thread: core. */
#ifndef AZ_AI_GATEWAY_H
#define AZ_AI_GATEWAY_H

#include "ai/dialect.h"
#include "ai/model_error.h"
#include "ai/reply.h"
#include "ai/route.h"
#include "ai/turn.h"
#include "auth/credential.h"
#include "config/config.h"
#include "net/http.h"

struct gateway;

enum gateway_step {
	GATEWAY_CHOSEN,	 /* endpoint and why: it is being asked */
	GATEWAY_LOADING, /* a local model is read into memory first */
	GATEWAY_TEXT,	 /* more words: of the reply that is put together so far */
	GATEWAY_AGAIN,	 /* what came does not count: begun again, elsewhere */
	GATEWAY_WAITS,	 /* nothing can be asked for wait_ms; it counts down */
	GATEWAY_DONE,	 /* the reply has ended; see its end */
	GATEWAY_FAILED,	 /* err: there is none; reply: what came of one, or NULL */
};

struct gateway_news {
	enum gateway_step step;
	const char *endpoint, *model; /* NULL: none is asked; clean for the screen */
	const char *why;	      /* CHOSEN, AGAIN, WAITS; clean for the screen */
	const struct reply *reply;    /* as it stands; NULL before its first word */
	int64_t wait_ms;
	const struct err *err;
	/* DONE and FAILED, for all that was asked on the way. */
	double money;		 /* an estimate; NAN: not known */
	int64_t asked, answered; /* tokens */
	bool is_guess; /* tokens were counted here, where a service did not say */
};
/* Never from within gateway_ask. After DONE or FAILED nothing comes. It may ask and
 * stop. */
typedef void (*gateway_news_fn)(const struct gateway_news *news, void *ctx);

/* What was spent since midnight, UTC. */
struct gateway_spent {
	int64_t day; /* since 1970 */
	int64_t questions, asked, cached, answered;
	double money;
	bool is_guess; /* some of it was counted here */
};

/* Everything but `path` outlives the gateway. */
struct gateway_options {
	struct loop *loop;
	struct http *http;
	/* Providers, routes and caps; its other sections are not read. */
	const struct config *config;
	/* Who signs for a provider, as `credential` and `cloud` of it say; `path` is for
	 * errors. Borrowed. NULL: err. */
	struct credential *(*identity)(const struct config_ai_provider *of,
				       const char *path, void *ctx, struct err *err);
	void *identity_ctx;
	struct log *log; /* may be NULL */
	/* What was spent more, as it is known; NULL: nobody keeps it. With `has_kept`
	 * nothing is asked until gateway_today_begin has said what was spent before. */
	void (*spent)(const struct gateway_spent *more, void *ctx);
	void *spent_ctx;
	bool has_kept;
	/* The demo's one provider, in place of the configuration's: the simulator's URL,
	 * whose credential is called "sim". NULL: as configured. */
	const char *simulator;
};
/* What only the kinds of server can tell of a configuration: said with its place. */
bool gateway_check(const struct config *config, struct err *err) MUST_CHECK;
struct gateway *gateway_new(const struct gateway_options *options,
			    struct err *err) MUST_CHECK;
void gateway_free(struct gateway *g); /* accepts NULL */
/* False: no model is configured, and only the guide answers. */
bool gateway_has_models(const struct gateway *g);
/* Somebody is about to ask: local models are read into memory meanwhile, those that are not
 * already. The first that begins to; NULL: none does. */
const char *gateway_warm(struct gateway *g);
/* Nobody is any more: what is still being read is given up. */
void gateway_warm_stop(struct gateway *g);

struct gateway_ask {
	/* model, context and what a server refuses are filled in here, by endpoint.
	 * Copied. */
	const struct turn *turn;
	const char *route; /* "" or NULL: by the kind of question, else the default */
	const char *kind;  /* of the question, as routes name them; may be NULL */
	const char *only;  /* this endpoint alone, as a person chose; NULL */
	enum ai_reach reach;
	/* Somebody else answers where no model does: none is waited for then, neither
	 * through a pause nor for a first word of one that shows no sign. */
	bool has_other;
	/* Else the longest pause that is waited for: a person who chose this one would
	 * rather have another answer then. 0: any that ends before the deadline. */
	int64_t patience_ms;
	int64_t deadline_ms; /* 0: the default, one minute and more for what loads */
};
uint64_t gateway_ask(struct gateway *g, const struct gateway_ask *ask,
		     gateway_news_fn news, void *ctx);
/* Nothing comes any more; what it cost is counted. */
void gateway_stop(struct gateway *g, uint64_t id);

/* Vectors of texts. */
struct gateway_embed {
	const struct str *texts; /* copied */
	size_t n;		 /* 1 to EMBED_TEXTS_MOST */
	/* They may go where such a question may go; as in gateway_ask. */
	const char *route, *kind, *only;
	int64_t deadline_ms;
};
struct gateway_embedded {
	const float *floats; /* n times dims, in the order of the texts; borrowed */
	size_t n, dims;
	const struct err *err; /* ERR_NONE, or why there are none */
	enum model_trouble trouble;
	int64_t retry_ms; /* not before; -1: it does not say */
};
typedef void (*gateway_embedded_fn)(const struct gateway_embedded *got, void *ctx);
/* Who makes them, in a name that is another one where vectors would be others; NULL:
 * nobody is configured. */
const char *gateway_embedder(const struct gateway *g);
/* Likewise of a configuration, appended; empty: nobody. */
void gateway_put_embedder(const struct config_ai *ai, struct strbuf *out);
/* One try, and one answer, later; only where there is an embedder. */
uint64_t gateway_embed(struct gateway *g, const struct gateway_embed *ask,
		       gateway_embedded_fn fn, void *ctx);
void gateway_embed_stop(struct gateway *g, uint64_t id); /* nothing comes any more */

/* How endpoints do. */
const struct ai_router *gateway_router(const struct gateway *g);
/* Of a name, for those that are shown or chosen; NULL behind the last one. */
const char *gateway_endpoint(const struct gateway *g, size_t i);
/* Likewise of the configuration's routes. */
const char *gateway_route(const struct gateway *g, size_t i);

struct gateway_spent gateway_today(struct gateway *g);
/* What all azdecks of this user have spent, this one too; another day's is passed over,
 * but it is an answer. */
void gateway_today_begin(struct gateway *g, const struct gateway_spent *kept);
/* Of all prices and sums: "EUR". */
const char *gateway_currency(const struct gateway *g);
/* What the open conversation has spent; another one begins with what it had. */
double gateway_conversation(const struct gateway *g);
void gateway_conversation_begin(struct gateway *g, double spent);

/* Rows of the board `ai`: one for each endpoint, and for whoever makes vectors. The
 * caller's. */
cJSON *gateway_rows(struct gateway *g);

#endif
