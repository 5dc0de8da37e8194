/* One file, one conversation: what is called, which requests must go out, what is
 * answered, and what must come of it. Files are tests/wire/cases/NAME.json:
 *
 *	call       method, path, body, kind, reads, max_pages, headers
 *	tokens     what the token endpoint answers in turn; absent: t1, t2, t3
 *	exchanges  request {method, target, headers, body}, a header null when it must
 *	           not come; answer {status, headers, json | text | base64, ends,
 *	           cut_at, claims, chunked}; "at": "other" for the second server
 *	outcome    error, says, json, status, pages, partial, wait_ms, at_least_ms
 *
 * "{{base}}" and "{{other}}" are the URLs of the two servers. Every request must be
 * one of the exchanges, in their order, and every exchange must happen. */
#include "unit/check.h"

#include <sodium.h>
#include <stdlib.h>

#include "azure/api.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "wire/client.h"

enum { MOST_TRIES = 16, MOST_HEADERS = 16, FILE_MAX = 1 << 20, PATIENCE_MS = 20000 };

#define TOKEN_PATH "/contoso.example/oauth2/v2.0/token"

/* 2026-11-21T04:00:00.900Z: a date one tenth of a second ahead can be written. */
#define NOW_MS INT64_C(1795233600900)

struct talk {
	const char *path;
	struct client *client;
	struct fake_server *other;
	cJSON *json;
	struct arena arena; /* texts of the servers' rows */

	int n_done;
	struct api_answer answer; /* its json is ours */
};

static const char *text_or(const cJSON *object, const char *name, const char *fallback)
{
	const char *text = json_text(object, name);

	return text ? text : fallback;
}

static double number_or(const cJSON *object, const char *name, double fallback)
{
	double value;

	return json_number(object, name, &value) ? value : fallback;
}

static char *replaced(struct str text, const char *const pairs[][2], size_t n_pairs)
{
	struct strbuf out;

	strbuf_init(&out, 4 * FILE_MAX);
	while (text.n) {
		size_t i = 0;

		while (i < n_pairs && !str_starts(text, str_from(pairs[i][0])))
			i++;
		if (i == n_pairs) {
			strbuf_putc(&out, text.p[0]);
			text = str_sub(text, 1, text.n);
		} else {
			strbuf_puts(&out, pairs[i][1]);
			text = str_sub(text, strlen(pairs[i][0]), text.n);
		}
	}
	return strbuf_take(&out);
}

static void read_file(struct talk *t)
{
	const char *const pairs[][2] = {{"{{base}}", fake_server_url(t->client->server)},
					{"{{other}}", fake_server_url(t->other)}};
	struct strbuf text;
	struct err err;
	char *filled;

	strbuf_init(&text, FILE_MAX);
	if (!file_read(t->path, &text, &err))
		fail_msg("%s", err.text);
	filled = replaced(strbuf_str(&text), pairs, 2);
	t->json = json_parse(str_from(filled), &json_file, NULL, &err);
	if (!t->json)
		fail_msg("%s: %s", t->path, err.text);
	free(filled);
	strbuf_fini(&text);
}

static struct str body_of(struct talk *t, const cJSON *answer)
{
	const char *base64 = json_text(answer, "base64");
	const cJSON *json = json_member(answer, "json");
	struct strbuf text;
	struct str body;

	strbuf_init(&text, FILE_MAX);
	if (base64) {
		size_t most = strlen(base64), n = 0;
		unsigned char *bytes = arena_alloc(&t->arena, most + 1);

		if (sodium_base642bin(bytes, most, base64, most, NULL, &n, NULL,
				      sodium_base64_VARIANT_ORIGINAL) < 0)
			fail_msg("%s: no base64", t->path);
		return (struct str){.p = (const char *)bytes, .n = n};
	}
	if (json)
		json_print(&text, json);
	else
		strbuf_puts(&text, text_or(answer, "text", ""));
	body = arena_str(&t->arena, strbuf_str(&text));
	strbuf_fini(&text);
	return body;
}

static const char *header_lines(struct talk *t, const cJSON *headers)
{
	const cJSON *h;
	struct strbuf text;
	const char *lines;

	strbuf_init(&text, FILE_MAX);
	cJSON_ArrayForEach (h, headers)
		strbuf_printf(&text, "%s: %s\r\n", h->string, cJSON_GetStringValue(h));
	lines = arena_strdup(&t->arena, strbuf_str(&text));
	strbuf_fini(&text);
	return lines;
}

static enum fake_end end_of(const struct talk *t, const char *word)
{
	static const char *const words[] = {"keep", "close", "cut", "reset", "hang"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i], word) == 0)
			return (enum fake_end)i;
	}
	fail_msg("%s: no such end: %s", t->path, word);
	return FAKE_KEEP;
}

