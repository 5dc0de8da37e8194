/* Ten thousand drafts as no model should write them: true and false figures, references
 * that are right, wrong and broken, commands, escapes, in any order. Whatever comes, what
 * is left has no figure that a board does not have, no command, and nothing that moves a
 * cursor; and what was settled on the way stays. */
#include "answer/ground.h"

#include <stdio.h>

#include "base/count.h"
#include "base/rng.h"
#include "base/sanitize.h"
#include "base/utf8.h"
#include "unit/answer_world.h"
#include "unit/check.h"

enum { DRAFTS = 10000, PIECES_MOST = 24, DRAFT_MOST = 8192, FORMS = 5 };

/* References that are right, and all that may stand before their citation. */
static const struct {
	const char *ref, *forms[FORMS];
} truths[] = {
	{"sql[atlas-orders].cpu_pct", {"80.1%", "80 %", "80%", NULL}},
	{"sql[atlas-orders].sku", {"BC_Gen5_8", "BC Gen5 8", NULL}},
	{"dr.group[fog-atlas].lag_sec", {"15m45s", "16 minutes", NULL}},
	{"dr.group[fog-atlas].lag_as_of",
	 {"10:10 UTC (10m30s ago)", "10:10 UTC", "11:10 CET", "10m30s ago", NULL}},
	{"cost.budget[budget-atlas].spent", {"€6,682.73", "6,683 EUR", NULL}},
	{"sql[atlas-catalog].cpu_pct", {"not known", NULL}},
	{"sql[atlas-catalog].tier", {"GeneralPurpose", NULL}},
};

static const char *const lies[] = {
	"99%",
	"0",
	"-5",
	"€1,000,000.00",
	"3 hours",
	"03:12 UTC",
	"12 May",
	"1e9",
	"2027-01-01",
	"0x1F",
	"9\xe2\x80\x8b"
	"9",
	"９９",
	"½",
	"zero",
	"4bf92f35",
	"10.0.0.4",
	"&#57;",
	"db-p4",
	"[1]",
	"[2]",
	"[9]",
	"[1](https://x9.example)",
	"[7]: https://x7.example",
	"vm-7/disk-2",
	"1.2.3",
	"5x",
	"²",
};

static const char *const words[] = {
	"the database",
	"is at",
	"and",
	"because",
	"of",
	"Atlas",
	"so that",
	"it waits",
	"**strong**",
	"`code`",
	"|",
	"> ",
	"- ",
	"# ",
	"not",
	"_soft_",
	"(",
	")",
	", ",
	". ",
	"; ",
	"? ",
	": ",
	"\n",
	"\n\n",
	"\n1. ",
	"\n```\n",
	"\n~~~\n",
	"  ",
	"\t",
	"[",
	"]",
	"\"",
	"<",
	">",
	"&",
	"\\",
};

static const char *const broken[] = {
	"[S:",
	"[S:]",
	"[S:sql[atlas-orders].cpu_pct",
	"[S:sql[",
	"[S:no.such]",
	"[S:sql[nobody].tier]",
	"[R:none#where]",
	"[L:none]",
	"[A:none]",
	"[C:none]",
	"[D:none]",
	"[S:vms[x].size]",
	"[S:[S:sql[atlas-orders].cpu_pct]]",
	"[X:y]",
};

static const char *const commands[] = {
	"az sql db delete -n x", "kubectl delete pod x",
	"terraform destroy",	 "curl -X DELETE https://x.example",
	"DROP TABLE x",		 "Remove-AzVM -Name x",
	"azdeck act approve x",
};

static const char *const attacks[] = {
	"\033[2J",
	"\033]0;x\a",
	"\033]52;c;eA==\a",
	"\033P1;2x\033\\",
	"\xc2\x9b"
	"2J",
	"\xe2\x80\xae",
	"\xe2\x80\x8b",
	"\xff\xfe",
	"\r",
	"\b",
	"\a",
	"\033",
	"\x7f",
	"\xf3\xa0\x81\x81",
};

#define ANY(r, list) (list)[rng_range((r), 0, (int64_t)COUNT(list) - 1)]

/* A true reference, alone, or behind one of the things it may stand behind. */
static void put_truth(struct rng *r, struct strbuf *out)
{
	size_t i = (size_t)rng_range(r, 0, (int64_t)COUNT(truths) - 1);
	const char *form = truths[i].forms[rng_range(r, 0, FORMS - 1)];

	if (form && rng_unit(r) < 0.5)
		strbuf_printf(out, "%s ", form);
	strbuf_printf(out, "[S:%s]", truths[i].ref);
}

