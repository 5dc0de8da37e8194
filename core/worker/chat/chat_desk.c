/* See chat_desk.h: orders in, boards in, news out. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer/moved.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

enum { NEWS_TEXT = 64 << 10, OPEN_BYTES = 256 << 10 };

struct chat_news *chat_news_new(enum chat_step step, uint64_t question)
{
	struct chat_news *news = xcalloc(1, sizeof(*news));

	news->step = step;
	news->question = question;
	news->is_over = step == CHAT_ANSWER || step == CHAT_FAILED || step == CHAT_TOLD ||
			step == CHAT_NAMES;
	answer_init(&news->answer);
	strbuf_init(&news->open, OPEN_BYTES);
	strbuf_init(&news->text, NEWS_TEXT);
	strbuf_init(&news->sent, CHAT_SENT_MOST);
	err_clear(&news->err);
	return news;
}

void chat_news_free(struct chat_news *c)
{
	if (!c)
		return;
	answer_fini(&c->answer);
	strbuf_fini(&c->open);
	strbuf_fini(&c->text);
	strbuf_fini(&c->sent);
	free(c);
}

void chat_tell(struct chat_talk *t, struct chat_news *news)
{
	t->desk->options.tell(t->desk->options.ctx, t->id, news);
}

void chat_tell_text(struct chat_talk *t, enum chat_step step, const char *format, ...)
{
	struct chat_news *news = chat_news_new(step, t->id);
	va_list args;

	va_start(args, format);
	strbuf_vprintf(&news->text, format, args);
	va_end(args);
	chat_tell(t, news);
}

static void free_talk(struct chat_talk *t)
{
	char **proposal;

	chat_ask_stop(t);
	chat_vectors_stop(t);
	loop_timer_stop(t->wait);
	chat_messages_clear(t);
	vec_fini(&t->messages);
	vec_fini(&t->calls);
	vec_each (proposal, &t->proposals)
		free(*proposal);
	vec_fini(&t->proposals);
	evidence_fini(&t->e);
	strbuf_fini(&t->draft);
	strbuf_fini(&t->sent);
	free(t->text);
	free(t->board);
	free(t->key);
	free(t->route);
	free(t->model);
	free(t);
}

static void unlink_talk(struct chat_talk *t)
{
	struct chat_talk **at = &t->desk->talks;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
}

static void leave(struct chat_talk *t)
{
	struct chat_desk *d = t->desk;

	unlink_talk(t);
	free_talk(t);
	d->options.wants(d->options.ctx);
}

void chat_fail(struct chat_talk *t, const struct err *err)
{
	struct chat_news *news = chat_news_new(CHAT_FAILED, t->id);

	news->err = *err;
	chat_tell(t, news);
	leave(t);
}

/* Against the boards as they are now. */
static void note_moved(const struct chat_talk *t, struct answer *answer)
{
	const struct chat_desk_options *o = &t->desk->options;
	struct evidence now = {.now_ms = t->e.now_ms,
			       .library = t->e.library,
			       .config = t->e.config,
			       .knowledge = t->e.knowledge};

	for (size_t i = 0; i < t->e.n; i++) {
		struct board *board = o->board(o->ctx, t->e.boards[i]->def->name);

		if (board && !board->is_loading)
			evidence_add(&now, board);
		board_put(board);
	}
	answer_note_moved(answer, &now);
	evidence_fini(&now);
}

void chat_end(struct chat_talk *t, struct answer *answer)
{
	struct chat_news *news = chat_news_new(CHAT_ANSWER, t->id);
	struct chat_desk *d = t->desk;

	note_moved(t, answer);
	chat_remember(d, t, answer);
	answer_fini(&news->answer);
	news->answer = *answer;
	strbuf_put(&news->sent, strbuf_str(&t->sent));
	chat_tell(t, news);
	leave(t);
}

struct chat_desk *chat_desk_new(const struct chat_desk_options *options)
{
	struct chat_desk *d = xcalloc(1, sizeof(*d));
	const struct config_ai *ai = &options->config->ai;
	struct err err;

	d->options = *options;
	d->books = chat_books_new(d);
	d->store = chat_store_new(options);
	d->store->desk = d;
	d->leash = leash_new();
	/* They were looked at when the configuration was read. */
	for (size_t i = 0; i < ai->n_redact; i++)
		if (!leash_add(d->leash, str_from(ai->redact[i]), &err))
			log_line(options->log, LOG_ERROR, "chat", "%s", err.text);
	d->tools = ai_tools_new(d->leash);
	return d;
}

void chat_desk_free(struct chat_desk *d)
{
	if (!d)
		return;
	while (d->talks) {
		struct chat_talk *t = d->talks;

		d->talks = t->next;
		free_talk(t);
	}
	ai_tools_free(d->tools);
	leash_free(d->leash);
	chat_books_free(d->books);
	chat_store_leave(d->store);
	vec_fini(&d->scores);
	chat_forget(d);
	vec_fini(&d->turns);
	free(d->conversation);
	free(d);
}

