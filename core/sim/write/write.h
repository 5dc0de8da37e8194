/* A request that changes something: what it is to change as it is now, what refuses it,
 * what it changes, and how the service says that it goes on. A row says how; a function
 * what. Thread: core. */
#ifndef AZ_SIM_WRITE_H
#define AZ_SIM_WRITE_H

#include <cjson/cJSON.h>

#include "sim/world.h"

/* How it answers. */
enum write_end {
	WRITE_DOCUMENT,	 /* 200 with the document, changed already */
	WRITE_EMPTY,	 /* 200 without anything */
	WRITE_OPERATION, /* 202, Azure-AsyncOperation and Location */
	WRITE_LOCATION,	 /* 202, Location */
	WRITE_SHOWN,	 /* 200 with the document, Azure-AsyncOperation: it goes on */
};

struct write {
	struct world *w;
	const struct request *req;
	struct reply *rep;
	cJSON *doc;  /* as it is now */
	cJSON *body; /* NULL: none came */
	struct str target;
	struct operation *op;
};

struct write_rule {
	enum write_end end;
	int strip;	   /* parts at the end of the path that are not the document's */
	const char *query; /* for reading it, beside the api-version */
	const char *shown; /* below it: what is answered, if not the document itself */
	bool needs_body;
	int takes_s, retry_s;
	/* Where an operation is asked for, below the subscription's providers, or, from
	 * '~' on, below what it is done to; '@' is its location, '#' its id. */
	const char *status, *result;
	const char *etag; /* member that If-Match is held against */
	const char *busy; /* code of the 400 while another one is under way; NULL: 409 */
	/* Takes the body and changes; false: it refused, in the reply. */
	bool (*change)(struct write *wr);
};

/* A POST below what it changes, followed at two addresses. */
#define WRITE_FOLLOWED(takes, retry, status_at, result_at, fn)                           \
	{                                                                                \
		.end = WRITE_OPERATION, .strip = 1, .takes_s = (takes),                  \
		.retry_s = (retry), .status = status_at, .result = result_at,            \
		.change = fn                                                             \
	}

void write_answer(const struct write_rule *rule, struct world *w, struct request *req,
		  struct reply *rep);

/* In the words of the service that is asked. Always false. */
bool write_refuse(struct write *wr, int status, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* "properties.sku.name" of a document. */
const char *write_text(const cJSON *json, const char *path);
/* A tree as printf writes it; a bad one ends the program. */
cJSON *write_json(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Of the document itself: "id", or what its kind is known by. */
struct written *write_patch(struct write *wr, cJSON *during, cJSON *after);
/* What it is known by, for writes_patch: member, and its value. */
struct str write_key(const cJSON *doc, const char **member);

/* The operation that is asked for: its state, and its result. */
void write_status(struct world *w, const struct request *req, struct reply *rep);
void write_result(struct world *w, const struct request *req, struct reply *rep);

#endif