static void put_piece(struct rng *r, struct strbuf *out)
{
	double which = rng_unit(r);

	if (which < 0.30)
		strbuf_puts(out, ANY(r, words));
	else if (which < 0.55)
		put_truth(r, out);
	else if (which < 0.75)
		strbuf_puts(out, ANY(r, lies));
	else if (which < 0.85)
		strbuf_puts(out, ANY(r, broken));
	else if (which < 0.92)
		strbuf_printf(out, " %s ", ANY(r, commands));
	else
		strbuf_puts(out, ANY(r, attacks));
	if (rng_unit(r) < 0.7)
		strbuf_putc(out, ' ');
}

static void check_clean(const char *draft, struct str prose)
{
	struct strbuf clean;

	strbuf_init(&clean, prose.n * 3 + 1);
	sanitize_text(&clean, prose);
	if (!str_eq(strbuf_str(&clean), prose) || !utf8_is_valid(prose))
		fail_msg("draft <%s>: <%.*s> is not clean", draft, STR_ARG(prose));
	strbuf_fini(&clean);
}

/* Not as the end or the beginning of another word. */
static bool has_word(struct str text, struct str word)
{
	for (size_t at = 0; at + word.n <= text.n; at++) {
		char before = at ? text.p[at - 1] : ' ';
		char behind = at + word.n < text.n ? text.p[at + word.n] : ' ';

		if (str_eq(str_sub(text, at, word.n), word) &&
		    !((before | 0x20) >= 'a' && (before | 0x20) <= 'z') &&
		    !((behind | 0x20) >= 'a' && (behind | 0x20) <= 'z'))
			return true;
	}
	return false;
}

static void check_no_command(const char *draft, struct str prose)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (has_word(prose, str_from(commands[i])))
			fail_msg("draft <%s>: <%.*s> has \"%s\"", draft, STR_ARG(prose),
				 commands[i]);
}

/* The number of a citation at `at`; 0: there is none. */
static size_t citation_at(struct str prose, size_t at, size_t *end)
{
	struct str rest = str_sub(prose, at, prose.n);
	ptrdiff_t close = str_find_char(rest, ']');
	int64_t n;

	if (!rest.n || rest.p[0] != '[' || close < 2 ||
	    !str_to_i64(str_sub(rest, 1, (size_t)close - 1), &n) || n < 1)
		return 0;
	*end = at + (size_t)close + 1;
	return (size_t)n;
}

static const char *const *forms_of(const char *ref)
{
	for (size_t i = 0; i < COUNT(truths); i++)
		if (strcmp(truths[i].ref, ref) == 0)
			return truths[i].forms;
	return NULL;
}

/* Blanks out what a citation vouches for: its own number, and forms of its value between
 * the one before and it, on its line. */
static void blank_out(struct strbuf *left, size_t from, size_t at, size_t end,
		      const char *const *forms)
{
	for (size_t i = 0; i < FORMS && forms[i]; i++) {
		struct str form = str_from(forms[i]);
		struct str part = str_sub(strbuf_str(left), from, at - from);
		ptrdiff_t place;

		while ((place = str_find(part, form)) >= 0)
			memset(left->p + from + (size_t)place, ' ', form.n);
	}
	memset(left->p + at, ' ', end - at);
}

/* Up to twenty, "5." or "5)" at the start of a line. */
static bool is_list_number(struct str text, size_t at)
{
	size_t begin = at, end = at;
	int64_t n;

	while (begin > 0 && text.p[begin - 1] >= '0' && text.p[begin - 1] <= '9')
		begin--;
	while (end < text.n && text.p[end] >= '0' && text.p[end] <= '9')
		end++;
	if (end == text.n || (text.p[end] != '.' && text.p[end] != ')') ||
	    !str_to_i64(str_sub(text, begin, end - begin), &n) || n > 20)
		return false;
	while (begin > 0 && (text.p[begin - 1] == ' ' || text.p[begin - 1] == '>'))
		begin--;
	return begin == 0 || text.p[begin - 1] == '\n';
}

static void check_no_figure(const char *draft, const struct answer *a)
{
	static const char *const others[] = {"９", "½", "²"};
	struct str prose = strbuf_str(&a->prose);
	struct strbuf left;
	size_t from = 0, end = 0;

	strbuf_init(&left, prose.n + 1);
	strbuf_put(&left, prose);
	for (size_t at = 0; at < prose.n; at++) {
		size_t n = citation_at(prose, at, &end);
		const char *const *forms;

		if (prose.p[at] == '\n')
			from = at + 1;
		if (!n || n > a->n_claims)
			continue;
		forms = forms_of(a->claims[n - 1].ref);
		check_case(a->claims[n - 1].ref, forms != NULL);
		blank_out(&left, from, at, end, forms);
		from = end;
	}
	for (size_t at = 0; at < left.n; at++)
		if (left.p[at] >= '0' && left.p[at] <= '9' &&
		    !is_list_number(strbuf_str(&left), at))
			fail_msg("draft <%s>: <%s> has a figure at <%.20s>", draft,
				 a->prose.p, left.p + at);
	for (size_t i = 0; i < COUNT(others); i++)
		check_case(draft, str_find(prose, str_from(others[i])) < 0);
	check_case(draft, !has_word(prose, STR("zero")));
	strbuf_fini(&left);
}

