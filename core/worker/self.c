/* See self.h. The sights of a board are made anew from each of its versions: what is
 * not wrong any more is forgotten. Thread: core. */
#include "worker/self.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "worker/self_json.h"

/* Boards come in bursts; those that never come are not waited for. */
enum { SETTLE_MS = 200, PATIENCE_MS = 10000 };

struct watched {
	struct board *board; /* its last version, held */
	struct map sights;   /* by row key: struct sight */
};

struct self {
	struct loop *loop;
	const struct library *library;
	struct poller *poller;
	struct map boards; /* by name: struct watched */
	VEC(const char *) wanted;
	bool asks_once;
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
	map_init(&self->boards);
	return self;
}

void self_set_poller(struct self *self, struct poller *poller)
{
	self->poller = poller;
}

static void free_sights(struct map *sights)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(sights, &at, &slot))
		free(slot->value);
	map_fini(sights);
}

void self_free(struct self *self)
{
	const struct map_slot *slot;
	size_t at = 0;

	if (!self)
		return;
	while (map_next(&self->boards, &at, &slot)) {
		struct watched *w = slot->value;

		board_put(w->board);
		free_sights(&w->sights);
		free(w);
	}
	map_fini(&self->boards);
	vec_fini(&self->wanted);
	loop_timer_stop(self->tell);
	free(self);
}

static int64_t wall(const struct self *self)
{
	return clock_wall_ms(loop_clock(self->loop));
}

/* What a person would call the same trouble: its severity and the cells that are in
 * it, but for figures, which always move. */
static uint64_t state_of(const struct board_def *def, const struct row *row)
{
	uint64_t hash = (uint64_t)row->sev;

	for (size_t i = 0; i < def->n_columns; i++) {
		const struct cell *cell = &row->cells[i];
		enum cell_type type = def->columns[i].type;

		hash = hash * 31 + cell->sev;
		if (cell->sev >= SEV_WARN && (type == CELL_STATE || type == CELL_TEXT))
			hash = hash * 31 + str_hash(str_from(cell->text));
	}
	return hash;
}

static struct sight *sight_of(struct watched *w, const struct row *row, int64_t now_ms)
{
	struct sight *sight = map_take(&w->sights, row->key);
	uint64_t state = state_of(w->board->def, row);

	if (!sight)
		sight = xcalloc(1, sizeof(*sight));
	if (sight->since_ms == 0 || sight->sev != row->sev)
		sight->since_ms = now_ms;
	if (sight->state != state)
		sight->is_acknowledged = false;
	sight->sev = row->sev;
	sight->state = state;
	return sight;
}

/* A part that could not be fetched says nothing of its rows: they are kept. */
static void keep_unseen(struct map *from, struct map *to)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(from, &at, &slot)) {
		struct str key = {.p = slot->key, .n = slot->key_n};

		map_put(to, key, slot->value);
	}
	map_fini(from);
}

static void look(struct self *self, struct watched *w)
{
	struct map sights;

	map_init(&sights);
	for (size_t i = 0; i < w->board->n_rows; i++) {
		const struct row *row = &w->board->rows[i];

		if (row->sev >= SEV_WARN)
			map_put(&sights, row->key, sight_of(w, row, wall(self)));
	}
	if (w->board->is_stale || w->board->is_partial)
		keep_unseen(&w->sights, &sights);
	else
		free_sights(&w->sights);
	w->sights = sights;
}

static void tell(void *ctx)
{
	struct self *self = ctx;

	self->tell = NULL;
	if (self->poller && self->wants_attention)
		poller_refresh(self->poller, "attention");
}

void self_saw(struct self *self, struct board *board)
{
	struct str name = str_from(board->def->name);
	struct watched *w = map_find(&self->boards, name);

	if (board->def->kind == CONN_DECK || board->is_loading)
		return;
	if (!w) {
		w = xcalloc(1, sizeof(*w));
		map_init(&w->sights);
		map_put(&self->boards, name, w);
	}
	board_get(board);
	board_put(w->board);
	w->board = board;
	look(self, w);
	if (self->wants_attention && !self->tell)
		self->tell = loop_timer_start(self->loop, SETTLE_MS, tell, self);
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

bool self_acknowledge(struct self *self, struct str board, struct str key, bool is_on)
{
	struct watched *w = map_find(&self->boards, board);
	struct sight *sight = w ? map_find(&w->sights, key) : NULL;

	if (!sight)
		return false;
	sight->is_acknowledged = is_on;
	if (self->wants_attention && !self->tell)
		self->tell = loop_timer_start(self->loop, 0, tell, self);
	return true;
}

static bool has_sights(const struct self *self)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&self->boards, &at, &slot)) {
		if (((const struct watched *)slot->value)->sights.n > 0)
			return true;
	}
	return false;
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
		    !map_find(&self->boards, str_from(def->name)))
			return true;
	}
	return false;
}

static cJSON *attention(struct self *self)
{
	cJSON *rows = cJSON_CreateArray();
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&self->boards, &at, &slot)) {
		const struct watched *w = slot->value;

		self_json_attention(rows, w->board, &w->sights, wall(self));
	}
	return rows;
}

static void put_feeds(const struct board_def *def, const struct lanes *lanes, void *rows)
{
	const struct connection *connection;
	struct feed *feed;

	for (size_t i = 0; lanes_at(lanes, i, &connection, &feed); i++)
		self_json_feed(rows, def, connection, feed, lanes_are_wanted(lanes));
}

cJSON *self_answer(void *ctx, struct str path, bool *is_early, struct err *err)
{
	struct self *self = ctx;
	bool is_about_rows = str_eq(path, STR("/attention"));
	cJSON *answer, *rows;

	*is_early = is_too_early(self, !is_about_rows || has_sights(self));
	if (*is_early)
		return NULL;
	if (is_about_rows) {
		rows = attention(self);
	} else if (str_eq(path, STR("/feeds"))) {
		rows = cJSON_CreateArray();
		if (self->poller)
			poller_each(self->poller, put_feeds, rows);
	} else {
		err_set(err, ERR_NOT_FOUND, "azdeck knows attention and feeds of itself");
		return NULL;
	}
	answer = cJSON_CreateObject();
	cJSON_AddItemToObject(answer, "rows", rows);
	return answer;
}