static struct fake_server *server_of(struct talk *t, const cJSON *exchange)
{
	return json_text(exchange, "at") ? t->other : t->client->server;
}

static void serve(struct talk *t)
{
	const cJSON *exchange, *token;
	const cJSON *tokens = json_member(t->json, "tokens");
	static const char *const own[] = {
		"{\"access_token\":\"t1\",\"expires_in\":3600}",
		"{\"access_token\":\"t2\",\"expires_in\":3600}",
		"{\"access_token\":\"t3\",\"expires_in\":3600}"};

	cJSON_ArrayForEach (token, tokens)
		fake_server_on(t->client->server, "POST", TOKEN_PATH,
			       (struct fake_reply){.status =
							   (int)number_or(token, "status",
									  200),
						   .body = body_of(t, token)});
	for (size_t i = 0; !tokens && i < 3; i++)
		fake_server_on(t->client->server, "POST", TOKEN_PATH,
			       (struct fake_reply){.status = 200,
						   .body = str_from(own[i])});
	cJSON_ArrayForEach (exchange, json_member(t->json, "exchanges")) {
		const cJSON *request = json_member(exchange, "request");
		const cJSON *answer = json_member(exchange, "answer");
		struct fake_reply reply = {
			.status = (int)number_or(answer, "status", 200),
			.headers = header_lines(t, json_member(answer, "headers")),
			.body = body_of(t, answer),
			.end = end_of(t, text_or(answer, "ends", "keep")),
			.cut_at = (size_t)number_or(answer, "cut_at", 0),
			.claimed_length = (size_t)number_or(answer, "claims", 0),
			.is_chunked = json_bool(answer, "chunked", false),
		};

		fake_server_on(server_of(t, exchange), text_or(request, "method", "GET"),
			       text_or(request, "target", "/"), reply);
	}
}

static void came(struct api_answer *answer, void *ctx)
{
	struct talk *t = ctx;

	t->n_done++;
	t->answer = *answer;
	answer->json = NULL;
}

static enum http_method method_of(const char *name)
{
	static const char *const names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
	int i = 0;

	while (i < 5 && strcmp(names[i], name) != 0)
		i++;
	assert_true(i < 5);
	return (enum http_method)i;
}

static void call(struct talk *t, struct api *api, struct connection *connection)
{
	const cJSON *what = json_member(t->json, "call"), *h;
	struct http_header headers[MOST_HEADERS];
	int64_t begin = clock_mono_us();
	struct api_call request = {
		.connection = connection,
		.method = method_of(text_or(what, "method", "GET")),
		.path = str_from(text_or(what, "path", "/")),
		.url = str_from(json_text(what, "url")),
		.body = str_from(json_text(what, "body")),
		.headers = headers,
		.is_read = json_bool(what, "reads", false),
		.max_pages = (int)number_or(what, "max_pages", 0),
	};

	cJSON_ArrayForEach (h, json_member(what, "headers")) {
		assert_true(request.n_headers < MOST_HEADERS);
		headers[request.n_headers++] =
			(struct http_header){str_from(h->string),
					     str_from(cJSON_GetStringValue(h))};
	}
	api_start(api, &request, came, t);
	assert_int_equal(t->n_done, 0);
	while (!t->n_done && clock_mono_us() - begin < PATIENCE_MS * 1000LL)
		loop_turn(t->client->loop, 50);
	assert_int_equal(t->n_done, 1);
}

static void check_request(const struct talk *t, size_t number, const cJSON *want,
			  const struct fake_request *got)
{
	const cJSON *h;

	if (!str_eq(got->method, str_from(text_or(want, "method", "GET"))) ||
	    !str_eq(got->target, str_from(text_or(want, "target", "/"))))
		fail_msg("%s: exchange %zu is %.*s %.*s", t->path, number,
			 STR_ARG(got->method), STR_ARG(got->target));
	if (json_text(want, "body"))
		check_text(t->path, got->body, json_text(want, "body"));
	cJSON_ArrayForEach (h, json_member(want, "headers")) {
		struct str value = fake_request_header(got, h->string);

		if (!str_eq(value, str_from(cJSON_GetStringValue(h))))
			fail_msg("%s: exchange %zu has %s: %.*s", t->path, number,
				 h->string, STR_ARG(value));
	}
}

/* The next request of a server that is not for a token. */
static bool next_request(struct fake_server *server, size_t *at, struct fake_request *out)
{
	while (*at < fake_server_count(server)) {
		*out = fake_server_request(server, (*at)++);
		if (!str_eq(out->target, STR(TOKEN_PATH)))
			return true;
	}
	return false;
}

