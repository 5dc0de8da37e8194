/* An answer being built: status, headers, body. Thread: core. */
#ifndef AZ_SIM_REPLY_H
#define AZ_SIM_REPLY_H

#include "sim/jw.h"
#include "sim/request.h"

#define REPLY_MAX_HEADERS 24
#define REPLY_MAX_BODY	  (8 * 1024 * 1024)

struct reply_field {
	const char *name;
	const char *value; /* in the request's arena */
};

/* How it goes out; see faults.h for what is not whole. */
enum reply_end {
	REPLY_WHOLE,
	REPLY_CUT,     /* half the body, then closed */
	REPLY_DROPPED, /* closed, nothing sent */
	REPLY_KEPT,    /* asked for again in keep_ms */
};

/* A body that comes bit by bit, for as long as somebody listens. */
struct reply_flow {
	/* How many bytes there are now; 0: none yet, or it is over. */
	size_t (*read)(void *ctx, char *out, size_t n, bool *is_over);
	void (*free)(void *ctx);
	void *ctx;
	int64_t pause_ms; /* between two looks; 0: as long as lines of logs take */
};

struct reply {
	int status; /* 200 until told otherwise */
	enum reply_end end;
	int64_t keep_ms;
	struct strbuf body;
	struct reply_flow flow; /* in place of the body, when it can be read */
	struct reply_field headers[REPLY_MAX_HEADERS];
	size_t n_headers;
	struct arena *arena; /* the request's */
};

void reply_init(struct reply *r, struct arena *arena);
void reply_fini(struct reply *r);

/* The name is borrowed: a literal. */
void reply_header(struct reply *r, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* NULL when it was not set. */
const char *reply_find_header(const struct reply *r, const char *name);
/* Drops the body so far and puts the envelope of ARM there. */
void reply_error(struct reply *r, int status, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* The same in the words of Azure DevOps. */
void reply_devops_error(struct reply *r, int status, const char *type, const char *fmt,
			...) __attribute__((format(printf, 4, 5)));

/* Which slice of a list to write. */
struct page {
	size_t from;
	size_t to;
	bool has_next;
	const char *next_link; /* absolute; NULL at the end */
};

/* From $skiptoken. False: a token we never gave, and the 400 is written. With
 * `gap` the second page is empty and still links on, as filtered lists do. */
bool page_init(struct page *p, const struct request *req, struct reply *rep, size_t total,
	       size_t size, bool gap);
/* Opens {"value":[ ; page_end closes it with the link. */
void page_begin(struct reply *rep);
void page_end(struct reply *rep, const struct page *p);

#endif
