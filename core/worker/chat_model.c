/* The model behind the simulator's Azure OpenAI: the guide, which reads the question as it
 * was sent, looks up what it needs by the tools it is offered, and answers with references,
 * as a model would. So the demo goes all the way through HTTP, streams and look-ups.
 * Thread: core. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "worker/chat_part.h"

enum { DRAFT_BYTES = 64 << 10, LOOKS = 2 };

static struct chat_talk *asked_by(struct chat_desk *d, const cJSON *body)
{
	const cJSON *messages = json_at(body, STR("messages")), *m;

	for (struct chat_talk *t = d ? d->talks : NULL; t; t = t->next) {
		if (!t->asked)
			continue;
		cJSON_ArrayForEach (m, messages)
			if (strstr(json_text(m, "content") ? json_text(m, "content") : "",
				   t->text))
				return t;
	}
	for (struct chat_talk *t = d ? d->talks : NULL; t; t = t->next)
		if (t->asked)
			return t;
	return NULL;
}

/* It has looked up what it wanted to, or cannot. */
static bool is_informed(const cJSON *body)
{
	const cJSON *messages = json_at(body, STR("messages")), *m;

	if (cJSON_GetArraySize(json_at(body, STR("tools"))) == 0)
		return true;
	cJSON_ArrayForEach (m, messages)
		if (json_text(m, "role") && strcmp(json_text(m, "role"), "tool") == 0)
			return true;
	return false;
}

static void look_up(const struct chat_talk *t, struct sim_said *out)
{
	for (size_t i = 0; i < t->plan.n_boards && out->n_calls < LOOKS; i++) {
		size_t at = out->n_calls++;

		snprintf(out->calls[at].name, sizeof(out->calls[at].name), "query_board");
		strbuf_printf(&out->calls[at].arguments,
			      "{\"board\":\"%s\",\"limit\":10}", t->plan.boards[i]);
	}
}

static bool answer(void *ctx, uint64_t question, const cJSON *body, struct sim_said *out)
{
	const struct chat_model *m = ctx;
	struct chat_talk *t = asked_by(*m->desk, body);
	struct strbuf draft;
	struct answer a;

	(void)question;
	if (!t) {
		strbuf_puts(&out->text, "UNKNOWN\nThere is nothing to answer from.\n");
		return true;
	}
	if (!is_informed(body)) {
		look_up(t, out);
		if (out->n_calls)
			return true;
	}
	answer_init(&a);
	strbuf_init(&draft, DRAFT_BYTES);
	guide_draft(&t->plan, str_from(t->text), &t->e, &draft, &a);
	strbuf_printf(&out->text, "%s\n%s", answer_type_name(a.type), draft.p);
	strbuf_fini(&draft);
	answer_fini(&a);
	return true;
}

void chat_model_init(struct chat_model *m, struct chat_desk **desk)
{
	*m = (struct chat_model){.model = {.answer = answer, .ctx = m}, .desk = desk};
}
