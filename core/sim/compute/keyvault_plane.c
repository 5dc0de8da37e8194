/* See keyvault.h: a vault's own side. Values are made up of the vault's and the
 * secret's names, so they are the same in every run and open nothing but this
 * simulator. A certificate is the secret that holds it, and a policy beside. Thread:
 * core. */
#include "sim/compute/keyvault.h"

#include <stdio.h>

#include "sim/rhythm.h"
#include "sim/service.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ACMEBOT	 "Acmebot" /* a program that has Let's Encrypt make them */

enum { PER_PAGE = 2, LARGEST_PAGE = 25 };

static const struct policy {
	const char *certificate, *subject, *issuer;
	const char *action; /* of the vault, at this share of the life or so early */
	int percentage, days;
	int months, key_bits; /* 0 bits: an elliptic curve */
	const char *program;  /* that renews it, by its tag; NULL: none */
} policies[] = {
	{"atlas-tls", "CN=www.atlas.example", "Unknown", "EmailContacts", 80, 0, 3, 2048,
	 ACMEBOT},
	{"atlas-signing", "CN=Atlas document signing", "Self", "AutoRenew", 80, 0, 24,
	 3072, NULL},
	{"qodex-tls", "CN=api.qodex.example", "Unknown", "EmailContacts", 80, 0, 3, 0,
	 ACMEBOT},
	{"qodex-internal-ca", "CN=Qodex internal CA", "Self", "EmailContacts", 0, 60, 48,
	 4096, NULL},
	{"relay-client", "CN=relay.qodex.example", "Unknown", NULL, 0, 0, 12, 2048, NULL},
	{"wildcard-contoso", "CN=*.contoso.example", "DigiCert", "AutoRenew", 0, 30, 3,
	 2048, NULL},
};

bool keyvault_is_asked(const struct request *req)
{
	return req->n_segments && str_eq_nocase(req->segments[0], STR("_keyvault"));
}

static const struct policy *policy_of(const char *certificate)
{
	for (size_t i = 0; i < COUNT(policies); i++) {
		if (strcmp(policies[i].certificate, certificate) == 0)
			return &policies[i];
	}
	return NULL;
}

static void refuse(struct reply *rep, int status, const char *code, const char *inner,
		   const char *text)
{
	struct strbuf *out = &rep->body;

	rep->status = status;
	strbuf_reset(out);
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "code", code);
	jw_text(out, "message", text);
	if (inner) {
		jw_object(out, "innererror");
		jw_text(out, "code", inner);
		jw_object_end(out);
	}
	jw_object_end(out);
	jw_object_end(out);
}

static bool has_version(const struct request *req, struct reply *rep)
{
	static const char *const versions[] = {"7.6", "7.5", "7.4", "7.3", "7.2"};

	if (str_is_among(request_query(req, "api-version"), versions, COUNT(versions)))
		return true;
	refuse(rep, 400, "BadParameter", NULL,
	       "AKV10000: The specified version is not recognized. Consider using the "
	       "latest supported version (7.6).");
	return false;
}

/* NULL: it has been refused. */
static const struct keyvault_secret *find(const struct request *req, struct reply *rep,
					  struct str name, bool is_certificate)
{
	struct str vault = request_param(req, "keyvault");
	char text[300];

	if (!has_version(req, rep))
		return NULL;
	for (size_t i = 0; i < n_keyvault_secrets; i++) {
		const struct keyvault_secret *s = &keyvault_secrets[i];

		if (str_eq_nocase(vault, str_from(s->vault)) &&
		    str_eq_nocase(name, str_from(s->name)) &&
		    (!is_certificate || policy_of(s->name)))
			return s;
	}
	snprintf(text, sizeof(text),
		 "A %s with (name/id) %.120s was not found in this key vault. If you "
		 "recently deleted it you may be able to recover it.",
		 is_certificate ? "certificate" : "secret",
		 arena_strdup(rep->arena, name));
	refuse(rep, 404, is_certificate ? "CertificateNotFound" : "SecretNotFound", NULL,
	       text);
	return NULL;
}

