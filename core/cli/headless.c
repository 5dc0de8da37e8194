/* See headless.h. */
#include "cli/headless.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/boards.h"
#include "cli/prompt.h"

enum { HINT_MS = 2000 };

void headless_init(struct headless *h, const struct headless_options *options)
{
	*h = (struct headless){.options = *options,
			       .library = cli_library(options->config),
			       .wake = {-1, -1}};
	keychain_init(&h->keychain);
	strbuf_init(&h->config_path, 4096);
	config_put_path(&h->config_path, options->config);
	if (options->is_demo)
		cli_world_clock(options->world, &h->clock);
	else
		clock_init_real(&h->clock);
}

bool headless_read_config(struct headless *h, struct err *err)
{
	if (h->config)
		return true;
	h->config =
		h->options.is_demo ? config_demo() : config_load(h->config_path.p, err);
	if (!h->config && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_CONFIG,
			"there is no configuration (%s); azdeck on a terminal offers to "
			"write one, or use --demo",
			h->config_path.p);
	return h->config != NULL;
}

bool headless_start(struct headless *h, struct err *err)
{
	const struct headless_options *o = &h->options;
	const struct worker_options options = {.library = h->library,
					       .clock = &h->clock,
					       .config_path = o->is_demo
								      ? NULL
								      : h->config_path.p,
					       .keychain = &h->keychain,
					       .is_demo = o->is_demo,
					       .asks_once = true,
					       .by = o->by,
					       .shows_changes = o->shows_changes,
					       .optional_ms = o->optional_ms,
					       .seed = o->world->seed,
					       .speed = o->world->speed,
					       .faults = o->world->faults,
					       .n_faults = o->world->n_faults,
					       .as = o->world->as};

	/* The passphrase of the key is asked for here: the worker cannot. */
	if (!headless_read_config(h, err) ||
	    (!o->is_demo && !cli_unlock(&h->keychain, err)))
		return false;
	if (!wake_fd_init(&h->wake))
		return err_set(err, ERR_INTERNAL, "cannot make a pipe");
	h->worker = worker_start(&options, wake_fd_raise, &h->wake, err);
	return h->worker != NULL;
}

void headless_tell_note(const struct news *news)
{
	if (news->mail.kind == NEWS_NOTE)
		fprintf(stderr, "azdeck: %s\n", news->err.text);
}

static struct news *take_next(struct headless *h)
{
	if (h->now)
		h->now->free(h->now);
	h->now = h->news;
	if (h->now)
		h->news = h->now->next;
	return (struct news *)h->now;
}

void headless_fini(struct headless *h)
{
	const struct news *news;

	while (take_next(h))
		;
	if (h->worker) {
		worker_finish(h->worker);
		h->news = worker_news(h->worker);
		while ((news = take_next(h)))
			headless_tell_note(news);
		worker_stop(h->worker);
	}
	if (h->wake.read_fd >= 0)
		wake_fd_fini(&h->wake);
	keychain_fini(&h->keychain);
	strbuf_fini(&h->config_path);
	config_free(h->config);
	library_free(h->library);
}

static bool wait_ms(struct headless *h, bool for_news, int ms)
{
	struct pollfd fds[] = {{.fd = h->options.needs_reader ? STDOUT_FILENO : -1},
			       {.fd = for_news ? h->wake.read_fd : -1, .events = POLLIN}};

	poll(fds, 2, ms);
	return !(fds[0].revents & POLLERR);
}

void headless_waits_for(struct headless *h, const char *what)
{
	h->waits_for = what;
	h->hint_ms = clock_mono_ms(&h->clock) + HINT_MS;
}

/* How long to wait before it is said what for; -1: it was said, or is not to be. */
static int until_hint_ms(struct headless *h)
{
	int64_t left;

	if (!h->waits_for)
		return -1;
	left = h->hint_ms - clock_mono_ms(&h->clock);
	if (left > 0)
		return (int)left;
	fprintf(stderr, "azdeck: waiting for %s\n", h->waits_for);
	h->waits_for = NULL;
	return -1;
}

struct news *headless_next(struct headless *h)
{
	while (!h->news && wait_ms(h, true, until_hint_ms(h))) {
		wake_fd_clear(&h->wake);
		h->news = worker_news(h->worker);
	}
	return take_next(h);
}

bool headless_pause(struct headless *h, int ms)
{
	return wait_ms(h, false, ms);
}

bool headless_has_come(const struct news *news, const char *board)
{
	return news->mail.kind == NEWS_BOARD && !news->board->is_loading &&
	       !news->board->is_filling && strcmp(news->board->def->name, board) == 0;
}

struct board *headless_board(struct headless *h, const char *name, struct err *err)
{
	struct board *board = NULL;
	struct news *news;

	err_clear(err);
	while ((!board || h->news) && err->code == ERR_NONE &&
	       (news = headless_next(h))) {
		if (news->mail.kind == NEWS_PROBLEM)
			*err = news->err;
		headless_tell_note(news);
		if (headless_has_come(news, name)) {
			board_put(board);
			board = news_take_board(news);
		}
	}
	return board;
}
