/* See worker.h. Everything slow (curl, TLS, the simulator, files) begins on the
 * thread, after the caller has drawn. */
#include "worker/worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/file.h"
#include "base/resident.h"
#include "base/thread.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "config/env.h"
#include "worker/configured.h"
#include "worker/derived.h"
#include "worker/worker_part.h"

/* By then the boards of one wave have come. */
enum { SETTLE_MS = 2000 };

/* So often it is put off for somebody who types. */
enum { DISTURBED_MOST = 15 };

/* Few enough that what is on the screen comes before what is behind it, enough that nobody
 * waits for the line. */
enum { BOARDS_AT_ONCE = 6 };

/* The log has one line for each, and one when the deck has drawn it. */
void worker_tell(struct worker *w, struct news *news)
{
	log_line(w->options.log, LOG_DEBUG, "worker", "tells news");
	mailbox_post(w->news, &news->mail);
}

void worker_tell_problem(struct worker *w, uint64_t request_id, const struct err *err)
{
	struct news *news = news_new(NEWS_PROBLEM);

	news->request_id = request_id;
	news->err = *err;
	log_line(w->options.log, LOG_ERROR, "worker", "%s", err->text);
	worker_tell(w, news);
}

static void tell_log(void *ctx, struct log_news *log)
{
	struct news *news = news_new(NEWS_LOG);

	news->log = log;
	worker_tell(ctx, news);
}

const struct connection *worker_connection(void *worker, enum conn_kind kind, size_t i)
{
	return connections_find(&((struct worker *)worker)->access.connections, kind, i);
}

static void put_text(char *out, size_t size, struct str text)
{
	snprintf(out, size, "%.*s", STR_ARG(text));
}

static void tell_code(const char *credential, const struct credential_code *code,
		      void *ctx)
{
	struct worker *w = ctx;
	struct news *news = news_new(NEWS_SIGN_IN);
	struct sign_in *s = &news->sign_in;

	put_text(s->credential, sizeof(s->credential), str_from(credential));
	if (code) {
		put_text(s->code, sizeof(s->code), code->user_code);
		put_text(s->url, sizeof(s->url), code->url);
		s->until_ms = clock_wall_ms(w->options.clock) + code->lifetime_ms;
	}
	worker_tell(w, news);
}

static bool connect_demo(struct worker *w, struct err *err)
{
	const struct sim_options options = {
		.listen = "127.0.0.1:0",
		.seed = w->options.seed,
		.clock = w->options.clock,
		.is_private = true,
		.faults = w->options.faults,
		.n_faults = w->options.n_faults,
		.as = w->options.as,
		.model = w->options.has_sim_apart ? &w->apart_model.model
						  : &w->chat_model.model,
		.is_apart = w->options.has_sim_apart,
	};

	chat_model_init(&w->chat_model, &w->chat);
	apart_model_init(&w->apart_model, &w->chat_model.model, loop_wake, w->loop);
	return access_connect_demo(&w->access,
				   w->config_path ? config_load(w->config_path, err)
						  : config_demo(),
				   &options, err);
}

static bool connect_configured(struct worker *w, struct err *err)
{
	return access_connect(&w->access, configured_load(w->config_path, err), err);
}

/* NULL: nothing is asked that costs, or it is the demo. */
static struct spent *open_spent(const struct worker *w)
{
	struct strbuf path;
	struct spent *spent = NULL;

	strbuf_init(&path, 4096);
	env_state_path(&path, "spent.db");
	if (!w->options.is_demo && w->access.config->ai.n_providers && path.n &&
	    !path.overflow)
		spent = spent_new(w->loop, path.p, w->options.log);
	strbuf_fini(&path);
	return spent;
}

/* NULL: dear answers are not kept from one start to the next. */
static const char *answers_dir(const struct worker *w, struct strbuf *out)
{
	strbuf_init(out, 4096);
	if (w->options.is_demo || !w->access.config->keeps_answers)
		return NULL;
	env_state_path(out, "answers");
	return out->n && !out->overflow ? out->p : NULL;
}

/* A bad edit changes nothing but says what is wrong with it: what is there goes on.
 * Credentials are made to see whether they can be, and ask nobody. */
static void config_changed(void *ctx)
{
	struct worker *w = ctx;
	struct connections scratch = {0};
	struct err err;
	struct config *config = configured_load(w->config_path, &err);

	if (config && connections_from_config(&scratch, &w->access.host, config, &err)) {
		worker_tell(w, news_new(NEWS_CONFIG));
	} else if (w->poller || err.code != ERR_NOT_FOUND) {
		err_wrap(&err, "the edit is left out");
		worker_tell_problem(w, 0, &err);
	}
	connections_fini(&scratch);
	config_free(config);
}

static void boards_changed(void *ctx)
{
	worker_tell(ctx, news_new(NEWS_LIBRARY));
}

