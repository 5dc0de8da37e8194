/* The inside of the gateway, shared by its files: endpoints, questions, and tries, which
 * are questions put to one endpoint. Thread: core. */
#ifndef AZ_AI_GATEWAY_PART_H
#define AZ_AI_GATEWAY_PART_H

#include "ai/gateway.h"
#include "ai/limits.h"
#include "ai/provider.h"
#include "base/arena.h"
#include "net/loop.h"

/* How long things may take where nobody says so, in milliseconds. */
enum {
	GATEWAY_DEADLINE_MS = 60000,
	GATEWAY_LOADING_MS = 120000, /* more, for a model that is read into memory */
	GATEWAY_FIRST_MS = 2000,
	GATEWAY_LOCAL_FIRST_MS = 60000,
	GATEWAY_PATIENCE_MS = 1500, /* for a pause, where somebody else would answer */
	GATEWAY_SILENCE_MS = 20000, /* in the middle of a reply */
	GATEWAY_GRACE_MS = 250,	    /* to close what has ended, and be used again */
	GATEWAY_COUNT_MS = 1000,    /* between two counts of a wait */
	GATEWAY_OUT_MS = 30000,	    /* then what has to be mended is looked at again */
	GATEWAY_WARM_MS = 240000,   /* a model stays in memory so long, at least */
	GATEWAY_ASK_LOADED_MS = 700,
	GATEWAY_LOOK_MS = 10, /* whether it is known what was spent */
};
enum { GATEWAY_TRIES = 6, GATEWAY_AGAINS = 2, GATEWAY_AT_ONCE = 2 };

/* What an endpoint did since azdeck began. */
struct tally {
	int64_t questions, answers, failures, refused;
	int64_t asked, cached, answered;
	double money;
	bool is_guess;
};

struct endpoint {
	const struct config_ai_provider *of;
	struct provider provider;
	struct credential *credential; /* borrowed */
	const char *url, *key;	       /* in the gateway's arena */
	/* What it was found to refuse. */
	bool no_limit_word, no_limit, no_usage, no_temperature;
	bool no_base64, no_dims; /* of vectors */
	struct model_limits limits;
	struct tally tally;
	int64_t out_ms;	  /* when it was put out of use */
	int64_t heard_ms; /* when its last answer came; 0: never */
	char said[200];	  /* why it failed last; "" since it answered */
	/* Reading a model into memory. */
	struct gateway *g;
	uint64_t warming;	/* a request, or 0 */
	bool is_asking_to_warm; /* its credential was asked */
};

struct way {
	struct ai_route route;
	const struct config_ai_route *of; /* NULL: all providers */
};

struct gateway {
	struct loop *loop;
	struct http *http;
	struct log *log;
	struct arena arena;
	struct config_ai_provider sim, embeds;
	struct endpoint *endpoints; /* n that are asked; behind them who makes vectors */
	size_t n;
	const char *embedder; /* NULL: nobody does */
	int embed_dims;
	struct embedding *embeddings;
	struct ai_endpoint *known; /* the router's */
	struct ai_router router;
	struct way *ways; /* the last one is of all */
	size_t n_ways;
	const char *currency;
	struct gateway_spent today;
	void (*spent)(const struct gateway_spent *more, void *ctx);
	void *spent_ctx;
	bool knows_today; /* what was spent before is known */
	struct question *first;
	uint64_t last_id;
};

struct
try {
	struct question *q;
	int endpoint;
	uint64_t http_id;
	bool is_asking_token, has_refreshed;
	bool has_bytes, has_words, is_late, is_shown;
	bool is_over; /* its reply has ended; the connection may have not */
	int64_t token_ms, asked_ms, heard_ms;
	struct reply reply;
	struct reply_reader reader;
	struct strbuf body;
	struct loop_timer *late, *silence, *loaded;
	uint64_t loaded_id; /* the request for what is in memory */
};

struct question {
	struct question *next;
	struct gateway *g;
	uint64_t id;
	struct arena arena;
	struct turn turn;    /* copied into it */
	struct ai_route one; /* where a person chose an endpoint */
	size_t only;
	const struct ai_route *route;
	enum ai_reach reach;
	int tokens; /* of the question, as far as can be told */
	gateway_news_fn news;
	void *ctx;
	int64_t ends_ms;
	bool may_be_longer; /* the deadline is the default one */
	bool has_other, has_loading;
	int64_t patience_ms; /* for a pause; 0: until the deadline */
	bool is_telling, is_stopped;
	struct try *tries[GATEWAY_AT_ONCE]; /* NULL: free */
	struct try *speaking;		    /* whose words count */
	struct try *dead;		    /* whose words did, last; kept for the end */
	uint64_t tried, down;		    /* endpoints; which of them may come back */
	int n_tries, n_agains;
	bool has_gone_round;
	struct err why; /* the last failure */
	struct loop_timer *deadline, *step, *say;
	/* What it cost so far. */
	double money;
	int64_t asked, answered;
	bool is_guess;
};

/* gateway.c */
int64_t gateway_now(const struct gateway *g);
/* Counts what a try cost; a reply that said nothing of it is guessed at. */
void gateway_spend(struct question *q, const struct try *t);
/* Adds to the day. */
void gateway_count(struct gateway *g, const struct gateway_spent *more);
/* The day may have ended. */
void gateway_turn_day(struct gateway *g);

/* gateway_ask.c */
/* Of a kind of question; the last one is of all. */
const struct ai_route *gateway_route_of(const struct gateway *g, const char *kind);
/* Somebody may have mended the endpoint by now; one that a person names is asked anyway. */
void gateway_look_again(struct gateway *g, size_t endpoint, bool is_named);

/* gateway_turn.c */
void turn_copy(struct turn *out, const struct turn *turn, struct arena *arena);
void turn_drop(struct turn *turn); /* what a copy owns beside its arena */
/* Tokens, at four bytes each, which is near enough to choose by. */
int turn_tokens(const struct turn *turn);

/* gateway_question.c */
/* The try's endpoint failed; its reply has words or not. Frees it. */
void question_try_failed(struct try *t, enum model_trouble trouble,
			 const struct err *err);
void question_try_done(struct try *t);
void question_first_word(struct try *t);
void question_more(struct question *q);
void question_late(struct try *t);
void question_loading(struct try *t);
void question_begin_deadline(struct question *q);
void question_choose_soon(struct question *q);
void question_drop_others(struct question *q, const struct try *kept);
void question_unlink(struct question *q);
void question_free(struct question *q);

/* gateway_try.c */
struct str endpoint_scope(const struct endpoint *e);
/* What a server says of the pace is kept by the router, not by the client. */
void gateway_pace_is_ours(const struct http_response *response, struct http_pace *pace);
struct try *try_new(struct question *q, int endpoint);
void try_start(struct try *t);
/* Gives it up: nothing comes of it any more. */
void try_free(struct try *t);

/* gateway_embed.c */
void embed_stop_all(struct gateway *g);

/* gateway_warm.c */
/* After a while without a word: is its model in memory at all? */
void warm_ask_loaded(struct try *t);
void warm_stop(struct endpoint *e);

#endif
