/* The configuration's "ai": model servers, which of them answers what, what may be spent
 * and what does not leave. Kinds of server and of question are not known here; they are
 * texts. No key stands in it: credentials are named. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_AI_H
#define AZ_CONFIG_CONFIG_AI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For a million tokens; NAN: not said. */
struct config_ai_prices {
	double in, out, cached;
};

struct config_ai_provider {
	const char *name;
	const char *kind;	 /* a row of ai/provider.c */
	const char *base;	 /* NULL: the kind's */
	const char *credential;	 /* as a connection's; default "none" */
	const char *cloud;	 /* whose sign-in it is; default "public" */
	const char *scope;	 /* of Entra's tokens; NULL: the kind's */
	const char *model;	 /* of Azure OpenAI the deployment */
	const char *api_version; /* NULL: Azure OpenAI's addresses without one */
	const char *dialect;	 /* NULL: the kind's */
	struct config_ai_prices prices;
	int context;	    /* tokens; 0: not said */
	int max_concurrent; /* 0: any */
	int64_t first_ms;   /* until its first word; 0: the default */
	bool is_local;	    /* as said; see has_place */
	bool has_place;	    /* "local" stands there; else the kind's */
};

struct config_ai_route {
	const char *name;
	const char *const *kinds; /* of questions, with *; none: all */
	size_t n_kinds;
	const char *const *endpoints; /* names of providers, first choice first */
	size_t n_endpoints;
	bool is_local; /* nothing leaves this machine and its network */
};

/* NAN: no cap. */
struct config_ai_cap {
	double soft, hard;
};

struct config_ai {
	struct config_ai_provider *providers;
	size_t n_providers;
	struct config_ai_route *routes;
	size_t n_routes;
	struct config_ai_cap day, conversation;
	const char *currency;	   /* of prices and caps; default "USD" */
	const char *const *redact; /* patterns of what is put in other words */
	size_t n_redact;
	const char *embedder; /* a provider; NULL: there are no embeddings */
	const char *embedder_model;
	int embedder_dims;     /* numbers of a vector; 0: as the model has them */
	double embedder_price; /* for a million tokens; NAN: not said */
};

extern const struct config_ai config_ai_default;

#endif
