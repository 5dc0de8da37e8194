/* The life of a question: who is asked, who is asked as well when that one is late, what
 * is done when one fails, and how it ends. Every way out leads through finish(). */
#include "ai/gateway_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"

static void choose(void *ctx);

static const struct endpoint *endpoint_of(const struct try *t)
{
	return &t->q->g->endpoints[t->endpoint];
}

static uint64_t bit(int endpoint)
{
	return 1ULL << endpoint;
}

void question_free(struct question *q)
{
	struct try *const *tries = q->tries;

	loop_timer_stop(q->deadline);
	loop_timer_stop(q->step);
	loop_timer_stop(q->say);
	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++)
		try_free(tries[i]);
	try_free(q->dead);
	turn_drop(&q->turn);
	arena_fini(&q->arena);
	free(q);
}

void question_unlink(struct question *q)
{
	struct question **at = &q->g->first;

	while (*at && *at != q)
		at = &(*at)->next;
	if (*at)
		*at = q->next;
}

static void forget_try(struct question *q, const struct try *t)
{
	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++) {
		if (q->tries[i] == t)
			q->tries[i] = NULL;
	}
	if (q->speaking == t)
		q->speaking = NULL;
}

/* Gives up what else was asked. One that was late is taken for broken, so that the next
 * question does not wait for it again. */
static void drop(struct question *q, struct try *t)
{
	struct gateway *g = q->g;

	gateway_spend(q, t);
	if (t->is_late && !t->has_bytes)
		route_failed(&g->router, t->endpoint, TROUBLE_DOWN, -1, gateway_now(g));
	else
		route_dropped(&g->router, t->endpoint);
	forget_try(q, t);
	try_free(t);
}

void question_drop_others(struct question *q, const struct try *kept)
{
	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++) {
		if (q->tries[i] && q->tries[i] != kept)
			drop(q, q->tries[i]);
	}
}

/* As it calls itself, where that can be shown. */
static const char *model_of(const struct try *t)
{
	const char *own = t->reply.model;

	return own[0] && sanitize_is_clean(str_from(own))
		       ? own
		       : endpoint_of(t)->provider.model;
}

/* False: whoever was told has stopped the question, and it is gone. */
static bool tell(struct question *q, struct gateway_news *news, const struct try *t)
{
	if (t) {
		news->endpoint = endpoint_of(t)->of->name;
		news->model = model_of(t);
		if (t->has_words || news->step == GATEWAY_DONE)
			news->reply = &t->reply;
	}
	q->is_telling = true;
	q->news(news, q->ctx);
	q->is_telling = false;
	if (!q->is_stopped)
		return true;
	question_drop_others(q, NULL);
	question_free(q);
	return false;
}

static void finish(struct question *q, enum gateway_step step, const struct try *t,
		   const struct err *err)
{
	struct gateway_news news = {.step = step, .err = err};

	loop_timer_stop(q->deadline);
	loop_timer_stop(q->step);
	loop_timer_stop(q->say);
	q->deadline = q->step = q->say = NULL;
	question_unlink(q);
	news.money = q->money;
	news.asked = q->asked;
	news.answered = q->answered;
	news.is_guess = q->is_guess;
	if (tell(q, &news, t))
		question_free(q);
}

/* What came of a reply that died is worth showing. */
static void fail(struct question *q, const struct err *err)
{
	const struct err last = *err;
	struct try *t = q->speaking;

	if (t) {
		gateway_spend(q, t);
		route_dropped(&q->g->router, t->endpoint);
		forget_try(q, t);
		try_free(q->dead);
		q->dead = t;
	}
	question_drop_others(q, NULL);
	finish(q, GATEWAY_FAILED, q->dead, &last);
}

static void deadline_came(void *ctx)
{
	struct question *q = ctx;
	struct err err;

	q->deadline = NULL;
	if (q->speaking)
		err_set(&err, ERR_TIMEOUT, "%s: the answer did not end in time",
			endpoint_of(q->speaking)->of->name);
	else if (q->why.code != ERR_NONE)
		err_set(&err, ERR_TIMEOUT, "no model answered in time; the last one: %s",
			q->why.text);
	else
		err_set(&err, ERR_TIMEOUT, "no model answered in time");
	fail(q, &err);
}

void question_begin_deadline(struct question *q)
{
	loop_timer_stop(q->deadline);
	q->deadline = loop_timer_start(q->g->loop, q->ends_ms - gateway_now(q->g),
				       deadline_came, q);
}

static void begin_loading(struct question *q)
{
	q->has_loading = true;
	if (!q->may_be_longer)
		return;
	q->may_be_longer = false;
	q->ends_ms += GATEWAY_LOADING_MS;
	question_begin_deadline(q);
}

