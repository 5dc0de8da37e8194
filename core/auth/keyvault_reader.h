/* Secrets out of Azure's key vaults, read on the loop with one credential, the
 * reader. A value is kept in locked memory for a while, so that forty connections are
 * not forty calls a minute; who was refused with it asks for one that is newer. It is
 * written nowhere. Thread: core. */
#ifndef AZ_AUTH_KEYVAULT_READER_H
#define AZ_AUTH_KEYVAULT_READER_H

#include <stdint.h>

#include "auth/credential.h"

struct keyvault_reader;

struct keyvault_reader_options {
	struct http *http;
	struct loop *loop;
	struct log *log;	   /* or NULL */
	struct credential *reader; /* borrowed; outlives it */
	const char *url;	   /* "https://{vault}.vault.azure.net" */
	const char *resource;	   /* what its token is for: "https://vault.azure.net" */
};

struct keyvault_reader *keyvault_reader_new(const struct keyvault_reader_options *o);
/* Nobody is told any more. Accepts NULL. */
void keyvault_reader_free(struct keyvault_reader *r);

struct keyvault_value {
	struct str value; /* borrowed for the call; empty on failure */
	bool was_kept;	  /* read for somebody before */
};
typedef void (*keyvault_fn)(const struct keyvault_value *value, const struct err *err,
			    void *ctx);
/* What "keyvault:REST" names, which must be well formed. `fn` comes later, never within
 * the call. What was read at `newer_than_ms` (monotonic) or before is read again; 0:
 * what is kept will do. */
void keyvault_reader_ask(struct keyvault_reader *r, struct str rest,
			 int64_t newer_than_ms, keyvault_fn fn, void *ctx);
/* No callback with this ctx comes after. */
void keyvault_reader_forget(struct keyvault_reader *r, void *ctx);

#endif
