/* Ollama's own lines: see reply.h. Calls come whole, without an id. */
#include "ai/reply.h"

#include <string.h>

#include "base/json.h"

static bool take_calls(struct reply *r, const cJSON *message)
{
	const cJSON *said;

	cJSON_ArrayForEach (said, json_member(message, "tool_calls")) {
		const cJSON *function = json_member(said, "function");
		struct reply_call *call = reply_call_at(r, (int64_t)r->n_calls);

		if (!call)
			return false;
		reply_call_named(call, json_text(function, "name"),
				 json_text(said, "id"));
		if (!reply_call_with(r, call, json_member(function, "arguments")))
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

bool reply_take_ollama(struct reply *r, const cJSON *event)
{
	const cJSON *message = json_member(event, "message");

	if (json_member(event, "error"))
		return reply_fail(r, event);
	reply_by(r, json_text(event, "model"));
	reply_add(r, &r->text, json_text(message, "content"));
	reply_add(r, &r->text, json_text(event, "response"));
	reply_add(r, &r->thought, json_text(message, "thinking"));
	if (!take_calls(r, message))
		return false;
	if (!json_bool(event, "done", false))
		return true;
	reply_count(event, "prompt_eval_count", &r->usage.asked);
	reply_count(event, "eval_count", &r->usage.answered);
	finish(r, json_text(event, "done_reason"));
	return true;
}
