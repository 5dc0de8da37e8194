/* See hours_row.h. */
#include "board/hours_row.h"

#include <math.h>

#include "base/timefmt.h"

/* The time line: a UTC day in quarters of an hour. */
enum { PARTS = 96, TEXT_MOST = 512 };
#define PART_MS (DAY_MS / PARTS)

void hours_put_edge(struct strbuf *out, const struct schedule_edge *edge)
{
	const struct schedule_figures *f = &edge->figures;

	strbuf_puts(out, edge->is_on ? "on" : "off");
	if (f->size[0] || f->tier[0])
		strbuf_printf(out, " %s", f->size[0] ? f->size : f->tier);
	else if (f->count >= 0)
		strbuf_printf(out, " %d", f->count);
}

bool hours_is_missed(enum wanted_fate fate)
{
	return fate == WANTED_MISSED || fate == WANTED_FAILED;
}

/* The edge that went by without effect, in words: what a proposal would rest on. The time
 * is as the tag has it: "19:00 PDT". */
static void put_missed(struct strbuf *out, const struct schedule_edge *edge,
		       enum wanted_fate fate, const char *why)
{
	hours_put_edge(out, edge);
	strbuf_printf(out, " was due at %02d:%02d %s", edge->minute / 60,
		      edge->minute % 60, edge->clock->abbreviation);
	if (fate == WANTED_FAILED)
		strbuf_printf(out, "; it failed%s%s", why[0] ? ": " : "", why);
	else
		strbuf_printf(out, "; %s", why[0] ? why : "nobody did it");
}

static cJSON *series(const float *v, size_t n)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, isnan(v[i]) ? cJSON_CreateNull()
						       : cJSON_CreateNumber(v[i]));
	return list;
}

static int64_t day_start(int64_t at_ms)
{
	return at_ms - (at_ms % DAY_MS + DAY_MS) % DAY_MS;
}

static void add_timeline(cJSON *row, const struct wanted *wanted, int64_t now_ms)
{
	float parts[PARTS];

	if (!wanted->has_schedule)
		return;
	wanted_timeline(wanted, day_start(now_ms), PART_MS, parts, PARTS);
	cJSON_AddItemToObject(row, "day", series(parts, PARTS));
}

void hours_row_put(cJSON *row, const struct hours *h, const struct wanted *wanted,
		   enum wanted_fate fate, const char *why)
{
	const struct zone *zone = wanted->has_schedule ? wanted->schedule.zone : NULL;
	bool is_missed = hours_is_missed(fate);
	int64_t skip_ms = 0;
	struct strbuf text;

	if (wanted->has_schedule)
		(void)schedule_skips(&wanted->schedule, h->d->now_ms, &skip_ms);
	derive_put_time(row, "skip", skip_ms);
	strbuf_init(&text, TEXT_MOST);
	if (is_missed)
		put_missed(&text, &wanted->last, fate, why);
	derive_put_text(row, "missed", text.p);
	derive_put_time(row, "due",
			is_missed || fate == WANTED_DUE ? wanted->last.at_ms : 0);
	strbuf_reset(&text);
	if (wanted->has_next)
		hours_put_edge(&text, &wanted->next);
	derive_put_text(row, "then", text.p);
	derive_put_time(row, "next", wanted->has_next ? wanted->next.at_ms : 0);
	derive_put_text(row, "zone", zone ? zone->name : NULL);
	add_timeline(row, wanted, h->d->now_ms);
	strbuf_fini(&text);
}
