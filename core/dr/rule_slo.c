/* The board slo: for each workload all sources together and each by itself, with what
 * is left of the error budget and how fast it goes. Thread: core. */
#include <math.h>

#include "base/timefmt.h"
#include "dr/rules.h"
#include "dr/slo_sources.h"

enum { AVAILABILITY, TESTS, DOOR, HEALTH, SEEN };

#define WINDOW_MS (30 * DAY_MS)
enum { DOWN_POINTS = 120 };

static void put_burn_down(cJSON *row, const struct slo_line *line, double slo,
			  int64_t window_ms, int64_t now_ms)
{
	double left[DOWN_POINTS];
	cJSON *list = cJSON_AddArrayToObject(row, "burn_down");

	slo_burn_down(line, slo, window_ms, now_ms, left, DOWN_POINTS);
	for (size_t i = 0; i < DOWN_POINTS; i++)
		cJSON_AddItemToArray(list, isfinite(left[i]) ? cJSON_CreateNumber(left[i])
							     : cJSON_CreateNull());
}

static void put(cJSON *rows, const struct workload *w, enum slo_source source,
		const struct slo_lines *lines, int64_t now_ms)
{
	const struct slo_line *line = &lines->of[source];
	int64_t window_ms = w->window_ms ? w->window_ms : WINDOW_MS;
	cJSON *row = cJSON_CreateObject();
	struct slo_figures f;

	slo_figures(line, w->slo, window_ms, now_ms, &f);
	derive_put_text(row, "workload", w->name);
	derive_put_text(row, "source", slo_source_word(source));
	derive_put_text(row, "state", slo_word(f.state));
	derive_put_number(row, "slo", w->slo > 0 ? w->slo : NAN);
	derive_put_number(row, "window", (double)window_ms / 1000);
	derive_put_number(row, "availability", f.availability);
	derive_put_number(row, "coverage", f.coverage);
	derive_put_number(row, "budget", f.budget);
	derive_put_number(row, "spent", f.spent);
	derive_put_number(row, "left", f.left);
	derive_put_number(row, "used", f.used);
	derive_put_number(row, "burn_1h", f.burn_1h);
	derive_put_number(row, "burn_6h", f.burn_6h);
	derive_put_number(row, "burn_3d", f.burn_3d);
	derive_put_time(row, "ends", isfinite(f.ends_ms) ? (int64_t)f.ends_ms : 0);
	derive_put_time(row, "known", slo_line_last(line));
	derive_put_number(row, "parts", lines->n[source]);
	derive_put_text(row, "board", slo_source_board(source));
	if (source == SLO_COMBINED && w->slo > 0)
		put_burn_down(row, line, w->slo, window_ms, now_ms);
	cJSON_AddItemToArray(rows, row);
}

static cJSON *rows_of(const struct derive *d)
{
	const struct slo_boards boards = {.availability = d->boards[AVAILABILITY],
					  .tests = d->boards[TESTS],
					  .frontdoor = d->boards[DOOR],
					  .health = d->boards[HEALTH],
					  .seen = d->boards[SEEN]};
	cJSON *rows = cJSON_CreateArray();

	for (size_t i = 0; i < d->config->n_workloads; i++) {
		const struct workload *w = &d->config->workloads[i];
		struct slo_lines lines;
		struct arena arena;

		arena_init(&arena);
		slo_read(&lines, &arena, w, &boards,
			 w->window_ms ? w->window_ms : WINDOW_MS, d->now_ms);
		for (int k = 0; k < SLO_SOURCES; k++)
			put(rows, w, (enum slo_source)k, &lines, d->now_ms);
		arena_fini(&arena);
	}
	return rows;
}

const struct derive_rule dr_rule_slo = {
	.name = "slo",
	.from = {[AVAILABILITY] = "?availability",
		 [TESTS] = "?availability-tests",
		 [DOOR] = "?frontdoor",
		 [HEALTH] = "?health-history",
		 [SEEN] = "?seen-states"},
	.rows = rows_of,
};