static void check_requests(struct talk *t)
{
	size_t at = 0, at_other = 0, number = 0;
	struct fake_request got;
	const cJSON *exchange;

	cJSON_ArrayForEach (exchange, json_member(t->json, "exchanges")) {
		struct fake_server *server = server_of(t, exchange);

		number++;
		if (!next_request(server, server == t->other ? &at_other : &at, &got))
			fail_msg("%s: exchange %zu never happened", t->path, number);
		check_request(t, number, json_member(exchange, "request"), &got);
	}
	if (next_request(t->client->server, &at, &got) ||
	    next_request(t->other, &at_other, &got))
		fail_msg("%s: one request too many: %.*s", t->path, STR_ARG(got.target));
}

static void check_json(const struct talk *t, const cJSON *want)
{
	struct strbuf got_text, want_text;

	if (!want)
		return;
	strbuf_init(&got_text, FILE_MAX);
	strbuf_init(&want_text, FILE_MAX);
	if (t->answer.json)
		json_print(&got_text, t->answer.json);
	if (!cJSON_IsNull(want))
		json_print(&want_text, want);
	check_text(t->path, strbuf_str(&got_text), want_text.p);
	strbuf_fini(&got_text);
	strbuf_fini(&want_text);
}

static void check_outcome(const struct talk *t)
{
	const cJSON *want = json_member(t->json, "outcome");
	const struct api_answer *got = &t->answer;
	const char *says = text_or(want, "says", "");

	if (strcmp(err_name(got->err.code), text_or(want, "error", "ok")) != 0 ||
	    !strstr(got->err.text, says))
		fail_msg("%s: %s: \"%s\"", t->path, err_name(got->err.code),
			 got->err.text);
	/* Whatever came, what is shown of it is safe to draw. */
	check_case(t->path, sanitize_is_clean(str_from(got->err.text)));
	check_json(t, json_member(want, "json"));
	check_case(t->path, number_or(want, "status", got->status) == got->status);
	check_case(t->path, number_or(want, "pages", got->pages) == got->pages);
	check_case(t->path, json_bool(want, "partial", false) == got->is_partial);
	check_case(t->path, number_or(want, "wait_ms", (double)got->err.retry_after_ms) ==
				    (double)got->err.retry_after_ms);
	check_case(t->path, number_or(want, "at_least_ms", 0) <= (double)got->elapsed_ms);
}

static void talk(void **state)
{
	struct talk *t = *state;
	struct connection connection = {.name = (char[]){"azure"}};
	void *client = NULL;
	struct strbuf spec;
	struct api *api;
	struct err err;

	assert_int_equal(client_setup(&client), 0);
	t->client = client;
	clock_init_scaled(&t->client->clock, NOW_MS, 1);
	t->other = fake_server_new(t->client->loop);
	read_file(t);
	serve(t);
	strbuf_init(&spec, 200);
	strbuf_printf(&spec, "sim:%s", fake_server_url(t->client->server));
	connection.credential =
		credential_from_text(&(struct credential_host){.http = t->client->http,
							       .loop = t->client->loop},
				     strbuf_str(&spec), NULL, &err);
	connection.base_url = xstrdup(fake_server_url(t->client->server));
	assert_true(conn_kind_find(str_from(text_or(json_member(t->json, "call"), "kind",
						    "arm")),
				   &connection.kind));
	api = api_new(t->client->http, t->client->loop, NULL);
	call(t, api, &connection);
	check_requests(t);
	check_outcome(t);
	cJSON_Delete(t->answer.json);
	cJSON_Delete(t->json);
	api_free(api);
	credential_free(connection.credential);
	free(connection.base_url);
	strbuf_fini(&spec);
	fake_server_free(t->other);
	client_teardown(&client);
	arena_fini(&t->arena);
}

int main(void)
{
	const char *source = getenv("AZ_SRCDIR");
	struct file_list files;
	struct CMUnitTest *tests;
	struct talk *talks;
	char dir[4096];
	struct err err;
	int failed;

	snprintf(dir, sizeof(dir), "%s/tests/wire/cases", source ? source : ".");
	if (!file_list(dir, ".json", &files, &err) || files.n == 0) {
		printf("1..1\nnot ok 1 - %s has no cases\n", dir);
		return 1;
	}
	tests = xcalloc(files.n, sizeof(*tests));
	talks = xcalloc(files.n, sizeof(*talks));
	for (size_t i = 0; i < files.n; i++) {
		char path[8192];

		snprintf(path, sizeof(path), "%s/%s", dir, files.names[i]);
		talks[i].path = xstrdup(path);
		tests[i] = (struct CMUnitTest){.name = files.names[i],
					       .test_func = talk,
					       .initial_state = &talks[i]};
	}
	failed = _cmocka_run_group_tests("wire", tests, files.n, NULL, NULL);
	for (size_t i = 0; i < files.n; i++)
		free((char *)(uintptr_t)talks[i].path);
	free(tests);
	free(talks);
	file_list_fini(&files);
	return failed;
}
