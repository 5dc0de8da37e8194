/* See chat_part.h: a model is asked, again after each look-up, and what it says is checked
 * against the evidence before anybody sees a figure of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/ground.h"
#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

/* A model that is refused every look-up has to answer with what it has. */
enum { ROUNDS_MOST = 14, ANSWER_TOKENS = 2000 };
/* A pause that whoever named a model waits for; behind a longer one the guide answers. */
enum { NAMED_PATIENCE_MS = 4000 };

static void ask(struct chat_talk *t);

/* The first line says what kind of answer it is; what is behind it is the draft. */
static struct str behind_type(struct str draft, enum answer_type *type, bool *has_type)
{
	struct str rest = draft, line;

	*has_type = false;
	if (!str_next(&rest, '\n', &line))
		return draft;
	line = str_trim(line);
	while (line.n && strchr("*#: ", line.p[line.n - 1]))
		line.n--;
	while (line.n && strchr("*# ", line.p[0]))
		line = str_sub(line, 1, line.n);
	*has_type = answer_type_find(line, type);
	return *has_type ? rest : draft;
}

static bool may_be_type(struct str draft)
{
	return draft.n < 16 && str_find_char(draft, '\n') < 0;
}

static void put_route(const struct chat_talk *t, struct answer *out)
{
	snprintf(out->route, sizeof(out->route), "%s", t->endpoint);
	snprintf(out->model, sizeof(out->model), "%s", t->served);
	snprintf(out->why, sizeof(out->why), "%s", t->why);
	out->tokens_in = t->tokens_in;
	out->tokens_out = t->tokens_out;
	out->money = t->money;
	if (!isnan(t->money))
		snprintf(out->currency, sizeof(out->currency), "%s",
			 gateway_currency(t->desk->options.gateway));
}

void chat_ask_answer(struct chat_talk *t, bool is_whole, struct answer *out)
{
	const struct ground_options options = {.question = str_from(t->text),
					       .is_saying = guide_is_example};
	enum answer_type type = ANSWER_UNKNOWN;
	struct str draft;
	bool has_type;

	draft = behind_type(strbuf_str(&t->draft), &type, &has_type);
	/* Before it is checked: what is proposed may be named. */
	for (size_t i = 0; i < t->proposals.n; i++)
		answer_propose(out, t->proposals.p[i]);
	ground(draft, &t->e, &options, out);
	if (!has_type)
		type = out->n_proposals ? ANSWER_PROPOSE
		       : out->n_claims	? ANSWER_FACT
					: ANSWER_UNKNOWN;
	if ((type == ANSWER_FACT || type == ANSWER_DIAG) && out->n_claims == 0)
		type = ANSWER_UNKNOWN;
	out->type = type;
	for (size_t i = 0; i < out->n_claims; i++) {
		if (out->claims[i].is_stale)
			answer_says(out, SAYS_STALE);
		if (out->claims[i].is_unknown)
			answer_says(out, SAYS_UNKNOWN);
	}
	if (type == ANSWER_UNKNOWN)
		answer_says(out, SAYS_UNKNOWN);
	if (out->n_proposals)
		answer_says(out, SAYS_NEEDS_APPROVAL);
	if (t->is_quoting || t->plan.is_injected)
		answer_says(out, SAYS_UNTRUSTED_SOURCE);
	if (!is_whole)
		answer_unknown(out, "the rest: it was stopped");
	put_route(t, out);
}

static void tell_growth(struct chat_talk *t)
{
	struct str draft = strbuf_str(&t->draft);
	const struct ground_options options = {.question = str_from(t->text),
					       .is_saying = guide_is_example};
	struct chat_news *news;
	enum answer_type type;
	bool has_type;
	size_t settled;

	t->has_grown = false;
	if (may_be_type(draft))
		return;
	draft = behind_type(draft, &type, &has_type);
	/* Blocks that have settled are not looked at again. */
	settled = t->settled + ground_settled(str_sub(draft, t->settled, draft.n));
	news = chat_news_new(CHAT_GROWS, t->id);
	news->is_more = t->grounding != NULL;
	if (!t->grounding) {
		answer_init(&t->grown);
		t->grounding = ground_begin(&t->e, &options, &t->grown);
	}
	ground_more(t->grounding, str_sub(draft, t->settled, settled - t->settled));
	t->settled = settled;
	answer_put_more(&news->answer, &t->grown, t->told_prose, t->told_claims);
	t->told_prose = t->grown.prose.n;
	t->told_claims = t->grown.n_claims;
	strbuf_put(&news->open, str_sub(draft, settled, draft.n - settled));
	chat_tell(t, news);
}

