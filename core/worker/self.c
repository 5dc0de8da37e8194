/* See self.h. */
#include "worker/self.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "worker/board_set.h"
#include "worker/derived.h"
#include "worker/self_json.h"

/* Boards come in bursts; those that never come are not waited for. Who wants one whole
 * answer waits as long as others still come: where the machine or the line is slow, all of
 * them are late. */
enum {
	SETTLE_MS = 200,
	DERIVE_MS = 20,
	PATIENCE_MS = 10000,
	ONCE_PATIENCE_MS = 15000,
	ONCE_QUIET_MS = 7000, /* longer than a window of Resource Graph */
	ONCE_MOST_MS = 40000,
};

/* A board that is wanted and derived. */
struct made {
	const char *name;
	const struct derive_rule *rule;
};

/* Who knows more rows. */
struct source {
	const char *path;
	self_rows_fn rows;
	void *ctx;
};

struct self {
	struct loop *loop;
	struct log *log;
	const struct library *library;
	struct poller *poller;
	struct sights sights;
	struct derived *derived;
	struct board_set wanted;
	struct board_set looked_at; /* those of them that somebody looks at */
	VEC(struct made) made;	    /* those of them that are derived */
	VEC(const char *) outdated; /* derived boards whose boards came anew */
	struct loop_timer *derive;  /* they are to be made anew */
	struct loop_timer *asked;   /* they were asked for */
	bool asks_once;
	void (*heard)(void *ctx); /* NULL: nobody waits */
	void *ctx;
	self_past_fn past; /* NULL: there is none */
	void *past_ctx;
	VEC(struct source) sources;
	bool wants_all, wants_attention;
	int64_t wanted_ms;	 /* monotonic */
	int64_t heard_ms;	 /* likewise: of a board for the first time */
	struct loop_timer *tell; /* attention is to be made anew */
};

struct self *self_new(const struct self_options *options)
{
	struct self *self = xcalloc(1, sizeof(*self));
	const struct clock *clock = loop_clock(options->loop);

	self->loop = options->loop;
	self->log = options->log;
	self->library = options->library;
	self->asks_once = options->asks_once;
	self->heard = options->heard;
	self->ctx = options->ctx;
	sights_init(&self->sights, clock);
	self->derived = derived_new(clock, options->config, options->rules);
	return self;
}

void self_set_poller(struct self *self, struct poller *poller)
{
	self->poller = poller;
}

void self_free(struct self *self)
{
	if (!self)
		return;
	sights_fini(&self->sights);
	derived_free(self->derived);
	board_set_fini(&self->wanted);
	board_set_fini(&self->looked_at);
	vec_fini(&self->made);
	vec_fini(&self->outdated);
	vec_fini(&self->sources);
	loop_timer_stop(self->tell);
	loop_timer_stop(self->derive);
	loop_timer_stop(self->asked);
	free(self);
}

void self_add_rows(struct self *self, const char *path, self_rows_fn rows, void *ctx)
{
	vec_push(&self->sources, (struct source){path, rows, ctx});
}

void self_set_past(struct self *self, self_past_fn past, void *ctx)
{
	self->past = past;
	self->past_ctx = ctx;
}

struct sights *self_sights(struct self *self)
{
	return &self->sights;
}

static int64_t wall(const struct self *self)
{
	return clock_wall_ms(loop_clock(self->loop));
}

static void tell(void *ctx)
{
	struct self *self = ctx;

	self->tell = NULL;
	if (self->poller && self->wants_attention)
		poller_refresh(self->poller, "attention");
}

void self_retell(struct self *self, int64_t after_ms)
{
	if (self->wants_attention && !self->tell)
		self->tell = loop_timer_start(self->loop, after_ms, tell, self);
}

static void derives(void *ctx)
{
	struct self *self = ctx;

	self->asked = NULL;
	log_line(self->log, LOG_DEBUG, "self", "derives");
}

static void derive(void *ctx)
{
	struct self *self = ctx;

	self->derive = NULL;
	for (size_t i = 0; self->poller && i < self->outdated.n; i++)
		poller_refresh(self->poller, self->outdated.p[i]);
	self->outdated.n = 0;
	/* Behind them: boards begin to ask in the loop's next turn, and until then the log
	 * would have it that nothing is to come. */
	loop_timer_stop(self->asked);
	self->asked = loop_timer_start(self->loop, 0, derives, self);
}