void question_loading(struct try *t)
{
	begin_loading(t->q);
	tell(t->q, &(struct gateway_news){.step = GATEWAY_LOADING}, t);
}

static void put_try(struct question *q, int endpoint, const char *why)
{
	struct gateway *g = q->g;
	struct try *t = try_new(q, endpoint);
	struct gateway_news news = {.step = GATEWAY_CHOSEN, .why = why};

	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++) {
		if (q->tries[i])
			continue;
		q->tries[i] = t;
		break;
	}
	q->n_tries++;
	g->endpoints[endpoint].tally.questions++;
	route_asked(&g->router, endpoint);
	if (tell(q, &news, t))
		try_start(t);
}

static bool is_asking(const struct question *q)
{
	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++) {
		if (q->tries[i])
			return true;
	}
	return false;
}

static struct ai_choice look(const struct question *q)
{
	struct ai_choice choice;
	const struct ai_need need = {.route = q->route,
				     .reach = q->reach,
				     .tokens = q->tokens,
				     .tried = q->tried,
				     .now_ms = gateway_now(q->g)};

	route_choose(&q->g->router, &need, &choice);
	return choice;
}

/* Nobody is left, not by waiting either. Those that only failed to answer are asked a
 * second time, when they have been left alone for a while. */
static bool go_round(struct question *q)
{
	if (q->has_gone_round || q->has_other || !q->down)
		return false;
	q->has_gone_round = true;
	q->tried &= ~q->down;
	q->down = 0;
	return true;
}

static void give_up(struct question *q, const struct ai_choice *choice)
{
	struct err err = q->why;
	bool is_known = err.code != ERR_NONE;

	if (!is_known)
		err_set(&err, ERR_REFUSED, "no model can be asked: %s", choice->why);
	else if (choice->endpoint == ROUTE_NONE &&
		 (q->route->n > 1 || choice->wait_ms > 0))
		err_set(&err, err.code, "%s (%s)", q->why.text, choice->why);
	err.http_status = is_known ? q->why.http_status : 0;
	err.retry_after_ms = choice->wait_ms;
	fail(q, &err);
}

/* Counts down, and looks whether anything changed meanwhile. */
static void wait_for(struct question *q, const struct ai_choice *choice)
{
	int64_t step =
		choice->wait_ms < GATEWAY_COUNT_MS ? choice->wait_ms : GATEWAY_COUNT_MS;
	struct gateway_news news = {.step = GATEWAY_WAITS,
				    .why = choice->why,
				    .wait_ms = choice->wait_ms};

	loop_timer_stop(q->step);
	q->step = loop_timer_start(q->g->loop, step > 0 ? step : 1, choose, q);
	tell(q, &news, NULL);
}

/* A model that is being loaded is worth it. */
static bool is_worth_waiting(const struct question *q, int64_t wait_ms)
{
	if (wait_ms < 0 || gateway_now(q->g) + wait_ms >= q->ends_ms)
		return false;
	return !q->patience_ms || q->has_loading || wait_ms <= q->patience_ms;
}

static void choose(void *ctx)
{
	struct question *q = ctx;
	struct ai_choice choice;

	q->step = NULL;
	/* A cap that is not known is none. */
	if (!q->g->knows_today) {
		q->step = loop_timer_start(q->g->loop, GATEWAY_LOOK_MS, choose, q);
		return;
	}
	choice = look(q);
	if (choice.endpoint == ROUTE_NONE && choice.wait_ms < 0 && go_round(q))
		choice = look(q);
	if (choice.endpoint != ROUTE_NONE && q->n_tries < GATEWAY_TRIES)
		put_try(q, choice.endpoint,
			q->why.code == ERR_NONE ? choice.why : q->why.text);
	else if (choice.endpoint != ROUTE_NONE || !is_worth_waiting(q, choice.wait_ms))
		give_up(q, &choice);
	else
		wait_for(q, &choice);
}

void question_choose_soon(struct question *q)
{
	loop_timer_stop(q->step);
	q->step = loop_timer_start(q->g->loop, 0, choose, q);
}

static void leave(struct question *q, const char *why)
{
	struct err err;

	err_set(&err, ERR_TIMEOUT, "%s", why);
	fail(q, &err);
}

/* The first word does not come: whoever else there is, is asked too. */
void question_late(struct try *t)
{
	struct question *q = t->q;
	struct ai_choice choice;
	uint64_t tried = q->tried;
	char why[120];

	if (q->speaking || (q->tries[0] && q->tries[1]) || q->n_tries >= GATEWAY_TRIES)
		return;
	q->tried |= bit(t->endpoint);
	choice = look(q);
	q->tried = tried;
	snprintf(why, sizeof(why), "%.60s has said nothing yet",
		 endpoint_of(t)->of->name);
	if (choice.endpoint != ROUTE_NONE)
		put_try(q, choice.endpoint, why);
	else if (q->has_other && !t->has_bytes && !q->has_loading)
		leave(q, why);
}