void keyvault_get_value(struct world *w, const struct request *req, struct reply *rep)
{
	const struct keyvault_secret *s =
		find(req, rep, request_param(req, "secret"), false);
	struct strbuf *out = &rep->body;
	struct guid version, value;

	if (!s)
		return;
	if (!s->is_enabled) {
		refuse(rep, 403, "Forbidden", "SecretDisabled",
		       "Operation get is not allowed on a disabled secret.");
		return;
	}
	version = guid_of(w->seed, s->name, (uint64_t)s->made_days_ago);
	value = guid_of(w->seed, s->vault, str_hash(str_from(s->name)));
	jw_object(out, NULL);
	jw_format(out, "value", "simulated-%s", value.text);
	if (s->content)
		jw_text(out, "contentType", s->content);
	jw_format(out, "id",
		  "https://%s.vault.azure.net/secrets/%s/%.8s%.4s%.4s%.4s%.12s", s->vault,
		  s->name, version.text, version.text + 9, version.text + 14,
		  version.text + 19, version.text + 24);
	keyvault_put_attributes(w, out, s);
	jw_object_end(out);
}

static void put_certificate(const struct world *w, struct strbuf *out,
			    const struct keyvault_secret *s)
{
	const struct policy *p = policy_of(s->name);

	jw_object(out, NULL);
	jw_format(out, "id", "https://%s.vault.azure.net/certificates/%s", s->vault,
		  s->name);
	jw_format(out, "x5t", "%.27s", guid_of(w->seed, s->name, 5).text);
	keyvault_put_attributes(w, out, s);
	jw_text(out, "subject", "");
	if (p->program) {
		jw_object(out, "tags");
		jw_text(out, "Issuer", p->program);
		jw_text(out, "Endpoint", "acme-v02.api.letsencrypt.org");
		jw_object_end(out);
	}
	jw_object_end(out);
}

void keyvault_list_certificates(struct world *w, const struct request *req,
				struct reply *rep)
{
	struct str vault = request_param(req, "keyvault");
	const struct keyvault_secret *own[COUNT(policies)];
	struct strbuf *out = &rep->body;
	struct service_page page;
	size_t n = 0;

	if (!has_version(req, rep))
		return;
	for (size_t i = 0; i < n_keyvault_secrets && n < COUNT(policies); i++) {
		if (str_eq_nocase(vault, str_from(keyvault_secrets[i].vault)) &&
		    policy_of(keyvault_secrets[i].name))
			own[n++] = &keyvault_secrets[i];
	}
	page = service_page_of(req, "pagesize", PER_PAGE, n);
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = page.from; i < page.to; i++)
		put_certificate(w, out, own[i]);
	jw_list_end(out);
	if (page.next)
		jw_text(out, "nextLink",
			service_page_link(req, rep->arena, "page", page.next));
	else
		jw_null(out, "nextLink");
	jw_object_end(out);
}

static void put_key(struct strbuf *out, const struct policy *p)
{
	jw_object(out, "key_props");
	jw_bool(out, "exportable", true);
	jw_text(out, "kty", p->key_bits ? "RSA" : "EC");
	if (p->key_bits)
		jw_int(out, "key_size", p->key_bits);
	else
		jw_text(out, "crv", "P-256");
	jw_bool(out, "reuse_key", false);
	jw_object_end(out);
}

static void put_actions(struct strbuf *out, const struct policy *p)
{
	jw_list(out, "lifetime_actions");
	if (p->action) {
		jw_object(out, NULL);
		jw_object(out, "trigger");
		if (p->days)
			jw_int(out, "days_before_expiry", p->days);
		else
			jw_int(out, "lifetime_percentage", p->percentage);
		jw_object_end(out);
		jw_object(out, "action");
		jw_text(out, "action_type", p->action);
		jw_object_end(out);
		jw_object_end(out);
	}
	jw_list_end(out);
}

void keyvault_get_policy(struct world *w, const struct request *req, struct reply *rep)
{
	const struct keyvault_secret *s =
		find(req, rep, request_param(req, "certificate"), true);
	const struct policy *p = s ? policy_of(s->name) : NULL;
	struct strbuf *out = &rep->body;

	if (!s)
		return;
	jw_object(out, NULL);
	jw_format(out, "id", "https://%s.vault.azure.net/certificates/%s/policy",
		  s->vault, s->name);
	put_key(out, p);
	jw_object(out, "secret_props");
	jw_text(out, "contentType", s->content);
	jw_object_end(out);
	jw_object(out, "x509_props");
	jw_text(out, "subject", p->subject);
	jw_list(out, "ekus");
	jw_text(out, NULL, "1.3.6.1.5.5.7.3.1");
	jw_list_end(out);
	jw_int(out, "validity_months", p->months);
	jw_object_end(out);
	put_actions(out, p);
	jw_object(out, "issuer");
	jw_text(out, "name", p->issuer);
	jw_object_end(out);
	keyvault_put_attributes(w, out, s);
	jw_object_end(out);
}
