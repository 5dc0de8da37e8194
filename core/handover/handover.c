/* See handover.h. Each board says where its rows are from and how old they are; boards
 * without any stand together in one line, and so do those that have not answered. */
#include "handover/handover.h"

#include <inttypes.h>

#include "base/count.h"
#include "base/markdown_text.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "handover/parts.h"
#include "handover/phrase.h"
#include "handover/pick.h"

enum { SECTION_BYTES = 64 << 10, LINE_BYTES = 4096, MOST_CHANGES = 30 };

static const struct {
	const char *title, *empty;
} sections[] = {
#define X(id, title, empty) {title, empty},
	HANDOVER_SECTION_LIST(X)
#undef X
};

struct writing {
	const struct handover *h;
	struct strbuf out;     /* of the section */
	struct strbuf none;    /* boards without such rows */
	struct strbuf unknown; /* boards that say nothing */
	bool is_any;	       /* rows were told of */
};

static void put_utc(struct strbuf *out, int64_t ms)
{
	struct utc t = utc_from_ms(ms);

	strbuf_printf(out, "%04d-%02d-%02d %02d:%02d", t.year, t.month, t.day, t.hour,
		      t.minute);
}

static void put_reason(struct strbuf *out, const char *before, const struct board *board)
{
	strbuf_puts(out, before);
	markdown_put_text(out, str_from(board->err.code != ERR_NONE
						? board->err.text
						: "it has not been asked again"));
}

/* "`alerts`, 12s old" */
static void put_source(struct strbuf *out, const struct board *board, int64_t now_ms)
{
	int64_t age_ms = now_ms - board->fetched_ms;

	strbuf_printf(out, "`%s`, ", board->def->name);
	if (board->is_stale)
		strbuf_puts(out, "STALE, ");
	if (age_ms >= 1000) {
		duration_format(out, age_ms);
		strbuf_puts(out, " old");
	} else {
		strbuf_puts(out, "now");
	}
	if (board->is_stale)
		put_reason(out, ": ", board);
	else if (board->is_partial)
		put_reason(out, ", not whole: ", board);
	if (board->note) {
		strbuf_puts(out, ": ");
		markdown_put_text(out, str_from(board->note));
	}
}

/* Two parts may be of one board: it is named once. */
static bool is_last_of_board(const struct handover_part *part)
{
	const struct handover_part *next = part + 1;

	return next == handover_parts + n_handover_parts ||
	       next->section != part->section || strcmp(next->board, part->board) != 0;
}

static void put_unknown(struct writing *w, const struct handover_part *part,
			const char *why)
{
	struct str name = str_from(part->board);

	if (!is_last_of_board(part))
		return;
	strbuf_printf(&w->unknown, "%s`%s` (", w->unknown.n ? ", " : "", name.p);
	markdown_put_text(&w->unknown, str_from(why));
	strbuf_putc(&w->unknown, ')');
}

static void put_item(struct writing *w, const struct handover_part *part,
		     const struct picked *item)
{
	strbuf_puts(&w->out, "- ");
	if (part->is_since) {
		phrase_put_time(&w->out, item->last_ms, w->h->now_ms);
		strbuf_puts(&w->out, ": ");
	}
	strbuf_puts(&w->out, item->text);
	if (item->n > 1)
		strbuf_printf(&w->out, ", %zu times", item->n);
	if (item->n > 1 && part->is_since) {
		strbuf_puts(&w->out, " since ");
		phrase_put_time(&w->out, item->first_ms, w->h->now_ms);
	}
	strbuf_putc(&w->out, '\n');
}

static void put_items(struct writing *w, const struct handover_part *part,
		      const struct board *board, const struct pick *pick)
{
	size_t told = 0, i;

	w->is_any = true;
	strbuf_printf(&w->out, "\n%s: %zu (", part->label, pick->n_rows);
	put_source(&w->out, board, w->h->now_ms);
	strbuf_puts(&w->out, "):\n\n");
	for (i = 0; i < pick->items.n && i < part->most; i++) {
		put_item(w, part, &pick->items.p[i]);
		told += pick->items.p[i].n;
	}
	if (told < pick->n_rows)
		strbuf_printf(&w->out, "- and %zu more: `azdeck show %s`\n",
			      pick->n_rows - told, part->board);
}

static void put_part(struct writing *w, const struct handover_part *part)
{
	struct board *board = w->h->board(w->h->ctx, part->board);
	struct pick pick;

	if (!board || board->is_loading || board->fetched_ms == 0) {
		put_unknown(w, part,
			    board && board->err.code != ERR_NONE ? board->err.text
								 : "no answer yet");
		return;
	}
	pick_rows(&pick, part, w->h, board);
	if (pick.err.code != ERR_NONE) {
		put_unknown(w, part, pick.err.text);
	} else if (pick.n_rows > 0) {
		put_items(w, part, board, &pick);
	} else {
		strbuf_printf(&w->none, "%s%s (", w->none.n ? "; " : "", part->label);
		put_source(&w->none, board, w->h->now_ms);
		strbuf_putc(&w->none, ')');
	}
	pick_fini(&pick);
}

