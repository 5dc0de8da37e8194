/* The top line. Thread: ui.
 *
 * A table says how a row of each board reads as half a sentence, and which board is
 * heard first: what customers feel, then what would save them, then the rest. A board
 * that is not in it gets its title, the row's first column and its worst cell. */
#include "tui/headline.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/def.h"
#include "tui/pane/read.h"
#include "tui/widget/mark.h"
#include "tui/widget/tint.h"

#define WORKLOAD_CELLS 16
#define MAX_PROBLEMS   12
#define CLOCK_FROM_W   72  /* narrower, what is wrong needs the room */
#define UTC_FROM_W     100 /* "UTC"; narrower, "Z" */
#define WORDS_FROM_W   60  /* "13 critical"; narrower, the mark alone says it */

static const struct phrase {
	const char *board, *noun;
	const char *name;   /* column */
	const char *verb;   /* before the value; NULL: none */
	const char *value;  /* column; NULL: the row's worst cell */
	const char *reason; /* column after a colon; NULL: none */
} phrases[] = {
	{.board = "availability", .noun = "workload", .name = "workload"},
	{.board = "traffic-manager", .noun = "endpoint", .name = "target"},
	{.board = "dr-groups", .noun = "group", .name = "name"},
	{.board = "sql", .noun = "database", .name = "name"},
	{.board = "sql-pools", .noun = "pool", .name = "name"},
	{.board = "health", .noun = "resource", .name = "name"},
	{.board = "dr-items", .noun = "replica", .name = "name"},
	{.board = "dr-plans", .noun = "recovery plan", .name = "name"},
	{.board = "dr-jobs", .noun = "recovery job of", .name = "target"},
	{.board = "backups", .noun = "backup of", .name = "item"},
	{.board = "backup-jobs", .noun = "backup of", .name = "item"},
	{.board = "keyvault-certs", .noun = "certificate", .name = "name"},
	{.board = "keyvault-secrets", .noun = "secret", .name = "name"},
	{.board = "aks-pools", .noun = "node pool", .name = "pool"},
	{.board = "agent-jobs",
	 .noun = "job",
	 .name = "pipeline",
	 .verb = "waits",
	 .value = "wait",
	 .reason = "reason"},
	{.board = "agent-pools", .noun = "agent pool", .name = "name"},
	{.board = "budgets", .noun = "budget", .name = "name", .value = "used_pct"},
	{.board = "slo", .noun = "error budget of", .name = "workload"},
};

static const struct phrase *phrase_of(const struct board *board)
{
	for (size_t i = 0; i < COUNT(phrases); i++) {
		if (strcmp(phrases[i].board, board->def->name) == 0)
			return &phrases[i];
	}
	return NULL;
}

/* Panes show agents by pool; readiness and drills are about what other boards say, as is
 * what azdeck says of itself: all would say the same thing twice. */
static bool speaks(const struct board *board)
{
	static const char *const silent[] = {"agents", "dr-readiness", "drills"};

	return !board->def->is_own &&
	       !str_is_among(str_from(board->def->name), silent, COUNT(silent));
}

static size_t add_rows(const struct board *board, enum severity sev, struct problem *out,
		       size_t n, size_t max)
{
	if (!speaks(board) || board->news[sev] == 0)
		return n;
	for (size_t r = 0; r < board->n_rows && n < max; r++) {
		if (board->rows[r].sev == sev && !board->rows[r].repeats)
			out[n++] =
				(struct problem){.board = board, .row = &board->rows[r]};
	}
	return n;
}

size_t headline_problems(const struct app *app, struct problem *out, size_t max)
{
	static const enum severity order[] = {SEV_CRIT, SEV_WARN};
	size_t n = 0, n_phrases = COUNT(phrases);

	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < n_phrases; i++) {
			const struct board *board = app_board(app, phrases[i].board);

			if (board)
				n = add_rows(board, order[k], out, n, max);
		}
		for (size_t i = 0; i < app->shelf.places.n; i++) {
			const struct board *board = app->shelf.places.p[i].shown;

			if (!phrase_of(board))
				n = add_rows(board, order[k], out, n, max);
		}
	}
	return n;
}

