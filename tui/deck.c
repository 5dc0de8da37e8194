/* See deck.h. The loop sleeps in poll() on the keyboard, the worker's news and
 * signals; whatever woke it, at most one frame is drawn. The first frame is on
 * the screen before the boards are read and the worker begins. */
#include "tui/deck_part.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/thread.h"
#include "base/xalloc.h"
#include "board/workload.h"
#include "cli/prompt.h"
#include "config/env.h"
#include "tui/outside.h"
#include "tui/signals.h"
#include "tui/term_restore.h"

enum { READ_BYTES = 8192, FIRST_FRAME_US = 30000 };

static void host_copy(void *ctx, struct str text)
{
	struct deck *d = ctx;
	struct err err;

	if (!term_copy(d->term, text)) {
		err_set(&err, ERR_TOO_LARGE,
			"too long for the clipboard; copy a row or a cell");
		app_note(d->app, &err);
	}
}

bool deck_set_theme(void *ctx, const char *name, struct err *err)
{
	struct deck *d = ctx;
	struct theme *theme = theme_load(name, d->themes_dir.p, err);

	if (!theme)
		return false;
	term_set_theme(d->term, theme);
	theme_free(d->theme);
	d->theme = theme;
	return true;
}

bool deck_set_keymap(void *ctx, const char *name, struct err *err)
{
	struct deck *d = ctx;
	struct keymap *keymap = keymap_load(name, d->keymaps_dir.p, err);

	if (!keymap)
		return false;
	app_set_keymap(d->app, keymap);
	keymap_free(d->keymap);
	d->keymap = keymap;
	return true;
}

static void host_set_mouse(void *ctx, bool is_on)
{
	term_set_mouse(((struct deck *)ctx)->term, is_on);
}

static void resize(struct deck *d)
{
	int w, h;

	term_size(d->term, &w, &h);
	if (w != grid_width(d->grid) || h != grid_height(d->grid))
		grid_resize(d->grid, w, h);
	/* There and back before we looked: the size is the old one, the terminal's
	 * cells are not. */
	term_forget(d->term);
	app_event(d->app, &(struct event){.kind = EVENT_RESIZE, .w = w, .h = h});
}

static void come_back(struct deck *d)
{
	term_enter(d->term);
	resize(d);
}

static void host_suspend(void *ctx)
{
	struct deck *d = ctx;

	term_leave(d->term);
	signals_stop();
	come_back(d);
}

static bool host_edit(void *ctx, const char *text, struct strbuf *out, struct err *err)
{
	struct deck *d = ctx;
	bool ok;

	term_leave(d->term);
	ok = outside_edit(text, out, err);
	come_back(d);
	return ok;
}

static void host_redraw(void *ctx)
{
	term_forget(((struct deck *)ctx)->term);
}

/* Draws when something changed and the line has taken the frame before. */
static void draw(struct deck *d)
{
	/* A frame that was held back must not wait for another reason to draw. */
	if (!term_takes_frame(d->term) && !term_drain(d->term))
		d->is_lost = true;
	if (app_needs_draw(d->app) && term_takes_frame(d->term)) {
		app_draw(d->app, d->grid);
		term_draw(d->term, d->grid);
	}
	if (!term_drain(d->term))
		d->is_lost = true;
	/* What tests and bug reports wait for: all that came is on the screen. */
	if (d->n_shown != d->n_news && term_takes_frame(d->term)) {
		d->n_shown = d->n_news;
		log_line(d->log, LOG_DEBUG, "deck", "shows news %" PRIu64, d->n_shown);
	}
}

static void read_keys(struct deck *d)
{
	char bytes[READ_BYTES];
	ssize_t n;

	do {
		n = read(term_fd(d->term), bytes, sizeof(bytes));
		if (n > 0)
			input_feed(&d->input, (struct str){bytes, (size_t)n});
	} while (n == (ssize_t)sizeof(bytes));
	/* Nothing there is 0 here (VMIN is), for a key that another process took or a
	 * flush dropped; that the terminal is gone poll() says. */
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		d->is_lost = true;
}

static void take_events(struct deck *d, bool is_idle)
{
	int64_t now = clock_mono_us() / 1000;
	struct event event;

	while (!app_is_done(d->app) && input_next(&d->input, is_idle, now, &event)) {
		if (d->worker)
			worker_touched(d->worker);
		app_event(d->app, &event);
	}
	if (d->input.reports & REPORT_SYNC) {
		d->input.reports = 0;
		term_has_sync(d->term);
	}
}

static void take_signals(struct deck *d)
{
	struct signals seen = signals_read();

	if (seen.end)
		d->end_signal = seen.end;
	if (seen.is_stopped)
		host_suspend(d);
	if (seen.is_continued)
		come_back(d);
	if (seen.is_resized)
		resize(d);
}

