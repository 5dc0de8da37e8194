/* From a question to its kind: what is refused first, then what speaks most for itself.
 * Nothing in the question is obeyed; it only chooses which of the guide's own answers is
 * given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "guide/kinds.h"
#include "guide/reading.h"
#include "guide/span.h"
#include "guide/unsafe.h"

/* So much has to speak for a kind; so much leaves no doubt. */
static const double LEAST = 3, PLENTY = 6;

static double special(const struct reading *r, struct str name, bool is_of_row)
{
	if (str_is(name, ".name"))
		return r->n_names > 0;
	if (str_is(name, ".number"))
		return r->has_number;
	if (str_is(name, ".trace"))
		return r->has_trace;
	if (str_is(name, ".size"))
		return r->has_size;
	return r->has_here && is_of_row;
}

static double strength(const struct reading *r, struct str name, bool is_of_row)
{
	if (name.n && name.p[0] == '.')
		return special(r, name, is_of_row);
	return r->concepts[lexicon_concept(name)];
}

static bool has_group(const struct reading *r, struct str group, bool is_of_row)
{
	struct str name;

	while (str_next(&group, '|', &name))
		if (strength(r, name, is_of_row) > 0)
			return true;
	return false;
}

static bool has_needs(const struct reading *r, const char *needs, bool is_of_row)
{
	struct str rest = str_from(needs), group;

	if (!rest.n)
		return true;
	while (str_next(&rest, ' ', &group))
		if (!has_group(r, group, is_of_row))
			return false;
	return true;
}

static double score(const struct reading *r, const struct kind_row *row, bool is_of_row)
{
	struct str rest = str_from(row->clues), clue;
	double sum = 0;

	if (!rest.n || !has_needs(r, row->needs, is_of_row))
		return 0;
	while (str_next(&rest, ' ', &clue)) {
		int64_t weight = 0;

		if (clue.n < 3)
			continue;
		/* One digit with its sign. */
		weight = clue.p[clue.n - 1] - '0';
		if (clue.p[clue.n - 2] == '-')
			weight = -weight;
		sum += (double)weight *
		       strength(r, str_sub(clue, 0, clue.n - 2), is_of_row);
	}
	return sum;
}

/* As resources are called, "atlas-build-05": not a number, an id or a size. */
static bool has_plain_name(const struct reading *r)
{
	const struct reading_name *name = &r->names[0];

	return r->n_names == 1 && name->is_certain && !name->is_number && !r->has_trace &&
	       !r->has_size && strlen(name->text) < 64 && strpbrk(name->text, "-_.");
}

static void choose(const struct reading *r, bool is_of_row, struct guide_plan *out)
{
	double best = 0, second = 0;

	out->kind = out->also = GUIDE_UNCLEAR;
	for (size_t i = 0; i < GUIDE_KINDS; i++) {
		double sum = score(r, &kind_rows[i], is_of_row);

		if (sum > best) {
			second = best;
			out->also = out->kind;
			best = sum;
			out->kind = (enum guide_kind)i;
		} else if (sum > second) {
			second = sum;
			out->also = (enum guide_kind)i;
		}
	}
	if (best < LEAST) {
		out->also = out->kind;
		/* A name alone: how it stands. */
		out->kind = has_plain_name(r) ? GUIDE_ACROSS_OPEN : GUIDE_UNCLEAR;
		out->sure = has_plain_name(r) ? 0.5 : 0;
		return;
	}
	out->sure = best >= PLENTY ? 1 : best / PLENTY;
	if (best - second < 1)
		out->sure *= 0.7;
}

/* Certain names first, else as they stand. */
static void take_subjects(const struct reading *r, bool is_certain,
			  struct guide_plan *out)
{
	for (size_t i = 0; i < r->n_names && out->n_subjects < GUIDE_SUBJECTS_MOST; i++) {
		if (r->names[i].is_certain != is_certain)
			continue;
		snprintf(out->subjects[out->n_subjects], sizeof(out->subjects[0]), "%s",
			 r->names[i].text);
		out->is_certain[out->n_subjects++] = is_certain;
	}
}

static void take_boards(const struct guide_setting *setting, struct guide_plan *out)
{
	const char *const *boards = kind_rows[out->kind].boards;

	for (size_t i = 0; i < KIND_BOARDS && boards[i]; i++)
		out->boards[out->n_boards++] = boards[i];
	if (!out->here_board[0])
		return;
	for (size_t i = 0; i < out->n_boards; i++)
		if (strcmp(out->boards[i], out->here_board) == 0)
			return;
	if (out->kind == GUIDE_EXPLAIN || out->kind == GUIDE_UNCLEAR)
		out->boards[out->n_boards++] = setting->board;
}

static void take_setting(const struct guide_setting *setting, struct guide_plan *out)
{
	if (!setting || !setting->board || !setting->key || !setting->board[0] ||
	    !setting->key[0])
		return;
	snprintf(out->here_board, sizeof(out->here_board), "%s", setting->board);
	snprintf(out->here_key, sizeof(out->here_key), "%s", setting->key);
}

void guide_understand(struct str question, const struct guide_setting *setting,
		      int64_t now_ms, struct guide_plan *out)
{
	struct reading *r = xcalloc(1, sizeof(*r));
	size_t elsewhere = lexicon_concept(STR("elsewhere"));

	*out = (struct guide_plan){.kind = GUIDE_UNCLEAR};
	reading_init(r, question);
	take_setting(setting, out);
	out->is_injected = unsafe_is_injection(r);
	take_subjects(r, true, out);
	take_subjects(r, false, out);
	if (!span_of(strbuf_str(&r->text), now_ms, &out->from_ms, &out->to_ms))
		out->from_ms = out->to_ms = 0;
	choose(r, out->here_key[0] != '\0', out);
	out->unsafe = unsafe_find(r);
	if (out->unsafe || (out->is_injected && out->kind == GUIDE_UNCLEAR)) {
		out->kind = GUIDE_UNSAFE;
		out->sure = 1;
	} else if (r->concepts[elsewhere] > 0.5 && out->sure < 1) {
		out->kind = GUIDE_OUT_OF_SCOPE;
		out->sure = 1;
	}
	take_boards(setting, out);
	reading_fini(r);
	free(r);
}
