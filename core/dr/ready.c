/* See ready.h. */
#include "dr/ready.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/timefmt.h"
#include "board/def.h"
#include "board/read.h"
#include "board/workload.h"

bool ready_is_whole(const struct board *board)
{
	return board && !board->is_loading && !board->is_partial && !board->is_filling;
}

/* "rg-atlas-prod-weu" of a row, from its own column or out of its key where that is
 * the part's own id and not its vault's; empty when nothing says. */
static struct str group_of(const struct board *board, size_t row, bool key_is_id)
{
	static const char mark[] = "/resourcegroups/";
	struct str text = str_from(read_text(board, row, "group"));
	const struct str *key = &board->rows[row].key;

	for (size_t i = 0; key_is_id && text.n == 0 && i + sizeof(mark) <= key->n; i++) {
		size_t from = i + sizeof(mark) - 1, end = from;

		if (!str_eq_nocase(str_sub(*key, i, sizeof(mark) - 1), STR(mark)))
			continue;
		while (end < key->n && key->p[end] != '/')
			end++;
		text = str_sub(*key, from, end - from);
	}
	return text;
}

static bool is_part(const struct ready *r, const struct ready_voucher *v, size_t row)
{
	return (!v->where || str_eq_nocase(str_from(read_text(v->board, row, v->where)),
					   str_from(v->is))) &&
	       workload_has(r->workload, v->board, &v->board->rows[row]) &&
	       workload_recovers(r->workload, group_of(v->board, row, v->key_is_id));
}

static size_t part_add(struct ready *r, struct ready_parts *out, const char *name)
{
	struct ready_part part = {
		.name = arena_strdup(&r->report->arena, str_from(name))};

	for (size_t i = 0; i < READY_BOARDS; i++)
		part.rows[i] = -1;
	vec_push(&out->list, part);
	return out->list.n - 1;
}

void ready_gather(struct ready *r, const struct ready_voucher *vouchers, size_t n,
		  bool by_key, struct ready_parts *out)
{
	struct map seen;

	*out = (struct ready_parts){.is_complete = true};
	map_init(&seen);
	seen.fold_case = true;
	for (size_t v = 0; v < n; v++) {
		const struct ready_voucher *from = &vouchers[v];

		out->is_complete = out->is_complete && ready_is_whole(from->board);
		for (size_t i = 0; from->board && i < from->board->n_rows; i++) {
			const char *name = read_text(from->board, i, from->column);
			struct str key =
				by_key ? from->board->rows[i].key : str_from(name);
			size_t at;

			if (!*name || !is_part(r, from, i))
				continue;
			at = (size_t)(uintptr_t)map_find(&seen, key);
			if (at == 0) {
				at = part_add(r, out, name) + 1;
				map_put(&seen, key, (void *)(uintptr_t)at);
			}
			if (out->list.p[at - 1].rows[v] < 0)
				out->list.p[at - 1].rows[v] = (ptrdiff_t)i;
		}
	}
	map_fini(&seen);
}

void ready_parts_fini(struct ready_parts *parts)
{
	vec_fini(&parts->list);
}

/* extra_ms: what a service measured is some minutes old when it is read. */
static bool is_fresh(const struct ready *r, const struct board *board, int64_t known_ms,
		     int64_t extra_ms)
{
	int64_t limit_ms = board->fresh_ms;

	return !board->is_stale && known_ms != 0 &&
	       (limit_ms <= 0 || r->now_ms - known_ms <= limit_ms + extra_ms);
}

bool ready_is_fresh(const struct ready *r, const struct board *board)
{
	return board && is_fresh(r, board, board->fetched_ms, 0);
}

void ready_say(struct ready *r, const struct ready_fact *fact, const char *fmt, ...)
{
	struct dr_line line = {.check = fact->check,
			       .subject = fact->subject,
			       .todo = fact->todo,
			       .board = fact->where};
	va_list args;

	if (fact->board)
		line.known_ms = fact->known_ms ? fact->known_ms : fact->board->fetched_ms;
	va_start(args, fmt);
	if (!fact->board || fact->board->is_loading) {
		line.verdict = VERDICT_UNKNOWN;
		line.known_ms = 0;
		line.todo =
			"not read yet, or not readable: open the board for the reason";
		snprintf(line.value, sizeof(line.value), "no answer from %s",
			 fact->where);
	} else if (fact->row < 0) {
		bool is_sure = fact->absent && ready_is_whole(fact->board);

		line.verdict = is_sure ? VERDICT_NOT : VERDICT_UNKNOWN;
		snprintf(line.value, sizeof(line.value), "%s",
			 is_sure ? fact->absent : "not in what could be read");
	} else {
		vsnprintf(line.value, sizeof(line.value), fmt, args);
		if (!fact->is_known)
			line.verdict = VERDICT_UNKNOWN;
		else if (!fact->is_good)
			line.verdict = VERDICT_NOT;
		else if (!is_fresh(r, fact->board, line.known_ms,
				   fact->known_ms ? 15 * MINUTE_MS : 0))
			line.verdict = VERDICT_STALE;
		if (line.verdict == VERDICT_STALE)
			line.todo = "what is known is too old to count: refresh, and see "
				    "why it is not";
		else if (line.verdict == VERDICT_READY)
			line.todo = "";
	}
	va_end(args);
	vec_push(&r->report->lines, line);
}

void ready_unseen(struct ready *r, enum dr_check check, const char *subject,
		  const char *where)
{
	ready_say(r,
		  &(struct ready_fact){.check = check,
				       .subject = subject,
				       .where = where},
		  "%s", "");
}

struct ready_span ready_span(double ms)
{
	struct ready_span out = {"unknown"};
	struct strbuf text;

	if (!isfinite(ms))
		return out;
	strbuf_init(&text, sizeof(out.text));
	/* Drills are counted in days: 12 weeks are not 90 of them. */
	if (ms >= 14 * (double)DAY_MS)
		strbuf_printf(&text, "%dd", (int)(ms / (double)DAY_MS));
	else
		duration_format(&text, (int64_t)ms);
	snprintf(out.text, sizeof(out.text), "%s", text.p);
	strbuf_fini(&text);
	return out;
}

double ready_promise(int64_t configured_ms, double tagged_ms)
{
	return configured_ms > 0 ? (double)configured_ms : tagged_ms;
}
