/* See openai_surface.h: responses. The items of a question become the messages of chat
 * completions, which is what a model is asked; what it says goes out in events that each
 * name their kind and their number.
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "sim/jw.h"
#include "sim/openai_surface.h"

enum {
	PIECE_BYTES = 24,
	PAUSE_MS = 25,
	GIVEN_BYTES = 2000,
	EVENT_MOST = 1 << 20,
	BYTES_A_TOKEN = 4
};

struct telling {
	const struct sim_model *model;
	const struct ai_deployment *deployment;
	uint64_t question;
	cJSON *body; /* as chat completions have it */
	bool is_streamed, has_answer, has_given;
	struct sim_said said;
	int64_t created, asked; /* seconds since 1970; tokens */
	int sequence;
	struct guid id;
	struct strbuf event, out;
};

static void add_text(cJSON *to, const char *name, const cJSON *content)
{
	struct strbuf text;
	const cJSON *part;

	if (!cJSON_IsArray(content)) {
		cJSON_AddStringToObject(to, name,
					cJSON_IsString(content) ? content->valuestring
								: "");
		return;
	}
	strbuf_init(&text, EVENT_MOST);
	cJSON_ArrayForEach (part, content)
		strbuf_puts(&text,
			    json_text(part, "text") ? json_text(part, "text") : "");
	cJSON_AddStringToObject(to, name, text.p);
	strbuf_fini(&text);
}

static const char *text_or(const cJSON *item, const char *name, const char *other)
{
	const char *text = json_text(item, name);

	return text ? text : other;
}

static cJSON *message_of(const cJSON *item)
{
	cJSON *message = cJSON_CreateObject(), *call, *function;
	const char *type = text_or(item, "type", "message");

	if (strcmp(type, "function_call_output") == 0) {
		cJSON_AddStringToObject(message, "role", "tool");
		cJSON_AddStringToObject(message, "tool_call_id",
					text_or(item, "call_id", ""));
		add_text(message, "content", json_member(item, "output"));
	} else if (strcmp(type, "function_call") == 0) {
		cJSON_AddStringToObject(message, "role", "assistant");
		call = cJSON_CreateObject();
		cJSON_AddItemToArray(cJSON_AddArrayToObject(message, "tool_calls"), call);
		cJSON_AddStringToObject(call, "id", text_or(item, "call_id", ""));
		cJSON_AddStringToObject(call, "type", "function");
		function = cJSON_AddObjectToObject(call, "function");
		cJSON_AddStringToObject(function, "name", text_or(item, "name", ""));
		cJSON_AddStringToObject(function, "arguments",
					text_or(item, "arguments", "{}"));
	} else {
		cJSON_AddStringToObject(message, "role", text_or(item, "role", "user"));
		add_text(message, "content", json_member(item, "content"));
	}
	return message;
}

static void add_system(cJSON *messages, const char *instructions)
{
	cJSON *message;

	if (!instructions)
		return;
	message = cJSON_CreateObject();
	cJSON_AddStringToObject(message, "role", "system");
	cJSON_AddStringToObject(message, "content", instructions);
	cJSON_AddItemToArray(messages, message);
}

/* The question as a model knows it. */
static cJSON *chat_body_of(const cJSON *body)
{
	cJSON *chat = cJSON_CreateObject(), *tool, *tools;
	cJSON *messages = cJSON_AddArrayToObject(chat, "messages");
	const cJSON *input = json_member(body, "input"), *item;

	add_system(messages, json_text(body, "instructions"));
	if (cJSON_IsString(input)) {
		cJSON *message = cJSON_CreateObject();

		cJSON_AddStringToObject(message, "role", "user");
		cJSON_AddStringToObject(message, "content", input->valuestring);
		cJSON_AddItemToArray(messages, message);
	}
	if (cJSON_IsArray(input))
		cJSON_ArrayForEach (item, input)
			cJSON_AddItemToArray(messages, message_of(item));
	tools = cJSON_AddArrayToObject(chat, "tools");
	cJSON_ArrayForEach (item, json_member(body, "tools")) {
		tool = cJSON_CreateObject();
		cJSON_AddStringToObject(tool, "type", "function");
		cJSON_AddItemToObject(tool, "function", cJSON_Duplicate(item, true));
		cJSON_AddItemToArray(tools, tool);
	}
	return chat;
}

