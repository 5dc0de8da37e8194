/* See self.h. */
#include "worker/self.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "worker/self_json.h"

/* Boards come in bursts; those that never come are not waited for. */
enum { SETTLE_MS = 200, PATIENCE_MS = 10000 };

struct self {
	struct loop *loop;
	const struct library *library;
	struct poller *poller;
	struct sights sights;
	VEC(const char *) wanted;
	bool asks_once;
	self_past_fn past; /* NULL: there is none */
	void *past_ctx;
	bool wants_all, wants_attention;
	int64_t wanted_ms;	 /* monotonic */
	struct loop_timer *tell; /* attention is to be made anew */
};

struct self *self_new(struct loop *loop, const struct library *library, bool asks_once)
{
	struct self *self = xcalloc(1, sizeof(*self));

	self->loop = loop;
	self->library = library;
	self->asks_once = asks_once;
	sights_init(&self->sights, loop_clock(loop));
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
	vec_fini(&self->wanted);
	loop_timer_stop(self->tell);
	free(self);
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

void self_saw(struct self *self, struct board *board)
{
	if (board->def->kind == CONN_DECK || board->is_loading)
		return;
	sights_look(&self->sights, board);
	self_retell(self, SETTLE_MS);
}

static bool is_in(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(names[i], name) == 0)
			return true;
	}
	return false;
}

static bool can_come(const struct self *self, size_t i, self_can_fn can, void *ctx)
{
	const struct board_def *def = library_at(self->library, i);

	return def->kind != CONN_DECK && can(ctx, def);
}

void self_want(struct self *self, const char *const *names, size_t n, self_can_fn can,
	       void *ctx)
{
	bool wants_all = is_in(names, n, "attention") || is_in(names, n, "feeds");

	if (wants_all && !self->wants_all)
		self->wanted_ms = clock_mono_ms(loop_clock(self->loop));
	self->wants_all = wants_all;
	self->wants_attention = is_in(names, n, "attention");
	self->wanted.n = 0;
	for (size_t i = 0; i < library_size(self->library); i++) {
		const char *name = library_entry_at(self->library, i)->name;

		if (is_in(names, n, name) || (wants_all && can_come(self, i, can, ctx)))
			vec_push(&self->wanted, name);
	}
}

const char *const *self_wanted(const struct self *self, size_t *n)
{
	*n = self->wanted.n;
	return self->wanted.p;
}

/* Until every board that is asked has said something, "all is well" would be a lie;
 * what is wrong already is none. */
static bool is_too_early(const struct self *self, bool is_true_now)
{
	if (!self->asks_once && is_true_now)
		return false;
	if (clock_mono_ms(loop_clock(self->loop)) - self->wanted_ms > PATIENCE_MS)
		return false;
	for (size_t i = 0; i < self->wanted.n; i++) {
		const struct board_def *def =
			library_find(self->library, str_from(self->wanted.p[i]));

		if (def && def->kind != CONN_DECK &&
		    !sights_has_board(&self->sights, str_from(def->name)))
			return true;
	}
	return false;
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

cJSON *self_answer(void *ctx, struct str path, bool *is_early, struct err *err)
{
	struct self *self = ctx;
	bool is_about_rows = str_eq(path, STR("/attention"));
	cJSON *rows;

	if (self->past && self->past(self->past_ctx, path, &rows)) {
		*is_early = rows == NULL;
		return rows ? in_answer(rows) : NULL;
	}
	*is_early = is_too_early(self, !is_about_rows || sights_are_any(&self->sights));
	if (*is_early)
		return NULL;
	if (is_about_rows) {
		rows = attention(self);
	} else if (str_eq(path, STR("/feeds"))) {
		rows = cJSON_CreateArray();
		if (self->poller)
			poller_each(self->poller, put_feeds, rows);
	} else {
		err_set(err, ERR_NOT_FOUND,
			"azdeck knows attention, changes and feeds of itself");
		return NULL;
	}
	return in_answer(rows);
}
