/* Results of availability tests as Log Analytics has them, hour by hour. They come some
 * minutes late, and a morning of them was never taken in. Thread: core. */
#include "sim/logs/insights.h"
#include "sim/rhythm.h"

#define HOURS	    (30 * 24)
#define LATE_MS	    (4 * MINUTE_MS)
#define GAP_DAY	    11 /* days ago */
#define GAP_FROM_H  6
#define GAP_UNTIL_H 9

static void put_column(struct strbuf *out, const char *name, const char *type)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_text(out, "type", type);
	jw_object_end(out);
}

/* The ingestion of Qodex stood still. */
static bool is_gap(const struct world *w, const struct component *c, int64_t hour_ms)
{
	int64_t day = rhythm_floor_div(w->now_ms, DAY_MS) - GAP_DAY;
	int64_t hour = (hour_ms - day * DAY_MS) / HOUR_MS;

	return c->is_troubled && hour_ms >= day * DAY_MS && hour >= GAP_FROM_H &&
	       hour < GAP_UNTIL_H;
}

static void put_hour(const struct world *w, struct strbuf *out, const struct component *c,
		     int64_t hour_ms)
{
	int64_t until_ms = w->now_ms - LATE_MS;
	int all, lost;

	if (until_ms > hour_ms + HOUR_MS)
		until_ms = hour_ms + HOUR_MS;
	if (until_ms <= hour_ms || is_gap(w, c, hour_ms))
		return;
	all = INSIGHTS_PLACES * (int)((until_ms - hour_ms + MINUTE_MS - 1) / MINUTE_MS);
	lost = insights_lost(w, c, hour_ms, until_ms);
	jw_list(out, NULL);
	jw_format(out, NULL,
		  "/subscriptions/%s/resourcegroups/%s/providers/microsoft.insights/"
		  "components/%s",
		  estate_sub_id(estate_group(c->group)), c->group, c->name);
	jw_time(out, NULL, hour_ms, 0);
	jw_int(out, NULL, all - lost);
	jw_int(out, NULL, all);
	jw_int(out, NULL, INSIGHTS_PLACES);
	jw_list_end(out);
}

void insights_put_results(const struct world *w, struct strbuf *out,
			  const char *workspace)
{
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;

	jw_list(out, "columns");
	put_column(out, "_ResourceId", "string");
	put_column(out, "Began", "datetime");
	put_column(out, "Good", "long");
	put_column(out, "All", "long");
	put_column(out, "Places", "long");
	jw_list_end(out);
	jw_list(out, "rows");
	for (int64_t i = 0; i <= HOURS; i++) {
		for (size_t k = 0; k < insights_n_components; k++) {
			const struct component *c = &insights_components[k];

			if (c->is_tested && c->workspace &&
			    strcmp(c->workspace, workspace) == 0)
				put_hour(w, out, c, hour_ms - i * HOUR_MS);
		}
	}
	jw_list_end(out);
}
