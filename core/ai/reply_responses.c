/* OpenAI's responses: see reply.h. Each event says what it is; most are not wanted. */
#include "ai/reply.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"

static struct reply_call *call_of(struct reply *r, const cJSON *event)
{
	int64_t index = 0;

	ai_reply_count(event, "output_index", &index);
	return ai_reply_call_at(r, index);
}

static bool on_item(struct reply *r, const cJSON *event)
{
	const cJSON *item = json_member(event, "item");
	const char *type = json_text(item, "type");
	struct reply_call *call;

	if (!type || strcmp(type, "function_call") != 0)
		return true;
	call = call_of(r, event);
	if (call)
		ai_reply_call_named(call, json_text(item, "name"),
				    json_text(item, "call_id"));
	return call;
}

static bool on_arguments(struct reply *r, const cJSON *event)
{
	struct reply_call *call = call_of(r, event);

	return call && ai_reply_call_with(r, call, json_member(event, "delta"));
}

static bool on_text(struct reply *r, const cJSON *event)
{
	ai_reply_add(r, &r->text, json_text(event, "delta"));
	return true;
}

static bool on_refusal(struct reply *r, const cJSON *event)
{
	ai_reply_add(r, &r->refusal, json_text(event, "delta"));
	return true;
}

static bool on_thought(struct reply *r, const cJSON *event)
{
	ai_reply_add(r, &r->thought, json_text(event, "delta"));
	return true;
}

static void take_response(struct reply *r, const cJSON *response)
{
	const cJSON *usage = json_member(response, "usage");

	ai_reply_by(r, json_text(response, "model"));
	ai_reply_count(usage, "input_tokens", &r->usage.asked);
	ai_reply_count(usage, "output_tokens", &r->usage.answered);
	ai_reply_count(usage, "total_tokens", &r->usage.total);
	ai_reply_count(json_member(usage, "input_tokens_details"), "cached_tokens",
		       &r->usage.cached);
	ai_reply_count(json_member(usage, "output_tokens_details"), "reasoning_tokens",
		       &r->usage.thought);
}

static bool on_completed(struct reply *r, const cJSON *event)
{
	take_response(r, json_member(event, "response"));
	r->has_finish = true;
	r->end = r->n_calls > 0 ? REPLY_CALLS : REPLY_STOP;
	return true;
}

static bool on_incomplete(struct reply *r, const cJSON *event)
{
	const cJSON *response = json_member(event, "response");
	const char *why =
		json_text(json_member(response, "incomplete_details"), "reason");

	take_response(r, response);
	r->has_finish = true;
	r->end =
		why && strcmp(why, "content_filter") == 0 ? REPLY_FILTERED : REPLY_LENGTH;
	if (r->end == REPLY_FILTERED)
		model_error_filtered(NULL, &r->error);
	return true;
}

static bool on_failed(struct reply *r, const cJSON *event)
{
	return ai_reply_fail(r, json_member(event, "response"));
}

static const struct {
	const char *type;
	bool (*take)(struct reply *r, const cJSON *event);
} kinds[] = {
	{"response.output_text.delta", on_text},
	{"response.refusal.delta", on_refusal},
	{"response.reasoning_text.delta", on_thought},
	{"response.reasoning_summary_text.delta", on_thought},
	{"response.output_item.added", on_item},
	{"response.function_call_arguments.delta", on_arguments},
	{"response.completed", on_completed},
	{"response.incomplete", on_incomplete},
	{"response.failed", on_failed},
	{"error", ai_reply_fail},
};

bool ai_reply_take_responses(struct reply *r, const cJSON *event)
{
	const char *type = json_text(event, "type");

	for (size_t i = 0; type && i < COUNT(kinds); i++) {
		if (strcmp(type, kinds[i].type) == 0)
			return kinds[i].take(r, event);
	}
	/* Some proxies fail in the manner of chat completions. */
	return type || !json_member(event, "error") || ai_reply_fail(r, event);
}
