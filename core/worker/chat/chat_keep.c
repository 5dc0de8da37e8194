/* See chat_part.h: turns that were, conversations that have a name, and what people thought of
 * the answers. Nothing is written that nobody asked for: a conversation is kept once it is
 * named, and a judgement because somebody gave it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

/* A name that no conversation has. */
#define JUDGED STR("\x01judged")

enum { RECORD_BYTES = 512 << 10 };

static void turn_free(struct chat_turn *turn)
{
	free(turn->question);
	free(turn->prose);
	free(turn->record);
	free(turn->route);
}

static void drop_oldest(struct chat_desk *d)
{
	turn_free(&d->turns.p[0]);
	memmove(d->turns.p, d->turns.p + 1, (d->turns.n - 1) * sizeof(*d->turns.p));
	d->turns.n--;
}

void chat_forget(struct chat_desk *d)
{
	struct chat_turn *turn;

	vec_each (turn, &d->turns)
		turn_free(turn);
	d->turns.n = 0;
}

struct chat_score *chat_score(struct chat_desk *d, const char *route)
{
	struct chat_score *score;

	vec_each (score, &d->scores)
		if (strcmp(score->route, route) == 0)
			return score;
	vec_push(&d->scores, (struct chat_score){.answers = 0});
	score = &d->scores.p[d->scores.n - 1];
	snprintf(score->route, sizeof(score->route), "%s", route);
	return score;
}

/* The whole conversation, without the oldest turns where it is too long for a file. */
static void put_conversation(const struct chat_desk *d, struct strbuf *out)
{
	size_t from = 0;

	do {
		strbuf_reset(out);
		strbuf_printf(out, "{\"version\":1,\"spent\":%.9f,\"turns\":[",
			      gateway_conversation(d->options.gateway));
		for (size_t i = from; i < d->turns.n; i++) {
			const struct chat_turn *turn = &d->turns.p[i];

			strbuf_printf(out, "%s{\"at\":%lld,\"rated\":%d,\"question\":",
				      i > from ? "," : "", (long long)turn->at_ms,
				      turn->rated);
			json_print_text(out, str_from(turn->question));
			strbuf_printf(out, ",\"record\":%s}", turn->record);
		}
		strbuf_puts(out, "]}");
	} while (out->overflow && ++from < d->turns.n);
}

static void save(struct chat_desk *d)
{
	struct chat_job *job;

	if (!d->conversation)
		return;
	job = chat_job_new(d, CHAT_JOB_WRITE, 0, str_from(d->conversation));
	put_conversation(d, &job->json);
	chat_job_start(job);
}

void chat_remember(struct chat_desk *d, const struct chat_talk *t,
		   const struct answer *answer)
{
	struct chat_score *score = chat_score(d, answer->route);
	struct chat_turn turn = {
		.id = t->id,
		.question = xstrdup(t->text),
		.prose = xstrdup(answer->prose.n ? answer->prose.p : ""),
		.route = xstrdup(answer->route),
		.at_ms = t->e.now_ms,
	};
	struct strbuf record;

	strbuf_init(&record, RECORD_BYTES);
	answer_json(answer, &record);
	turn.record = xstrdup(record.overflow ? "null" : record.p);
	strbuf_fini(&record);
	if (d->turns.n == CHAT_TURNS_MOST)
		drop_oldest(d);
	vec_push(&d->turns, turn);
	score->answers++;
	score->refused += answer->type == ANSWER_REFUSE;
	score->unanswered += answer->type == ANSWER_UNKNOWN;
	save(d);
}

void chat_told(struct chat_desk *d, uint64_t id, const char *format, ...)
{
	struct chat_news *news = chat_news_new(CHAT_TOLD, 0);
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&news->text, format, args);
	va_end(args);
	d->options.tell(d->options.ctx, id, news);
}

/* What the chat's commands may name: those that are configured, and on the pool the
 * conversations that were kept. */
void chat_keep_names(struct chat_desk *d, uint64_t id)
{
	struct chat_job *job = chat_job_new(d, CHAT_JOB_NAMES, id, STR(""));
	const struct gateway *g = d->options.gateway;
	const char *name;

	for (size_t i = 0; (name = gateway_endpoint(g, i)); i++)
		strbuf_printf(&job->json, "/model %s\n", name);
	strbuf_puts(&job->json, "/route guide\n");
	for (size_t i = 0; (name = gateway_route(g, i)); i++)
		strbuf_printf(&job->json, "/route %s\n", name);
	chat_job_start(job);
}

static void tell_names(struct chat_desk *d, const struct chat_job *job)
{
	struct chat_news *news = chat_news_new(CHAT_NAMES, 0);

	strbuf_put(&news->text, strbuf_str(&job->json));
	d->options.tell(d->options.ctx, job->id, news);
}

static void failed(struct chat_desk *d, uint64_t id, const struct err *err)
{
	struct chat_news *news = chat_news_new(CHAT_FAILED, 0);

	news->err = *err;
	d->options.tell(d->options.ctx, id, news);
}

