/* Ollama's own lines: see reply.h. Calls come whole, without an id. */
#include "ai/reply.h"

#include <string.h>

#include "base/json.h"

static bool take_calls(struct reply *r, const cJSON *message)
{
	const cJSON *said;

	cJSON_ArrayForEach (said, json_member(message, "tool_calls")) {
		const cJSON *function = json_member(said, "function");
		struct reply_call *call = ai_reply_call_at(r, (int64_t)r->n_calls);

		if (!call)
			return false;
		ai_reply_call_named(call, json_text(function, "name"),
				    json_text(said, "id"));
		if (!ai_reply_call_with(r, call, json_member(function, "arguments")))
			return false;
	}
	return true;
}

static void finish(struct reply *r, const char *why)
{
	r->has_finish = true;
	if (why && strcmp(why, "length") == 0)
		r->end = REPLY_LENGTH;
	else
		r->end = r->n_calls > 0 ? REPLY_CALLS : REPLY_STOP;
}

bool ai_reply_take_ollama(struct reply *r, const cJSON *event)
{
	const cJSON *message = json_member(event, "message");

	if (json_member(event, "error"))
		return ai_reply_fail(r, event);
	ai_reply_by(r, json_text(event, "model"));
	ai_reply_add(r, &r->text, json_text(message, "content"));
	ai_reply_add(r, &r->text, json_text(event, "response"));
	ai_reply_add(r, &r->thought, json_text(message, "thinking"));
	if (!take_calls(r, message))
		return false;
	if (!json_bool(event, "done", false))
		return true;
	ai_reply_count(event, "prompt_eval_count", &r->usage.asked);
	ai_reply_count(event, "eval_count", &r->usage.answered);
	finish(r, json_text(event, "done_reason"));
	return true;
}
