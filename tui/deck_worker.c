/* See deck_part.h. A worker is replaced when what it was started with changes: another
 * configuration, other boards, the demo. */
#include "tui/deck_part.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/xalloc.h"
#include "board/workload.h"
#include "config/env.h"

void deck_want(void *ctx, const char *const *names, size_t n)
{
	struct deck *d = ctx;

	if (d->worker) {
		worker_want(d->worker, names, n);
		return;
	}
	for (size_t i = 0; i < d->wanted.n; i++)
		free(d->wanted.p[i]);
	d->wanted.n = 0;
	for (size_t i = 0; i < n; i++)
		vec_push(&d->wanted, xstrdup(names[i]));
}

void deck_refresh(void *ctx, const char *name)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_refresh(d->worker, name);
}

void deck_acknowledge(void *ctx, const char *board, const char *key, bool is_on)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_acknowledge(d->worker, board, key, is_on);
}

void deck_go(void *ctx, int64_t at_ms)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_go(d->worker, at_ms);
}

void deck_step(void *ctx, int by)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_step(d->worker, by);
}

bool deck_start_worker(struct deck *d, struct err *err)
{
	const struct worker_options options = {
		.clock = d->options->clock,
		.library = d->library,
		.log = d->log,
		.config_path = d->is_demo ? d->options->config_path : d->config_path.p,
		.boards_dir = d->boards_dir.n ? d->boards_dir.p : NULL,
		.config_stamp = d->config_stamp,
		.boards_stamp = d->boards_stamp,
		.keychain = &d->keychain,
		.shows_codes = true,
		.by = d->options->is_read_only ? NULL : env_user(),
		.shows_changes = true,
		.is_first = d->is_first,
		.is_demo = d->is_demo,
		.has_past = d->is_demo,
		.has_sim_apart = true,
		.seed = d->options->world.seed,
		.speed = d->options->world.speed,
		.faults = d->options->world.faults,
		.n_faults = d->options->world.n_faults,
		.as = d->options->world.as,
	};

	d->worker = worker_start(&options, wake_fd_raise, &d->news, err);
	if (!d->worker)
		return false;
	worker_want(d->worker, (const char *const *)d->wanted.p, d->wanted.n);
	return true;
}

static void note_problem(const struct err *err, void *ctx)
{
	struct deck *d = ctx;

	log_line(d->log, LOG_WARN, "boards", "%s", err->text);
	app_note(d->app, err);
}

void deck_read_boards(struct deck *d)
{
	struct library *past = d->library;

	d->boards_stamp = file_stamp(d->boards_dir.p, ".json");
	d->library = library_new(d->boards_dir.p, note_problem, d);
	app_set_library(d->app, d->library);
	library_free(past); /* what is on the screen holds its definition */
}

/* A worker of the new files takes over; what is on the screen stays until it has
 * newer. The worker has seen that the configuration can be had. */
static void begin_anew(struct deck *d, const char *why)
{
	struct err err;

	worker_stop(d->worker);
	d->worker = NULL;
	log_line(d->log, LOG_INFO, "deck", "%s", why);
	app_end_first(d->app);
	app_say(d->app, why); /* what is wrong with a board says so over it */
	deck_read_boards(d);
	if (!deck_start_worker(d, &err)) {
		app_note(d->app, &err);
		return;
	}
	app_restate_wanted(d->app);
	app_reopen_logs(d->app);
}

/* How the deck looks and where its boards are; what it was told on the command line
 * stands above the file. */
static void apply_config(struct deck *d)
{
	struct err err;
	uint64_t stamp = file_stamp(d->config_path.p, NULL);
	struct config *config = config_load(d->config_path.p, &err);

	d->config_stamp = stamp;
	if (!config) {
		app_note(d->app, &err);
		return;
	}
	if (config->theme && !d->options->theme &&
	    !deck_set_theme(d, config->theme, &err))
		app_note(d->app, &err);
	if (config->keymap && !d->options->keymap &&
	    !deck_set_keymap(d, config->keymap, &err))
		app_note(d->app, &err);
	strbuf_reset(&d->boards_dir);
	if (config->boards_dir)
		strbuf_puts(&d->boards_dir, config->boards_dir);
	else
		env_config_path(&d->boards_dir, "boards");
	app_set_workloads(d->app, config->workloads, config->n_workloads);
	app_set_log_sources(d->app, config->log_sources, config->n_log_sources);
	config_free(d->config);
	d->config = config;
}

/* The worker goes on with what it has written; so does the deck. */
static void take_first(struct deck *d, struct first_news *news)
{
	bool is_written = news->kind == FIRST_WRITTEN && news->err.code == ERR_NONE;
	char text[200];

	app_give_first(d->app, news);
	if (!is_written)
		return;
	d->is_first = false;
	apply_config(d);
	app_first_written(d->app);
	snprintf(text, sizeof(text), "written; an edit is read at once: %.140s",
		 d->config_path.p);
	app_say(d->app, text);
}

static void take_logs(struct deck *d)
{
	struct mail *mail = log_thread_news(d->logs);

	while (mail) {
		struct mail *next = mail->next;

		app_give_log(d->app, (struct log_news *)mail);
		mail = next;
	}
}

static void take_stream(struct deck *d, struct news *news)
{
	app_give_stream(d->app, news->request_id, &news->stream, news->ring);
}

static void take_chat(struct deck *d, struct news *news)
{
	struct chat_news *chat = news_take_chat(news);

	app_give_chat(d->app, chat);
	chat_news_free(chat);
}

