/* See gateway_stage.h. */
#include "unit/gateway_stage.h"

#include "base/sanitize.h"
#include "unit/check.h"

#include <stdio.h>

enum { PATIENCE_MS = 10000 };

static const struct credential_setting key_setting = {"key", "env:AZ_TEST_MODEL_KEY"};

/* "key" is an api-key, "sim" a token of the server; the others are as they say. */
static struct credential *open_identity(const struct config_ai_provider *of,
					const char *path, void *ctx, struct err *err)
{
	struct stage *s = ctx;
	struct credential_host host = {.http = s->client->http, .loop = s->client->loop};
	struct credential *made;

	char text[200];

	(void)path;
	snprintf(text, sizeof(text), "%s%s%s", of->credential,
		 strcmp(of->credential, "sim") == 0 ? ":" : "",
		 strcmp(of->credential, "sim") == 0 ? s->url : "");
	if (strcmp(of->credential, "key") == 0)
		made = credential_new(&host,
				      &(struct credential_spec){.name = "key",
								.method = "api-key",
								.settings = &key_setting,
								.n_settings = 1},
				      err);
	else
		made = credential_from_text(&host, str_from(text), NULL, err);
	if (made)
		s->credentials[s->n_credentials++] = made;
	assert_true(s->n_credentials <= STAGE_CREDENTIALS);
	return made;
}

static void open_gateway(struct stage *s, const char *simulator)
{
	struct err err;
	struct gateway_options options = {.loop = s->client->loop,
					  .http = s->client->http,
					  .config = s->config,
					  .identity = open_identity,
					  .identity_ctx = s,
					  .simulator = simulator};

	s->g = gateway_new(&options, &err);
	if (!s->g)
		fail_msg("%s", err.text);
}

static void put_config(struct strbuf *out, const char *ai, const char *url)
{
	struct str rest = str_from(ai);
	ptrdiff_t at;

	strbuf_puts(out, "{\"ai\":");
	while ((at = str_find(rest, STR("BASE"))) >= 0) {
		strbuf_put(out, str_sub(rest, 0, (size_t)at));
		strbuf_puts(out, url);
		rest = str_sub(rest, (size_t)at + 4, rest.n);
	}
	strbuf_put(out, rest);
	strbuf_puts(out, "}");
}

void stage_open_at(struct stage *s, struct client *client, const char *ai,
		   const char *url)
{
	struct strbuf text;
	struct err err;

	*s = (struct stage){.client = client, .url = url};
	strbuf_init(&text, 64 << 10);
	put_config(&text, ai, url);
	s->config = config_parse(strbuf_str(&text), "config.json", &err);
	strbuf_fini(&text);
	if (!s->config)
		fail_msg("%s", err.text);
	open_gateway(s, NULL);
}

void stage_open(struct stage *s, struct client *client, const char *ai)
{
	stage_open_at(s, client, ai, fake_server_url(client->server));
}

void stage_open_sim(struct stage *s, struct client *client, const char *url)
{
	*s = (struct stage){.client = client, .url = url};
	open_gateway(s, url);
}

void stage_close(struct stage *s)
{
	gateway_free(s->g);
	for (size_t i = 0; i < s->n_credentials; i++)
		credential_free(s->credentials[i]);
	config_free(s->config);
}

static void put_word(struct told *t, const char *word, const char *of)
{
	struct strbuf whole;

	strbuf_init(&whole, 200);
	strbuf_printf(&whole, "%s%s%s", word, of ? ":" : "", of ? of : "");
	if (!str_ends(strbuf_str(&t->trail), strbuf_str(&whole)))
		strbuf_printf(&t->trail, "%s%s", t->trail.n ? " " : "", whole.p);
	strbuf_fini(&whole);
}