static ptrdiff_t worst_cell(const struct problem *p)
{
	ptrdiff_t worst = -1;

	for (size_t i = 0; i < p->board->def->n_columns; i++) {
		if (p->row->cells[i].sev >= SEV_UNKNOWN &&
		    (worst < 0 || p->row->cells[i].sev > p->row->cells[worst].sev))
			worst = (ptrdiff_t)i;
	}
	return worst;
}

static void put_cell(struct strbuf *out, const struct problem *p, ptrdiff_t column,
		     int64_t now_ms)
{
	if (column < 0)
		return;
	strbuf_putc(out, ' ');
	cell_format(out, &p->board->def->columns[column], &p->row->cells[column], now_ms,
		    40);
}

static bool needs_label(const struct column *column)
{
	return column->type != CELL_STATE && column->type != CELL_TEXT;
}

/* "budget Atlas 97 %", "job deploy waiting 14m: no agent has 'gpu'". */
static void put_phrase(struct strbuf *out, const struct problem *p, int64_t now_ms)
{
	const struct phrase *phrase = phrase_of(p->board);
	const struct board_def *def = p->board->def;
	size_t row = (size_t)(p->row - p->board->rows);
	ptrdiff_t value = -1, name = -1;

	if (phrase) {
		name = board_def_column(def, str_from(phrase->name));
		if (phrase->value)
			value = board_def_column(def, str_from(phrase->value));
	}
	strbuf_puts(out, phrase ? phrase->noun : def->title);
	put_cell(out, p, name < 0 && def->n_columns > 0 ? 0 : name, now_ms);
	if (phrase && phrase->verb && value >= 0)
		strbuf_printf(out, " %s", phrase->verb);
	if (value < 0) {
		value = worst_cell(p);
		if (value >= 0 && needs_label(&def->columns[value]))
			strbuf_printf(out, " %s", def->columns[value].name);
	}
	if (value != name)
		put_cell(out, p, value, now_ms);
	if (phrase && phrase->reason && *read_text(p->board, row, phrase->reason))
		strbuf_printf(out, ": %s", read_text(p->board, row, phrase->reason));
}

/* Of the moment shown there is nothing: that is not well. */
static bool is_unrecorded(const struct board *board)
{
	return !board->is_loading && board->fetched_ms == 0 &&
	       board->err.code == ERR_NONE && board->note;
}

static void count_all(const struct app *app, uint32_t by_sev[SEV_CRIT + 1], bool *has_any)
{
	for (size_t i = 0; i < app->shelf.places.n; i++) {
		const struct board *board = app->shelf.places.p[i].shown;

		*has_any = *has_any || (!board->is_loading && !is_unrecorded(board));
		for (int sev = 0; speaks(board) && sev <= SEV_CRIT; sev++)
			by_sev[sev] += board->news[sev];
	}
}

/* "PAST 11 Mar 10:20 UTC", as loud as it gets: figures of then would be believed now. */
static int draw_past(const struct look *look, struct surface *s)
{
	struct utc utc = utc_from_ms(look->now_ms);
	char text[40];
	int w;

	if (surface_w(s) >= CLOCK_FROM_W)
		snprintf(text, sizeof(text), " PAST %d %s %02d:%02d:%02d UTC ", utc.day,
			 month_name(utc.month), utc.hour, utc.minute, utc.second);
	else
		snprintf(text, sizeof(text), " PAST %02d:%02dZ ", utc.hour, utc.minute);
	w = utf8_width(str_from(text));
	surface_puts(s, surface_w(s) - w, 0, ROLE_PAST, text);
	return surface_w(s) - w - 1;
}

