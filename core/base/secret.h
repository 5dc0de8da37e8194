/* A secret in locked memory, wiped when it goes. It has no format function and
 * never reaches a log, an error text or the recorder. Thread: one owner. */
#ifndef AZ_BASE_SECRET_H
#define AZ_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct secret {
	char *p; /* sodium_malloc'd, terminated; NULL: none */
	size_t n;
};

/* Once, before threads; false when the library cannot start. */
bool secret_setup(void);
/* From here on the process leaves no core, and nobody but root reads its memory or
 * its environment through /proc or attaches to it: requests and the environment hold
 * tokens outside locked memory too. Programs that it starts are not bound by it. */
void secret_forbid_core(void);
void secret_set(struct secret *s, struct str value);
/* A new value of n zero bytes to be written by the caller, terminated. */
char *secret_reserve(struct secret *s, size_t n);
/* Drops one line end at the end, as editors and echo leave it. */
void secret_trim_line(struct secret *s);
void secret_fini(struct secret *s);
void secret_give(struct secret *dst, struct secret *src);
static inline bool secret_is_set(const struct secret *s)
{
	return s->p != NULL;
}
/* Only where a request is built. */
static inline struct str secret_borrow(const struct secret *s)
{
	return (struct str){.p = s->p, .n = s->n};
}
/* For our own scratch copies (header lines). */
void secret_wipe(void *p, size_t n);

#endif
