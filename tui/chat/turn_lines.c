/* A turn as lines: the question, the answer, and below it what was struck out, what it
 * proposes and asks, where its claims stand, and who answered. See turn.h. */
#include <math.h>
#include <stdio.h>

#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "tui/chat/markdown.h"
#include "tui/chat/turn.h"

enum { INDENT = 2, SHOWS_WAIT_AFTER_S = 2 };

static void flow(struct turn *t, const char *first, struct rich *r)
{
	static const char blanks[] = "        ";
	struct str lead = str_from(first);
	int w = utf8_width(lead);

	if (w > (int)sizeof(blanks) - 1)
		w = (int)sizeof(blanks) - 1;
	chat_lines_flow(&t->lines, CHAT_LINE_TEXT,
			&(struct chat_lead){.first = lead,
					    .rest = {blanks, (size_t)w},
					    .role = ROLE_KEY},
			r);
	rich_reset(r);
}

/* One line, clean: texts of answers come from outside. */
static void put_clean(struct rich *r, enum role role, uint16_t mark, struct str text)
{
	struct strbuf clean;

	if (sanitize_is_clean(text)) {
		rich_put_mark(r, role, mark, text);
		return;
	}
	strbuf_init(&clean, RICH_MOST);
	sanitize_line(&clean, text);
	rich_put_mark(r, role, mark, strbuf_str(&clean));
	strbuf_fini(&clean);
}

static void put_question(struct turn *t, struct rich *r)
{
	struct strbuf clean;

	strbuf_init(&clean, RICH_MOST);
	sanitize_text(&clean, str_from(t->text));
	rich_put(r, ROLE_STRONG, strbuf_str(&clean));
	strbuf_fini(&clean);
	flow(t, t->is_ascii ? "> " : "› ", r);
	if (t->about) {
		rich_puts(r, ROLE_DIM, "about ");
		put_clean(r, ROLE_DIM, 0, str_from(t->about));
		flow(t, "  ", r);
	}
	chat_lines_blank(&t->lines);
	t->lines.block++;
}

/* How a citation of the answer looks; also where colours are missing. */
static bool cite(void *ctx, size_t number, struct citation *out)
{
	const struct turn *t = ctx;
	const struct claim *claim;

	if (number > t->answer.n_claims)
		return false;
	claim = &t->answer.claims[number - 1];
	*out = (struct citation){.note = "", .role = ROLE_LINK};
	if (claim->is_unknown)
		*out = (struct citation){.note = "unknown", .role = ROLE_UNKNOWN};
	else if (claim->is_stale)
		*out = (struct citation){.note = "stale", .role = ROLE_STALE};
	return true;
}

static void render(struct turn *t, struct str text, bool is_unchecked)
{
	markdown_render(&t->lines,
			&(struct markdown){.is_ascii = t->is_ascii,
					   .is_unchecked = is_unchecked,
					   .indent = INDENT,
					   .cite = t->state == TURN_NOTE ? NULL : cite,
					   .ctx = t},
			text);
}

static void put_list(struct turn *t, struct rich *r, char *const *texts, size_t n,
		     const char *lead, const char *word, enum chat_mark kind)
{
	for (size_t i = 0; i < n; i++) {
		rich_puts(r, ROLE_DIM, word);
		put_clean(r, kind ? ROLE_LINK : ROLE_UNKNOWN,
			  kind ? mark_make(kind, i) : 0, str_from(texts[i]));
		flow(t, lead, r);
	}
}

static void put_struck(struct turn *t, struct rich *r)
{
	for (size_t i = 0; i < t->answer.n_struck; i++) {
		const struct struck *struck = &t->answer.struck[i];

		rich_puts(r, ROLE_WARN, "struck out: ");
		put_clean(r, ROLE_QUOTE, 0, str_from(struck->text));
		rich_puts(r, ROLE_DIM, ": ");
		put_clean(r, ROLE_DIM, 0, str_from(struck->why));
		flow(t, t->is_ascii ? "  x " : "  ✗ ", r);
	}
}

