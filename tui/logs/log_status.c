/* See log_screen_part.h: what is said of a log beside its lines. Thread: ui. */
#include <inttypes.h>

#include "base/timefmt.h"
#include "tui/logs/log_screen_part.h"

static void put_size(struct strbuf *out, int64_t bytes)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	double value = (double)bytes;
	size_t unit = 0;

	while (value >= 1024 && unit + 1 < sizeof(units) / sizeof(*units)) {
		value /= 1024;
		unit++;
	}
	strbuf_printf(out, unit && value < 10 ? "%.1f %s" : "%.0f %s", value,
		      units[unit]);
}

static void put_percent(struct strbuf *out, int64_t done, int64_t total)
{
	if (total > 0)
		strbuf_printf(out, " %d %%", (int)(100.0 * (double)done / (double)total));
}

/* Lines that came since following was paused. */
static void put_paused(const struct log_view *v, struct strbuf *out)
{
	const struct log_state *state = &v->client->state;
	uint64_t lines = state->lines > v->paused_at ? state->lines - v->paused_at : 0;

	if (state->end <= v->paused_end)
		return;
	strbuf_puts(out, "following paused, ");
	if (lines > 0)
		strbuf_printf(out, "%" PRIu64 " new, F to go on", lines);
	else
		strbuf_puts(out, "more came, F to go on");
}

static enum role put_live(const struct log_client *c, struct strbuf *out)
{
	const struct live_status *live = &c->live;

	if (live->note[0])
		strbuf_printf(out, "%s; ", live->note);
	if (live->gaps)
		strbuf_printf(out, "%" PRIu64 " gap%s; ", live->gaps,
			      live->gaps == 1 ? "" : "s");
	strbuf_puts(out, live_state_name(live->state));
	if (live->state == LIVE_FOLLOWING && live->origins > 1)
		strbuf_printf(out, " %zu streams", live->origins);
	if (live->err.text[0])
		strbuf_printf(out, ": %s", live->err.text);
	if (live->state == LIVE_FAILED)
		return ROLE_CRIT;
	return live->state == LIVE_WAITING || live->note[0] || live->gaps ? ROLE_WARN
									  : ROLE_DIM;
}

static enum role put_file(const struct log_client *c, struct strbuf *out)
{
	const struct log_state *state = &c->state;

	if (state->err.code != ERR_NONE) {
		strbuf_puts(out, state->is_open ? state->err.text : "cannot be read");
		return ROLE_CRIT;
	}
	if (state->is_gone) {
		strbuf_puts(out, "the file is gone; this is what it had");
		return ROLE_WARN;
	}
	if (state->is_arriving)
		strbuf_puts(out, "still coming, ");
	put_size(out, state->end);
	if (!state->is_counted && state->is_open)
		strbuf_printf(out, ", %" PRIu64 " lines so far", state->lines);
	return ROLE_DIM;
}

void log_screen_title(struct log_screen *l, struct strbuf *note, enum role *role)
{
	const struct log_view *v = log_screen_view(l);
	const struct log_client *c = v->client;

	*role = ROLE_DIM;
	if (!c->has_state && !c->source)
		return;
	if (v->is_following && (c->source || c->state.is_open)) {
		strbuf_puts(note, c->source || c->state.is_arriving ? "" : "following, ");
	} else {
		put_paused(v, note);
		if (note->n > 0) {
			*role = ROLE_WARN;
			return;
		}
	}
	*role = c->source ? put_live(c, note) : put_file(c, note);
	if (c->state.dropped_bytes > 0) {
		strbuf_puts(note, ", ");
		put_size(note, (int64_t)c->state.dropped_bytes);
		strbuf_puts(note, c->source ? " dropped" : " more not kept");
		if (*role == ROLE_DIM)
			*role = ROLE_WARN;
	}
}

static void put_find(const struct log_client *c, struct strbuf *out)
{
	if (c->seek_id && c->seek_total > 0) {
		strbuf_puts(out, "looking");
		put_percent(out, c->seek_done, c->seek_total);
		strbuf_puts(out, ", esc stops  ");
	}
	if (!c->find)
		return;
	strbuf_printf(out, "/%s %" PRIu64 " hit%s", c->find, c->hits,
		      c->hits == 1 ? "" : "s");
	if (c->is_counting)
		put_percent(out, c->hits_done, c->hits_total);
	strbuf_puts(out, "  ");
}

static void put_position(const struct log_view *v, struct strbuf *out)
{
	const struct log_client *c = v->client;
	const struct page_row *row = log_view_row(v);
	uint64_t number = log_view_number(v), all = c->state.lines;
	int64_t span = c->state.end - c->state.begin;

	if (!row)
		return;
	if (number && c->state.is_ring)
		strbuf_printf(out, "%" PRIu64 "/%" PRId64, number, c->state.end);
	else if (number && c->state.is_counted)
		strbuf_printf(out, "%" PRIu64 "/%" PRIu64, number, all);
	else if (number)
		strbuf_printf(out, "%" PRIu64, number);
	if (v->cursor + 1 == c->page->rows.n && !c->page->has_behind)
		strbuf_printf(out, "%s100 %%", number ? "  " : "");
	else if (span > 0)
		strbuf_printf(out, "%s%d %%", number ? "  " : "",
			      (int)(100.0 * (double)(row->at - c->state.begin) /
				    (double)span));
	if (v->skip)
		strbuf_printf(out, "  +%zu", v->skip);
	else if (row->is_cut)
		strbuf_puts(out, "  long line");
}

void log_screen_status(struct log_screen *l, struct strbuf *out)
{
	const struct log_view *v = log_screen_view(l);
	struct strbuf filter;

	put_find(v->client, out);
	strbuf_init(&filter, 400);
	wanted_format(&filter, &v->client->wanted);
	if (filter.n > 0) {
		strbuf_put(out, strbuf_str(&filter));
		strbuf_puts(out, "  ");
	}
	strbuf_fini(&filter);
	put_position(v, out);
}
