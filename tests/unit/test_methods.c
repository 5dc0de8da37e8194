/* Every method that fetches, held to what credentials promise: one request for all who
 * wait, renewed ahead, healed after a refusal, and no secret in what is said; and the
 * host it asks in every cloud. No socket, and a clock that is moved by hand. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "auth/credential.h"
#include "auth/method.h"
#include "base/strbuf.h"
#include "fake/fake_http.h"
#include "fake/fake_loop.h"
#include "unit/rsa_key.h"
#include "unit/scratch.h"

#define SCOPE  "https://management.azure.com/.default"
#define SECRET "Sup3r-s3cret.value"
#define NOW_MS INT64_C(1773224430123)
#define DAY_MS INT64_C(86400000)

enum { WAITERS = 5, LIFE_S = 3600, AHEAD_S = 300 };

/* Where there is a file, its path stands for %s. */
static const struct fetcher {
	const char *name;
	struct credential_setting settings[6];
	const char *file; /* the name of a file of the test's */
	const char *variable, *value;
	bool sends_secret; /* SECRET itself, and not what it signs */
} fetchers[] = {
	{"secret",
	 {{"tenant", "t.example"}, {"client_id", "c"}, {"secret", "env:AZ_TEST_SECRET"}},
	 NULL,
	 NULL,
	 NULL,
	 true},
	{"certificate",
	 {{"tenant", "t.example"}, {"client_id", "c"}, {"certificate", "file:%s"}},
	 "sp.pem",
	 NULL,
	 NULL,
	 false},
	{"workload",
	 {{"tenant", "t.example"}, {"client_id", "c"}, {"token_file", "%s"}},
	 "token",
	 NULL,
	 NULL,
	 true},
	{"oauth-client",
	 {{"url", "https://idp.example/token"},
	  {"client_id", "c"},
	  {"secret", "env:AZ_TEST_SECRET"}},
	 NULL,
	 NULL,
	 NULL,
	 true},
	{"google", {{"key", "file:%s"}}, "sa.json", NULL, NULL, false},
	{"managed-identity",
	 {{0}},
	 NULL,
	 "IDENTITY_ENDPOINT",
	 "http://127.0.0.1:41741/msi/token",
	 true},
};

struct got {
	int n;
	char token[20];
	struct err err;
};

struct world {
	struct loop *loop;
	struct http *http;
	struct credential *credential;
};

static void put_escaped(struct strbuf *out, const struct strbuf *text)
{
	for (size_t i = 0; i < text->n; i++) {
		if (text->p[i] == '\n')
			strbuf_puts(out, "\\n");
		else
			strbuf_putc(out, text->p[i]);
	}
}

static int write_files(void **state)
{
	EVP_PKEY *rsa = rsa_key_make(2048);
	struct strbuf pem, json;

	if (!secret_setup() || scratch_make(state) != 0)
		return -1;
	strbuf_init(&pem, 1 << 16);
	strbuf_init(&json, 1 << 16);
	rsa_key_put(&pem, rsa, NULL);
	strbuf_puts(&json,
		    "{\"type\":\"service_account\",\"client_email\":\"a@x.example\","
		    "\"token_uri\":\"https://oauth2.example/token\",\"private_key\":\"");
	put_escaped(&json, &pem);
	strbuf_puts(&json, "\"}");
	scratch_write("sa.json", strbuf_str(&json), 0600);
	rsa_key_put_certificate(&pem, rsa, rsa, NOW_MS - DAY_MS, NOW_MS + DAY_MS);
	scratch_write("sp.pem", strbuf_str(&pem), 0600);
	scratch_write("token", STR(SECRET), 0600);
	strbuf_fini(&pem);
	strbuf_fini(&json);
	EVP_PKEY_free(rsa);
	setenv("AZ_TEST_SECRET", SECRET, 1);
	setenv("IDENTITY_HEADER", SECRET, 1);
	unsetenv("AZURE_AUTHORITY_HOST");
	return 0;
}