static void put_step(struct told *t, const struct gateway_news *n)
{
	switch (n->step) {
	case GATEWAY_CHOSEN:
		strbuf_reset(&t->why);
		strbuf_puts(&t->why, n->why);
		put_word(t, "chosen", n->endpoint);
		break;
	case GATEWAY_LOADING:
		put_word(t, "loading", n->endpoint);
		break;
	case GATEWAY_TEXT:
		assert_non_null(n->reply);
		put_word(t, "text", NULL);
		break;
	case GATEWAY_AGAIN:
		put_word(t, "again", n->endpoint);
		break;
	case GATEWAY_WAITS:
		put_word(t, "waits", NULL);
		if (!t->wait_ms)
			t->wait_ms = n->wait_ms;
		break;
	case GATEWAY_DONE:
		put_word(t, "done", ai_reply_end_name(n->reply->end));
		break;
	case GATEWAY_FAILED:
		t->err = *n->err;
		put_word(t, "failed", err_name(n->err->code));
		break;
	}
}

static void on_news(const struct gateway_news *n, void *ctx)
{
	struct told *t = ctx;

	assert_false(t->is_over);
	assert_true(t->id != 0);
	assert_true(!n->model || sanitize_is_clean(str_from(n->model)));
	put_step(t, n);
	strbuf_reset(&t->text);
	if (n->reply)
		strbuf_put(&t->text, ai_reply_kept(n->reply));
	if (n->step == GATEWAY_TEXT && t->first_ms < 0)
		t->first_ms = clock_mono_us() / 1000 - t->begun_ms;
	t->is_over = n->step == GATEWAY_DONE || n->step == GATEWAY_FAILED;
	if (t->is_over) {
		t->money = n->money;
		t->asked = n->asked;
		t->answered = n->answered;
		t->is_guess = n->is_guess;
	}
	if (t->stop_at && str_find(strbuf_str(&t->trail), str_from(t->stop_at)) >= 0) {
		gateway_stop(t->stage->g, t->id);
		t->is_over = true;
	}
}

void stage_ask_turn(struct stage *s, struct told *t, const struct turn *turn,
		    struct gateway_ask ask)
{
	const char *stop_at = t->stop_at;

	*t = (struct told){.stage = s,
			   .first_ms = -1,
			   .begun_ms = clock_mono_us() / 1000,
			   .stop_at = stop_at};
	strbuf_init(&t->trail, 4096);
	strbuf_init(&t->text, 1 << 20);
	strbuf_init(&t->why, 1024);
	err_clear(&t->err);
	ask.turn = turn;
	t->id = gateway_ask(s->g, &ask, on_news, t);
	assert_int_equal(t->trail.n, 0); /* never within the call */
}

void stage_ask(struct stage *s, struct told *t, struct gateway_ask ask)
{
	const struct turn_message message = {.role = TURN_USER,
					     .text = STR("is the lag all right?")};
	const struct turn turn = {.messages = &message,
				  .n_messages = 1,
				  .most_tokens = 500,
				  .temperature = 0};

	stage_ask_turn(s, t, &turn, ask);
}

void stage_wait(struct told *t)
{
	int64_t start = clock_mono_us();

	while (!t->is_over && clock_mono_us() - start < PATIENCE_MS * 1000LL)
		loop_turn(t->stage->client->loop, 50);
	if (!t->is_over)
		fail_msg("not over: %s", t->trail.p);
}

void stage_wait_for(struct told *t, const char *word)
{
	int64_t start = clock_mono_us();

	while (str_find(strbuf_str(&t->trail), str_from(word)) < 0 &&
	       clock_mono_us() - start < PATIENCE_MS * 1000LL)
		loop_turn(t->stage->client->loop, 50);
	if (str_find(strbuf_str(&t->trail), str_from(word)) < 0)
		fail_msg("no %s: %s", word, t->trail.p);
}

void told_fini(struct told *t)
{
	strbuf_fini(&t->trail);
	strbuf_fini(&t->text);
	strbuf_fini(&t->why);
}