/* What is made of it and looked at is made anew, once for all that come together. */
static void outdate(struct self *self, const struct board *board)
{
	const struct made *made;

	vec_each (made, &self->made) {
		if (derived_reads(made->rule, board->def->name) &&
		    !str_is_among(str_from(made->name), self->outdated.p,
				  self->outdated.n))
			vec_push(&self->outdated, made->name);
	}
	if (self->outdated.n == 0 || self->derive)
		return;
	/* The log has one line for each, so that who waits for all to come to rest
	 * knows that something is still to come. */
	log_line(self->log, LOG_DEBUG, "self", "is to derive");
	self->derive = loop_timer_start(self->loop, DERIVE_MS, derive, self);
}

void self_saw(struct self *self, struct board *board)
{
	if (board->is_loading)
		return;
	derived_saw(self->derived, board);
	outdate(self, board);
	if (self->heard)
		self->heard(self->ctx);
	if (board->def->is_own)
		return;
	if (!sights_has_board(&self->sights, str_from(board->def->name)))
		self->heard_ms = clock_mono_ms(loop_clock(self->loop));
	sights_look(&self->sights, board);
	self_retell(self, SETTLE_MS);
}

static struct board_shop shop_of(const struct self *self, self_can_fn can, void *ctx)
{
	return (struct board_shop){.library = self->library,
				   .derived = self->derived,
				   .can = can,
				   .ctx = ctx};
}

void self_look_at(struct self *self, const char *const *names, size_t n, self_can_fn can,
		  void *ctx)
{
	const struct board_shop shop = shop_of(self, can, ctx);

	board_set_fill(&self->looked_at, &shop, names, n);
}

bool self_is_looked_at(const struct self *self, const char *name)
{
	return board_set_has(&self->looked_at, name);
}

void self_want(struct self *self, const char *const *names, size_t n, self_can_fn can,
	       void *ctx)
{
	const struct board_shop shop = shop_of(self, can, ctx);
	bool wants_all = board_names_are_about_all(names, n);
	const char *const *name;

	if (self->wanted.names.n == 0 || (wants_all && !self->wants_all))
		self->wanted_ms = clock_mono_ms(loop_clock(self->loop));
	self->wants_all = wants_all;
	self->wants_attention = str_is_among(STR("attention"), names, n);
	board_set_fill(&self->wanted, &shop, names, n);
	self->made.n = 0;
	vec_each (name, &self->wanted.names) {
		const struct derive_rule *rule =
			derived_rule_of(self->derived,
					library_find(self->library, str_from(*name)));

		if (rule)
			vec_push(&self->made, (struct made){*name, rule});
	}
}

const char *const *self_wanted(const struct self *self, size_t *n)
{
	*n = self->wanted.names.n;
	return self->wanted.names.p;
}

static bool is_patient(const struct self *self)
{
	int64_t now_ms = clock_mono_ms(loop_clock(self->loop));
	int64_t waited_ms = now_ms - self->wanted_ms;

	if (!self->asks_once)
		return waited_ms <= PATIENCE_MS;
	return waited_ms <= ONCE_PATIENCE_MS ||
	       (waited_ms <= ONCE_MOST_MS && now_ms - self->heard_ms <= ONCE_QUIET_MS);
}

/* Boards that are asked and have not said anything; their names, too. */
static size_t silent(const struct self *self, struct strbuf *names)
{
	size_t n = 0;

	for (size_t i = 0; i < self->wanted.names.n; i++) {
		const struct board_def *def =
			library_find(self->library, str_from(self->wanted.names.p[i]));

		if (!def || def->is_own ||
		    sights_has_board(&self->sights, str_from(def->name)))
			continue;
		if (names)
			strbuf_printf(names, "%s%s", n ? ", " : "", def->name);
		n++;
	}
	return n;
}

/* Until every board that is asked has said something, "all is well" would be a lie;
 * what is wrong already is none. */
static bool is_too_early(const struct self *self, bool is_true_now)
{
	if (!self->asks_once && is_true_now)
		return false;
	return is_patient(self) && silent(self, NULL) > 0;
}