static void growth_due(void *ctx)
{
	struct chat_talk *t = ctx;

	t->grows = NULL;
	if (!t->has_grown)
		return;
	tell_growth(t);
	t->grows = loop_timer_start(t->desk->options.loop, CHAT_GROWS_MS, growth_due, t);
}

static void grow(struct chat_talk *t, const struct reply *reply)
{
	strbuf_reset(&t->draft);
	leash_restore(t->desk->leash, ai_reply_kept(reply), &t->draft);
	t->has_grown = true;
	if (!t->grows)
		t->grows = loop_timer_start(t->desk->options.loop, 0, growth_due, t);
}

static void stop_growing(struct chat_talk *t)
{
	loop_timer_stop(t->grows);
	t->grows = NULL;
	t->has_grown = false;
	if (t->grounding)
		answer_fini(&t->grown);
	ground_end(t->grounding);
	t->grounding = NULL;
	t->settled = t->told_prose = t->told_claims = 0;
}

static void forget_growth(struct chat_talk *t)
{
	stop_growing(t);
	strbuf_reset(&t->draft);
}

static void add_answered(struct chat_talk *t, struct str text)
{
	const struct turn_call *call = &t->calls.p[t->call_at++];
	struct chat_message *m = chat_add(t, TURN_TOOL, text);

	m->call_id = xstrdup(call->id);
	m->call_name = xstrdup(call->name);
	t->is_quoting = t->is_quoting || leash_suspects(text) != NULL;
}

static void look_up(struct chat_talk *t);

/* What it reads is there, or does not come. */
static void run_call(struct chat_talk *t)
{
	const struct turn_call *call = &t->calls.p[t->call_at];
	struct strbuf out, proposal;

	strbuf_init(&out, 2 * TOOL_ANSWER_MOST);
	strbuf_init(&proposal, 1024);
	ai_tools_run(t->desk->tools, str_from(call->name), str_from(call->arguments),
		     &t->e, &out, &proposal);
	if (proposal.n)
		vec_push(&t->proposals, xstrdup(proposal.p));
	add_answered(t, strbuf_str(&out));
	strbuf_fini(&out);
	strbuf_fini(&proposal);
	look_up(t);
}

static void look_for_question(struct chat_talk *t)
{
	chat_vectors_ask(t, str_from(t->looks_for), run_call);
}

static void look_up(struct chat_talk *t)
{
	while (t->call_at < t->calls.n) {
		const struct turn_call *call = &t->calls.p[t->call_at];
		struct tool_need need = {.n = 0};
		struct strbuf out;

		strbuf_init(&out, 2 * TOOL_ANSWER_MOST);
		if (ai_tools_check(t->desk->tools, str_from(call->name),
				   str_from(call->arguments), &t->budget, &t->e, &need,
				   &out)) {
			strbuf_fini(&out);
			snprintf(t->looks_for, sizeof(t->looks_for), "%s", need.question);
			chat_read(t, need.boards, need.n, look_for_question);
			return;
		}
		add_answered(t, strbuf_str(&out));
		strbuf_fini(&out);
	}
	ask(t);
}

/* The model's own message, with its calls; their texts are the message's. */
static void take_calls(struct chat_talk *t, const struct reply *reply)
{
	struct chat_message *m = chat_add(t, TURN_MODEL, strbuf_str(&reply->text));

	t->calls.n = 0;
	t->call_at = 0;
	for (size_t i = 0; i < reply->n_calls; i++) {
		const struct reply_call *from = &reply->calls[i];
		struct turn_call call = {.id = xstrdup(from->id),
					 .name = xstrdup(from->name),
					 .arguments = xstrdup(from->arguments.n
								      ? from->arguments.p
								      : "{}")};

		vec_push(&m->calls, call);
		vec_push(&t->calls, call);
		strbuf_printf(&t->sent, "calls %s %s\n", call.name, call.arguments);
		chat_tell_text(t, CHAT_READS, "%s", call.name);
	}
}

static void add_spent(struct chat_talk *t, const struct gateway_news *news)
{
	if (!isnan(news->money))
		t->money = (isnan(t->money) ? 0 : t->money) + news->money;
	if (news->asked > 0)
		t->tokens_in = (t->tokens_in < 0 ? 0 : t->tokens_in) + news->asked;
	if (news->answered > 0)
		t->tokens_out = (t->tokens_out < 0 ? 0 : t->tokens_out) + news->answered;
}

