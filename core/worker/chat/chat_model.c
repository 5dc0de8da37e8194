/* The model behind the simulator's Azure OpenAI: the guide, which reads the question as it
 * was sent, looks up what it needs by the tools it is offered, and answers with references,
 * as a model would. So the demo goes all the way through HTTP, streams and look-ups.
 * Thread: core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

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

static struct strbuf *next_call(struct sim_said *out, const char *name)
{
	size_t i = out->n_calls++;

	snprintf(out->calls[i].name, sizeof(out->calls[i].name), "%s", name);
	return &out->calls[i].arguments;
}

/* "ACTION BOARD/KEY INPUT=VALUE ..." as the arguments of the tool that proposes. */
static void propose(struct sim_said *out, const char *proposal)
{
	struct str rest = str_from(proposal), action = {0}, row = {0}, board = {0}, input;
	struct strbuf *arguments;
	const char *between = "";

	if (!str_next(&rest, ' ', &action) || !str_next(&rest, ' ', &row) ||
	    !str_next(&row, '/', &board))
		return;
	arguments = next_call(out, "propose_action");
	strbuf_puts(arguments, "{\"action\":");
	json_print_text(arguments, action);
	strbuf_puts(arguments, ",\"board\":");
	json_print_text(arguments, board);
	strbuf_puts(arguments, ",\"row\":");
	json_print_text(arguments, row);
	strbuf_puts(arguments, ",\"inputs\":[");
	while (str_next(&rest, ' ', &input)) {
		struct str name;

		str_next(&input, '=', &name);
		strbuf_printf(arguments, "%s{\"name\":", between);
		json_print_text(arguments, name);
		strbuf_puts(arguments, ",\"value\":");
		json_print_text(arguments, input);
		strbuf_putc(arguments, '}');
		between = ",";
	}
	strbuf_puts(arguments, "]}");
}

/* What it would say is not said yet: only what it would propose is looked at. */
static void look_up(const struct chat_talk *t, struct sim_said *out)
{
	struct strbuf draft;
	struct answer a;

	answer_init(&a);
	strbuf_init(&draft, DRAFT_BYTES);
	guide_draft(&t->plan, str_from(t->text), &t->e, &draft, &a);
	for (size_t i = 0; i < a.n_proposals && out->n_calls < LOOKS; i++)
		propose(out, a.proposals[i]);
	for (size_t i = 0; i < t->plan.n_boards && out->n_calls < LOOKS; i++)
		strbuf_printf(next_call(out, "query_board"),
			      "{\"board\":\"%s\",\"limit\":10}", t->plan.boards[i]);
	strbuf_fini(&draft);
	answer_fini(&a);
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

static void embed(void *ctx, struct str text, float *out, size_t dims)
{
	struct chat_model *m = ctx;

	if (!m->words) {
		m->words = xcalloc(1, sizeof(*m->words));
		hashed_words_init(m->words);
	}
	hashed_vector(m->words, text, out, dims);
}

void chat_model_init(struct chat_model *m, struct chat_desk **desk)
{
	*m = (struct chat_model){.model = {.answer = answer, .embed = embed, .ctx = m},
				 .desk = desk};
}

void chat_model_fini(struct chat_model *m)
{
	if (m->words)
		hashed_words_fini(m->words);
	free(m->words);
}