/* Clock and marks at the right; returns where they begin. */
static int draw_right(struct app *app, const struct look *look, struct surface *s)
{
	struct utc utc = utc_from_ms(look->now_ms);
	int x = surface_w(s) - 1;

	if (app->moment.at_ms) {
		x = draw_past(look, s);
	} else if (surface_w(s) >= CLOCK_FROM_W) {
		const char *zone = surface_w(s) >= UTC_FROM_W ? " UTC" : "Z";

		x -= 6 + (int)strlen(zone);
		surface_printf(s, x + 1, 0, ROLE_STATUS, "%02d:%02d%s", utc.hour,
			       utc.minute, zone);
	}
	if (app->options.is_demo) {
		x -= 6;
		surface_puts(s, x + 1, 0, ROLE_STATUS_STRONG, "DEMO");
	}
	if (app->shelf.workload) {
		int w = utf8_width(str_from(app->shelf.workload->name));

		w = w > WORKLOAD_CELLS ? WORKLOAD_CELLS : w;
		x -= w + 2;
		surface_put_fit(s, x + 1, 0, w, ROLE_STATUS_STRONG,
				str_from(app->shelf.workload->name), false);
	}
	if (app->options.is_read_only && surface_w(s) >= 80) {
		x -= 11;
		surface_puts(s, x + 1, 0, ROLE_STATUS, "read-only");
	}
	return x;
}

static const struct {
	enum severity sev;
	const char *word;
} counted[] = {{SEV_CRIT, " critical"}, {SEV_WARN, " warning"}};

/* "✗ 13 critical  ▲ 4 warning  "; drawn when there is a surface. Returns cells. */
static int put_counts(const struct look *look, struct surface *s,
		      const uint32_t by_sev[SEV_CRIT + 1], bool has_words)
{
	int x = 1;

	for (size_t i = 0; i < COUNT(counted); i++) {
		enum severity sev = counted[i].sev;
		char text[64];

		if (by_sev[sev] == 0)
			continue;
		snprintf(text, sizeof(text), "%s %u%s", mark_text(look, sev), by_sev[sev],
			 has_words ? counted[i].word : "");
		if (s)
			tint_put(s, x, 0, ROLE_STATUS, mark_role(sev), str_from(text));
		x += utf8_width(str_from(text)) + 2;
	}
	return x;
}

/* The words go when the first problem would be cut for them. */
static bool has_room_for_words(const struct look *look, const struct surface *s,
			       const uint32_t by_sev[SEV_CRIT + 1], struct str first,
			       int end)
{
	if (surface_w(s) < WORDS_FROM_W)
		return false;
	return put_counts(look, NULL, by_sev, true) + 4 + utf8_width(first) <= end;
}

/* Boards that cannot be seen: nothing wrong in sight is not "all is well". */
static size_t count_blind(const struct app *app, const struct board **first)
{
	size_t n = 0;

	for (size_t i = 0; i < app->shelf.places.n; i++) {
		const struct board *board = app->shelf.places.p[i].shown;

		if (board->err.code == ERR_NONE)
			continue;
		if (n++ == 0)
			*first = board;
	}
	return n;
}

static size_t count_unrecorded(const struct app *app)
{
	const struct shelf_place *place;
	size_t n = 0;

	vec_each (place, &app->shelf.places)
		n += is_unrecorded(place->shown);
	return n;
}

