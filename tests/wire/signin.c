/* See signin.h. */
#include "wire/signin.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "unit/check.h"

enum { PATIENCE_US = 10000000 };

static const char *const variables[] = {
	"APPDATA",
	"AWS_ACCESS_KEY_ID",
	"AWS_DEFAULT_REGION",
	"AWS_PROFILE",
	"AWS_REGION",
	"AWS_SECRET_ACCESS_KEY",
	"AWS_SESSION_TOKEN",
	"AWS_SHARED_CREDENTIALS_FILE",
	"AZURE_AUTHORITY_HOST",
	"AZURE_CLIENT_CERTIFICATE_PATH",
	"AZURE_CLIENT_ID",
	"AZURE_CLIENT_SECRET",
	"AZURE_DEVOPS_EXT_PAT",
	"AZURE_FEDERATED_TOKEN_FILE",
	"AZURE_POD_IDENTITY_AUTHORITY_HOST",
	"AZURE_TENANT_ID",
	"GOOGLE_APPLICATION_CREDENTIALS",
	"HTTPS_PROXY",
	"HTTP_PROXY",
	"IDENTITY_ENDPOINT",
	"IDENTITY_HEADER",
	"IDENTITY_SERVER_THUMBPRINT",
	"IMDS_ENDPOINT",
	"MSI_ENDPOINT",
	"MSI_SECRET",
	"https_proxy",
	"http_proxy",
};

int signin_setup(void **state)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		unsetenv(variables[i]);
	return client_setup(state);
}

struct credential *signin_make(struct client *c, const char *method,
			       const struct credential_setting *settings, struct err *err)
{
	const struct credential_host host = {.http = c->http, .loop = c->loop};
	struct credential_spec spec = {.name = "prod-reader",
				       .method = method,
				       .authority = fake_server_url(c->server),
				       .settings = settings};

	err_clear(err);
	while (settings && settings[spec.n_settings].name)
		spec.n_settings++;
	return credential_new(&host, &spec, err);
}

struct credential *signin_new(struct client *c, const char *method,
			      const struct credential_setting *settings)
{
	struct err err;
	struct credential *credential = signin_make(c, method, settings, &err);

	if (!credential)
		fail_msg("%s: %s", method, err.text);
	return credential;
}

static void keep(char *out, size_t size, struct str text)
{
	assert_true(text.n < size);
	snprintf(out, size, "%.*s", STR_ARG(text));
}

void signin_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct got *got = ctx;

	got->n++;
	got->kind = auth->kind;
	got->err = *err;
	keep(got->user, sizeof(got->user), auth->user);
	keep(got->secret, sizeof(got->secret), auth->secret);
	keep(got->name, sizeof(got->name), auth->name);
	keep(got->session, sizeof(got->session), auth->session);
}

void signin_wait(struct client *c, const struct got *got)
{
	int64_t start = clock_mono_us();

	while (!got->n && clock_mono_us() - start < PATIENCE_US)
		loop_turn(c->loop, 25);
	assert_int_equal(got->n, 1);
}

void signin_ask(struct client *c, struct credential *credential, const char *scope,
		struct got *got)
{
	*got = (struct got){0};
	credential_ask(credential, str_from(scope), signin_came, got);
	assert_int_equal(got->n, 0); /* never within the call */
	signin_wait(c, got);
}

const char *signin_request(struct client *c, size_t i)
{
	static struct strbuf text;
	struct fake_request r = fake_server_request(c->server, i);
	struct str rest = r.head, line;

	if (!text.max)
		strbuf_init(&text, 1 << 20);
	strbuf_reset(&text);
	strbuf_printf(&text, "%.*s %.*s\n", STR_ARG(r.method), STR_ARG(r.target));
	while (str_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (str_starts(line, STR("Host: ")))
			strbuf_puts(&text, "Host: HOST\n");
		else if (line.n)
			strbuf_printf(&text, "%.*s\n", STR_ARG(line));
	}
	strbuf_printf(&text, "\n%.*s", STR_ARG(r.body));
	return text.p;
}

void signin_check_form(struct client *c, size_t i, const char *path, const char *body)
{
	struct strbuf want;

	strbuf_init(&want, 1 << 20);
	strbuf_printf(&want,
		      "POST %s\nHost: HOST\nUser-Agent: azdeck/test\n"
		      "Accept-Encoding: gzip, deflate\nAccept: application/json\n"
		      "Content-Type: application/x-www-form-urlencoded\n"
		      "Content-Length: %zu\n\n%s",
		      path, strlen(body), body);
	assert_string_equal(signin_request(c, i), want.p);
	strbuf_fini(&want);
}

void signin_reply(struct client *c, const char *method, const char *target, int status,
		  const char *body)
{
	fake_server_on(c->server, method, target,
		       (struct fake_reply){.status = status, .body = str_from(body)});
}