static void world_init(struct world *w, const struct fetcher *f, const char *authority)
{
	struct credential_spec spec = {.name = "x",
				       .method = f->name,
				       .authority = authority};
	struct credential_setting settings[6];
	char values[6][4200];
	struct err err;

	if (f->variable)
		setenv(f->variable, f->value, 1);
	for (; f->settings[spec.n_settings].name; spec.n_settings++) {
		size_t i = spec.n_settings;
		const char *mark = strstr(f->settings[i].value, "%s");

		settings[i] = f->settings[i];
		if (!mark)
			continue;
		snprintf(values[i], sizeof(values[i]), "%.*s%s",
			 (int)(mark - settings[i].value), settings[i].value,
			 scratch_path(f->file));
		settings[i].value = values[i];
	}
	spec.settings = settings;
	*w = (struct world){.loop = fake_loop_new(NOW_MS), .http = fake_http_new()};
	w->credential = credential_new(&(struct credential_host){.http = w->http,
								 .loop = w->loop},
				       &spec, &err);
	if (!w->credential)
		fail_msg("%s: %s", f->name, err.text);
	if (f->variable)
		unsetenv(f->variable);
}

static void world_fini(struct world *w)
{
	credential_free(w->credential);
	fake_loop_work(w->loop);
	fake_http_free(w->http);
	fake_loop_free(w->loop);
}

static void came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct got *got = ctx;

	got->n++;
	got->err = *err;
	snprintf(got->token, sizeof(got->token), "%.*s", STR_ARG(auth->secret));
}

static void ask(struct world *w, struct got *got)
{
	*got = (struct got){0};
	credential_ask(w->credential, STR(SCOPE), came, got);
	fake_loop_work(w->loop);
}

static void answer(struct world *w, int status, const char *token)
{
	char body[200];

	snprintf(body, sizeof(body), "{\"access_token\":\"%s\",\"expires_in\":%d}", token,
		 LIFE_S);
	fake_http_answer(w->http, status, body);
	fake_loop_advance(w->loop, 0);
}

static void one_request_for_all(const struct fetcher *f)
{
	struct got got[WAITERS];
	struct world w;

	world_init(&w, f, NULL);
	for (int i = 0; i < WAITERS; i++)
		ask(&w, &got[i]);
	check_case(f->name, fake_http_count(w.http) == 1);
	answer(&w, 200, "t1");
	for (int i = 0; i < WAITERS; i++) {
		check_case(f->name, got[i].n == 1);
		check_text(f->name, str_from(got[i].token), "t1");
	}
	world_fini(&w);
}

/* And while one renewal is out nobody starts a second. */
static void renewed_ahead(const struct fetcher *f)
{
	struct got got, other;
	struct world w;

	world_init(&w, f, NULL);
	ask(&w, &got);
	answer(&w, 200, "t1");
	fake_loop_advance(w.loop, (LIFE_S - AHEAD_S) * INT64_C(1000) - 1);
	ask(&w, &got);
	fake_loop_advance(w.loop, 0);
	check_text(f->name, str_from(got.token), "t1");
	check_case(f->name, fake_http_count(w.http) == 1);
	fake_loop_advance(w.loop, 1);
	ask(&w, &got);
	ask(&w, &other);
	check_case(f->name, fake_http_count(w.http) == 2);
	answer(&w, 200, "t2");
	check_text(f->name, str_from(got.token), "t2");
	check_text(f->name, str_from(other.token), "t2");
	world_fini(&w);
}

static void healed_after_a_refusal(const struct fetcher *f)
{
	struct got got;
	struct world w;
	int64_t asked_ms;

	world_init(&w, f, NULL);
	ask(&w, &got);
	answer(&w, 200, "t1");
	asked_ms = clock_mono_ms(loop_clock(w.loop));
	fake_loop_advance(w.loop, 1000);
	credential_refuse(w.credential, STR(SCOPE), asked_ms);
	ask(&w, &got);
	check_case(f->name, fake_http_count(w.http) == 2);
	answer(&w, 200, "t2");
	check_text(f->name, str_from(got.token), "t2");
	/* Told again of the first one's end: the second is another. */
	credential_refuse(w.credential, STR(SCOPE), asked_ms);
	ask(&w, &got);
	fake_loop_advance(w.loop, 0);
	check_case(f->name, fake_http_count(w.http) == 2);
	world_fini(&w);
}

