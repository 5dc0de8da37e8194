/* See agents_chain.h. A link of the chain is the arrow in front of a figure: it is broken
 * where that figure is the one that lags. */
#include "tui/pane/agents_chain.h"

#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "tui/app_part.h"
#include "tui/pane/read.h"
#include "tui/widget/mark.h"
#include "tui/widget/spark.h"

enum { NAME_W = 18, FIGURE_W = 6, ARROW_W = 3, HOURS = 24, LEAST_SPARK = 12 };

/* What stands in the chain, and which steps the arrow in front of it is for. */
static const struct link {
	const char *column, *title;
	const char *steps[3]; /* NULL ended */
} links[] = {
	{"queued", "QUEUE", {NULL}},
	{"asks", "ASKS", {"demands", "licence", NULL}},
	{"wanted", "WANTED", {"scaler", "maximum", NULL}},
	{"there", "THERE", {"machines", NULL}},
	{"online", "ONLINE", {"agents", NULL}},
};
enum { CHAIN_W = NAME_W + 1 + (int)COUNT(links) * (FIGURE_W + ARROW_W) };

static const struct board *scaling(struct app *app)
{
	return app_board(app, "agent-scaling");
}

int agents_chain_lines(struct app *app, const struct section_how *how)
{
	const struct board *board = scaling(app);

	(void)how;
	return board && board->n_rows ? (int)board->n_rows + 1 : 0;
}

static bool is_behind(const struct link *link, const char *step)
{
	for (size_t i = 0; link->steps[i]; i++) {
		if (strcmp(link->steps[i], step) == 0)
			return true;
	}
	return false;
}

static void draw_figure(const struct look *look, struct surface *s, int x, int y,
			double value, enum role role)
{
	struct strbuf text;

	strbuf_init(&text, 32);
	if (isfinite(value))
		strbuf_printf(&text, "%.0f", value);
	else
		strbuf_puts(&text, look_pick(look, "–", "-"));
	surface_put_fit(s, x, y, FIGURE_W, isfinite(value) ? role : ROLE_UNKNOWN,
			strbuf_str(&text), true);
	strbuf_fini(&text);
}

static void draw_chain(const struct look *look, struct surface *s, int y,
		       const struct board *board, size_t row)
{
	const char *step = read_text(board, row, "step");
	enum role bad = mark_value_role(board->rows[row].sev, ROLE_DIM);
	int x = NAME_W + 1;

	surface_put_fit(s, 1, y, NAME_W - 1, ROLE_STRONG,
			str_from(read_text(board, row, "pool")), false);
	for (size_t i = 0; i < COUNT(links); i++) {
		bool is_broken = is_behind(&links[i], step);

		if (i > 0)
			surface_puts(s, x, y, is_broken ? bad : ROLE_DIM,
				     is_broken ? look_pick(look, " ╳▸", " X>")
					       : look_pick(look, " ─▸", " ->"));
		x += ARROW_W;
		draw_figure(look, s, x, y, read_number(board, row, links[i].column),
			    is_broken ? bad : ROLE_TEXT);
		x += FIGURE_W;
	}
	x += 2;
	x += surface_printf(s, x, y, bad, "%s", step) + 2;
	if (surface_w(s) - 1 > x)
		surface_put_fit(s, x, y, surface_w(s) - x - 1, ROLE_DIM,
				str_from(read_text(board, row, "evidence")), false);
}

/* Rows, worst first, as the table of the same board has them. */
typedef void (*draw_row_fn)(const struct look *look, struct surface *s, int y,
			    const struct board *board, size_t row);

static void draw_rows(const struct look *look, struct surface *s,
		      const struct board *board, draw_row_fn draw)
{
	int y = 1;

	for (int sev = SEV_CRIT; sev >= SEV_NONE; sev--) {
		for (size_t i = 0; i < board->n_rows && y < surface_h(s); i++) {
			if ((int)board->rows[i].sev == sev)
				draw(look, s, y++, board, i);
		}
	}
}

void agents_chain_draw(struct app *app, const struct look *look, struct surface *s,
		       const struct section_how *how)
{
	const struct board *board = scaling(app);
	int x = NAME_W + 1 + ARROW_W;

	(void)how;
	if (!board)
		return;
	surface_puts(s, 1, 0, ROLE_HEADING, "FROM QUEUE TO AGENT");
	for (size_t i = 0; i < COUNT(links); i++, x += ARROW_W + FIGURE_W)
		surface_put_fit(s, x, 0, FIGURE_W, ROLE_HEADING, str_from(links[i].title),
				true);
	surface_puts(s, CHAIN_W + 2, 0, ROLE_HEADING, "BEHIND");
	draw_rows(look, s, board, draw_chain);
}

int agents_past_lines(struct app *app, const struct section_how *how)
{
	return agents_chain_lines(app, how);
}

static int spark_w(const struct surface *s)
{
	return (surface_w(s) - NAME_W - HOURS - 26) / 2;
}

static void draw_series(const struct look *look, struct surface *s, int x, int y, int w,
			enum role role, const struct cell *cell)
{
	if (!cell || !cell->series_n) {
		surface_puts(s, x, y, ROLE_UNKNOWN, look_pick(look, "–", "-"));
		return;
	}
	spark_put(look, s, x, y, w, role,
		  &(struct series){
			  .p = cell->series, .n = cell->series_n, .low = 0, .high = NAN});
}

static void draw_past(const struct look *look, struct surface *s, int y,
		      const struct board *board, size_t row)
{
	double idle_ms = read_number(board, row, "idle_a_day");
	int w = spark_w(s), x = NAME_W + 1;
	struct strbuf text;

	surface_put_fit(s, 1, y, NAME_W - 1, ROLE_STRONG,
			str_from(read_text(board, row, "pool")), false);
	draw_series(look, s, x, y, w, ROLE_SERIES_2, read_cell(board, row, "queued"));
	draw_series(look, s, x + w + 2, y, w, ROLE_SERIES_1,
		    read_cell(board, row, "online"));
	x += 2 * w + 4;
	draw_series(look, s, x, y, HOURS, ROLE_SERIES_3,
		    read_cell(board, row, "idle_hours"));
	strbuf_init(&text, 64);
	if (isfinite(idle_ms))
		duration_format(&text, (int64_t)idle_ms);
	surface_put_fit(s, x + HOURS + 2, y, 8, ROLE_TEXT, strbuf_str(&text), true);
	strbuf_fini(&text);
}

void agents_past_draw(struct app *app, const struct look *look, struct surface *s,
		      const struct section_how *how)
{
	const struct board *board = scaling(app);
	int w = spark_w(s), x = NAME_W + 1;

	(void)how;
	if (!board || w < LEAST_SPARK)
		return;
	surface_puts(s, 1, 0, ROLE_HEADING, "WHAT IT WAS");
	surface_puts(s, x, 0, ROLE_HEADING, "QUEUE");
	surface_puts(s, x + w + 2, 0, ROLE_HEADING, "ONLINE");
	surface_puts(s, x + 2 * w + 4, 0, ROLE_HEADING, "IDLE, 00 TO 24 UTC");
	surface_put_fit(s, x + 2 * w + HOURS + 6, 0, 8, ROLE_HEADING, STR("A DAY"), true);
	draw_rows(look, s, board, draw_past);
}
