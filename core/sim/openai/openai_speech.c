/* See openai_speech.h. */
#include "sim/openai/openai_speech.h"

#include <string.h>

#include "base/json.h"

enum { PAUSE_MS = 25, EVENT_MOST = 4 * SIM_SAID_BYTES, OUT_MOST = 16 * SIM_SAID_BYTES };

static void said_init(struct sim_said *said)
{
	strbuf_init(&said->text, SIM_SAID_BYTES);
	for (size_t i = 0; i < SIM_SAID_CALLS; i++)
		strbuf_init(&said->calls[i].arguments, SIM_SAID_BYTES);
}

static void said_fini(struct sim_said *said)
{
	strbuf_fini(&said->text);
	for (size_t i = 0; i < SIM_SAID_CALLS; i++)
		strbuf_fini(&said->calls[i].arguments);
}

void openai_speech_init(struct openai_speech *s, const struct world *w,
			const struct ai_deployment *d, cJSON *body, const char *salt)
{
	*s = (struct openai_speech){
		.model = w->model,
		.deployment = d,
		.question = w->n_requests,
		.body = body,
		.created = w->now_ms / 1000,
		.id = guid_of(w->seed, salt, w->n_requests),
	};
	said_init(&s->said);
	strbuf_init(&s->event, EVENT_MOST);
	strbuf_init(&s->out, OUT_MOST);
}

void openai_speech_fini(struct openai_speech *s)
{
	if (s->model->over)
		s->model->over(s->model->ctx, s->question);
	said_fini(&s->said);
	strbuf_fini(&s->event);
	strbuf_fini(&s->out);
	cJSON_Delete(s->body);
}

void openai_speech_begin(const struct openai_speech *s, struct reply *rep,
			 const struct reply_flow *flow)
{
	reply_header(rep, "Content-Type", "%s",
		     s->is_streamed ? "text/event-stream; charset=utf-8"
				    : "application/json");
	rep->flow = *flow;
	rep->flow.pause_ms = PAUSE_MS;
}

bool openai_speech_ask(struct openai_speech *s)
{
	if (!s->has_answer)
		s->has_answer =
			s->model->answer(s->model->ctx, s->question, s->body, &s->said);
	return s->has_answer;
}

bool openai_speech_pauses(struct openai_speech *s)
{
	bool pauses = s->has_sent;

	s->has_sent = !pauses;
	return pauses;
}

size_t openai_speech_send(struct openai_speech *s, char *out, size_t n)
{
	if (n > s->out.n)
		n = s->out.n;
	memcpy(out, s->out.p, n);
	strbuf_consume(&s->out, n);
	return n;
}

int64_t openai_speech_tokens(const struct openai_speech *s)
{
	size_t bytes = s->said.text.n;

	for (size_t i = 0; i < s->said.n_calls; i++)
		bytes += s->said.calls[i].arguments.n;
	return (int64_t)(bytes + OPENAI_BYTES_A_TOKEN - 1) / OPENAI_BYTES_A_TOKEN;
}

size_t openai_whole(struct str text, size_t n)
{
	while (n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}
