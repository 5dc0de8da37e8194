/* What was written to the simulated estate, over what it is by itself: merge patches
 * (RFC 7396) for documents, found in every answer by their id, so that all who show a
 * thing show its change. While its operation runs a document has one patch, afterwards
 * another one. A name that begins with '?' is only for documents that have it already.
 * Thread: core. */
#ifndef AZ_SIM_WRITES_H
#define AZ_SIM_WRITES_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "sim/guid.h"

/* One write that was accepted. */
struct operation {
	struct guid id;
	char *target; /* address of what it is done to */
	int64_t started_ms, ends_ms;
	char *code, *message; /* why it fails in the end; NULL: it works */
};

/* All that was written to one document. */
struct written {
	/* Documents where "metadata.uid" is that. More names, after blanks, must be there
	 * too: "id name" leaves out what only refers to it. */
	char *member, *value;
	cJSON *settled; /* of operations that are over; NULL: none */
	cJSON *during, *after;
	int64_t ends_ms;
	int64_t until_ms; /* then it is as by itself again; 0: never */
	bool is_removal, is_settled_removal;
	char *list; /* it came into being: where it is listed; NULL: it was there */
};

struct writes {
	VEC(struct written *) list;
	VEC(struct operation *) operations;
	uint64_t n_made;
};

void writes_fini(struct writes *c);

/* A write begins. The operation is borrowed, until many more have begun. */
struct operation *writes_begin(struct writes *c, uint64_t seed, struct str target,
			       int64_t now_ms, int64_t takes_ms);
/* It was refused after all, and changed nothing. */
void writes_drop(struct writes *c, struct operation *op);
/* Newest of that target that has not ended; NULL. */
const struct operation *writes_running(const struct writes *c, struct str target,
				       int64_t now_ms);
const struct operation *writes_find(const struct writes *c, struct str id);

/* The operation changes the document that has `value` for `member`. The patches are
 * taken and may be NULL; one that fails leaves no trace. */
struct written *writes_patch(struct writes *c, const struct operation *op,
			     const char *member, struct str value, cJSON *during,
			     cJSON *after);
/* A document (taken) that is listed at that path from now on. */
void writes_add(struct writes *c, const struct operation *op, const char *member,
		struct str value, struct str list, cJSON *document);
/* It is gone at the operation's end. */
void writes_remove(struct writes *c, const struct operation *op, const char *member,
		   struct str value, cJSON *during);

/* What was written to a member of it, as of now; NULL: nothing. */
const cJSON *writes_now(const struct writes *c, const char *member, struct str value,
			const char *path, int64_t now_ms);

/* Whether that is the value of the member; a number is compared as it is written. */
bool writes_is(const cJSON *object, struct str path, struct str value);

/* Whether anything of the text may be changed: cheap. */
bool writes_touch(const struct writes *c, struct str path, struct str text);
/* Puts everything into an answer to a GET of the path. False: what was asked for is
 * gone itself. */
bool writes_apply(const struct writes *c, struct str path, int64_t now_ms, cJSON *root);

#endif
