/* A turn that outlives who asked: see gateway_part.h. */
#include "ai/gateway_part.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_A_TOKEN = 4, TOKENS_A_TOOL = 80 };

static const char *copy(struct arena *arena, const char *text)
{
	return text ? arena_strdup(arena, str_from(text)) : NULL;
}

static void copy_message(struct turn_message *out, const struct turn_message *m,
			 struct arena *arena)
{
	struct turn_call *calls = arena_calloc(arena, m->n_calls + 1, sizeof(*calls));

	*out = *m;
	out->text = arena_str(arena, m->text);
	out->call_id = copy(arena, m->call_id);
	out->call_name = copy(arena, m->call_name);
	for (size_t i = 0; i < m->n_calls; i++)
		calls[i] = (struct turn_call){.id = copy(arena, m->calls[i].id),
					      .name = copy(arena, m->calls[i].name),
					      .arguments =
						      copy(arena, m->calls[i].arguments)};
	out->calls = calls;
}

void turn_copy(struct turn *out, const struct turn *turn, struct arena *arena)
{
	struct turn_message *messages =
		arena_calloc(arena, turn->n_messages + 1, sizeof(*messages));
	struct turn_tool *tools = arena_calloc(arena, turn->n_tools + 1, sizeof(*tools));

	*out = *turn;
	for (size_t i = 0; i < turn->n_messages; i++)
		copy_message(&messages[i], &turn->messages[i], arena);
	for (size_t i = 0; i < turn->n_tools; i++)
		tools[i] = (struct turn_tool){
			.name = copy(arena, turn->tools[i].name),
			.about = copy(arena, turn->tools[i].about),
			.parameters = cJSON_Duplicate(turn->tools[i].parameters, true)};
	out->messages = messages;
	out->tools = tools;
}

void turn_drop(struct turn *turn)
{
	for (size_t i = 0; i < turn->n_tools; i++)
		cJSON_Delete((cJSON *)turn->tools[i].parameters);
}

int turn_tokens(const struct turn *turn)
{
	size_t bytes = 0, tokens;

	for (size_t i = 0; i < turn->n_messages; i++) {
		const struct turn_message *m = &turn->messages[i];

		bytes += m->text.n;
		for (size_t k = 0; k < m->n_calls; k++)
			bytes += strlen(m->calls[k].arguments);
	}
	tokens = bytes / BYTES_A_TOKEN + turn->n_tools * TOKENS_A_TOOL;
	return tokens < INT_MAX ? (int)tokens : INT_MAX;
}