/* Milliseconds poll may sleep; -1: until something comes. */
static int sleep_ms(const struct deck *d)
{
	int64_t due = app_next_tick_ms(d->app), now = clock_mono_us() / 1000;

	if (input_is_pending(&d->input))
		return INPUT_ESCAPE_MS;
	if (due < 0)
		return -1;
	return due <= now ? 0 : due - now > 3600000 ? 3600000 : (int)(due - now);
}

static void turn(struct deck *d)
{
	struct pollfd fds[] = {
		{.fd = term_fd(d->term), .events = POLLIN},
		{.fd = d->news.read_fd, .events = POLLIN},
		{.fd = d->signal_fd, .events = POLLIN},
	};
	int n;

	if (!term_is_drained(d->term))
		fds[0].events |= POLLOUT;
	n = poll(fds, 3, sleep_ms(d));
	if (n < 0 && errno != EINTR)
		d->is_lost = true;
	if (fds[0].revents & (POLLERR | POLLHUP | POLLNVAL))
		d->is_lost = true;
	if (fds[0].revents & POLLIN)
		read_keys(d);
	take_events(d, n == 0);
	if (fds[1].revents & POLLIN)
		deck_take_news(d);
	if (fds[2].revents & POLLIN)
		take_signals(d);
	if (n == 0)
		app_tick(d->app);
	draw(d);
}

/* Without a configuration there is nothing to connect to yet. */
static bool read_config(struct deck *d, struct err *err)
{
	if (d->options->config_path)
		strbuf_puts(&d->config_path, d->options->config_path);
	else
		env_config_path(&d->config_path, "config.json");
	env_config_path(&d->themes_dir, "themes");
	env_config_path(&d->keymaps_dir, "keymaps");
	env_config_path(&d->boards_dir, "boards");
	if (d->options->is_demo) {
		d->config = d->options->config_path ? config_load(d->config_path.p, err)
						    : config_demo();
		return d->config != NULL;
	}
	if (d->options->pager)
		return true;
	d->config_stamp = file_stamp(d->config_path.p, NULL);
	d->config = config_load(d->config_path.p, err);
	if (d->config && d->config->boards_dir) {
		strbuf_reset(&d->boards_dir);
		strbuf_puts(&d->boards_dir, d->config->boards_dir);
	}
	if (d->config || err->code != ERR_NOT_FOUND)
		return d->config != NULL;
	/* One that was named and is not there is a mistake, not a first run. */
	d->is_first = !d->options->config_path && d->config_path.n > 0 &&
		      isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	if (d->is_first)
		return true;
	return err_set(
		err, ERR_CONFIG,
		"there is no configuration yet (%s): run azdeck on a terminal to sign in "
		"and have one written, `azdeck --demo` for a simulated Azure",
		d->config_path.p);
}

static bool load_look(struct deck *d, struct err *err)
{
	const struct deck_options *o = d->options;
	const char *theme = o->theme, *keymap = o->keymap;

	if (!theme)
		theme = d->config && d->config->theme ? d->config->theme : "dark";
	if (!keymap)
		keymap = d->config && d->config->keymap ? d->config->keymap : "default";
	d->theme = theme_load(theme, d->themes_dir.p, err);
	if (!d->theme)
		return false;
	d->keymap = keymap_load(keymap, d->keymaps_dir.p, err);
	return d->keymap != NULL;
}

static bool open_log(struct deck *d, struct err *err)
{
	d->log = log_new(d->options->log_path, LOG_DEBUG, err);
	return d->log != NULL;
}

static struct app_host host_of(struct deck *d)
{
	return (struct app_host){
		.want = deck_want,
		.refresh = deck_refresh,
		.acknowledge = deck_acknowledge,
		.go = deck_go,
		.step = deck_step,
		.copy = host_copy,
		.set_theme = deck_set_theme,
		.set_keymap = deck_set_keymap,
		.set_mouse = host_set_mouse,
		.suspend = host_suspend,
		.redraw = host_redraw,
		.first = deck_first,
		.demo = deck_demo,
		.log = deck_log,
		.plan = deck_plan,
		.change = deck_change,
		.keep = deck_keep,
		.follow = deck_follow,
		.unfollow = deck_unfollow,
		.ask = deck_ask,
		.ask_stop = deck_ask_stop,
		.chat_open = deck_chat_open,
		.conversation = deck_conversation,
		.search_chats = deck_search_chats,
		.rate = deck_rate,
		.edit = host_edit,
		.ctx = d,
	};
}

