/* The token endpoints: a form is posted, a token or a reason comes back. Entra's
 * addresses, and what every method that asks for a token shares. Thread: core. */
#ifndef AZ_AUTH_ENTRA_H
#define AZ_AUTH_ENTRA_H

#include "auth/method.h"

/* The rows every Entra method has, and their check. */
#define ENTRA_TENANT                                                                     \
	{                                                                                \
		.name = "tenant", .is_required = true,                                   \
		.help = "the tenant's id or domain", .variable = "AZURE_TENANT_ID"       \
	}
#define ENTRA_CLIENT                                                                     \
	{                                                                                \
		.name = "client_id", .is_required = true,                                \
		.help = "the application's (client) id", .variable = "AZURE_CLIENT_ID"   \
	}
#define ENTRA_AUTHORITY                                                                  \
	{                                                                                \
		.name = "authority", .is_authority = true,                               \
		.help = "the sign-in host, where it is not the cloud's",                 \
		.variable = "AZURE_AUTHORITY_HOST"                                       \
	}
bool entra_open(struct credential *c, struct err *err) MUST_CHECK;
/* A method's `key`. */
void entra_key(const struct credential *c, struct token_key *key);

/* AUTHORITY/TENANT/oauth2/v2.0/WHAT, WHAT being "token" or "devicecode". */
void entra_put_url(struct strbuf *out, struct str authority, struct str tenant,
		   const char *what);

/* The form so far: "name=value&...", values encoded. Wiped when it is sent. */
void entra_form_put(struct strbuf *form, const char *name, struct str value);
/* Posts it for the slot and gives or fails it. */
void entra_post(struct slot *slot, struct str url, struct strbuf *form);
/* The same to Entra, at "token" or "devicecode". */
void entra_send_to(struct slot *slot, const char *what, struct strbuf *form,
		   http_done_fn done);
void entra_ask(struct slot *slot, struct strbuf *form);
/* The same with what vouches for the client: a signed JWT. */
void entra_ask_by_assertion(struct slot *slot, struct str assertion);
/* The same as entra_post with an identity and an end of the method's own; its ctx is the slot.
 * NULL auth: the form says it all. */
void entra_send(struct slot *slot, struct str url, struct strbuf *form,
		const struct http_auth *auth, http_done_fn done);
/* Gives or fails the slot by an answer, and wipes it. The end of entra_post. */
void entra_answer(struct http_response *response, void *slot);
/* True when there is none yet: the answer is no 200, or no answer at all. */
bool entra_error(const struct slot *slot, const struct http_response *response,
		 struct err *err);

/* "https://vault.azure.net/.default" without its end: what older endpoints call a
 * resource. */
struct str entra_resource(struct str scope);

#endif
