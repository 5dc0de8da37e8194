/* See sights.h. The sights of a board are made anew from each of its versions: what is
 * not wrong any more is forgotten. Thread: core. */
#include "worker/sights.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "board/def.h"

enum { WHY_CELLS = 2, TEXT_CELLS = 60, WHY_BYTES = 1000 };

struct watched {
	struct board *board; /* its last version, held; NULL: only recalled */
	struct map sights;   /* by row key: struct sight */
};

void sights_init(struct sights *s, const struct clock *clock)
{
	*s = (struct sights){.clock = clock};
	map_init(&s->boards);
}

static void free_sights(struct map *sights)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(sights, &at, &slot))
		free(slot->value);
	map_fini(sights);
}

void sights_fini(struct sights *s)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&s->boards, &at, &slot)) {
		struct watched *w = slot->value;

		board_put(w->board);
		free_sights(&w->sights);
		free(w);
	}
	map_fini(&s->boards);
}

static struct watched *watch_of(struct sights *s, struct str board)
{
	struct watched *w = map_find(&s->boards, board);

	if (!w) {
		w = xcalloc(1, sizeof(*w));
		map_init(&w->sights);
		map_put(&s->boards, board, w);
	}
	return w;
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

/* A word speaks for itself, a figure needs its title. */
void sights_put_why(struct strbuf *out, const struct board *board, const struct row *row,
		    int64_t now_ms)
{
	const struct board_def *def = board->def;
	int n = 0;

	for (int sev = SEV_CRIT; sev >= SEV_WARN; sev--) {
		for (size_t i = 0; i < def->n_columns && n < WHY_CELLS; i++) {
			const struct column *column = &def->columns[i];
			const struct cell *cell = &row->cells[i];

			if ((int)cell->sev != sev)
				continue;
			if (n++ > 0)
				strbuf_puts(out, "; ");
			if (column->type != CELL_STATE && column->type != CELL_TEXT)
				strbuf_printf(out, "%s ", column->title);
			cell_format(out, column, cell, now_ms, TEXT_CELLS);
		}
	}
}

static struct alert alert_of(const struct watched *w, const char *board, struct str key,
			     const struct sight *sight)
{
	ptrdiff_t row = w->board ? board_find(w->board, key) : -1;
	const char *what = row < 0 ? "" : w->board->rows[row].cells[0].text;

	return (struct alert){
		.board = board,
		.key = key,
		.what = what,
		.why = "",
		.sev = sight->sev,
		.state = sight->state,
		.raised_ms = sight->raised_ms,
		.since_ms = sight->since_ms,
		.acknowledged_ms = sight->acknowledged_ms,
	};
}

static void note(const struct sights *s, const struct watched *w, struct str key,
		 const struct sight *sight, int64_t cleared_ms)
{
	struct alert alert = alert_of(w, w->board->def->name, key, sight);
	ptrdiff_t row = board_find(w->board, key);
	struct strbuf why;

	if (!s->note)
		return;
	strbuf_init(&why, WHY_BYTES);
	if (row >= 0)
		sights_put_why(&why, w->board, &w->board->rows[row],
			       clock_wall_ms(s->clock));
	alert.why = why.p;
	alert.cleared_ms = cleared_ms;
	s->note(s->ctx, &alert);
	strbuf_fini(&why);
}

/* Taken from the old ones, or new; told when it is not what it was. */
static struct sight *sight_of(const struct sights *s, struct watched *w,
			      const struct row *row, int64_t now_ms)
{
	struct sight *sight = map_take(&w->sights, row->key), before = {0};
	uint64_t state = state_of(w->board->def, row);

	if (sight)
		before = *sight;
	else
		sight = xcalloc(1, sizeof(*sight));
	if (sight->raised_ms == 0)
		sight->raised_ms = now_ms;
	if (sight->since_ms == 0 || sight->sev != row->sev)
		sight->since_ms = now_ms;
	if (sight->state != state)
		sight->acknowledged_ms = 0;
	sight->sev = row->sev;
	sight->state = state;
	if (before.state != state || before.since_ms != sight->since_ms)
		note(s, w, row->key, sight, 0);
	return sight;
}

static bool is_whole(const struct board *board)
{
	return !board->is_stale && !board->is_partial && !board->is_filling;
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

static void clear_gone(const struct sights *s, struct watched *w, int64_t now_ms)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&w->sights, &at, &slot)) {
		struct str key = {.p = slot->key, .n = slot->key_n};

		note(s, w, key, slot->value, now_ms);
	}
	free_sights(&w->sights);
}

