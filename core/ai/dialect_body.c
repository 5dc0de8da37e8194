/* Bodies of requests: see dialect.h. */
#include "ai/dialect.h"
#include "base/json.h"

static const char *const roles[] = {
	[TURN_SYSTEM] = "system",
	[TURN_USER] = "user",
	[TURN_MODEL] = "assistant",
	[TURN_TOOL] = "tool",
};

static void add_text(cJSON *object, const char *name, struct str text)
{
	struct strbuf copy;

	strbuf_init(&copy, text.n);
	strbuf_put(&copy, text);
	cJSON_AddStringToObject(object, name, copy.p);
	strbuf_fini(&copy);
}

/* Ollama has arguments as an object; the others as text. */
static void add_arguments(cJSON *function, const char *text, bool as_object)
{
	struct err ignored;
	cJSON *object = as_object ? json_parse(str_from(text[0] ? text : "{}"),
					       &json_wire, NULL, &ignored)
				  : NULL;

	if (as_object)
		cJSON_AddItemToObject(function, "arguments",
				      object ? object : cJSON_CreateObject());
	else
		cJSON_AddStringToObject(function, "arguments", text[0] ? text : "{}");
}

static void add_calls(cJSON *message, const struct turn_message *m, bool as_object)
{
	cJSON *calls = cJSON_AddArrayToObject(message, "tool_calls");

	for (size_t i = 0; i < m->n_calls; i++) {
		cJSON *call = cJSON_CreateObject(), *function;

		cJSON_AddItemToArray(calls, call);
		if (!as_object) {
			cJSON_AddStringToObject(call, "id", m->calls[i].id);
			cJSON_AddStringToObject(call, "type", "function");
		}
		function = cJSON_AddObjectToObject(call, "function");
		cJSON_AddStringToObject(function, "name", m->calls[i].name);
		add_arguments(function, m->calls[i].arguments, as_object);
	}
}

static cJSON *message_of(const struct turn_message *m, bool is_ollama)
{
	cJSON *message = cJSON_CreateObject();

	cJSON_AddStringToObject(message, "role", roles[m->role]);
	add_text(message, "content", m->text);
	if (m->n_calls > 0)
		add_calls(message, m, is_ollama);
	if (m->role == TURN_TOOL)
		cJSON_AddStringToObject(message, is_ollama ? "tool_name" : "tool_call_id",
					is_ollama ? m->call_name : m->call_id);
	return message;
}

static void add_messages(cJSON *body, const struct turn *turn, bool is_ollama)
{
	cJSON *messages = cJSON_AddArrayToObject(body, "messages");

	for (size_t i = 0; i < turn->n_messages; i++)
		cJSON_AddItemToArray(messages, message_of(&turn->messages[i], is_ollama));
}

/* Chat completions and Ollama wrap a function; responses do not. */
static void add_tools(cJSON *body, const struct turn *turn, bool is_flat)
{
	cJSON *tools;

	if (turn->n_tools == 0)
		return;
	tools = cJSON_AddArrayToObject(body, "tools");
	for (size_t i = 0; i < turn->n_tools; i++) {
		cJSON *tool = cJSON_CreateObject(), *function;

		cJSON_AddItemToArray(tools, tool);
		cJSON_AddStringToObject(tool, "type", "function");
		function = is_flat ? tool : cJSON_AddObjectToObject(tool, "function");
		cJSON_AddStringToObject(function, "name", turn->tools[i].name);
		cJSON_AddStringToObject(function, "description", turn->tools[i].about);
		cJSON_AddItemToObject(function, "parameters",
				      cJSON_Duplicate(turn->tools[i].parameters, true));
	}
}

static void chat_body(const struct turn *turn, cJSON *body)
{
	add_messages(body, turn, false);
	if (!turn->no_usage)
		cJSON_AddBoolToObject(cJSON_AddObjectToObject(body, "stream_options"),
				      "include_usage", true);
	if (turn->most_tokens > 0)
		cJSON_AddNumberToObject(body,
					turn->no_limit_word ? "max_tokens"
							    : "max_completion_tokens",
					turn->most_tokens);
	if (turn->temperature >= 0)
		cJSON_AddNumberToObject(body, "temperature", turn->temperature);
	add_tools(body, turn, false);
}

static void ollama_body(const struct turn *turn, cJSON *body)
{
	cJSON *options = cJSON_AddObjectToObject(body, "options");

	add_messages(body, turn, true);
	/* Its own default is a fraction of what most models can read. */
	if (turn->context > 0)
		cJSON_AddNumberToObject(options, "num_ctx", turn->context);
	if (turn->most_tokens > 0)
		cJSON_AddNumberToObject(options, "num_predict", turn->most_tokens);
	if (turn->temperature >= 0)
		cJSON_AddNumberToObject(options, "temperature", turn->temperature);
	add_tools(body, turn, false);
}

/* A call and its answer are items of their own there, beside messages. */
static void add_items(cJSON *input, const struct turn_message *m)
{
	cJSON *item;

	if (m->role == TURN_TOOL) {
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, "type", "function_call_output");
		cJSON_AddStringToObject(item, "call_id", m->call_id);
		add_text(item, "output", m->text);
		cJSON_AddItemToArray(input, item);
		return;
	}
	if (m->text.n > 0 || m->n_calls == 0)
		cJSON_AddItemToArray(input, message_of(
						    &(struct turn_message){
							    .role = m->role,
							    .text = m->text,
						    },
						    false));
	for (size_t i = 0; i < m->n_calls; i++) {
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, "type", "function_call");
		cJSON_AddStringToObject(item, "call_id", m->calls[i].id);
		cJSON_AddStringToObject(item, "name", m->calls[i].name);
		add_arguments(item, m->calls[i].arguments, false);
		cJSON_AddItemToArray(input, item);
	}
}

static void responses_body(const struct turn *turn, cJSON *body)
{
	cJSON *input = cJSON_AddArrayToObject(body, "input");

	for (size_t i = 0; i < turn->n_messages; i++)
		add_items(input, &turn->messages[i]);
	/* Nothing of it stays with the service. */
	cJSON_AddBoolToObject(body, "store", false);
	if (turn->most_tokens > 0)
		cJSON_AddNumberToObject(body, "max_output_tokens", turn->most_tokens);
	if (turn->temperature >= 0)
		cJSON_AddNumberToObject(body, "temperature", turn->temperature);
	add_tools(body, turn, true);
}

void dialect_body(enum dialect dialect, const struct turn *turn, struct strbuf *out)
{
	static void (*const makers[])(const struct turn *turn, cJSON *body) = {
		[DIALECT_CHAT] = chat_body,
		[DIALECT_RESPONSES] = responses_body,
		[DIALECT_OLLAMA] = ollama_body,
	};
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "model", turn->model);
	cJSON_AddBoolToObject(body, "stream", true);
	makers[dialect](turn, body);
	json_print(out, body);
	cJSON_Delete(body);
}