static void watch_config(struct worker *w)
{
	const char *slash = w->config_path ? strrchr(w->config_path, '/') : NULL;
	char *dir;

	if (!slash)
		return;
	dir = xstrndup(w->config_path, (size_t)(slash - w->config_path));
	w->config_watch = watch_new(w->loop, dir, slash + 1, config_changed, w);
	if (w->config_watch && (w->options.config_stamp || w->first) &&
	    file_stamp(w->config_path, NULL) != w->options.config_stamp)
		config_changed(w);
	free(dir);
}

static void watch_files(struct worker *w)
{
	if (w->boards_dir)
		w->boards_watch =
			watch_new(w->loop, w->boards_dir, NULL, boards_changed, w);
	if (w->boards_watch &&
	    file_stamp(w->boards_dir, ".json") != w->options.boards_stamp)
		boards_changed(w);
	watch_config(w);
}

void worker_touched(struct worker *w)
{
	counter_add(&w->touches, 1);
}

static void give_back(void *ctx)
{
	(void)ctx;
	resident_give_back();
}

static void trim(void *ctx)
{
	(void)ctx;
	resident_trim();
}

static void gave_back(void *ctx)
{
	(void)ctx;
}

/* It looks through all that is mapped, which takes longer than the loop may be held. The
 * heap is locked meanwhile, and pages of the program come back one by one when they are
 * touched again: whoever types would feel both, and is waited for. */
static void settled(void *ctx)
{
	struct worker *w = ctx;
	unsigned long touches = counter_get(&w->touches);
	bool is_alone = touches == w->touches_seen;

	w->settling = NULL;
	w->touches_seen = touches;
	if (!is_alone && ++w->n_disturbed < DISTURBED_MOST) {
		worker_settle(w);
		return;
	}
	w->n_disturbed = 0;
	loop_work(w->loop, is_alone ? give_back : trim, gave_back, w);
}

void worker_settle(void *worker)
{
	struct worker *w = worker;

	if (w->settling || w->options.asks_once)
		return;
	w->settling = loop_timer_start(w->loop, SETTLE_MS, settled, w);
}

static void heard(void *ctx)
{
	api_local_again(((struct worker *)ctx)->api);
}

/* The connections are there: boards can be asked for. */
static bool begin(struct worker *w, struct err *err)
{
	struct poller_options poller = {
		.loop = w->loop,
		.api = w->api,
		.library = w->options.library,
		.log = w->options.log,
		.speed = w->options.speed,
		.optional_ms = w->options.optional_ms,
		.connection = worker_connection,
		.publish = worker_publish,
		.begins = worker_seed,
		.swept = worker_settle,
		.at_once = w->options.asks_once ? 0 : BOARDS_AT_ONCE,
		.waits_for_seeds = w->options.asks_once,
		.ctx = w,
	};
	struct strbuf dir;

	if (!connections_to_self(&w->access.connections, &w->access.host, err))
		return false;
	poller.answers_dir = answers_dir(w, &dir);
	w->self = self_new(&(struct self_options){
		.loop = w->loop,
		.log = w->options.log,
		.library = w->options.library,
		.config = w->access.config,
		.rules = derive_rules,
		.asks_once = w->options.asks_once,
		.heard = heard,
		.ctx = w,
	});
	w->spent = open_spent(w);
	w->models = models_open(&w->access, w->spent, err);
	if (!w->models)
		return false;
	self_add_rows(w->self, "/ai", worker_model_rows, w);
	self_add_rows(w->self, "/plans", worker_plan_rows, w);
	w->audit = audit_look_new(
		&(struct audit_look_options){.loop = w->loop,
					     .keychain = &w->keychain,
					     .config = w->access.config,
					     .is_demo = w->options.is_demo});
	self_add_rows(w->self, "/audit", audit_look_rows, w->audit);
	self_add_rows(w->self, "/audit/entries", audit_look_entries, w->audit);
	self_add_rows(w->self, "/logs", worker_stream_rows, w);
	worker_open_past(w);
	api_set_local(w->api, self_answer, w->self);
	w->poller = poller_new(&poller);
	self_set_poller(w->self, w->poller);
	worker_open_live(w);
	if (w->options.by || w->options.shows_changes)
		worker_open_changes(w);
	worker_settle(w);
	strbuf_fini(&dir);
	watch_files(w);
	worker_tell(w, news_new(NEWS_READY));
	return true;
}

static void tell_first(void *ctx, struct first_news *first)
{
	struct news *news = news_new(NEWS_FIRST);

	news->first = first;
	worker_tell(ctx, news);
}

/* The configuration was just written: who has signed in for it is one of its
 * credentials, and from now on tokens are kept. */
static bool go_live(void *ctx, struct err *err)
{
	struct worker *w = ctx;
	struct credential *signed_in = first_take_credential(w->first);

	watch_free(w->config_watch);
	w->config_watch = NULL;
	w->options.config_stamp = file_stamp(w->config_path, NULL);
	if (signed_in)
		vec_push(&w->access.connections.credentials, signed_in);
	token_cache_hold(w->access.host.tokens, false);
	return connect_configured(w, err) && begin(w, err);
}

