/* What the files of calls share. Private to core/azure/api*.c. Thread: core. */
#ifndef AZ_AZURE_API_PART_H
#define AZ_AZURE_API_PART_H

#include "azure/api.h"
#include "azure/paging.h"
#include "azure/probe.h"
#include "base/arena.h"

struct call {
	struct call *next;
	struct api *api;
	uint64_t id;
	bool is_cancelled; /* waits for the pool, then goes */
	bool is_parsing;
	bool has_refreshed; /* the token, for this page */
	int64_t token_ms;   /* when it was answered, monotonic */

	struct arena arena;
	struct api_call what; /* copied */
	struct strbuf url;    /* of the page asked for */
	struct str scope;
	struct str governor_key;
	uint64_t http_id;
	struct probe probe;
	struct loop_timer *local; /* a call to azdeck itself: when it is answered */
	bool was_early;		  /* it was asked once, and waits */

	struct paging paging;
	struct strbuf body; /* being parsed on the pool */
	cJSON *page;
	struct err parse_err;
	struct str continuation;

	api_done_fn done;
	void *ctx;
	struct api_answer answer;
};

struct api {
	struct http *http;
	struct loop *loop;
	struct log *log;
	struct call *first;
	uint64_t last_id;
	api_local_fn local;
	void *local_ctx;
};

/* Tells the answer; the call is over. */
void api_finish(struct call *c);
/* api_local.c: of a call to azdeck itself; ctx is the call. */
void api_answer_local(void *ctx);
/* api_probe.c: measures in place of asking. */
void api_start_probe(struct call *c);

#endif