static void put_change(struct strbuf *out, const struct handover_change *c,
		       int64_t now_ms)
{
	strbuf_puts(out, "- ");
	phrase_put_time(out, c->at_ms, now_ms);
	strbuf_puts(out, ": **");
	markdown_put_text(out, str_from(c->what));
	strbuf_puts(out, "** on ");
	markdown_put_text(out, str_from(c->on));
	strbuf_puts(out, " by ");
	markdown_put_text(out, str_from(c->by));
	strbuf_printf(out, ", plan `%s`: ", c->code);
	markdown_put_text(out, str_from(c->state));
	if (c->why) {
		strbuf_puts(out, " (");
		markdown_put_text(out, str_from(c->why));
		strbuf_putc(out, ')');
	}
	if (c->is_open && c->expires_ms) {
		strbuf_puts(out, ", until ");
		phrase_put_time(out, c->expires_ms, now_ms);
	}
	strbuf_putc(out, '\n');
}

/* The log says more of it. */
static bool is_in_log(const struct handover *h, const char *code)
{
	const struct board *log = h->board(h->ctx, HANDOVER_LOG);

	return log && board_find(log, str_from(code)) >= 0;
}

/* Those that are open, or those that came to an end in the time told of and are not in
 * the audit log, as in the demo, or not yet as it was read. */
static void put_changes(struct writing *w, bool are_open)
{
	const struct handover *h = w->h;
	size_t n = 0;

	for (size_t i = 0; i < h->n_changes; i++) {
		const struct handover_change *c = &h->changes[i];

		if (c->is_open != are_open ||
		    (!are_open && (c->at_ms < h->since_ms || is_in_log(h, c->code))))
			continue;
		if (n == 0)
			strbuf_printf(&w->out, "\n%s:\n\n",
				      are_open ? "Planned with azdeck"
					       : "By azdeck, as its list of changes has "
						 "it");
		if (n++ < MOST_CHANGES)
			put_change(&w->out, c, h->now_ms);
	}
	if (n > MOST_CHANGES)
		strbuf_printf(&w->out, "- and %zu more: `azdeck audit show`\n",
			      n - MOST_CHANGES);
	w->is_any |= n > 0;
}

static void put_section(const struct handover *h, enum handover_section section,
			struct strbuf *out)
{
	struct writing w = {.h = h};

	strbuf_init(&w.out, SECTION_BYTES);
	strbuf_init(&w.none, LINE_BYTES);
	strbuf_init(&w.unknown, LINE_BYTES);
	if (section == HANDOVER_APPROVALS || section == HANDOVER_CHANGED)
		put_changes(&w, section == HANDOVER_APPROVALS);
	for (size_t i = 0; i < n_handover_parts; i++) {
		if (handover_parts[i].section == section)
			put_part(&w, &handover_parts[i]);
	}
	strbuf_printf(out, "\n## %s\n", sections[section].title);
	if (!w.is_any && w.unknown.n == 0)
		strbuf_printf(out, "\nNothing: %s.\n", sections[section].empty);
	strbuf_put(out, strbuf_str(&w.out));
	if (w.none.n)
		strbuf_printf(out, "\nNone: %s.\n", w.none.p);
	if (w.unknown.n)
		strbuf_printf(out, "\nNot known: %s.\n", w.unknown.p);
	strbuf_fini(&w.out);
	strbuf_fini(&w.none);
	strbuf_fini(&w.unknown);
}

static void put_head(const struct handover *h, struct strbuf *out)
{
	strbuf_puts(out, "# Hand-over, ");
	put_utc(out, h->now_ms);
	strbuf_puts(out, " UTC\n\nOf what happened since ");
	put_utc(out, h->since_ms);
	strbuf_puts(out, " UTC (");
	duration_format(out, h->now_ms - h->since_ms);
	strbuf_puts(out, ")");
	if (h->by) {
		strbuf_puts(out, ", by ");
		markdown_put_text(out, str_from(h->by));
	}
	strbuf_puts(out, ". All times are UTC.");
	if (h->is_demo)
		strbuf_puts(out, " This is the demo: nothing of it is real.");
	if (h->is_past)
		strbuf_puts(out, " As the history has it of that time.");
	if (h->workload) {
		strbuf_puts(out, " Only rows of the workload ");
		markdown_put_text(out, str_from(h->workload));
		strbuf_puts(out, ".");
	}
	strbuf_puts(out, "\nAzdeck wrote it by rule out of its boards, whose names and "
			 "ages stand beside what is of them.\n");
}

void handover_write(const struct handover *h, struct strbuf *out)
{
	struct strbuf text;

	strbuf_init(&text, HANDOVER_MAX_BYTES);
	put_head(h, &text);
	for (int i = 0; i < HANDOVER_SECTIONS; i++)
		put_section(h, (enum handover_section)i, &text);
	strbuf_put(out, strbuf_str(&text));
	strbuf_fini(&text);
}