static void put_read_at(struct rich *r, const struct claim *claim)
{
	struct utc at = utc_from_ms(claim->as_of_ms);
	char text[80];

	if (claim->version > 0) {
		snprintf(text, sizeof(text), " v%llu",
			 (unsigned long long)claim->version);
		rich_puts(r, ROLE_DIM, text);
	}
	if (claim->as_of_ms > 0 && claim->kind == CLAIM_RUNBOOK) {
		snprintf(text, sizeof(text), " of %04d-%02d-%02d", at.year, at.month,
			 at.day);
		rich_puts(r, ROLE_DIM, text);
	} else if (claim->as_of_ms > 0) {
		snprintf(text, sizeof(text), " read %02d:%02d:%02d UTC", at.hour,
			 at.minute, at.second);
		rich_puts(r, ROLE_DIM, text);
	}
	if (claim->is_unknown)
		rich_puts(r, ROLE_UNKNOWN, " unknown");
	else if (claim->is_stale)
		rich_puts(r, ROLE_STALE, " stale");
}

/* A field as the sentence has it, "12h30m"; the record has 45030.29. */
static struct str shown_value(const struct claim *claim)
{
	bool has_words = claim->kind == CLAIM_FIELD && claim->text && claim->text[0];

	return str_from(has_words ? claim->text : claim->value ? claim->value : "");
}

static void put_sources(struct turn *t, struct rich *r)
{
	for (size_t i = 0; i < t->answer.n_claims; i++) {
		const struct claim *claim = &t->answer.claims[i];
		struct citation citation = {.note = ""};
		char lead[24];

		cite(t, i + 1, &citation);
		snprintf(lead, sizeof(lead), "[%zu]", i + 1);
		rich_put_mark(r, citation.role, mark_make(MARK_CLAIM, i), str_from(lead));
		rich_puts(r, ROLE_DIM, " ");
		put_clean(r, ROLE_DIM, 0, str_from(claim->ref));
		if (claim->value && claim->value[0]) {
			rich_puts(r, ROLE_DIM, " = ");
			put_clean(r, ROLE_TEXT, 0, shown_value(claim));
		}
		put_read_at(r, claim);
		flow(t, "  ", r);
	}
}

/* Who answered and why, in tokens and money. */
static void put_route(struct turn *t, struct rich *r)
{
	const struct answer *a = &t->answer;
	char text[120];

	if (!a->route[0] && !a->model[0] && !a->is_guide)
		return;
	put_clean(r, ROLE_DIM, 0,
		  str_from(a->model[0]	 ? a->model
			   : a->is_guide ? "by rule, without a model"
					 : a->route));
	if (!a->is_guide && (a->tokens_in >= 0 || a->tokens_out >= 0)) {
		snprintf(text, sizeof(text), "; %lld + %lld tokens",
			 (long long)(a->tokens_in > 0 ? a->tokens_in : 0),
			 (long long)(a->tokens_out > 0 ? a->tokens_out : 0));
		rich_puts(r, ROLE_DIM, text);
	}
	if (!a->is_guide && !isnan(a->money)) {
		snprintf(text, sizeof(text), "; cost %.4f%s%s", a->money,
			 a->currency[0] ? " " : "", a->currency);
		rich_puts(r, ROLE_DIM, text);
	}
	if (a->why[0]) {
		rich_puts(r, ROLE_DIM, "; ");
		put_clean(r, ROLE_DIM, 0, str_from(a->why));
	}
	flow(t, "  ", r);
}

static void put_end(struct turn *t, struct rich *r)
{
	const struct answer *a = &t->answer;

	if (t->state == TURN_STOPPED) {
		chat_lines_blank(&t->lines);
		rich_puts(r, ROLE_WARN, "stopped: what came of it is above");
		flow(t, "  ", r);
	}
	if (t->state == TURN_FAILED) {
		chat_lines_blank(&t->lines);
		put_clean(r, ROLE_CRIT, 0, str_from(t->err.text));
		flow(t, "  ", r);
	}
	chat_lines_blank(&t->lines);
	t->lines.block++;
	put_struck(t, r);
	put_list(t, r, a->unknowns, a->n_unknowns, "  ? ", "not known: ", MARK_NONE);
	put_list(t, r, a->asks, a->n_asks, "  o ", "", MARK_CHOICE);
	put_list(t, r, a->proposals, a->n_proposals, t->is_ascii ? "  ! " : "  ▲ ",
		 "proposed: ", MARK_PROPOSAL);
	put_sources(t, r);
	put_route(t, r);
	if (t->rating != 0) {
		rich_puts(r, ROLE_DIM,
			  t->rating > 0 ? "you said that it helped"
					: "you said that it did not help");
		flow(t, "  ", r);
	}
	put_list(t, r, a->follow_ups, a->n_follow_ups, t->is_ascii ? "  > " : "  → ", "",
		 MARK_FOLLOW_UP);
}