void sights_look(struct sights *s, struct board *board)
{
	struct watched *w = watch_of(s, str_from(board->def->name));
	int64_t now_ms = clock_wall_ms(s->clock);
	struct map sights;

	board_get(board);
	board_put(w->board);
	w->board = board;
	map_init(&sights);
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct row *row = &board->rows[i];

		if (row->sev >= SEV_WARN && !row->repeats)
			map_put(&sights, row->key, sight_of(s, w, row, now_ms));
	}
	if (is_whole(board))
		clear_gone(s, w, now_ms);
	else
		keep_unseen(&w->sights, &sights);
	w->sights = sights;
}

/* The board may have come first: then it is as old as the earlier run says, or over. */
void sights_recall(struct sights *s, const struct alert *alert)
{
	struct watched *w = watch_of(s, str_from(alert->board));
	struct sight *sight = map_find(&w->sights, alert->key);

	if (!sight) {
		if (w->board && is_whole(w->board)) {
			struct alert over = *alert;

			over.cleared_ms = clock_wall_ms(s->clock);
			if (s->note)
				s->note(s->ctx, &over);
			return;
		}
		sight = xcalloc(1, sizeof(*sight));
		sight->state = alert->state;
		sight->sev = alert->sev;
		map_put(&w->sights, alert->key, sight);
	}
	sight->raised_ms = alert->raised_ms;
	if (sight->sev == alert->sev)
		sight->since_ms = alert->since_ms;
	if (sight->state == alert->state)
		sight->acknowledged_ms = alert->acknowledged_ms;
}

void sights_note_all(const struct sights *s)
{
	const struct map_slot *slot, *row;
	size_t at = 0;

	while (map_next(&s->boards, &at, &slot)) {
		const struct watched *w = slot->value;
		size_t i = 0;

		while (w->board && map_next(&w->sights, &i, &row))
			note(s, w, (struct str){.p = row->key, .n = row->key_n},
			     row->value, 0);
	}
}

bool sights_are_any(const struct sights *s)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&s->boards, &at, &slot)) {
		const struct watched *w = slot->value;

		if (w->board && w->sights.n > 0)
			return true;
	}
	return false;
}

bool sights_has_board(const struct sights *s, struct str name)
{
	const struct watched *w = map_find(&s->boards, name);

	return w && w->board;
}

static struct sight *find(const struct sights *s, struct str board, struct str key,
			  struct watched **w)
{
	*w = map_find(&s->boards, board);
	return *w ? map_find(&(*w)->sights, key) : NULL;
}

bool sights_alert(const struct sights *s, struct str board, struct str key,
		  struct alert *alert)
{
	struct watched *w;
	const struct sight *sight = find(s, board, key, &w);

	if (sight)
		*alert = alert_of(w, board.p, key, sight);
	return sight != NULL;
}

bool sights_acknowledge(struct sights *s, struct str board, struct str key, int64_t at_ms)
{
	struct watched *w;
	struct sight *sight = find(s, board, key, &w);

	if (sight)
		sight->acknowledged_ms = at_ms;
	return sight != NULL;
}

void sights_each(const struct sights *s, sights_each_fn fn, void *ctx)
{
	const struct map_slot *slot;
	size_t at = 0;

	while (map_next(&s->boards, &at, &slot)) {
		const struct watched *w = slot->value;

		if (w->board)
			fn(w->board, &w->sights, ctx);
	}
}