void question_first_word(struct try *t)
{
	struct question *q = t->q;
	struct gateway *g = q->g;

	route_began(&g->router, t->endpoint, gateway_now(g) - t->asked_ms);
	if (!q->speaking)
		q->speaking = t;
}

static void say(void *ctx)
{
	struct question *q = ctx;

	q->say = NULL;
	if (!q->speaking)
		return;
	question_drop_others(q, q->speaking);
	q->speaking->is_shown = true;
	tell(q, &(struct gateway_news){.step = GATEWAY_TEXT}, q->speaking);
}

/* Told from the loop: whoever is told may stop the question, and what runs now is the
 * HTTP client. */
void question_more(struct question *q)
{
	if (!q->say)
		q->say = loop_timer_start(q->g->loop, 0, say, q);
}

void question_try_done(struct try *t)
{
	struct question *q = t->q;
	struct gateway *g = q->g;
	struct endpoint *e = &g->endpoints[t->endpoint];

	question_drop_others(q, t);
	gateway_spend(q, t);
	route_answered(&g->router, t->endpoint);
	e->heard_ms = gateway_now(g);
	e->said[0] = '\0';
	e->tally.answers++;
	gateway_count(g, &(struct gateway_spent){.questions = 1});
	finish(q, GATEWAY_DONE, t, NULL);
}

static void note_failure(struct try *t, enum model_trouble trouble, const struct err *err)
{
	struct question *q = t->q;
	struct gateway *g = q->g;
	struct endpoint *e = &g->endpoints[t->endpoint];

	snprintf(e->said, sizeof(e->said), "%s", err->text);
	e->tally.failures++;
	e->tally.refused += trouble == TROUBLE_FILTERED;
	route_failed(&g->router, t->endpoint, trouble, err->retry_after_ms,
		     gateway_now(g));
	if (g->router.health[t->endpoint].is_out)
		e->out_ms = gateway_now(g);
	if (trouble != TROUBLE_BUSY && trouble != TROUBLE_LOADING)
		q->tried |= bit(t->endpoint);
	if (trouble == TROUBLE_DOWN)
		q->down |= bit(t->endpoint);
	q->why = *err;
	err_wrap(&q->why, "%s", e->of->name);
	log_line(g->log, LOG_WARN, "ai", "%s: %s: %s", e->of->name,
		 model_trouble_name(trouble), err->text);
}

/* Two may have begun at the same time. */
static void hear_another(struct question *q)
{
	for (size_t i = 0; i < GATEWAY_AT_ONCE; i++) {
		if (!q->tries[i] || !q->tries[i]->has_words)
			continue;
		q->speaking = q->tries[i];
		question_more(q);
	}
}

/* Words came that do not count any more, and may have been shown. */
static void begin_again(struct question *q, struct try *t)
{
	struct gateway_news news = {.step = GATEWAY_AGAIN, .why = q->why.text};

	try_free(q->dead);
	q->dead = t;
	if (t->is_shown && ++q->n_agains > GATEWAY_AGAINS) {
		fail(q, &q->why);
		return;
	}
	hear_another(q);
	if (!is_asking(q))
		question_choose_soon(q);
	news.endpoint = endpoint_of(t)->of->name;
	if (t->is_shown)
		tell(q, &news, NULL);
}

/* Told at last: whoever is told may stop the question. */
static void say_loading(struct question *q, const struct endpoint *e)
{
	begin_loading(q);
	q->n_tries--; /* it is asked until the model is there */
	tell(q,
	     &(struct gateway_news){.step = GATEWAY_LOADING,
				    .endpoint = e->of->name,
				    .model = e->provider.model},
	     NULL);
}

void question_try_failed(struct try *t, enum model_trouble trouble, const struct err *err)
{
	struct question *q = t->q;
	const struct endpoint *e = endpoint_of(t);
	bool was_heard = q->speaking == t;

	gateway_spend(q, t);
	note_failure(t, trouble, err);
	forget_try(q, t);
	if (was_heard) {
		begin_again(q, t);
		return;
	}
	try_free(t);
	/* Nobody is asked to get around a filter. */
	if (trouble == TROUBLE_FILTERED) {
		fail(q, &q->why);
		return;
	}
	if (!is_asking(q))
		question_choose_soon(q);
	if (trouble == TROUBLE_LOADING)
		say_loading(q, e);
}
