/* Where proof of who asks comes from. A credential is asked for a scope and answers
 * later; it caches, refreshes ahead, and asks once for many waiters. How it gets
 * one is a row in auth/methods.c. Thread: core. */
#ifndef AZ_AUTH_CREDENTIAL_H
#define AZ_AUTH_CREDENTIAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "net/http.h"

struct credential;

struct keychain;
struct keyvault_reader;
struct token_cache;

/* What a person enters in a browser to sign in. Clean for the screen; borrowed. */
struct credential_code {
	struct str credential; /* its name */
	struct str user_code;
	struct str url;
	struct str message; /* the same in a sentence, in the service's words */
	int64_t lifetime_ms;
};

/* What all credentials of a run share. Fixed while any lives; all but http and loop
 * may be NULL. */
struct credential_host {
	struct http *http;
	struct loop *loop;
	struct log *log;
	const struct keychain *keychain; /* where secret:NAME is; NULL: the user's */
	struct token_cache *tokens;	 /* NULL: none are kept over runs */
	struct keyvault_reader
		*keyvault; /* where keyvault:... is; NULL: nobody reads it */
	/* Shows a code, or takes it away when `code` is NULL: it was entered, or is over.
	 * Without it a person is asked to run `azdeck login`. */
	void (*tell_code)(const char *credential, const struct credential_code *code,
			  void *ctx);
	void *tell_ctx;
};

struct credential_setting {
	const char *name;  /* "tenant" */
	const char *value; /* a secret is named, never written: "env:NAME" */
};

/* What the configuration says. Copied. */
struct credential_spec {
	const char *name;      /* "prod-reader": for messages and governor keys */
	const char *method;    /* "certificate": a row of auth/methods.c */
	const char *authority; /* where the cloud signs in; NULL: the public one */
	const struct credential_setting *settings;
	size_t n_settings;
};

/* On failure err names the setting, without the credential's name. */
struct credential *credential_new(const struct credential_host *host,
				  const struct credential_spec *spec,
				  struct err *err) MUST_CHECK;
/* "METHOD" or "METHOD:VALUE", where the value is of the method's first setting:
 * "none", "env:NAME". */
struct credential *credential_from_text(const struct credential_host *host,
					struct str text, const char *authority,
					struct err *err) MUST_CHECK;
void credential_free(struct credential *c);
/* Stable, not secret: for governor keys and messages. */
struct str credential_name(const struct credential *c);
/* How it signs in: a row's name. */
struct str credential_method(const struct credential *c);
/* Where its cloud signs in; empty when the cloud does not matter to it, or it names
 * its own host. */
struct str credential_authority(const struct credential *c);

/* `auth` is borrowed for the call; err is ERR_NONE when there is one. */
typedef void (*credential_fn)(const struct http_auth *auth, const struct err *err,
			      void *ctx);
void credential_ask(struct credential *c, struct str scope, credential_fn fn, void *ctx);
/* No callback with this ctx comes after. */
void credential_forget(struct credential *c, void *ctx);
/* After a 401 to what was answered at `got_ms` (monotonic): the next ask fetches a
 * new one, unless one came since, for another call. */
void credential_refuse(struct credential *c, struct str scope, int64_t got_ms);
/* Forgets everything it has, in the token cache too. */
void credential_sign_out(struct credential *c);

#endif
