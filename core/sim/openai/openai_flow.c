/* See openai_flow.h. An event says for each piece what the filter found; the first one
 * has no choice and what it found in the question, the last one has none and what it
 * cost. https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming */
#include "sim/openai/openai_flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "sim/openai/openai_speech.h"

enum {
	PIECES_A_LOOK = 4,
	ARGUMENT_BYTES = 9,
	BREAK_AFTER = 6, /* pieces */
};

struct talk {
	struct openai_speech say;
	bool has_usage;
	bool is_greeted; /* with what the filter found in the question */
	bool is_named;	 /* the call that is being said */
	bool is_over;
	enum openai_break broken;
	size_t text_at, call_at, argument_at, pieces;
};

static const char *const harms[] = {"hate", "self_harm", "sexual", "violence"};

/* The first in questions, the others in answers. */
static const char *const finds[] = {"jailbreak", "protected_material_code",
				    "protected_material_text"};

static void put_filter(struct strbuf *out, const char *key, bool is_prompt,
		       bool is_filtered)
{
	jw_object(out, key);
	for (size_t i = 0; i < COUNT(harms); i++) {
		bool is_it = is_filtered && strcmp(harms[i], "violence") == 0;

		jw_object(out, harms[i]);
		jw_bool(out, "filtered", is_it);
		jw_text(out, "severity", is_it ? "medium" : "safe");
		jw_object_end(out);
	}
	for (size_t i = is_prompt ? 0 : 1; i < (is_prompt ? 1 : COUNT(finds)); i++) {
		jw_object(out, finds[i]);
		jw_bool(out, "detected", false);
		jw_bool(out, "filtered", false);
		jw_object_end(out);
	}
	jw_object_end(out);
}

static void put_head(struct talk *t, const char *object)
{
	jw_int(&t->say.event, "created", t->say.created);
	jw_format(&t->say.event, "id", "chatcmpl-%.29s", t->say.id.text);
	jw_format(&t->say.event, "model", "%s-%s", t->say.deployment->model,
		  t->say.deployment->version);
	/* Padding, so that lengths say nothing of the words. */
	if (t->say.is_streamed)
		jw_format(&t->say.event, "obfuscation", "%.*s",
			  (int)(4 + t->pieces * 7 % 12), t->say.id.text + 3);
	jw_text(&t->say.event, "object", object);
	jw_text(&t->say.event, "system_fingerprint", "fp_b6f445fc1c");
}

static void send(struct talk *t)
{
	strbuf_printf(&t->say.out, "data: %s\n\n", t->say.event.p);
	strbuf_reset(&t->say.event);
}

static void begin_choice(struct talk *t)
{
	jw_object(&t->say.event, NULL);
	jw_list(&t->say.event, "choices");
	jw_object(&t->say.event, NULL);
}

static void end_choice(struct talk *t, const char *why)
{
	jw_text(&t->say.event, "finish_reason", why);
	jw_int(&t->say.event, "index", 0);
	jw_null(&t->say.event, "logprobs");
	jw_object_end(&t->say.event);
	jw_list_end(&t->say.event);
	put_head(t, "chat.completion.chunk");
	if (t->has_usage)
		jw_null(&t->say.event, "usage");
	jw_object_end(&t->say.event);
	send(t);
}

static void send_prompt_filter(struct talk *t)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, NULL);
	jw_list(out, "choices");
	jw_list_end(out);
	jw_int(out, "created", 0);
	jw_text(out, "id", "");
	jw_text(out, "model", "");
	jw_text(out, "object", "");
	jw_list(out, "prompt_filter_results");
	jw_object(out, NULL);
	jw_int(out, "prompt_index", 0);
	put_filter(out, "content_filter_results", true, false);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	send(t);
}

static void send_role(struct talk *t)
{
	begin_choice(t);
	jw_object(&t->say.event, "content_filter_results");
	jw_object_end(&t->say.event);
	jw_object(&t->say.event, "delta");
	if (t->say.said.n_calls && !t->say.said.text.n)
		jw_null(&t->say.event, "content");
	else
		jw_text(&t->say.event, "content", "");
	jw_null(&t->say.event, "refusal");
	jw_text(&t->say.event, "role", "assistant");
	jw_object_end(&t->say.event);
	end_choice(t, NULL);
}

/* A word and its blank, more or less. */
static struct str next_piece(const struct talk *t)
{
	struct str rest =
		str_sub(strbuf_str(&t->say.said.text), t->text_at, SIM_SAID_BYTES);
	size_t n = 0;