void deck_take_news(struct deck *d)
{
	struct mail *mail;
	bool has_new_config = false, has_new_boards = false;

	wake_fd_clear(&d->news);
	if (d->logs) {
		take_logs(d);
		return;
	}
	for (mail = worker_news(d->worker); mail;) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;

		d->n_news++;
		if (mail->kind == NEWS_BOARD)
			app_give_board(d->app, news_take_board(news));
		else if (mail->kind == NEWS_MOMENT)
			app_moved(d->app, &news->moment);
		else if (mail->kind == NEWS_PROBLEM || mail->kind == NEWS_NOTE)
			app_note(d->app, &news->err);
		else if (mail->kind == NEWS_SIGN_IN)
			app_sign_in(d->app, &news->sign_in);
		else if (mail->kind == NEWS_PLAN)
			app_give_plan(d->app, news->request_id, news_take_plan(news),
				      news->needs_second, &news->err);
		else if (mail->kind == NEWS_CHANGE)
			app_change_answered(d->app, news->request_id, &news->err);
		else if (mail->kind == NEWS_CHANGES)
			app_give_changes(d->app, news_take_changes(news));
		else if (mail->kind == NEWS_KEPT)
			app_kept(d->app, &news->err);
		else if (mail->kind == NEWS_LOG)
			app_give_log(d->app, news_take_log(news));
		else if (mail->kind == NEWS_CHAT)
			take_chat(d, news);
		else if (mail->kind == NEWS_STREAM)
			take_stream(d, news);
		else if (mail->kind == NEWS_FIRST)
			take_first(d, news_take_first(news));
		has_new_config = has_new_config || mail->kind == NEWS_CONFIG;
		has_new_boards = has_new_boards || mail->kind == NEWS_LIBRARY;
		mail->free(mail);
		mail = next;
	}
	if (has_new_config) {
		d->is_first = false;
		apply_config(d);
	}
	if (has_new_config || has_new_boards)
		begin_anew(d, has_new_config ? "the configuration was read again"
					     : "the boards were read again");
}

void deck_first(void *ctx, struct first_order *order)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_first(d->worker, order);
	else
		first_order_free(order);
}

/* In place of the first run, until azdeck ends. */
void deck_demo(void *ctx)
{
	struct deck *d = ctx;
	struct err err;

	worker_stop(d->worker);
	d->worker = NULL;
	d->is_first = false;
	d->is_demo = true;
	app_set_demo(d->app);
	config_free(d->config);
	d->config = config_demo();
	app_set_workloads(d->app, d->config->workloads, d->config->n_workloads);
	app_set_log_sources(d->app, d->config->log_sources, d->config->n_log_sources);
	if (!deck_start_worker(d, &err))
		app_note(d->app, &err);
	app_end_first(d->app);
}

void deck_log(void *ctx, struct log_order *order)
{
	struct deck *d = ctx;

	if (d->logs)
		log_thread_order(d->logs, order);
	else if (d->worker)
		worker_log(d->worker, order);
	else
		log_order_free(order);
}

uint64_t deck_plan(void *ctx, const char *action, const char *target,
		   const char *const *inputs, size_t n)
{
	struct deck *d = ctx;

	return d->worker ? worker_plan(d->worker, action, target, inputs, n) : 0;
}

uint64_t deck_change(void *ctx, enum change_ask what, const char *id, const char *word)
{
	struct deck *d = ctx;

	if (!d->worker)
		return 0;
	switch (what) {
	case ASK_PROPOSE:
		return worker_propose(d->worker, id);
	case ASK_APPROVE:
		return worker_change_approve(d->worker, id, word);
	case ASK_RUN:
		return worker_change_run(d->worker, id);
	case ASK_STOP:
		return worker_change_stop(d->worker, id);
	case ASK_REJECT:
		return worker_change_reject(d->worker, id, word);
	case ASK_FORGET:
		return worker_change_forget(d->worker, id);
	}
	return 0;
}

void deck_keep(void *ctx, const char *name, const char *text)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_keep(d->worker, name, text);
}

uint64_t deck_follow(void *ctx, const char *source)
{
	struct deck *d = ctx;

	return d->worker ? worker_follow(d->worker,
					 &(struct follow_options){.source = source})
			 : 0;
}

void deck_unfollow(void *ctx, uint64_t id)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_unfollow(d->worker, id);
}

uint64_t deck_ask(void *ctx, const struct chat_question *question)
{
	struct deck *d = ctx;

	return d->worker ? worker_ask(d->worker, question) : 0;
}

void deck_ask_stop(void *ctx, uint64_t question)
{
	struct deck *d = ctx;

	if (d->worker)
		worker_ask_stop(d->worker, question);
}

uint64_t deck_chat_open(void *ctx, bool is_open)
{
	struct deck *d = ctx;

	return d->worker ? worker_chat_open(d->worker, is_open) : 0;
}

uint64_t deck_search_chats(void *ctx, const char *words)
{
	struct deck *d = ctx;

	return d->worker ? worker_search_chats(d->worker, words) : 0;
}

uint64_t deck_conversation(void *ctx, const char *name)
{
	struct deck *d = ctx;

	return d->worker ? worker_conversation(d->worker, name) : 0;
}

uint64_t deck_rate(void *ctx, uint64_t question, bool is_good, const char *why)
{
	struct deck *d = ctx;

	return d->worker ? worker_ask_rate(d->worker, question, is_good, why) : 0;
}

bool deck_begin_pager(struct deck *d, struct err *err)
{
	d->logs = log_thread_start(d->options->clock, wake_fd_raise, &d->news, err);
	if (!d->logs)
		return false;
	app_begin_pager(d->app, d->options->pager);
	return true;
}
