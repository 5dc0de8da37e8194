/* See openai_surface.h: responses. The items of a question become the messages of chat
 * completions, which is what a model is asked; what it says goes out in events that each
 * name their kind and their number.
 * https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "sim/jw.h"
#include "sim/openai/openai_speech.h"
#include "sim/openai/openai_surface.h"

enum { GIVEN_BYTES = 2000, TEXT_MOST = 1 << 20 };

struct telling {
	struct openai_speech say;
	int sequence;
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
	strbuf_init(&text, TEXT_MOST);
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
	strbuf_printf(&t->say.out, "event: %s\ndata: ", type);
	jw_object(&t->say.event, NULL);
	jw_text(&t->say.event, "type", type);
	jw_int(&t->say.event, "sequence_number", t->sequence++);
}

static void end(struct telling *t)
{
	jw_object_end(&t->say.event);
	strbuf_printf(&t->say.out, "%s\n\n", t->say.event.p);
	strbuf_reset(&t->say.event);
}

static bool has_text(const struct telling *t)
{
	return t->say.said.text.n || !t->say.said.n_calls;
}

static void put_part(struct telling *t, const char *key, struct str text)
{
	jw_object(&t->say.event, key);
	jw_text(&t->say.event, "type", "output_text");
	jw_list(&t->say.event, "annotations");
	jw_list_end(&t->say.event);
	jw_str(&t->say.event, "text", text);
	jw_object_end(&t->say.event);
}

static void put_message(struct telling *t, const char *key, bool is_whole)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, key);
	jw_format(out, "id", "msg_%.32s", t->say.id.text);
	jw_text(out, "type", "message");
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_text(out, "role", "assistant");
	jw_list(out, "content");
	if (is_whole)
		put_part(t, NULL, strbuf_str(&t->say.said.text));
	jw_list_end(out);
	jw_object_end(out);
}

static void put_call(struct telling *t, const char *key, size_t i, bool is_whole)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, key);
	jw_format(out, "id", "fc_%.32s%zu", t->say.id.text, i);
	jw_text(out, "type", "function_call");
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_format(out, "call_id", "call_%.20s%zu", t->say.id.text, i);
	jw_text(out, "name", t->say.said.calls[i].name);
	jw_str(out, "arguments",
	       is_whole ? strbuf_str(&t->say.said.calls[i].arguments) : STR(""));
	jw_object_end(out);
}

static void put_usage(struct telling *t)
{
	struct strbuf *out = &t->say.event;
	int64_t said = openai_speech_tokens(&t->say);

	jw_object(out, "usage");
	jw_int(out, "input_tokens", t->say.asked);
	jw_object(out, "input_tokens_details");
	jw_int(out, "cached_tokens", 0);
	jw_object_end(out);
	jw_int(out, "output_tokens", said);
	jw_object(out, "output_tokens_details");
	jw_int(out, "reasoning_tokens", 0);
	jw_object_end(out);
	jw_int(out, "total_tokens", t->say.asked + said);
	jw_object_end(out);
}

static void put_response(struct telling *t, const char *key, bool is_whole)
{
	struct strbuf *out = &t->say.event;

	jw_object(out, key);
	jw_format(out, "id", "resp_%.32s", t->say.id.text);
	jw_text(out, "object", "response");
	jw_int(out, "created_at", t->say.created);
	jw_text(out, "status", is_whole ? "completed" : "in_progress");
	jw_null(out, "error");
	jw_null(out, "incomplete_details");
	jw_format(out, "model", "%s-%s", t->say.deployment->model,
		  t->say.deployment->version);
	jw_list(out, "output");
	if (is_whole && has_text(t))
		put_message(t, NULL, true);
	for (size_t i = 0; is_whole && i < t->say.said.n_calls; i++)
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
	jw_format(&t->say.event, "item_id", "%s_%.32s", prefix, t->say.id.text);
	jw_int(&t->say.event, "output_index", place);
}

static void send_item(struct telling *t, const char *type, int64_t place, size_t call,
		      bool is_call, bool is_whole)
{
	begin(t, type);
	jw_int(&t->say.event, "output_index", place);
	if (is_call)
		put_call(t, "item", call, is_whole);
	else
		put_message(t, "item", is_whole);
	end(t);
}

static struct str piece_at(struct str text, size_t at)
{
	struct str rest = str_sub(text, at, text.n);
	size_t n = rest.n < OPENAI_PIECE_BYTES ? rest.n : OPENAI_PIECE_BYTES;

	return str_sub(rest, 0, openai_whole(rest, n));
}

static void send_message(struct telling *t)
{
	struct str text = strbuf_str(&t->say.said.text), piece;

	send_item(t, "response.output_item.added", 0, 0, false, false);
	begin_piece(t, "response.content_part.added", "msg", 0);
	jw_int(&t->say.event, "content_index", 0);
	put_part(t, "part", STR(""));
	end(t);
	for (size_t at = 0; at < text.n; at += piece.n) {
		piece = piece_at(text, at);
		begin_piece(t, "response.output_text.delta", "msg", 0);
		jw_int(&t->say.event, "content_index", 0);
		jw_str(&t->say.event, "delta", piece);
		end(t);
	}
	begin_piece(t, "response.output_text.done", "msg", 0);
	jw_int(&t->say.event, "content_index", 0);
	jw_str(&t->say.event, "text", text);
	end(t);
	send_item(t, "response.output_item.done", 0, 0, false, true);
}

static void send_call(struct telling *t, size_t i, int64_t place)
{
	struct str text = strbuf_str(&t->say.said.calls[i].arguments), piece;

	send_item(t, "response.output_item.added", place, i, true, false);
	for (size_t at = 0; at < text.n; at += piece.n) {
		piece = piece_at(text, at);
		begin_piece(t, "response.function_call_arguments.delta", "fc", place);
		jw_str(&t->say.event, "delta", piece);
		end(t);
	}
	begin_piece(t, "response.function_call_arguments.done", "fc", place);
	jw_str(&t->say.event, "arguments", text);
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

	if (!t->say.is_streamed) {
		put_response(t, NULL, true);
		strbuf_put(&t->say.out, strbuf_str(&t->say.event));
		return;
	}
	send_state(t, "response.created", false);
	send_state(t, "response.in_progress", false);
	if (has_text(t)) {
		send_message(t);
		place++;
	}
	for (size_t i = 0; i < t->say.said.n_calls; i++)
		send_call(t, i, place++);
	send_state(t, "response.completed", true);
}

static size_t read_flow(void *ctx, char *out, size_t n, bool *is_over)
{
	struct telling *t = ctx;

	if (!t->say.has_answer && openai_speech_ask(&t->say))
		send_all(t);
	if (openai_speech_pauses(&t->say))
		return 0;
	n = openai_speech_send(&t->say, out, n < GIVEN_BYTES ? n : GIVEN_BYTES);
	*is_over = t->say.has_answer && t->say.out.n == 0;
	return n;
}

static void free_flow(void *ctx)
{
	struct telling *t = ctx;

	openai_speech_fini(&t->say);
	free(t);
}

static void begin_telling(const struct world *w, const struct ai_deployment *d,
			  cJSON *body, struct reply *rep)
{
	struct telling *t = xcalloc(1, sizeof(*t));

	openai_speech_init(&t->say, w, d, chat_body_of(body), "resp");
	t->say.is_streamed = json_bool(body, "stream", false);
	json_print(&t->say.event, t->say.body);
	t->say.asked = (int64_t)t->say.event.n / OPENAI_BYTES_A_TOKEN;
	strbuf_reset(&t->say.event);
	cJSON_Delete(body);
	openai_speech_begin(&t->say, rep,
			    &(struct reply_flow){.read = read_flow,
						 .free = free_flow,
						 .ctx = t});
}

const struct openai_surface openai_responses_surface = {
	.operation = "Responses_Create",
	.is_sound = is_sound,
	.begin = begin_telling,
};