static void draw_calm(const struct app *app, const struct look *look, struct surface *s,
		      bool has_any, int end)
{
	const struct board *first = NULL;
	size_t n = count_blind(app, &first), n_unrecorded = count_unrecorded(app);
	struct strbuf text;

	strbuf_init(&text, 400);
	if (n > 0)
		strbuf_printf(&text, "%zu board%s cannot be seen: %s: %s", n,
			      n == 1 ? "" : "s", first->def->title, first->err.text);
	else if (n_unrecorded > 0)
		strbuf_printf(&text, "nothing was recorded of %zu board%s by then",
			      n_unrecorded, n_unrecorded == 1 ? "" : "s");
	else if (has_any)
		strbuf_puts(&text,
			    app->moment.at_ms ? "all is well here" : "all is well");
	else if (app->first)
		strbuf_puts(&text, "azdeck");
	else
		strbuf_puts(&text,
			    look_pick(look, "azdeck · loading…", "azdeck - loading..."));
	n += n_unrecorded;
	if (n > 0 || has_any) {
		enum severity sev = n > 0 ? SEV_UNKNOWN : SEV_OK;

		tint_put(s, 1, 0, ROLE_STATUS, mark_role(sev),
			 str_from(mark_text(look, sev)));
	}
	surface_put_fit(s, n > 0 || has_any ? 3 : 1, 0, end - 4,
			n > 0 ? ROLE_STATUS_STRONG : ROLE_STATUS, strbuf_str(&text),
			false);
	strbuf_fini(&text);
}

static void draw_whole(struct app *app, const struct look *look, struct surface *s)
{
	struct problem problems[MAX_PROBLEMS];
	uint32_t by_sev[SEV_CRIT + 1] = {0};
	size_t n = headline_problems(app, problems, MAX_PROBLEMS);
	const char *dot = look_pick(look, "· ", "| ");
	bool has_any = false;
	struct strbuf text;
	int x, end;

	surface_fill(s, 0, 0, surface_w(s), 1, ROLE_STATUS);
	end = draw_right(app, look, s);
	count_all(app, by_sev, &has_any);
	if (n == 0)
		draw_calm(app, look, s, has_any, end);
	strbuf_init(&text, 300);
	if (n > 0)
		put_phrase(&text, &problems[0], look->now_ms);
	x = put_counts(look, s, by_sev,
		       has_room_for_words(look, s, by_sev, strbuf_str(&text), end));
	/* Only what is on the screen is looked up of the past. */
	if (n > 0 && app->moment.at_ms)
		x += surface_puts(s, x - 1, 0, ROLE_STATUS, "here ");
	for (size_t i = 0; i < n && x + 8 < end; i++) {
		int room = end - x - 1 - utf8_width(str_from(dot));

		strbuf_reset(&text);
		put_phrase(&text, &problems[i], look->now_ms);
		if (i > 0 && utf8_width(strbuf_str(&text)) > room)
			break;
		x += surface_puts(s, x, 0, ROLE_STATUS, dot);
		room = utf8_width(strbuf_str(&text)) < room
			       ? utf8_width(strbuf_str(&text))
			       : room;
		surface_put_fit(s, x, 0, room,
				problems[i].row->sev == SEV_CRIT ? ROLE_STATUS_STRONG
								 : ROLE_STATUS,
				strbuf_str(&text), false);
		x += room + 1;
	}
	strbuf_fini(&text);
	hits_add(look->hits, s, (struct rect){0, 0, end, 1},
		 (struct hit){.kind = HIT_COMMAND, .what = command_find(STR("worst"))});
}

/* Nothing of it depends on where the cursor is: it is kept like a pane. */
void headline_draw(struct app *app, const struct look *look, struct surface *s)
{
	struct headline *kept = &app->headline;
	struct surface line = surface_sub(s, 0, 0, surface_w(s), 1);

	if (!kept->picture.grid || kept->boards != app->shelf.version ||
	    kept->now_ms != look->now_ms || kept->is_past != (app->moment.at_ms != 0) ||
	    kept->w != surface_w(s) || kept->is_ascii != look->is_ascii) {
		struct surface part = picture_begin(&kept->picture, surface_w(s), 1);
		struct look own = *look;

		own.hits = &kept->picture.hits;
		draw_whole(app, &own, &part);
		kept->boards = app->shelf.version;
		kept->now_ms = look->now_ms;
		kept->is_past = app->moment.at_ms != 0;
		kept->w = surface_w(s);
		kept->is_ascii = look->is_ascii;
	}
	picture_show(&kept->picture, &line, look->hits);
}