/* Who is to answer: decided once, before anything is read. */
static bool is_for_guide(const struct chat_talk *t, const char **why)
{
	const struct chat_desk *d = t->desk;

	*why = NULL;
	if (t->plan.kind == GUIDE_UNSAFE) {
		*why = "what is not done is refused by rule";
		return true;
	}
	if (t->route && strcmp(t->route, "guide") == 0)
		return true;
	if (gateway_has_models(d->options.gateway))
		return false;
	*why = "no model is configured";
	return true;
}

static void answer(struct chat_talk *t)
{
	const char *why;

	if (is_for_guide(t, &why))
		chat_by_guide(t, why);
	else
		chat_by_model(t);
}

static void read_boards(struct chat_talk *t);

/* Who asks how something is done is answered from runbooks. */
static void ask_vector(struct chat_talk *t)
{
	if (t->plan.kind == GUIDE_RUNBOOK_HOW)
		chat_vectors_ask(t, str_from(t->text), read_boards);
	else
		read_boards(t);
}

static void read_boards(struct chat_talk *t)
{
	const char *names[GUIDE_BOARDS_MOST + 1];
	size_t n = 0;

	if (t->board && *t->board)
		names[n++] = t->board;
	for (size_t i = 0; i < t->plan.n_boards; i++)
		names[n++] = t->plan.boards[i];
	chat_read(t, names, n, answer);
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void chat_desk_ask(struct chat_desk *d, uint64_t id, const struct chat_question *question)
{
	struct chat_talk *t = xcalloc(1, sizeof(*t)), **at = &d->talks;
	const struct guide_setting setting = {.board = question->board ? question->board
								       : "",
					      .key = question->key ? question->key : ""};

	t->desk = d;
	t->id = id;
	t->text = xstrdup(question->text);
	t->board = copy(question->board);
	t->key = copy(question->key);
	t->route = copy(question->route);
	t->model = copy(question->model);
	t->money = NAN;
	t->tokens_in = t->tokens_out = -1;
	strbuf_init(&t->draft, ANSWER_PROSE_MOST);
	strbuf_init(&t->sent, CHAT_SENT_MOST);
	t->e = (struct evidence){.now_ms = clock_wall_ms(d->options.clock),
				 .library = d->options.library,
				 .config = d->options.config};
	while (*at)
		at = &(*at)->next;
	*at = t;
	guide_understand(str_from(t->text), &setting, t->e.now_ms, &t->plan);
	t->plan.is_injected =
		t->plan.is_injected || leash_suspects(str_from(t->text)) != NULL;
	chat_books_read(t, ask_vector);
}

void chat_desk_open(struct chat_desk *d, uint64_t id, bool is_open)
{
	const char *warms;

	if (!is_open) {
		gateway_warm_stop(d->options.gateway);
		return;
	}
	warms = gateway_warm(d->options.gateway);
	if (warms)
		chat_told(d, id, "%s is reading its model into memory", warms);
	chat_books_warm(d->books);
	chat_keep_names(d, id);
}

void chat_desk_stop(struct chat_desk *d, uint64_t question)
{
	for (struct chat_talk *t = d->talks; t; t = t->next) {
		struct answer a;

		if (t->id != question)
			continue;
		chat_ask_stop(t);
		answer_init(&a);
		chat_ask_answer(t, false, &a);
		chat_end(t, &a);
		return;
	}
}

void chat_desk_saw(struct chat_desk *d, struct board *board)
{
	struct chat_talk *next;

	for (struct chat_talk *t = d->talks; t; t = next) {
		next = t->next;
		chat_read_saw(t, board);
	}
}

size_t chat_desk_wanted(const struct chat_desk *d, const char **out, size_t most)
{
	size_t n = 0;

	for (const struct chat_talk *t = d->talks; t; t = t->next)
		for (size_t i = 0; i < t->n_waits && n < most; i++)
			out[n++] = t->waits[i];
	return n;
}

static void put_score(cJSON *row, const struct chat_score *score)
{
	cJSON_AddNumberToObject(row, "answers", (double)score->answers);
	cJSON_AddNumberToObject(row, "refusals", (double)score->refused);
	cJSON_AddNumberToObject(row, "unanswered", (double)score->unanswered);
	cJSON_AddNumberToObject(row, "helped", (double)score->helped);
	cJSON_AddNumberToObject(row, "notHelped", (double)score->not_helped);
}

static cJSON *row_of(cJSON *rows, const char *name)
{
	cJSON *row;

	cJSON_ArrayForEach (row, rows)
		if (json_text(row, "name") && strcmp(json_text(row, "name"), name) == 0)
			return row;
	row = cJSON_CreateObject();
	cJSON_AddStringToObject(row, "name", name);
	cJSON_AddStringToObject(row, "state", "ready");
	cJSON_AddStringToObject(row, "kind", "rule");
	cJSON_AddStringToObject(row, "reach", "local");
	cJSON_AddItemToArray(rows, row);
	return row;
}

void chat_desk_put_scores(const struct chat_desk *d, cJSON *rows)
{
	const struct chat_score *score;

	vec_each (score, &d->scores)
		put_score(row_of(rows, score->route), score);
}
