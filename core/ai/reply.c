/* See reply.h. */
#include "ai/reply.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"

static const struct {
	const char *name, *help;
} ends[] = {
#define X(id, word, help) {word, help},
	REPLY_END_LIST(X)
#undef X
};

const char *ai_reply_end_name(enum reply_end end)
{
	return ends[end].name;
}

const char *ai_reply_end_help(enum reply_end end)
{
	return ends[end].help;
}

void ai_reply_init(struct reply *r)
{
	*r = (struct reply){
		.usage = {.asked = -1,
			  .answered = -1,
			  .total = -1,
			  .cached = -1,
			  .thought = -1},
		.filter_from = -1,
	};
	strbuf_init(&r->text, REPLY_TEXT_MOST);
	strbuf_init(&r->thought, REPLY_TEXT_MOST);
	strbuf_init(&r->refusal, REPLY_TEXT_MOST);
}

void ai_reply_fini(struct reply *r)
{
	strbuf_fini(&r->text);
	strbuf_fini(&r->thought);
	strbuf_fini(&r->refusal);
	for (size_t i = 0; i < r->n_calls; i++)
		strbuf_fini(&r->calls[i].arguments);
}

void ai_reply_add(struct reply *r, struct strbuf *to, const char *text)
{
	if (!text)
		return;
	strbuf_puts(to, text);
	if (to->overflow && r->end == REPLY_OPEN)
		r->end = REPLY_LENGTH;
}

static bool too_much(struct reply *r, const char *what)
{
	r->error.trouble = TROUBLE_OTHER;
	r->end = REPLY_FAILED;
	return err_set(&r->error.err, ERR_TOO_LARGE, "%s", what);
}

struct reply_call *ai_reply_call_at(struct reply *r, int64_t index)
{
	struct reply_call *call;

	for (size_t i = 0; i < r->n_calls; i++) {
		if (r->calls[i].index == index)
			return &r->calls[i];
	}
	if (r->n_calls == REPLY_CALLS_MOST) {
		too_much(r, "the model asks for too many tools at once");
		return NULL;
	}
	call = &r->calls[r->n_calls++];
	*call = (struct reply_call){.index = index};
	strbuf_init(&call->arguments, REPLY_ARGUMENTS_MOST);
	snprintf(call->id, sizeof(call->id), "call-%zu", r->n_calls);
	return call;
}

static bool is_said(const char *text)
{
	return text && text[0];
}

void ai_reply_call_named(struct reply_call *call, const char *name, const char *id)
{
	if (is_said(name) && !call->name[0])
		snprintf(call->name, sizeof(call->name), "%s", name);
	if (is_said(id))
		snprintf(call->id, sizeof(call->id), "%s", id);
}

bool ai_reply_call_with(struct reply *r, struct reply_call *call, const cJSON *arguments)
{
	if (cJSON_IsString(arguments))
		strbuf_puts(&call->arguments, arguments->valuestring);
	else if (cJSON_IsObject(arguments))
		json_print(&call->arguments, arguments);
	return !call->arguments.overflow ||
	       too_much(r, "the model asks a tool something that is too long");
}

bool ai_reply_fail(struct reply *r, const cJSON *error)
{
	model_error_read(error, 0, &r->error);
	r->end = REPLY_FAILED;
	return false;
}

void ai_reply_by(struct reply *r, const char *model)
{
	if (is_said(model))
		snprintf(r->model, sizeof(r->model), "%s", model);
}

struct str ai_reply_kept(const struct reply *r)
{
	bool is_condemned = r->end == REPLY_FILTERED && r->filter_from >= 0;

	return str_sub(strbuf_str(&r->text), 0, is_condemned ? r->checked : r->text.n);
}

void ai_reply_count(const cJSON *object, const char *name, int64_t *out)
{
	double n;

	if (json_number(object, name, &n) && n >= 0 && n < JSON_LAST_EXACT)
		*out = (int64_t)floor(n);
}

/* Calls came and no word about them: some servers never say why they end. */
void ai_reply_over(struct reply *r)
{
	if (r->end != REPLY_OPEN)
		return;
	if (r->n_calls > 0 && r->has_finish)
		r->end = REPLY_CALLS;
	else
		r->end = r->has_finish ? REPLY_STOP : REPLY_CUT;
}
