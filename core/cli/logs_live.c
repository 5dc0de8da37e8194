/* `azdeck logs --source`: live lines, out of the same worker as the deck's. What it says
 * of a stream goes to standard error; lines are all that is printed. Thread: the main
 * thread. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "board/def.h"
#include "cli/boards.h"
#include "cli/cli.h"
#include "cli/logs_run.h"
#include "cli/prompt.h"
#include "config/config.h"
#include "worker/follow.h"

/* More than is printed while the next lines come. */
enum { RING_BYTES = 64 << 20, NAME_BYTES = 600 };

struct live_logs {
	struct logs *l;
	struct clock clock;
	struct worker *worker;
	struct wake_fd wake;
	uint64_t id;
	struct ring *ring; /* NULL: not yet */
	uint64_t next;	   /* the number of the line that is printed next */
	uint64_t lost;
	struct live_status status;
	char note[LIVE_NOTE_BYTES]; /* that was told last */
	uint64_t gaps;
	enum err_code told; /* why it waits, as told last */
	bool is_over;
};

static void say(struct live_logs *v, const char *text)
{
	logs_write_out(v->l);
	fprintf(stderr, "azdeck: logs: %s\n", text);
}

static void print_lines(struct live_logs *v)
{
	static char name[NAME_BYTES];
	struct ring_view view;
	struct line line;

	if (!v->ring || ring_published(v->ring) == v->next)
		return;
	ring_view_take(v->ring, &view);
	if (view.first > v->next) {
		v->lost += view.first - v->next;
		v->next = view.first;
	}
	for (; v->next < view.end && v->l->has_reader; v->next++) {
		if (!ring_view_line(&view, v->next, &line))
			continue;
		snprintf(name, sizeof(name), "%.*s", STR_ARG(line.source));
		v->l->name = name;
		logs_take_line(v->l, &line);
	}
	ring_view_drop(&view);
	v->l->name = v->l->request->source;
	if (v->l->request->mode == LOGS_LINES)
		logs_write_out(v->l);
}

/* What is not as it should be, each time it is something else. */
static void tell_changes(struct live_logs *v)
{
	const struct live_status *s = &v->status;

	if (s->note[0] && strcmp(s->note, v->note) != 0)
		say(v, s->note);
	snprintf(v->note, sizeof(v->note), "%s", s->note);
	if (s->gaps > v->gaps)
		say(v, "lines are missing here: they were gone before they could be "
		       "read");
	v->gaps = s->gaps;
	if (s->state == LIVE_WAITING && s->err.code != v->told && s->err.code != ERR_NONE)
		say(v, s->err.text);
	v->told = s->err.code;
}

static void take_stream(struct live_logs *v, struct news *news)
{
	struct ring *ring = news_take_ring(news);

	if (ring)
		v->ring = ring;
	v->status = news->stream;
	print_lines(v);
	tell_changes(v);
	v->is_over = v->status.state == LIVE_ENDED || v->status.state == LIVE_FAILED;
}

static void take_news(struct live_logs *v)
{
	struct mail *mail;

	wake_fd_clear(&v->wake);
	for (mail = worker_news(v->worker); mail;) {
		struct mail *next = mail->next;
		struct news *news = (struct news *)mail;

		if (mail->kind == NEWS_STREAM && news->request_id == v->id) {
			take_stream(v, news);
		} else if (mail->kind == NEWS_PROBLEM && !v->is_over) {
			v->status.err = news->err;
			v->is_over = true;
		} else if (mail->kind == NEWS_NOTE) {
			say(v, news->err.text);
		}
		mail->free(mail);
		mail = next;
	}
}

static void wait_for_news(struct live_logs *v)
{
	struct pollfd fds[] = {{.fd = STDOUT_FILENO},
			       {.fd = v->wake.read_fd, .events = POLLIN}};

	poll(fds, 2, -1);
	if (fds[0].revents & POLLERR)
		v->l->has_reader = false;
}

static void follow(struct live_logs *v)
{
	const struct logs_request *r = v->l->request;
	struct follow_options options = {.source = r->source,
					 .since_ms = r->since_ms,
					 .until_ms = r->until_ms,
					 .is_once = !r->is_follow,
					 .max_bytes = RING_BYTES};

	/* The same lines, however long the start takes. */
	if (r->is_demo && r->world.at_ms && !r->is_follow && !r->until_ms)
		options.until_ms = r->world.at_ms;
	v->id = worker_follow(v->worker, &options);
	while (!v->is_over && v->l->has_reader) {
		wait_for_news(v);
		take_news(v);
	}
	print_lines(v);
	if (v->lost) {
		char text[120];

		snprintf(text, sizeof(text),
			 "%" PRIu64 " lines are left out: they came faster than they "
			 "could be printed",
			 v->lost);
		say(v, text);
	}
}

static void run_worker(struct live_logs *v, const struct worker_options *options)
{
	struct err err;

	if (!wake_fd_init(&v->wake)) {
		err_set(&err, ERR_INTERNAL, "cannot make a pipe");
		logs_fail(v->l, &err);
		return;
	}
	v->worker = worker_start(options, wake_fd_raise, &v->wake, &err);
	if (!v->worker) {
		logs_fail(v->l, &err);
		return;
	}
	follow(v);
	worker_stop(v->worker);
	wake_fd_fini(&v->wake);
	if (v->is_over && v->status.err.code != ERR_NONE)
		logs_fail(v->l, &v->status.err);
	v->l->has_names = false; /* there is one source */
	if (v->l->request->mode == LOGS_COUNT)
		logs_put_count(v->l);
	ring_free(v->ring);
}

/* The passphrase of the key is asked for here: the worker cannot. */
static void run_unlocked(struct live_logs *v, struct worker_options *options)
{
	struct keychain keychain;
	struct err err;

	keychain_init(&keychain);
	options->keychain = &keychain;
	if (cli_unlock(&keychain, &err))
		run_worker(v, options);
	else
		logs_fail(v->l, &err);
	keychain_fini(&keychain);
}

void logs_live(struct logs *l)
{
	const struct logs_request *r = l->request;
	struct live_logs v = {.l = l};
	struct library *library = cli_library(r->config);
	struct worker_options options = {.library = library,
					 .clock = &v.clock,
					 .is_demo = r->is_demo,
					 .seed = r->world.seed,
					 .speed = r->world.speed,
					 .faults = r->world.faults,
					 .n_faults = r->world.n_faults};
	struct strbuf path;
	struct err err;

	l->name = r->source;
	strbuf_init(&path, 4096);
	config_put_path(&path, r->config);
	options.config_path = path.p;
	if (r->is_demo)
		cli_world_clock(&r->world, &v.clock);
	else
		clock_init_real(&v.clock);
	if (r->is_demo) {
		run_worker(&v, &options);
	} else if (access(path.p, R_OK) == 0) {
		run_unlocked(&v, &options);
	} else {
		err_set(&err, ERR_CONFIG,
			"there is no configuration (%s); azdeck on a terminal offers to "
			"write one, or use --demo",
			path.p);
		logs_fail(l, &err);
	}
	strbuf_fini(&path);
	library_free(library);
}
