/* Asks a model: the endpoint the router chooses, and the next one where that fails before
 * its first word. A question has one deadline for all of it; a stream that dies in the
 * middle is asked again of the next endpoint, which is told, because words that were shown
 * do not count any more. It always ends: with the model's reply, or with why there is
 * none. Thread: core. */
#ifndef AZ_AI_GATEWAY_H
#define AZ_AI_GATEWAY_H

#include "ai/dialect.h"
#include "ai/model_error.h"
#include "ai/reply.h"
#include "ai/route.h"
#include "ai/turn.h"
#include "azure/api.h"

struct gateway;

enum gateway_step {
	GATEWAY_CHOSEN,	 /* endpoint and why: it is being asked */
	GATEWAY_LOADING, /* a local model is read into memory first */
	GATEWAY_TEXT,	 /* more words: of the reply that is put together so far */
	GATEWAY_AGAIN,	 /* what came does not count: begun again, elsewhere */
	GATEWAY_WAITS,	 /* nothing can be asked for wait_ms; it counts down */
	GATEWAY_DONE,	 /* the reply has ended; see its end */
	GATEWAY_FAILED,	 /* err: there is none */
};

struct gateway_news {
	enum gateway_step step;
	const char *endpoint, *model, *why;
	const struct reply *reply; /* as it stands; NULL before its first word */
	int64_t wait_ms;
	const struct err *err;
	double money;  /* DONE: what it cost, an estimate; NAN: not known */
	bool is_guess; /* its tokens were counted here, the service did not say */
};
/* Never from within gateway_ask. After DONE or FAILED nothing comes. */
typedef void (*gateway_news_fn)(const struct gateway_news *news, void *ctx);

/* All outlive it. */
struct gateway_options {
	struct loop *loop;
	struct http *http;
	struct apis *apis; /* whose credentials sign; see gateway_endpoint */
	const struct config *config;
	struct log *log; /* may be NULL */
	/* The demo's one endpoint: the simulator's Azure OpenAI. NULL: as configured. */
	const char *simulator;
};
struct gateway *gateway_new(const struct gateway_options *options,
			    struct err *err) MUST_CHECK;
void gateway_free(struct gateway *g);
/* False: no model is configured, and only the guide answers. */
bool gateway_has_models(const struct gateway *g);

struct gateway_ask {
	/* model, no_limit_word and no_usage are filled in here, by endpoint. Copied. */
	const struct turn *turn;
	const char *route; /* "" or NULL: by the kind of question, else the default */
	const char *kind;  /* of the question, as routes name them; may be NULL */
	const char *only;  /* this endpoint alone, as a person chose; NULL */
	enum ai_reach reach;
	int64_t deadline_ms; /* 0: the default, one minute */
};
uint64_t gateway_ask(struct gateway *g, const struct gateway_ask *ask,
		     gateway_news_fn news, void *ctx);
/* Nothing comes any more. */
void gateway_stop(struct gateway *g, uint64_t id);

/* How endpoints do, and what was spent: rows of the board `ai`. */
const struct ai_router *gateway_router(const struct gateway *g);

#endif
