/* See identity.h. */
#include "worker/identity.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/keyvault_ref.h"
#include "auth/keyvault_reader.h"
#include "auth/secret_ref.h"
#include "base/json.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

static struct credential *named_before(const struct connections *c, struct str name)
{
	struct credential *const *credential;

	vec_each (credential, &c->credentials) {
		if (str_eq(credential_name(*credential), name))
			return *credential;
	}
	return NULL;
}

/* The word alone means the connection's own kubeconfig and context. */
static struct credential *open_kubeconfig(const struct credential_host *host,
					  const struct config_connection *from,
					  struct err *why)
{
	struct credential *made;
	struct strbuf name;
	const char *files = json_text(from->object, "kubeconfig");
	const char *context = json_text(from->object, "context");
	struct credential_setting settings[2];
	size_t n = 0;

	strbuf_init(&name, 1024);
	strbuf_printf(&name, "kubeconfig:%s", from->name);
	if (files)
		settings[n++] = (struct credential_setting){"file", files};
	if (context)
		settings[n++] = (struct credential_setting){"context", context};
	made = credential_new(host,
			      &(struct credential_spec){.name = name.p,
							.method = "kubeconfig",
							.settings = settings,
							.n_settings = n},
			      why);
	strbuf_fini(&name);
	return made;
}

static struct credential *open_named(const struct credential_host *host,
				     const struct config_credential *from,
				     const struct cloud_row *cloud, struct err *why)
{
	struct credential_setting *settings =
		xcalloc(from->n_settings + 1, sizeof(*settings));
	struct credential *made;

	for (size_t i = 0; i < from->n_settings; i++)
		settings[i] = (struct credential_setting){from->settings[i].name,
							  from->settings[i].value};
	made = credential_new(host,
			      &(struct credential_spec){.name = from->name,
							.method = from->method,
							.authority = cloud->login,
							.settings = settings,
							.n_settings = from->n_settings},
			      why);
	free(settings);
	return made;
}

/* A directory is in one cloud, and so is who signs in to it. */
static bool is_of_cloud(const struct credential *c, const struct identity_want *want,
			struct err *err)
{
	struct str authority = credential_authority(c);
	char what[240];

	if (!authority.n || str_eq(authority, str_from(want->cloud->login)))
		return true;
	snprintf(what, sizeof(what),
		 "\"%.60s\" signs in at %.*s elsewhere, and this is in the cloud \"%s\": "
		 "give each cloud a credential of its own",
		 want->text, STR_ARG(authority), want->cloud->name);
	return config_fail(want->config, want->path, what, err);
}

struct credential *identity_open(struct connections *c,
				 const struct credential_host *host,
				 const struct identity_want *want, struct err *err)
{
	const struct config_credential *named =
		config_credential(want->config, str_from(want->text));
	struct credential *made = named_before(c, str_from(want->text));
	struct err why;
	char path[160];

	if (made)
		return is_of_cloud(made, want, err) ? made : NULL;
	if (named)
		made = open_named(host, named, want->cloud, &why);
	else if (want->from && str_eq(str_from(want->text), STR("kubeconfig")))
		made = open_kubeconfig(host, want->from, &why);
	else
		made = credential_from_text(host, str_from(want->text),
					    want->cloud->login, &why);
	if (made) {
		vec_push(&c->credentials, made);
		return made;
	}
	if (named)
		snprintf(path, sizeof(path), "credentials.%s", want->text);
	config_fail(want->config, named ? path : want->path, why.text, err);
	return NULL;
}

/* Its own secret cannot be where it has to sign in first. */
static bool check_circle(const struct config *config, struct err *err)
{
	const struct config_credential *reader =
		config_credential(config, str_from(config->keyvault.credential));
	struct str rest;
	char path[200];

	for (size_t i = 0; reader && i < reader->n_settings; i++) {
		if (!secret_ref_is_remote(str_from(reader->settings[i].value), &rest))
			continue;
		snprintf(path, sizeof(path), "credentials.%s.%s", reader->name,
			 reader->settings[i].name);
		return config_fail(config, path,
				   "this credential is the one that reads key vaults; "
				   "its own secret cannot be in one",
				   err);
	}
	return true;
}

/* A token goes there: it has to be one vault's own host, and nobody may listen. */
static bool check_url(const struct config *config, struct err *err)
{
	struct str url = str_from(config->keyvault.url), mark = STR(KEYVAULT_PLACEHOLDER);

	if (!url.n ||
	    (str_find(url, mark) >= 0 && (str_starts(url, STR("https://")) ||
					  str_starts(url, STR("http://127.0.0.1:")))))
		return true;
	return config_fail(config, "keyvault.url",
			   "must begin with https:// and have {vault} in it", err);
}

static void put_url(struct strbuf *out, const struct config *config,
		    const struct cloud_row *cloud)
{
	if (config->keyvault.url)
		strbuf_puts(out, config->keyvault.url);
	else
		strbuf_printf(out, "https://" KEYVAULT_PLACEHOLDER ".%s", cloud->vault);
	while (out->n && out->p[out->n - 1] == '/')
		strbuf_cut(out, out->n - 1);
}

bool identity_open_vaults(struct connections *c, const struct credential_host *host,
			  const struct config *config, struct err *err)
{
	const struct identity_want want = {
		.config = config,
		.text = config->keyvault.credential,
		.path = "keyvault.credential",
		.cloud = cloud_find(str_from(config->keyvault.cloud)),
	};
	struct strbuf url, resource;

	if (!want.text)
		return true;
	if (!check_circle(config, err) || !check_url(config, err))
		return false;
	c->vault_reader = identity_open(c, host, &want, err);
	if (!c->vault_reader)
		return false;
	strbuf_init(&url, 1024);
	strbuf_init(&resource, 100);
	put_url(&url, config, want.cloud);
	strbuf_printf(&resource, "https://%s", want.cloud->vault);
	c->keyvault = keyvault_reader_new(
		&(struct keyvault_reader_options){.http = host->http,
						  .loop = host->loop,
						  .log = host->log,
						  .reader = c->vault_reader,
						  .url = url.p,
						  .resource = resource.p});
	strbuf_fini(&resource);
	strbuf_fini(&url);
	return true;
}
