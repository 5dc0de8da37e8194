/* Chat completions, in events or whole: see reply.h. Servers agree on the names and on
 * little else: any member may be missing, null or in the wrong event. */
#include "ai/reply.h"

#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/utf8.h"

static const struct {
	const char *word;
	enum reply_end end;
} finishes[] = {
	{"stop", REPLY_STOP},		{"length", REPLY_LENGTH},
	{"max_tokens", REPLY_LENGTH},	{"tool_calls", REPLY_CALLS},
	{"function_call", REPLY_CALLS}, {"content_filter", REPLY_FILTERED},
};

/* What the filter did is never taken back by a later word. */
static void finish(struct reply *r, const char *word, const cJSON *choice)
{
	enum reply_end end = REPLY_STOP;

	if (!word)
		return;
	for (size_t i = 0; i < COUNT(finishes); i++) {
		if (strcmp(word, finishes[i].word) == 0)
			end = finishes[i].end;
	}
	r->has_finish = true;
	if (end == REPLY_STOP && r->n_calls > 0)
		end = REPLY_CALLS;
	if (r->end != REPLY_FILTERED)
		r->end = end;
	if (end == REPLY_FILTERED)
		model_error_filtered(json_member(choice, "content_filter_results"),
				     &r->error);
}

/* Text, or a list of parts of which some are text. */
static void take_content(struct reply *r, const cJSON *content)
{
	const cJSON *part;

	if (cJSON_IsString(content))
		ai_reply_add(r, &r->text, content->valuestring);
	if (!cJSON_IsArray(content))
		return;
	cJSON_ArrayForEach (part, content)
		ai_reply_add(r, &r->text, json_text(part, "text"));
}

static bool take_call(struct reply *r, const cJSON *said, int64_t index)
{
	const cJSON *function = json_member(said, "function");
	struct reply_call *call;

	ai_reply_count(said, "index", &index);
	call = ai_reply_call_at(r, index);
	if (!call)
		return false;
	ai_reply_call_named(call, json_text(function, "name"), json_text(said, "id"));
	return ai_reply_call_with(r, call, json_member(function, "arguments"));
}

static bool take_calls(struct reply *r, const cJSON *message)
{
	const cJSON *call;
	int64_t at = 0;

	cJSON_ArrayForEach (call, json_member(message, "tool_calls")) {
		if (!take_call(r, call, at++))
			return false;
	}
	return true;
}

/* The filter counts characters from the beginning of the question. */
static void take_offsets(struct reply *r, const cJSON *offsets)
{
	int64_t from = -1, checked = -1;
	struct str text = strbuf_str(&r->text);
	uint32_t cp;

	ai_reply_count(offsets, "start_offset", &from);
	ai_reply_count(offsets, "check_offset", &checked);
	if (from < 0 || checked < 0)
		return;
	if (r->filter_from < 0)
		r->filter_from = from;
	r->checked = 0;
	for (int64_t left = checked - r->filter_from; left > 0 && r->checked < text.n;
	     left--)
		r->checked += utf8_decode(str_sub(text, r->checked, text.n), &cp);
}

static bool take_choice(struct reply *r, const cJSON *choice)
{
	const cJSON *message = json_member(choice, "delta");
	const char *thought;
	int64_t index = 0;

	ai_reply_count(choice, "index", &index);
	if (index != 0)
		return true;
	if (!message)
		message = json_member(choice, "message");
	take_content(r, json_member(message, "content"));
	ai_reply_add(r, &r->refusal, json_text(message, "refusal"));
	thought = json_text(message, "reasoning_content");
	ai_reply_add(r, &r->thought, thought ? thought : json_text(message, "reasoning"));
	if (!take_calls(r, message))
		return false;
	take_offsets(r, json_member(choice, "content_filter_offsets"));
	finish(r, json_text(choice, "finish_reason"), choice);
	return true;
}

static void take_usage(struct reply *r, const cJSON *usage)
{
	ai_reply_count(usage, "prompt_tokens", &r->usage.asked);
	ai_reply_count(usage, "completion_tokens", &r->usage.answered);
	ai_reply_count(usage, "total_tokens", &r->usage.total);
	ai_reply_count(json_member(usage, "prompt_tokens_details"), "cached_tokens",
		       &r->usage.cached);
	ai_reply_count(json_member(usage, "completion_tokens_details"),
		       "reasoning_tokens", &r->usage.thought);
}

bool ai_reply_take_chat(struct reply *r, const cJSON *event)
{
	const cJSON *error = json_member(event, "error"), *choice;
	const char *object = json_text(event, "object");

	if ((error && !cJSON_IsNull(error)) || (object && strcmp(object, "error") == 0))
		return ai_reply_fail(r, event);
	ai_reply_by(r, json_text(event, "model"));
	take_usage(r, json_member(event, "usage"));
	cJSON_ArrayForEach (choice, json_member(event, "choices")) {
		if (!take_choice(r, choice))
			return false;
	}
	return true;
}