/* What is settled of a draft that comes in two pieces, cut anywhere, is what the whole one
 * begins with; and so is what was told of it, each part once. */
static void check_settled(const struct world *w, struct str draft, size_t cut,
			  const struct answer *whole)
{
	const struct ground_options options = {0};
	struct answer a, told;
	struct grounding *g;
	size_t settled = 0;

	answer_init(&a);
	answer_init(&told);
	g = ground_begin(&w->evidence, &options, &a);
	for (size_t to = cut; settled < to; to = cut + (draft.n - cut) / 2) {
		size_t n = ground_settled(str_sub(draft, settled, to - settled));
		size_t prose = a.prose.n, claims = a.n_claims;

		if (n == 0)
			break;
		ground_more(g, str_sub(draft, settled, n));
		settled += n;
		answer_put_more(&told, &a, prose, claims);
	}
	ground_end(g);
	if (!str_starts(strbuf_str(&whole->prose), strbuf_str(&a.prose)))
		fail_msg("draft <%.*s> settled <%s>, then <%s>", STR_ARG(draft),
			 a.prose.p, whole->prose.p);
	check_text("told", strbuf_str(&told.prose), a.prose.p);
	assert_int_equal(told.n_claims, a.n_claims);
	for (size_t i = 0; i < told.n_claims; i++) {
		check_text("ref", str_from(told.claims[i].ref), whole->claims[i].ref);
		check_text("value", str_from(told.claims[i].value),
			   whole->claims[i].value);
		assert_int_equal(told.claims[i].begin, whole->claims[i].begin);
	}
	answer_fini(&told);
	answer_fini(&a);
}

static void check_record(const char *draft, const struct answer *a)
{
	struct strbuf json;
	struct answer back;

	strbuf_init(&json, 1 << 20);
	answer_json(a, &json);
	answer_init(&back);
	check_case(draft, answer_from_json(&back, strbuf_str(&json)));
	check_text(draft, strbuf_str(&back.prose), a->prose.p);
	check_case(draft, back.n_claims == a->n_claims && back.n_struck == a->n_struck);
	answer_fini(&back);
	strbuf_fini(&json);
}

static void build_world(struct world *w)
{
	world_init(w);
	world_add(w, "sql",
		  "[{\"name\":\"atlas-orders\",\"cpu\":80.108,\"size\":\"BC_Gen5_8\"},"
		  "{\"name\":\"atlas-catalog\",\"tier\":\"GeneralPurpose\"}]");
	world_add(w, "dr-groups",
		  "[{\"name\":\"fog-atlas\",\"lag\":945,"
		  "\"lag_age\":\"2026-03-11T10:10:00Z\"}]");
	world_add(w, "budgets", "[{\"name\":\"budget-atlas\",\"spent\":6682.726824}]");
}

static void no_draft_gets_through(void **state)
{
	size_t n_struck = 0, n_claims = 0;
	struct world w;
	struct rng r;

	(void)state;
	build_world(&w);
	rng_init(&r, 20260311);
	for (int i = 0; i < DRAFTS; i++) {
		int64_t pieces = rng_range(&r, 1, PIECES_MOST);
		struct ground_options options = {0};
		struct strbuf draft;
		struct answer a;

		strbuf_init(&draft, DRAFT_MOST);
		while (pieces-- > 0)
			put_piece(&r, &draft);
		answer_init(&a);
		ground(strbuf_str(&draft), &w.evidence, &options, &a);
		check_clean(draft.p, strbuf_str(&a.prose));
		check_no_command(draft.p, strbuf_str(&a.prose));
		check_no_figure(draft.p, &a);
		check_settled(&w, strbuf_str(&draft),
			      (size_t)rng_range(&r, 0, (int64_t)draft.n), &a);
		check_record(draft.p, &a);
		n_struck += a.n_struck;
		n_claims += a.n_claims;
		answer_fini(&a);
		strbuf_fini(&draft);
	}
	/* The drafts had what they are made of. */
	assert_true(n_struck > DRAFTS && n_claims > DRAFTS);
	world_fini(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_draft_gets_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