/* Nobody has signed in, and nothing may be kept of who does. */
static void wait_for_first(struct worker *w)
{
	token_cache_hold(w->access.host.tokens, true);
	w->first = first_new(&(struct first_host){.loop = w->loop,
						  .api = w->api,
						  .credentials = w->access.host,
						  .config_path = w->config_path,
						  .tell = tell_first,
						  .live = go_live,
						  .ctx = w});
	watch_config(w);
}

static bool set_up(struct worker *w, struct err *err)
{
	const struct credential_host host = {.tell_code = w->options.shows_codes
								  ? tell_code
								  : NULL,
					     .tell_ctx = w,
					     .loop = w->loop,
					     .log = w->options.log,
					     .keychain = &w->keychain};

	if (!access_init(&w->access, &host, err))
		return false;
	/* The demo has no secrets, and its crashes are worth a look. */
	if (!w->options.is_demo)
		access_open_tokens(&w->access, &w->keychain);
	w->api = api_new(w->access.host.http, w->loop, w->options.log);
	if (w->options.is_first) {
		wait_for_first(w);
		return true;
	}
	return (w->options.is_demo ? connect_demo(w, err) : connect_configured(w, err)) &&
	       begin(w, err);
}

static void tear_down(struct worker *w)
{
	/* A wake may still be on its way when the orders are gone. */
	loop_on_wake(w->loop, NULL, NULL);
	log_desk_free(w->logs);
	watch_free(w->config_watch);
	watch_free(w->boards_watch);
	loop_timer_stop(w->settling);
	poller_free(w->poller);
	live_free(w->live);
	change_desk_free(w->changes);
	chat_desk_free(w->chat);
	w->chat = NULL;
	worker_forget_wanted(w);
	vec_fini(&w->wanted);
	vec_fini(&w->held);
	/* The history may still end something, and would ask it for boards. */
	w->poller = NULL;
	if (w->self)
		self_set_poller(w->self, NULL);
	first_free(w->first);
	api_free(w->api);
	gateway_free(w->models);
	if (w->spent)
		spent_serve(w->spent, NULL);
	past_fill_free(w->past_fill);
	past_free(w->past);
	self_free(w->self);
	audit_look_free(w->audit);
	access_fini(&w->access);
	apart_model_fini(&w->apart_model);
	chat_model_fini(&w->chat_model);
}

static void *run(void *ctx)
{
	struct worker *w = ctx;
	struct err err;

	thread_claim(THREAD_CORE);
	w->logs = log_desk_new(w->loop, tell_log, w);
	loop_on_wake(w->loop, worker_read_orders, w);
	if (!set_up(w, &err))
		worker_tell_problem(w, 0, &err);
	worker_read_orders(w);
	loop_run(w->loop);
	tear_down(w);
	return NULL;
}

static void free_worker(struct worker *w)
{
	mailbox_free(w->orders);
	mailbox_free(w->news);
	loop_free(w->loop);
	keychain_fini(&w->keychain);
	free(w->config_path);
	free(w->boards_dir);
	free(w);
}

/* Signals are the caller's: one that the worker took could come to the caller's loop
 * late. Those of a crash stay on; they hit the thread that crashes. */
static int start_thread(struct worker *w)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	sigset_t none, before;
	int rc;

	sigfillset(&none);
	for (size_t i = 0; i < COUNT(crashes); i++)
		sigdelset(&none, crashes[i]);
	pthread_sigmask(SIG_SETMASK, &none, &before);
	rc = pthread_create(&w->thread, NULL, run, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

struct worker *worker_start(const struct worker_options *options, mailbox_wake_fn wake,
			    void *wake_ctx, struct err *err)
{
	struct worker *w = xcalloc(1, sizeof(*w));
	int rc;

	w->options = *options;
	w->config_path = options->config_path ? xstrdup(options->config_path) : NULL;
	w->boards_dir = options->boards_dir ? xstrdup(options->boards_dir) : NULL;
	w->options.keychain = NULL;
	if (options->keychain)
		keychain_copy(&w->keychain, options->keychain);
	else
		keychain_init(&w->keychain);
	w->loop = loop_new(options->clock, err);
	if (!w->loop) {
		free_worker(w);
		return NULL;
	}
	w->orders = mailbox_new(loop_wake, w->loop);
	w->news = mailbox_new(wake, wake_ctx);
	resident_share_heap();
	rc = start_thread(w);
	if (rc != 0) {
		err_errno(err, ERR_INTERNAL, rc, "cannot start the worker thread");
		free_worker(w);
		return NULL;
	}
	return w;
}

void worker_finish(struct worker *w)
{
	if (w->is_finished)
		return;
	worker_order_quit(w);
	pthread_join(w->thread, NULL);
	w->is_finished = true;
}

void worker_stop(struct worker *w)
{
	if (!w)
		return;
	worker_finish(w);
	free_worker(w);
}

struct mail *worker_news(struct worker *w)
{
	return mailbox_drain(w->news);
}
