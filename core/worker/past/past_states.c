/* See past_states.h. */
#include "worker/past/past_states.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "board/derive.h"
#include "store/frames.h"
#include "store/runs.h"

enum {
	KEYS_MOST = 1000, /* things of one board */
	ROWS_MOST = 4000, /* of one board: what ended first is left out */
	WORDS_MOST = 3,
};
#define WINDOW_MS (30 * DAY_MS)
#define HOLDS_MS  (10 * MINUTE_MS) /* where the board does not say when it is old */

/* Which of its words mean up, and which down; of the others nobody knows. `part`: things
 * of which one is enough, such as the endpoints of a name. */
static const struct source {
	const char *board, *kind, *name, *part, *group;
	const char *up[WORDS_MOST], *down[WORDS_MOST];
} sources[PAST_STATES_BOARDS] = {
	{.board = "traffic-manager",
	 .kind = "probe",
	 .name = "endpoint",
	 .part = "profile",
	 .group = "group",
	 .up = {"Online"},
	 .down = {"Degraded", "Stopped"}},
	{.board = "frontdoor",
	 .kind = "probe",
	 .name = "name",
	 .part = "pool",
	 .group = "group",
	 .up = {"Healthy"},
	 .down = {"Down"}},
	{.board = "prometheus-targets",
	 .kind = "probe",
	 .name = "instance",
	 .part = "pool",
	 .up = {"up"},
	 .down = {"down"}},
	{.board = "health",
	 .kind = "health",
	 .name = "name",
	 .group = "group",
	 .up = {"Available", "Degraded"},
	 .down = {"Unavailable"}},
};

void past_states_init(struct past_states *states, const struct library *library)
{
	for (size_t i = 0; i < COUNT(sources); i++) {
		const struct board_def *def =
			library_find(library, str_from(sources[i].board));

		states->defs[i] = def ? board_def_get(def) : NULL;
	}
}

void past_states_fini(struct past_states *states)
{
	for (size_t i = 0; i < COUNT(states->defs); i++)
		board_def_put(states->defs[i]);
	*states = (struct past_states){0};
}

bool past_states_tell(const char *board)
{
	for (size_t i = 0; i < COUNT(sources); i++) {
		if (strcmp(sources[i].board, board) == 0)
			return true;
	}
	return false;
}

static bool is_among(const char *const *words, const char *word)
{
	size_t n = 0;

	while (n < WORDS_MOST && words[n])
		n++;
	return str_is_among(str_from(word), words, n);
}

/* What our own people switched off is down, and no outage: its board does not complain
 * of it. */
static const char *verdict(const struct source *source, const struct run *run)
{
	if (is_among(source->up, run->state))
		return "up";
	return run->sev >= SEV_WARN && is_among(source->down, run->state) ? "down" : NULL;
}

/* One board on its way to rows. */
struct telling {
	const struct source *source;
	const struct board_def *def;
	const struct board *board; /* as it was last: it has the names of its rows */
	int64_t to_ms;
	cJSON *rows;
};

static cJSON *new_row(const struct telling *t, int64_t from_ms, int64_t to_ms)
{
	cJSON *row = cJSON_CreateObject();

	derive_put_text(row, "on", t->def->name);
	derive_put_text(row, "title", t->def->title);
	/* To the millisecond: a look may be all there was. */
	derive_put_number(row, "from", (double)from_ms);
	derive_put_number(row, "to", (double)to_ms);
	cJSON_AddItemToArray(t->rows, row);
	return row;
}

static void put_column(const struct telling *t, cJSON *row, const char *name, size_t key,
		       const char *column)
{
	derive_put_text(row, name, column ? read_text(t->board, key, column) : NULL);
}

static void put_run(const struct telling *t, const struct run *run)
{
	cJSON *row = new_row(t, run->from_ms, run->to_ms);

	derive_put_text(row, "row", t->board->rows[run->key].key.p);
	put_column(t, row, "what", run->key, t->source->name);
	put_column(t, row, "part", run->key, t->source->part);
	put_column(t, row, "group", run->key, t->source->group);
	derive_put_text(row, "state", run->state);
	derive_put_text(row, "kind", t->source->kind);
	derive_put_text(row, "is", verdict(t->source, run));
	derive_put_number(row, "seen", (double)run->seen_ms);
	cJSON_AddBoolToObject(row, "open", run->to_ms == t->to_ms);
}

static void put_watch(const struct telling *t, const struct watched *watched)
{
	cJSON *row = new_row(t, watched->from_ms, watched->to_ms);

	derive_put_text(row, "what", t->def->title);
	derive_put_text(row, "state", "watched");
	derive_put_text(row, "kind", "watch");
	derive_put_number(row, "seen", (double)(watched->to_ms - watched->from_ms));
	cJSON_AddBoolToObject(row, "open", watched->to_ms == t->to_ms);
}

static int last_first(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return x->to_ms != y->to_ms ? (x->to_ms > y->to_ms ? -1 : 1)
				    : (x->key > y->key) - (x->key < y->key);
}

static void put_runs(const struct telling *t, struct runs *runs)
{
	const struct watched *watched;

	if (runs->all.n > ROWS_MOST) {
		qsort(runs->all.p, runs->all.n, sizeof(*runs->all.p), last_first);
		runs->all.n = ROWS_MOST;
	}
	for (size_t i = 0; i < runs->all.n; i++)
		put_run(t, &runs->all.p[i]);
	vec_each (watched, &runs->watches)
		put_watch(t, watched);
}

static void tell(struct telling *t, struct db *db)
{
	size_t n = t->board->n_rows < KEYS_MOST ? t->board->n_rows : KEYS_MOST;
	struct str *keys = xcalloc(n + 1, sizeof(*keys));
	const struct spans_ask ask = {.def = t->def,
				      .keys = keys,
				      .n_keys = n,
				      .column = "state",
				      .from_ms = t->to_ms - WINDOW_MS,
				      .to_ms = t->to_ms,
				      .holds_ms = t->def->stale_after_ms
							  ? t->def->stale_after_ms
							  : HOLDS_MS};
	struct runs runs;

	for (size_t i = 0; i < n; i++)
		keys[i] = t->board->rows[i].key;
	if (runs_read(&runs, db, &ask))
		put_runs(t, &runs);
	runs_fini(&runs);
	free(keys);
}

cJSON *past_states_read(const struct past_states *states, struct db *db, int64_t to_ms)
{
	cJSON *rows = cJSON_CreateArray();

	for (size_t i = 0; i < COUNT(sources); i++) {
		struct telling t = {.source = &sources[i],
				    .def = states->defs[i],
				    .to_ms = to_ms,
				    .rows = rows};
		struct board *board = t.def ? frames_at(db, t.def, to_ms) : NULL;

		t.board = board;
		if (board)
			tell(&t, db);
		board_put(board);
	}
	return rows;
}