	while (n < rest.n && n < OPENAI_PIECE_BYTES && (n == 0 || rest.p[n - 1] != ' '))
		n++;
	return str_sub(rest, 0, openai_whole(rest, n));
}

static void send_text(struct talk *t)
{
	struct str piece = next_piece(t);

	begin_choice(t);
	put_filter(&t->say.event, "content_filter_results", false, false);
	jw_object(&t->say.event, "delta");
	jw_str(&t->say.event, "content", piece);
	jw_object_end(&t->say.event);
	end_choice(t, NULL);
	t->text_at += piece.n;
}

/* Its name comes once, with the first piece; then come its arguments, in pieces that end
 * anywhere. */
static void send_call(struct talk *t)
{
	struct strbuf *out = &t->say.event,
		      *whole = &t->say.said.calls[t->call_at].arguments;
	struct str piece = str_sub(strbuf_str(whole), t->argument_at, ARGUMENT_BYTES);
	bool is_first = !t->is_named;

	begin_choice(t);
	jw_object(out, "delta");
	jw_list(out, "tool_calls");
	jw_object(out, NULL);
	jw_object(out, "function");
	if (is_first)
		piece.n = 0;
	jw_str(out, "arguments", piece);
	if (is_first)
		jw_text(out, "name", t->say.said.calls[t->call_at].name);
	jw_object_end(out);
	if (is_first)
		jw_format(out, "id", "call_%.20s%zu", t->say.id.text, t->call_at);
	jw_int(out, "index", (int64_t)t->call_at);
	if (is_first)
		jw_text(out, "type", "function");
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
	end_choice(t, NULL);
	t->is_named = true;
	t->argument_at += piece.n;
	if (is_first || t->argument_at < whole->n)
		return;
	t->call_at++;
	t->argument_at = 0;
	t->is_named = false;
}

static void put_usage(struct talk *t)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, "usage");
	jw_int(out, "completion_tokens", openai_speech_tokens(&t->say));
	jw_object(out, "completion_tokens_details");
	jw_int(out, "accepted_prediction_tokens", 0);
	jw_int(out, "audio_tokens", 0);
	jw_int(out, "reasoning_tokens", 0);
	jw_int(out, "rejected_prediction_tokens", 0);
	jw_object_end(out);
	jw_int(out, "prompt_tokens", t->say.asked);
	jw_object(out, "prompt_tokens_details");
	jw_int(out, "audio_tokens", 0);
	/* From 1024 on, in steps of 128. */
	jw_int(out, "cached_tokens", t->say.asked >= 1152 ? t->say.asked / 256 * 128 : 0);
	jw_object_end(out);
	jw_int(out, "total_tokens", t->say.asked + openai_speech_tokens(&t->say));
	jw_object_end(out);
}

static const char *reason(const struct talk *t)
{
	return t->broken == OPENAI_FILTERED ? "content_filter"
	       : t->say.said.n_calls	    ? "tool_calls"
					    : "stop";
}

static void send_end(struct talk *t)
{
	begin_choice(t);
	if (t->broken == OPENAI_FILTERED) {
		put_filter(&t->say.event, "content_filter_results", false, true);
	} else {
		jw_object(&t->say.event, "content_filter_results");
		jw_object_end(&t->say.event);
	}
	jw_object(&t->say.event, "delta");
	jw_object_end(&t->say.event);
	end_choice(t, reason(t));
	if (t->has_usage) {
		jw_object(&t->say.event, NULL);
		jw_list(&t->say.event, "choices");
		jw_list_end(&t->say.event);
		put_head(t, "chat.completion.chunk");
		put_usage(t);
		jw_object_end(&t->say.event);
		send(t);
	}
	strbuf_puts(&t->say.out, "data: [DONE]\n\n");
	t->is_over = true;
}

static void send_error(struct talk *t)
{
	strbuf_puts(&t->say.out,
		    "data: {\"error\":{\"message\":\"The server had an error while "
		    "processing your request. Sorry about that!\",\"type\":"
		    "\"server_error\",\"param\":null,\"code\":null}}\n\n");
	t->is_over = true;
}

static void send_piece(struct talk *t)
{
	bool is_broken = t->broken != OPENAI_FINE && t->pieces >= BREAK_AFTER;

	if (t->pieces++ == 0)
		send_role(t);
	else if (is_broken && t->broken == OPENAI_ERROR)
		send_error(t);
	else if (is_broken)
		send_end(t);
	else if (t->text_at < t->say.said.text.n)
		send_text(t);
	else if (t->call_at < t->say.said.n_calls)
		send_call(t);
	else
		send_end(t);
}

