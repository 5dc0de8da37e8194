/* One long-running operation of ARM: what the answers to a write and to the polls
 * after it mean, and what to ask next. Pure: the caller asks and waits (lro_run.h
 * does). Plain data, so that it can be saved and followed again by another process.
 * A write that cannot be followed is not a write that failed: that is LRO_UNKNOWN.
 * Thread: core. */
#ifndef AZ_AZURE_LRO_H
#define AZ_AZURE_LRO_H

#include "azure/api.h"

enum lro_phase {
	LRO_OPERATION, /* asks the address of Azure-AsyncOperation for a status */
	LRO_LOCATION,  /* asks the address of Location until it is no longer a 202 */
	LRO_RESOURCE,  /* asks the resource until its provisioningState is an end */
	LRO_RESULT,    /* succeeded; asks what came of it */
	LRO_ENDED,
};

enum lro_outcome {
	LRO_RUNNING,
	LRO_SUCCEEDED,
	LRO_FAILED,
	LRO_CANCELED,
	LRO_UNKNOWN, /* it may have happened or not; err says why */
};

struct lro {
	enum http_method method;
	enum lro_phase phase;
	enum lro_outcome outcome;
	char *resource_url; /* what was written to */
	char *poll_url;	    /* asked next; holds a signature: not for logs */
	char *result_url;   /* Location beside an Azure-AsyncOperation; or NULL */
	int64_t started_utc_ms;
	int64_t wait_ms;     /* before the next question */
	int64_t own_wait_ms; /* grows while Azure names no wait */
	int polls;
	int troubles;	 /* polls in a row without a usable answer */
	bool is_unheard; /* LRO_FAILED: the write itself, see api.h */
	bool is_lost;	 /* Azure forgot the operation: the resource is asked */
	double percent;	 /* -1: not said */
	char state[48];	 /* Azure's word, sanitised; "" at first */
	/* Why it failed; LRO_SUCCEEDED: why there is no result; LRO_RUNNING: why it was
	 * not told how it stands, and is asked again. */
	struct err err;
};

void lro_init(struct lro *l, enum http_method method, struct str resource_url,
	      int64_t now_utc_ms);
void lro_fini(struct lro *l);

/* The answer to the write. After it, unless it has ended, l->poll_url is to be asked
 * (GET) once l->wait_ms have passed. */
void lro_begin(struct lro *l, const struct api_answer *a, int64_t now_utc_ms);
/* The answer to that question. The one that ends it carries the result: the resource
 * of a PUT or PATCH, the payload of a POST. */
void lro_take(struct lro *l, const struct api_answer *a, int64_t now_utc_ms);

/* "running", "succeeded" ... */
const char *lro_outcome_name(enum lro_outcome outcome);

/* lro_save.c. The text holds signed addresses: it belongs where secrets are kept. */
void lro_save(const struct lro *l, struct strbuf *out);
/* Initialises *l when it succeeds. Addresses on another cloud are refused. */
bool lro_load(struct lro *l, struct str text, struct err *err) MUST_CHECK;

#endif