/* The endpoint repeats all that it was sent: nothing of it is passed on. */
static void silent_about_secrets(const struct fetcher *f)
{
	struct strbuf body;
	struct got got;
	struct world w;
	const char *form;

	world_init(&w, f, NULL);
	ask(&w, &got);
	form = strstr(fake_http_text(w.http, 0), "\n\n") + 2;
	strbuf_init(&body, 1 << 16);
	strbuf_printf(&body,
		      "{\"error\":\"x\",\"error_description\":\"No: " SECRET
		      " assertion=%.200s\"}",
		      strstr(form, "assertion=") ? strstr(form, "ssertion=") + 9
						 : SECRET);
	fake_http_answer(w.http, 400, body.p);
	fake_loop_advance(w.loop, 0);
	check_case(f->name, got.err.code == ERR_AUTH);
	check_case(f->name, !f->sends_secret || !strstr(got.err.text, SECRET));
	check_case(f->name, !strstr(got.err.text, "eyJ"));
	strbuf_fini(&body);
	world_fini(&w);
}

static void test_promises(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(fetchers) / sizeof(*fetchers); i++) {
		one_request_for_all(&fetchers[i]);
		renewed_ahead(&fetchers[i]);
		healed_after_a_refusal(&fetchers[i]);
		silent_about_secrets(&fetchers[i]);
	}
}

static void test_hosts(void **state)
{
	static const struct {
		const char *name;
		const char *authority; /* the cloud's */
		const char *variable;  /* AZURE_AUTHORITY_HOST */
		const char *setting;
		const char *host;
	} rows[] = {
		{"public", NULL, NULL, NULL,
		 "https://login.microsoftonline.com/t.example/"},
		{"usgovernment", "https://login.microsoftonline.us", NULL, NULL,
		 "https://login.microsoftonline.us/t.example/"},
		{"china", "https://login.chinacloudapi.cn", NULL, NULL,
		 "https://login.chinacloudapi.cn/t.example/"},
		{"the environment", "https://login.microsoftonline.us",
		 "https://login.stack.example/", NULL,
		 "https://login.stack.example/t.example/"},
		{"the setting", "https://login.microsoftonline.us",
		 "https://login.stack.example/", "https://own.example//",
		 "https://own.example/t.example/"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct fetcher f = fetchers[0];
		struct strbuf want;
		struct world w;
		struct got got;

		if (rows[i].variable)
			setenv("AZURE_AUTHORITY_HOST", rows[i].variable, 1);
		if (rows[i].setting)
			f.settings[3] =
				(struct credential_setting){"authority", rows[i].setting};
		world_init(&w, &f, rows[i].authority);
		unsetenv("AZURE_AUTHORITY_HOST");
		ask(&w, &got);
		strbuf_init(&want, 400);
		strbuf_printf(&want, "POST %soauth2/v2.0/token\n", rows[i].host);
		check_case(rows[i].name, str_starts(str_from(fake_http_text(w.http, 0)),
						    strbuf_str(&want)));
		answer(&w, 200, "t");
		strbuf_fini(&want);
		world_fini(&w);
	}
}

/* The rows: what the manual, the schema and the check of settings read off them. */
static void test_rows(void **state)
{
	const struct method *m;
	const char *before = "";

	(void)state;
	for (size_t i = 0; (m = method_at(i)); i++) {
		check_case(m->name, strcmp(before, m->name) < 0);
		check_case(m->name, method_find(str_from(m->name)) == m);
		check_case(m->name, m->fetch && m->help[0] && m->settings);
		check_case(m->name, !m->close || m->open);
		for (const struct method_setting *s = m->settings; s->name; s++) {
			check_case(s->name, s->help && s->help[0]);
			check_case(s->name, !(s->is_secret && s->is_file));
			check_case(s->name,
				   !s->names_file || (s->is_secret && s->variable));
			check_case(s->name, !s->fallback || !s->is_required);
			/* One and the same name, wherever it stands. */
			for (const struct method_setting *o = m->settings; o < s; o++)
				check_case(s->name, strcmp(o->name, s->name) != 0);
		}
		before = m->name;
	}
	assert_null(method_find(STR("nothing")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_promises),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests(tests, write_files, scratch_drop);
}