static void put_calls(struct talk *t)
{
	struct strbuf *out = &t->say.event;

	if (!t->say.said.n_calls)
		return;
	jw_list(out, "tool_calls");
	for (size_t i = 0; i < t->say.said.n_calls; i++) {
		jw_object(out, NULL);
		jw_object(out, "function");
		jw_str(out, "arguments", strbuf_str(&t->say.said.calls[i].arguments));
		jw_text(out, "name", t->say.said.calls[i].name);
		jw_object_end(out);
		jw_format(out, "id", "call_%.20s%zu", t->say.id.text, i);
		jw_text(out, "type", "function");
		jw_object_end(out);
	}
	jw_list_end(out);
}

/* To those who do not want it in pieces. */
static void send_whole(struct talk *t)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, NULL);
	jw_list(out, "choices");
	jw_object(out, NULL);
	put_filter(out, "content_filter_results", false, false);
	jw_text(out, "finish_reason", reason(t));
	jw_int(out, "index", 0);
	jw_null(out, "logprobs");
	jw_object(out, "message");
	jw_list(out, "annotations");
	jw_list_end(out);
	if (t->say.said.text.n)
		jw_str(out, "content", strbuf_str(&t->say.said.text));
	else
		jw_null(out, "content");
	jw_null(out, "refusal");
	jw_text(out, "role", "assistant");
	put_calls(t);
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
	put_head(t, "chat.completion");
	put_usage(t);
	jw_object_end(out);
	strbuf_puts(&t->say.out, out->p);
	t->is_over = true;
}

static void go_on(struct talk *t)
{
	if (t->say.is_streamed && !t->is_greeted) {
		send_prompt_filter(t);
		t->is_greeted = true;
		return;
	}
	if (!openai_speech_ask(&t->say))
		return;
	for (int i = 0; i < PIECES_A_LOOK && !t->is_over && t->say.is_streamed; i++)
		send_piece(t);
	if (!t->say.is_streamed)
		send_whole(t);
}

static size_t read_flow(void *ctx, char *out, size_t n, bool *is_over)
{
	struct talk *t = ctx;

	if (t->say.out.n == 0 && !t->is_over) {
		if (openai_speech_pauses(&t->say))
			return 0;
		go_on(t);
	}
	n = openai_speech_send(&t->say, out, n);
	*is_over = t->is_over && t->say.out.n == 0;
	return n;
}

static void free_flow(void *ctx)
{
	struct talk *t = ctx;

	openai_speech_fini(&t->say);
	free(t);
}

static int64_t count_tokens(const cJSON *body)
{
	struct strbuf text;
	int64_t tokens;

	strbuf_init(&text, 1 << 20);
	json_print(&text, json_member(body, "messages"));
	json_print(&text, json_member(body, "tools"));
	tokens = (int64_t)text.n / OPENAI_BYTES_A_TOKEN;
	strbuf_fini(&text);
	return tokens;
}

void openai_flow_begin(const struct world *w, const struct ai_deployment *d, cJSON *body,
		       struct reply *rep)
{
	struct talk *t = xcalloc(1, sizeof(*t));

	openai_speech_init(&t->say, w, d, body, "chat");
	t->say.is_streamed = json_bool(body, "stream", false);
	t->say.asked = count_tokens(body);
	t->has_usage =
		json_bool(json_member(body, "stream_options"), "include_usage", false);
	openai_speech_begin(&t->say, rep,
			    &(struct reply_flow){.read = read_flow,
						 .free = free_flow,
						 .ctx = t});
}

void openai_refuse_prompt(struct reply *rep)
{
	struct strbuf *out = &rep->body;

	strbuf_reset(out);
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "message",
		"The response was filtered due to the prompt triggering Azure OpenAI's "
		"content management policy. Please modify your prompt and retry.");
	jw_null(out, "type");
	jw_text(out, "param", "prompt");
	jw_text(out, "code", "content_filter");
	jw_int(out, "status", 400);
	jw_object(out, "innererror");
	jw_text(out, "code", "ResponsibleAIPolicyViolation");
	put_filter(out, "content_filter_result", true, true);
	jw_object_end(out);
	jw_object_end(out);
	jw_object_end(out);
}

void openai_flow_break(struct reply *rep, enum openai_break how)
{
	if (rep->flow.read == read_flow)
		((struct talk *)rep->flow.ctx)->broken = how;
}