static void done(struct chat_talk *t, const struct gateway_news *news)
{
	struct answer a;

	t->asked = 0;
	add_spent(t, news);
	if (news->reply->model[0])
		snprintf(t->served, sizeof(t->served), "%s", news->reply->model);
	forget_growth(t);
	if (news->reply->n_calls && t->rounds < ROUNDS_MOST) {
		take_calls(t, news->reply);
		look_up(t);
		return;
	}
	leash_restore(t->desk->leash, ai_reply_kept(news->reply), &t->draft);
	answer_init(&a);
	chat_ask_answer(t, true, &a);
	if (news->reply->end != REPLY_STOP && news->reply->end != REPLY_CALLS)
		answer_unknown(&a, ai_reply_end_help(news->reply->end));
	chat_end(t, &a);
}

static void gateway_said(const struct gateway_news *news, void *ctx)
{
	struct chat_talk *t = ctx;

	switch (news->step) {
	case GATEWAY_CHOSEN:
		snprintf(t->endpoint, sizeof(t->endpoint), "%s", news->endpoint);
		snprintf(t->served, sizeof(t->served), "%s",
			 news->model ? news->model : "");
		snprintf(t->why, sizeof(t->why), "%s", news->why);
		chat_tell_text(t, CHAT_ROUTE, "%s: %s", t->endpoint, t->why);
		break;
	case GATEWAY_LOADING:
		chat_tell_text(t, CHAT_ROUTE, "%s is loading its model", t->endpoint);
		break;
	case GATEWAY_TEXT:
		grow(t, news->reply);
		break;
	case GATEWAY_AGAIN:
		forget_growth(t);
		chat_tell_text(t, CHAT_AGAIN, "%s", news->why);
		break;
	case GATEWAY_WAITS:
		chat_tell_text(t, CHAT_ROUTE, "waits %lld s: %s",
			       (long long)((news->wait_ms + 999) / 1000), news->why);
		break;
	case GATEWAY_DONE:
		done(t, news);
		break;
	case GATEWAY_FAILED:
		t->asked = 0;
		add_spent(t, news);
		forget_growth(t);
		/* There is always the guide, but for whom a person wanted to ask. */
		if ((t->model || t->route) && news->err->code == ERR_NOT_FOUND)
			chat_fail(t, news->err);
		else
			chat_by_guide(t, news->err->text);
		break;
	}
}

static bool is_small(const struct chat_desk *d)
{
	const struct ai_router *router = gateway_router(d->options.gateway);

	for (size_t i = 0; i < router->n; i++)
		if (!router->endpoints[i].is_local)
			return false;
	return true;
}

static void ask(struct chat_talk *t)
{
	struct chat_desk *d = t->desk;
	struct turn_message *messages = xcalloc(t->messages.n, sizeof(*messages));
	struct turn turn = {.messages = messages,
			    .n_messages = t->messages.n,
			    .most_tokens = ANSWER_TOKENS,
			    .temperature = 0};
	struct gateway_ask asked = {
		.turn = &turn,
		.route = t->route,
		.kind = guide_kind_name(t->plan.kind),
		.only = t->model,
		.reach = REACH_CLOUD,
		/* The guide does; who names a model waits a little. */
		.has_other = !t->model,
		.patience_ms = NAMED_PATIENCE_MS};

	for (size_t i = 0; i < t->messages.n; i++) {
		const struct chat_message *m = &t->messages.p[i];

		messages[i] = (struct turn_message){.role = m->role,
						    .text = str_from(m->text),
						    .calls = m->calls.p,
						    .n_calls = m->calls.n,
						    .call_id = m->call_id,
						    .call_name = m->call_name};
	}
	if (t->rounds++ < ROUNDS_MOST - 1)
		turn.tools = ai_tools_list(d->tools, is_small(d), &turn.n_tools);
	t->asked = gateway_ask(d->options.gateway, &asked, gateway_said, t);
	free(messages);
}

void chat_by_model(struct chat_talk *t)
{
	t->budget = (struct tool_budget){.calls = 0};
	chat_prompt(t, is_small(t->desk));
	ask(t);
}

void chat_by_guide(struct chat_talk *t, const char *why)
{
	struct answer a;

	answer_init(&a);
	guide_answer(&t->plan, str_from(t->text), &t->e, &a);
	if (why) {
		snprintf(a.why, sizeof(a.why), "%s", why);
		answer_says(&a, SAYS_NO_MODEL);
	}
	chat_end(t, &a);
}

void chat_ask_stop(struct chat_talk *t)
{
	stop_growing(t);
	if (t->asked)
		gateway_stop(t->desk->options.gateway, t->asked);
	t->asked = 0;
}