static bool open_screen(struct deck *d, struct err *err)
{
	const struct deck_options *o = d->options;
	const bool has_mouse = !o->has_no_mouse && (!d->config || d->config->has_mouse);
	const bool is_ascii =
		o->is_ascii || (d->config && d->config->is_ascii) || !env_is_utf8();
	const struct term_options term = {
		.theme = d->theme,
		.has_mouse = has_mouse,
		.term = env_get("TERM"),
		.color_term = env_get("COLORTERM"),
		.is_colorless = o->is_plain || env_get("NO_COLOR"),
		.is_ascii = is_ascii,
	};
	const struct app_options app = {
		.clock = o->clock,
		.keymap = d->keymap,
		.theme_name = theme_name(d->theme),
		.is_ascii = is_ascii,
		.is_demo = o->is_demo,
		.is_read_only =
			o->is_read_only || (d->config && d->config->actions.is_off),
		.has_mouse = has_mouse,
		.is_pager = o->pager != NULL,
	};
	const struct app_host host = host_of(d);
	int w, h;

	d->term = term_open(&term, err);
	if (!d->term)
		return false;
	xalloc_on_fatal(term_restore_now);
	term_size(d->term, &w, &h);
	d->grid = grid_new(w, h);
	d->app = app_new(&app, &host);
	if (d->config) {
		app_set_workloads(d->app, d->config->workloads, d->config->n_workloads);
		app_set_log_sources(d->app, d->config->log_sources,
				    d->config->n_log_sources);
	}
	if (d->is_first)
		app_begin_first(d->app, d->config_path.p);
	app_event(d->app, &(struct event){.kind = EVENT_RESIZE, .w = w, .h = h});
	return true;
}

/* A passphrase is asked for while the terminal is still the shell's. */
static bool unlock(struct deck *d, struct err *err)
{
	keychain_init(&d->keychain);
	return d->options->is_demo || d->options->pager || cli_unlock(&d->keychain, err);
}

static bool set_up(struct deck *d, struct err *err)
{
	if (!open_log(d, err) || !read_config(d, err) || !load_look(d, err) ||
	    !unlock(d, err))
		return false;
	d->signal_fd = signals_open();
	if (d->signal_fd < 0 || !wake_fd_init(&d->news))
		return err_errno(err, ERR_INTERNAL, errno, "cannot make a pipe");
	return open_screen(d, err);
}

/* The screen is back and nothing writes to the log any more: what it lacks, once. */
static void tell_lost_log_lines(const struct deck *d)
{
	unsigned long lost = log_dropped(d->log);

	if (lost)
		fprintf(stderr,
			"azdeck: %lu line%s of the log could not be written: %s\n", lost,
			lost == 1 ? "" : "s", d->options->log_path);
}

static void tear_down(struct deck *d)
{
	char **name;

	/* The user gets the terminal back before anything that may take time. */
	term_close(d->term);
	worker_stop(d->worker);
	d->worker = NULL;
	log_thread_stop(d->logs);
	d->logs = NULL;
	app_free(d->app);
	grid_free(d->grid);
	input_fini(&d->input);
	keymap_free(d->keymap);
	theme_free(d->theme);
	library_free(d->library);
	config_free(d->config);
	keychain_fini(&d->keychain);
	tell_lost_log_lines(d);
	log_free(d->log);
	vec_each (name, &d->wanted)
		free(*name);
	vec_fini(&d->wanted);
	strbuf_fini(&d->config_path);
	strbuf_fini(&d->themes_dir);
	strbuf_fini(&d->keymaps_dir);
	strbuf_fini(&d->boards_dir);
}

static bool begin(struct deck *d, struct err *err)
{
	draw(d);
	deck_read_boards(d);
	return deck_start_worker(d, err);
}

/* The first frame has the lines in it, if they are as quick as files are. */
static bool begin_pager(struct deck *d, struct err *err)
{
	int64_t until = clock_mono_us() + FIRST_FRAME_US;

	if (!deck_begin_pager(d, err))
		return false;
	app_draw(d->app, d->grid);
	while (app_waits_for_log(d->app) && clock_mono_us() < until) {
		struct pollfd news = {.fd = d->news.read_fd, .events = POLLIN};

		if (poll(&news, 1, 5) > 0)
			deck_take_news(d);
		app_draw(d->app, d->grid);
	}
	app_redraw(d->app);
	draw(d);
	return true;
}

int deck_run(const struct deck_options *options)
{
	struct deck d = {.options = options,
			 .is_demo = options->is_demo,
			 .signal_fd = -1};
	struct err err;
	bool ok;
	int code = 0;

	thread_claim(THREAD_UI);
	strbuf_init(&d.config_path, 4096);
	strbuf_init(&d.themes_dir, 4096);
	strbuf_init(&d.keymaps_dir, 4096);
	strbuf_init(&d.boards_dir, 4096);
	input_init(&d.input);
	ok = set_up(&d, &err);
	if (ok)
		ok = options->pager ? begin_pager(&d, &err) : begin(&d, &err);
	while (ok && !app_is_done(d.app) && !d.end_signal && !d.is_lost)
		turn(&d);
	tear_down(&d);
	if (!ok) {
		fprintf(stderr, "azdeck: %s\n", err.text);
		code = err_exit_code(err.code);
	}
	if (d.is_lost && !d.end_signal)
		d.end_signal = SIGHUP; /* as the kernel would have told us */
	if (d.end_signal)
		signals_die(d.end_signal);
	return code;
}