/* One that was, on its way to the screen, and told to the next model. */
static void take_turn(struct chat_desk *d, uint64_t id, const cJSON *from)
{
	const char *question = json_text(from, "question");
	struct chat_news *news = chat_news_new(CHAT_WAS, CHAT_OLD | ++d->n_old);
	struct strbuf record;
	double at = 0, rated = 0;

	strbuf_init(&record, RECORD_BYTES);
	json_print(&record, json_at(from, STR("record")));
	if (!question || !answer_from_json(&news->answer, strbuf_str(&record))) {
		chat_news_free(news);
		strbuf_fini(&record);
		return;
	}
	json_number(from, "at", &at);
	json_number(from, "rated", &rated);
	strbuf_puts(&news->text, question);
	vec_push(&d->turns,
		 (struct chat_turn){.id = news->question,
				    .question = xstrdup(question),
				    .prose = xstrdup(news->answer.prose.n
							     ? news->answer.prose.p
							     : ""),
				    .record = xstrdup(record.p),
				    .route = xstrdup(news->answer.route),
				    .at_ms = (int64_t)at,
				    .rated = (int)rated});
	strbuf_fini(&record);
	d->options.tell(d->options.ctx, id, news);
}

static void take_conversation(struct chat_desk *d, struct chat_job *job)
{
	struct err ignored;
	cJSON *root;
	const cJSON *at;
	double spent = 0;
	char text[200];

	if (job->err.code != ERR_NONE && job->err.code != ERR_NOT_FOUND) {
		failed(d, job->id, &job->err);
		return;
	}
	/* Another one was asked for meanwhile. */
	if (!d->conversation || strcmp(d->conversation, job->name) != 0)
		return;
	root = job->json.n
		       ? json_parse(strbuf_str(&job->json), &json_wire, NULL, &ignored)
		       : NULL;
	/* What it has cost counts against its cap. */
	if (json_number(root, "spent", &spent) && spent > 0)
		gateway_conversation_begin(d->options.gateway,
					   spent + gateway_conversation(
							   d->options.gateway));
	cJSON_ArrayForEach (at, json_at(root, STR("turns")))
		if (d->turns.n < CHAT_TURNS_MOST)
			take_turn(d, job->id, at);
	cJSON_Delete(root);
	snprintf(text, sizeof(text),
		 d->turns.n ? "%.80s goes on: %zu questions so far"
			    : "%.80s begins, and is kept",
		 job->name, d->turns.n);
	chat_told(d, job->id, "%s", text);
	chat_keep_names(d, job->id);
}

void chat_job_done(struct chat_desk *d, struct chat_job *job)
{
	switch (job->kind) {
	case CHAT_JOB_READ:
		take_conversation(d, job);
		break;
	case CHAT_JOB_WRITE:
		if (job->err.code != ERR_NONE)
			failed(d, job->id, &job->err);
		break;
	case CHAT_JOB_NAMES:
		tell_names(d, job);
		break;
	case CHAT_JOB_JUDGE:
		if (job->err.code != ERR_NONE)
			failed(d, job->id, &job->err);
		else
			chat_told(d, job->id, "kept on this machine");
		break;
	case CHAT_JOB_SEARCH:
		if (job->err.code != ERR_NONE)
			failed(d, job->id, &job->err);
		else
			chat_told(d, job->id, "%s", job->json.p);
		break;
	}
}

void chat_desk_converse(struct chat_desk *d, uint64_t id, const char *name)
{
	chat_forget(d);
	free(d->conversation);
	d->conversation = name ? xstrndup(name, strnlen(name, CHAT_NAME_MOST)) : NULL;
	gateway_conversation_begin(d->options.gateway, 0);
	if (name)
		chat_job_start(
			chat_job_new(d, CHAT_JOB_READ, id, str_from(d->conversation)));
	else
		chat_told(d, id, "a new conversation");
}

void chat_desk_search(struct chat_desk *d, uint64_t id, const char *words)
{
	chat_job_start(chat_job_new(d, CHAT_JOB_SEARCH, id, str_from(words)));
}

void chat_desk_rate(struct chat_desk *d, uint64_t id, uint64_t question, bool is_good,
		    const char *why)
{
	struct chat_turn *turn;
	struct chat_score *score;
	struct chat_job *job;

	vec_each (turn, &d->turns) {
		if (turn->id != question)
			continue;
		score = chat_score(d, turn->route);
		score->helped += is_good - (turn->rated > 0);
		score->not_helped += !is_good - (turn->rated < 0);
		turn->rated = is_good ? 1 : -1;
		job = chat_job_new(d, CHAT_JOB_JUDGE, id, JUDGED);
		strbuf_printf(&job->json, "{\"at\":%lld,\"helped\":%s,\"route\":",
			      (long long)clock_wall_ms(d->options.clock),
			      is_good ? "true" : "false");
		json_print_text(&job->json, str_from(turn->route));
		strbuf_puts(&job->json, ",\"question\":");
		json_print_text(&job->json, str_from(turn->question));
		strbuf_puts(&job->json, ",\"why\":");
		json_print_text(&job->json, str_from(why ? why : ""));
		strbuf_putc(&job->json, '}');
		chat_job_start(job);
		save(d);
		return;
	}
	chat_told(d, id, "there is no such answer any more");
}