/* Nobody waits any longer for what is missing in an answer that is given once. */
static void say_silent(const struct self *self, struct err *err)
{
	struct strbuf names;
	size_t n;

	strbuf_init(&names, 200);
	n = silent(self, &names);
	if (self->asks_once && n > 0)
		err_set(err, ERR_TIMEOUT, "no answer came for %s", names.p);
	strbuf_fini(&names);
}

struct telling {
	cJSON *rows;
	int64_t now_ms;
};

static void put_sights(const struct board *board, const struct map *sights, void *ctx)
{
	const struct telling *t = ctx;

	self_json_attention(t->rows, board, sights, t->now_ms);
}

static cJSON *attention(struct self *self)
{
	struct telling t = {.rows = cJSON_CreateArray(), .now_ms = wall(self)};

	sights_each(&self->sights, put_sights, &t);
	return t.rows;
}

static void put_feeds(const struct board_def *def, const struct lanes *lanes, void *rows)
{
	const struct connection *connection;
	struct feed *feed;

	for (size_t i = 0; lanes_at(lanes, i, &connection, &feed); i++)
		self_json_feed(rows, def, connection, feed, lanes_are_wanted(lanes));
}

static cJSON *in_answer(cJSON *rows)
{
	cJSON *answer = cJSON_CreateObject();

	cJSON_AddItemToObject(answer, "rows", rows);
	return answer;
}

/* Who looks on sees the rest when it comes. */
static bool waits_for(void *ctx, const char *board, bool is_needed)
{
	const struct self *self = ctx;

	return board_set_has(&self->wanted, board) &&
	       (self->asks_once ? is_patient(self) : is_needed);
}

static void about_itself(struct self *self, struct str path, struct api_local *answer)
{
	bool is_about_rows = str_eq(path, STR("/attention"));
	cJSON *rows;

	answer->is_early =
		is_too_early(self, !is_about_rows || sights_are_any(&self->sights));
	if (answer->is_early)
		return;
	if (is_about_rows) {
		rows = attention(self);
		say_silent(self, &answer->err);
	} else if (str_eq(path, STR("/feeds"))) {
		rows = cJSON_CreateArray();
		if (self->poller)
			poller_each(self->poller, put_feeds, rows);
	} else {
		err_set(&answer->err, ERR_NOT_FOUND,
			"azdeck knows ai, attention, audit, audit/entries, changes, "
			"feeds, logs and plans of itself");
		return;
	}
	answer->json = in_answer(rows);
}

static const struct source *source_of(const struct self *self, struct str path)
{
	for (size_t i = 0; i < self->sources.n; i++)
		if (str_is(path, self->sources.p[i].path))
			return &self->sources.p[i];
	return NULL;
}

static void put_rows(cJSON *rows, struct api_local *answer)
{
	answer->is_early = rows == NULL;
	answer->json = rows ? in_answer(rows) : NULL;
}

/* What it is made of is all in it. */
static void not_outdated(struct self *self, struct str rule)
{
	const struct made *made;

	vec_each (made, &self->made) {
		size_t kept = 0;

		if (!str_is(rule, made->rule->name))
			continue;
		for (size_t i = 0; i < self->outdated.n; i++)
			if (strcmp(self->outdated.p[i], made->name) != 0)
				self->outdated.p[kept++] = self->outdated.p[i];
		self->outdated.n = kept;
	}
}

static void answer_derived(struct self *self, struct str rule, struct api_local *answer)
{
	derived_answer(self->derived, rule, waits_for, self, answer);
	if (!answer->is_early)
		not_outdated(self, rule);
}

void self_answer(void *ctx, struct str path, struct api_local *answer)
{
	const struct str derived = STR("/derived/");
	struct self *self = ctx;
	const struct source *source = source_of(self, path);
	cJSON *rows;

	if (source) {
		put_rows(source->rows(source->ctx), answer);
	} else if (str_starts(path, derived)) {
		answer_derived(self, str_sub(path, derived.n, path.n), answer);
	} else if (self->past && self->past(self->past_ctx, path, &rows)) {
		put_rows(rows, answer);
	} else {
		about_itself(self, path, answer);
	}
}