static bool is_sound(const struct ai_deployment *d, const cJSON *body, struct reply *rep)
{
	const cJSON *input = json_member(body, "input");

	if (strstr(d->model, "embedding")) {
		openai_refuse(rep, NULL, "OperationNotSupported",
			      "The responses operation does not work with the specified "
			      "model. Please choose different model and try again.");
		return false;
	}
	if (json_member(body, "messages")) {
		openai_refuse(rep, "messages", "unsupported_parameter",
			      "Unsupported parameter: 'messages'. In the Responses API, "
			      "this parameter has moved to 'input'.");
		return false;
	}
	if (!(cJSON_IsString(input) && input->valuestring[0]) &&
	    !(cJSON_IsArray(input) && input->child)) {
		openai_refuse(rep, "input", "missing_required_parameter",
			      "Missing required parameter: 'input'.");
		return false;
	}
	return true;
}

/* An event begins with what it is; what stands in it comes next. */
static void begin(struct telling *t, const char *type)
{
	strbuf_printf(&t->out, "event: %s\ndata: ", type);
	jw_object(&t->event, NULL);
	jw_text(&t->event, "type", type);
	jw_int(&t->event, "sequence_number", t->sequence++);
}

static void end(struct telling *t)
{
	jw_object_end(&t->event);
	strbuf_printf(&t->out, "%s\n\n", t->event.p);
	strbuf_reset(&t->event);
}

static bool has_text(const struct telling *t)
{
	return t->said.text.n || !t->said.n_calls;
}

static void put_part(struct telling *t, const char *key, struct str text)
{
	jw_object(&t->event, key);
	jw_text(&t->event, "type", "output_text");
	jw_list(&t->event, "annotations");
	jw_list_end(&t->event);
	jw_str(&t->event, "text", text);
	jw_object_end(&t->event);
}

static void put_message(struct telling *t, const char *key, bool is_whole)
{
	struct strbuf *out = &t->event;

	jw_object(out, key);
	jw_format(out, "id", "msg_%.32s", t->id.text);
	jw_text(out, "type", "message");
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_text(out, "role", "assistant");
	jw_list(out, "content");
	if (is_whole)
		put_part(t, NULL, strbuf_str(&t->said.text));
	jw_list_end(out);
	jw_object_end(out);
}

static void put_call(struct telling *t, const char *key, size_t i, bool is_whole)
{
	struct strbuf *out = &t->event;

	jw_object(out, key);
	jw_format(out, "id", "fc_%.32s%zu", t->id.text, i);
	jw_text(out, "type", "function_call");
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_format(out, "call_id", "call_%.20s%zu", t->id.text, i);
	jw_text(out, "name", t->said.calls[i].name);
	jw_str(out, "arguments",
	       is_whole ? strbuf_str(&t->said.calls[i].arguments) : STR(""));
	jw_object_end(out);
}

static void put_usage(struct telling *t)
{
	struct strbuf *out = &t->event;
	size_t bytes = t->said.text.n;
	int64_t said;

	for (size_t i = 0; i < t->said.n_calls; i++)
		bytes += t->said.calls[i].arguments.n;
	said = (int64_t)(bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
	jw_object(out, "usage");
	jw_int(out, "input_tokens", t->asked);
	jw_object(out, "input_tokens_details");
	jw_int(out, "cached_tokens", 0);
	jw_object_end(out);
	jw_int(out, "output_tokens", said);
	jw_object(out, "output_tokens_details");
	jw_int(out, "reasoning_tokens", 0);
	jw_object_end(out);
	jw_int(out, "total_tokens", t->asked + said);
	jw_object_end(out);
}

static void put_response(struct telling *t, const char *key, bool is_whole)
{
	struct strbuf *out = &t->event;

	jw_object(out, key);
	jw_format(out, "id", "resp_%.32s", t->id.text);
	jw_text(out, "object", "response");
	jw_int(out, "created_at", t->created);
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_null(out, "error");
	jw_null(out, "incomplete_details");
	jw_format(out, "model", "%s-%s", t->deployment->model, t->deployment->version);
	jw_list(out, "output");
	if (is_whole && has_text(t))
		put_message(t, NULL, true);
	for (size_t i = 0; is_whole && i < t->said.n_calls; i++)
		put_call(t, NULL, i, true);
	jw_list_end(out);
	if (is_whole)
		put_usage(t);
	else
		jw_null(out, "usage");
	jw_object_end(out);
}

/* The piece of an item: which one, and where in it. */
static void begin_piece(struct telling *t, const char *type, const char *prefix,
			int64_t place)
{
	begin(t, type);
	jw_format(&t->event, "item_id", "%s_%.32s", prefix, t->id.text);
	jw_int(&t->event, "output_index", place);
}

static void send_item(struct telling *t, const char *type, int64_t place, size_t call,
		      bool is_call, bool is_whole)
{
	begin(t, type);
	jw_int(&t->event, "output_index", place);
	if (is_call)
		put_call(t, "item", call, is_whole);
	else
		put_message(t, "item", is_whole);
	end(t);
}

/* Never half a character. */
static struct str piece_at(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, text.n);
	size_t n = rest.n < PIECE_BYTES ? rest.n : PIECE_BYTES;

	while (n < rest.n && ((unsigned char)rest.p[n] & 0xc0) == 0x80)
		n++;
	return str_sub(rest, 0, n);
}