static void put_step(struct turn *t, struct rich *r)
{
	char text[40];

	chat_lines_blank(&t->lines);
	put_clean(r, t->is_again ? ROLE_WARN : ROLE_INFO, 0,
		  t->is_stopping ? STR("stops")
		  : t->step.n	 ? strbuf_str(&t->step)
				 : STR("reads the question"));
	if (t->shown_s >= SHOWS_WAIT_AFTER_S) {
		snprintf(text, sizeof(text), "  %lld s", (long long)t->shown_s);
		rich_puts(r, ROLE_DIM, text);
	}
	flow(t, t->is_ascii ? "  - " : "  ∙ ", r);
}

/* What came since. */
static void settle(struct turn *t)
{
	struct str prose = strbuf_str(&t->answer.prose);

	chat_lines_cut(&t->lines, &t->settled);
	if (prose.n > t->settled_bytes)
		render(t, str_sub(prose, t->settled_bytes, prose.n), false);
	t->settled_bytes = prose.n;
	t->settled = chat_lines_here(&t->lines);
}

static void begin(struct turn *t, int w, bool is_ascii, struct rich *r)
{
	t->is_ascii = is_ascii;
	chat_lines_reset(&t->lines, w);
	if (t->state == TURN_NOTE)
		render(t, str_from(t->text), false);
	else
		put_question(t, r);
	t->begin = t->settled = chat_lines_here(&t->lines);
	t->settled_bytes = 0;
}

void turn_lay_out(struct turn *t, int w, bool is_ascii, int64_t mono_ms)
{
	bool is_new = t->lines.w != w || t->is_ascii != is_ascii || t->lines.lines.n == 0;
	int64_t waits_s = turn_is_open(t) ? (mono_ms - t->asked_ms) / 1000 : -1;
	struct rich r;

	if (!is_new && !t->is_dirty && waits_s == t->shown_s)
		return;
	t->is_dirty = false;
	t->shown_s = waits_s;
	rich_init(&r);
	if (is_new)
		begin(t, w, is_ascii, &r);
	if (t->state != TURN_NOTE) {
		settle(t);
		if (t->open.n > 0)
			render(t, strbuf_str(&t->open), true);
		if (turn_is_open(t))
			put_step(t, &r);
		else
			put_end(t, &r);
	}
	chat_lines_blank(&t->lines);
	rich_fini(&r);
}

void turn_export(const struct turn *t, struct strbuf *out)
{
	if (t->state == TURN_NOTE)
		return;
	strbuf_printf(out, "## %s\n\n", t->text);
	if (t->about)
		strbuf_printf(out, "About %s.\n\n", t->about);
	strbuf_put(out, strbuf_str(&t->answer.prose));
	strbuf_puts(out, "\n");
	if (t->err.code != ERR_NONE)
		strbuf_printf(out, "\n%s\n", t->err.text);
	for (size_t i = 0; i < t->answer.n_claims; i++) {
		const struct claim *claim = &t->answer.claims[i];

		strbuf_printf(out, "%s[%zu] %s = %s (v%llu%s%s)  \n", i ? "" : "\n",
			      i + 1, claim->ref, claim->value ? claim->value : "",
			      (unsigned long long)claim->version,
			      claim->is_stale ? ", stale" : "",
			      claim->is_unknown ? ", unknown" : "");
	}
	for (size_t i = 0; i < t->answer.n_struck; i++)
		strbuf_printf(out, "\nStruck out: %s (%s)\n", t->answer.struck[i].text,
			      t->answer.struck[i].why);
	strbuf_puts(out, "\n");
}
