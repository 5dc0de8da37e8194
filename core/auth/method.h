/* The inside of a credential: one way to get what proves who asks. A method is a
 * file with `fetch` and a row in methods.c; settings, help and the configuration's
 * schema are read off the row. Private to core/auth. Thread: core. */
#ifndef AZ_AUTH_METHOD_H
#define AZ_AUTH_METHOD_H

#include <stdint.h>

#include "auth/credential.h"
#include "base/secret.h"
#include "base/vec.h"

struct reading;
struct slot;
struct token_key;

struct method_setting {
	const char *name;
	bool is_required;
	bool is_secret; /* names where a secret is: env:, file:, secret: */
	const char *help;
	const char *variable; /* of the environment, where it is not set; or NULL */
	const char *fallback; /* where nobody says anything; or NULL */
	bool is_file;	      /* the path of a file, read again on every fetch */
	bool names_file;      /* of a secret: the variable holds the path of its file */
	bool is_authority;    /* the cloud's sign-in host, where nobody says another */
	const char *words;    /* "one|other": the only values; NULL: any */
};

struct method {
	const char *name;
	const char *help;		       /* one line */
	const struct method_setting *settings; /* ended by a NULL name */
	/* Checks what the table cannot and makes c->state; NULL: nothing to do. */
	bool (*open)(struct credential *c, struct err *err);
	void (*close)(struct credential *c); /* frees c->state */
	/* On the pool, before `fetch`: what that needs made of what was read, such as a
	 * signed assertion. NULL: nothing is. */
	bool (*make)(const struct reading *r, struct secret *out, struct err *err);
	/* Forgets who signed in; NULL: there is nobody to forget. */
	void (*sign_out)(struct credential *c);
	/* Leads to one slot_give or slot_fail: at once, or when an answer came. The
	 * secrets and files that the settings name have been read by then. */
	void (*fetch)(struct slot *slot);
	/* Whose tokens they are, for keeping them over runs: authority, tenant and client,
	 * borrowed from c. NULL: they are not kept. */
	void (*key)(const struct credential *c, struct token_key *key);
	/* Gives up what fetch began; NULL: the request in slot->fetch_id alone. */
	void (*cancel)(struct slot *slot);
};

/* Sorted by name; NULL behind the last one. */
const struct method *method_at(size_t i);
const struct method *method_find(struct str name);

struct waiter {
	credential_fn fn;
	void *ctx;
};

/* What a credential has for one scope. */
struct slot {
	struct slot *next;
	struct credential *owner;
	char *scope;
	enum http_auth_kind kind;
	struct secret secret, session;
	char *user, *header; /* as struct http_auth has them; NULL: empty */
	int64_t renew_ms;    /* monotonic; a fetch is due from then on */
	int64_t end_ms;	     /* it is good until then; 0: not at all */
	int64_t fetched_ms;
	int64_t refused_ms;	 /* secrets must be read after this; 0: never refused */
	uint64_t fetch_id;	 /* of the running request; 0: none */
	struct reading *reading; /* what settings name, while it fetches; or NULL */
	void *fetching;		 /* the method's own while it fetches */
	bool is_fetching;
	bool has_looked;	  /* into the token cache */
	struct loop_timer *timer; /* answers from the loop */
	bool is_answering;	  /* a fetch asked for meanwhile comes after */
	VEC(struct waiter) waiters;
	struct err err; /* of the last fetch */
};

struct credential {
	struct credential_host host;
	const struct method *method;
	char *name, *authority;
	bool follows_cloud; /* nobody named another authority */
	struct credential_setting *settings;
	size_t n_settings;
	void *state;
	struct slot *slots;
};

/* NULL when neither the configuration nor the environment nor the table has it. */
const char *credential_setting(const struct credential *c, const char *name);
/* What a secret's or a file's setting names, trimmed; empty when it is not set.
 * Borrowed until slot_give or slot_fail. */
struct str slot_read(const struct slot *s, const char *name);
/* What the method made of it; borrowed likewise. */
struct str slot_made(const struct slot *s);
/* For the user or the header of the slot. */
void slot_set_text(char **field, struct str value);

enum {
	SLOT_AGAIN_MS = 60000, /* what is only read, and may be exchanged */
};
/* Good for so long; INT64_MAX: as long as the program. `token` is moved. */
void slot_give(struct slot *s, enum http_auth_kind kind, struct secret *token,
	       int64_t lifetime_ms);
/* What is still good is kept and tried again later; else everyone is told. Secrets
 * of the slot are taken out of the text. */
void slot_fail(struct slot *s, const struct err *err);

#endif