static void send_message(struct telling *t)
{
	struct str text = strbuf_str(&t->said.text), piece;

	send_item(t, "response.output_item.added", 0, 0, false, false);
	begin_piece(t, "response.content_part.added", "msg", 0);
	jw_int(&t->event, "content_index", 0);
	put_part(t, "part", STR(""));
	end(t);
	for (size_t at = 0; at < text.n; at += piece.n) {
		piece = piece_at(text, at);
		begin_piece(t, "response.output_text.delta", "msg", 0);
		jw_int(&t->event, "content_index", 0);
		jw_str(&t->event, "delta", piece);
		end(t);
	}
	begin_piece(t, "response.output_text.done", "msg", 0);
	jw_int(&t->event, "content_index", 0);
	jw_str(&t->event, "text", text);
	end(t);
	send_item(t, "response.output_item.done", 0, 0, false, true);
}

static void send_call(struct telling *t, size_t i, int64_t place)
{
	struct str text = strbuf_str(&t->said.calls[i].arguments), piece;

	send_item(t, "response.output_item.added", place, i, true, false);
	for (size_t at = 0; at < text.n; at += piece.n) {
		piece = piece_at(text, at);
		begin_piece(t, "response.function_call_arguments.delta", "fc", place);
		jw_str(&t->event, "delta", piece);
		end(t);
	}
	begin_piece(t, "response.function_call_arguments.done", "fc", place);
	jw_str(&t->event, "arguments", text);
	end(t);
	send_item(t, "response.output_item.done", place, i, true, true);
}

static void send_state(struct telling *t, const char *type, bool is_whole)
{
	begin(t, type);
	put_response(t, "response", is_whole);
	end(t);
}

static void send_all(struct telling *t)
{
	int64_t place = 0;

	if (!t->is_streamed) {
		put_response(t, NULL, true);
		strbuf_put(&t->out, strbuf_str(&t->event));
		return;
	}
	send_state(t, "response.created", false);
	send_state(t, "response.in_progress", false);
	if (has_text(t)) {
		send_message(t);
		place++;
	}
	for (size_t i = 0; i < t->said.n_calls; i++)
		send_call(t, i, place++);
	send_state(t, "response.completed", true);
}

static size_t read_flow(void *ctx, char *out, size_t n, bool *is_over)
{
	struct telling *t = ctx;

	if (!t->has_answer) {
		t->has_answer =
			t->model->answer(t->model->ctx, t->question, t->body, &t->said);
		if (t->has_answer)
			send_all(t);
	}
	/* Some of it, then a pause, as words come. */
	t->has_given = !t->has_given;
	if (!t->has_given)
		return 0;
	if (n > GIVEN_BYTES)
		n = GIVEN_BYTES;
	if (n > t->out.n)
		n = t->out.n;
	memcpy(out, t->out.p, n);
	strbuf_consume(&t->out, n);
	*is_over = t->has_answer && t->out.n == 0;
	return n;
}

static void free_flow(void *ctx)
{
	struct telling *t = ctx;

	if (t->model->over)
		t->model->over(t->model->ctx, t->question);
	sim_said_fini(&t->said);
	strbuf_fini(&t->event);
	strbuf_fini(&t->out);
	cJSON_Delete(t->body);
	free(t);
}

static void begin_telling(const struct world *w, const struct ai_deployment *d,
			  cJSON *body, struct reply *rep)
{
	struct telling *t = xcalloc(1, sizeof(*t));

	t->model = w->model;
	t->question = w->n_requests;
	t->deployment = d;
	t->body = chat_body_of(body);
	t->is_streamed = json_bool(body, "stream", false);
	t->created = w->now_ms / 1000;
	t->id = guid_of(w->seed, "resp", w->n_requests);
	sim_said_init(&t->said);
	strbuf_init(&t->event, 4 * SIM_SAID_BYTES);
	strbuf_init(&t->out, 16 * SIM_SAID_BYTES);
	json_print(&t->event, t->body);
	t->asked = (int64_t)t->event.n / BYTES_A_TOKEN;
	strbuf_reset(&t->event);
	cJSON_Delete(body);
	reply_header(rep, "Content-Type", "%s",
		     t->is_streamed ? "text/event-stream; charset=utf-8"
				    : "application/json");
	rep->flow = (struct reply_flow){.read = read_flow,
					.free = free_flow,
					.ctx = t,
					.pause_ms = PAUSE_MS};
}

const struct openai_surface openai_responses_surface = {
	.operation = "Responses_Create",
	.is_sound = is_sound,
	.begin = begin_telling,
};
