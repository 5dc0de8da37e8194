/* Vectors on disk, so that a section is asked for once: under the model that made them and
 * a digest of the text they were made of. What nobody used for a month goes. Several
 * azdecks may write it at once. Thread: one at a time; it reads and writes files. */
#ifndef AZ_KNOWLEDGE_VECTOR_STORE_H
#define AZ_KNOWLEDGE_VECTOR_STORE_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct vector_store;

/* In the folder of state. */
#define VECTOR_STORE_FILE "vectors.db"

enum { VECTOR_KEY_BYTES = 16 };

struct vector_key {
	unsigned char bytes[VECTOR_KEY_BYTES];
};
struct vector_key vector_key_of(struct str text);

/* A file of the user's own, made when missing; NULL: in memory. A damaged one is put aside,
 * and another one begun. */
struct vector_store *vector_store_open(const char *path, struct err *err) MUST_CHECK;
/* One that is there, for looking. ERR_NOT_FOUND: none is kept. */
struct vector_store *vector_store_look(const char *path, struct err *err) MUST_CHECK;
void vector_store_close(struct vector_store *s); /* accepts NULL */

/* Everything else between these two: written whole, or not at all. */
void vector_store_begin(struct vector_store *s);
bool vector_store_end(struct vector_store *s, struct err *err) MUST_CHECK;

/* The first failure of what was only read, cleared. */
bool vector_store_is_fine(struct vector_store *s, struct err *err) MUST_CHECK;

/* How many floats it has; 0: there is none, or more than `most`. */
size_t vector_store_read(struct vector_store *s, struct str model,
			 const struct vector_key *key, float *out, size_t most);
void vector_store_write(struct vector_store *s, struct str model,
			const struct vector_key *key, const float *vector, size_t dims,
			int64_t now_ms);
/* Is used on this day. Call vector_store_prune once after those that are. */
void vector_store_use(struct vector_store *s, struct str model,
		      const struct vector_key *key, int64_t now_ms);
void vector_store_prune(struct vector_store *s, int64_t now_ms);
/* How the last attempt ended; NULL: well. */
void vector_store_say(struct vector_store *s, struct str model, const struct err *err,
		      int64_t now_ms);

struct vector_status {
	int64_t newest_ms; /* 0: there is none */
	int64_t tried_ms;  /* 0: never */
	char error[200];   /* of the last attempt; "": it went well */
};
void vector_store_status(struct vector_store *s, struct str model,
			 struct vector_status *out);

#endif
