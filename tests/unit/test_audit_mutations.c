/* Ten thousand ways to tamper with a log and its head, drawn from a seed: every one is
 * found. One that puts log and head back together to an earlier state is only found
 * against a checkpoint, so all are held against one. */
#include "unit/audit_fixture.h"

#include <stdio.h>

#include "act/audit_check.h"
#include "base/rng.h"

enum { ENTRIES = 12, ROUNDS = 10000, SEED = 20260311 };

/* Everything that an attacker could have seen. */
struct world {
	struct rng rng;
	struct signer own;
	struct fixture_log now, other;
	struct strbuf logs[ENTRIES + 1], heads[ENTRIES + 1]; /* as they were once */
};

struct files {
	struct strbuf log, head;
	bool has_head;
};

static size_t draw(struct world *w, size_t below)
{
	return below ? (size_t)rng_range(&w->rng, 0, (int64_t)below - 1) : 0;
}

static void set(struct strbuf *sb, struct str text)
{
	strbuf_reset(sb);
	strbuf_put(sb, text);
}

/* The text with the bytes from `at` to `end` replaced. */
static void splice(struct strbuf *sb, size_t at, size_t end, struct str by)
{
	struct strbuf made;

	strbuf_init(&made, 1 << 20);
	strbuf_put(&made, str_sub(strbuf_str(sb), 0, at));
	strbuf_put(&made, by);
	strbuf_put(&made, str_sub(strbuf_str(sb), end, sb->n));
	set(sb, strbuf_str(&made));
	strbuf_fini(&made);
}

/* Where line `i` begins and where the next does. */
static void line_at(struct str log, size_t i, size_t *at, size_t *end)
{
	*at = 0;
	for (;; i--) {
		ptrdiff_t n = str_find_char(str_sub(log, *at, log.n), '\n');

		*end = n < 0 ? log.n : *at + (size_t)n + 1;
		if (i == 0)
			return;
		*at = *end;
	}
}

static struct str line_of(struct str log, size_t i)
{
	size_t at, end;

	line_at(log, i, &at, &end);
	return str_sub(log, at, end - at);
}

static void flip_bit(struct world *w, struct files *f)
{
	struct strbuf *sb = draw(w, 5) ? &f->log : &f->head;

	sb->p[draw(w, sb->n)] ^= (char)(1 << draw(w, 8));
}

static void edit_byte(struct world *w, struct files *f)
{
	static const char likely[] = "0123456789abcdefABCDEF\"{}:, \n\\-_";
	struct strbuf *sb = draw(w, 5) ? &f->log : &f->head;
	char c = draw(w, 2) ? likely[draw(w, sizeof(likely) - 1)] : (char)draw(w, 256);
	size_t at = draw(w, sb->n);

	if (draw(w, 2))
		splice(sb, at, at + 1, (struct str){&c, 1});
	else if (draw(w, 2))
		splice(sb, at, at, (struct str){&c, 1});
	else
		splice(sb, at, at + 1, (struct str){0});
}

static void delete_lines(struct world *w, struct files *f)
{
	size_t first = draw(w, ENTRIES), last = first + draw(w, ENTRIES - first);
	size_t at, end, ignored;

	line_at(strbuf_str(&f->log), first, &at, &ignored);
	line_at(strbuf_str(&f->log), last, &ignored, &end);
	splice(&f->log, at, end, (struct str){0});
}

/* In front of another line, behind it, or in its place. */
static void repeat_line(struct world *w, struct files *f)
{
	size_t at, end, from;

	line_at(strbuf_str(&f->log), draw(w, ENTRIES), &at, &end);
	from = draw(w, 2) ? at : end;
	splice(&f->log, from, draw(w, 2) ? from : end,
	       line_of(strbuf_str(&w->now.log), draw(w, ENTRIES)));
}

static void swap_lines(struct world *w, struct files *f)
{
	size_t a = draw(w, ENTRIES), b = draw(w, ENTRIES), at, end;

	line_at(strbuf_str(&f->log), a, &at, &end);
	splice(&f->log, at, end, line_of(strbuf_str(&w->now.log), b));
	line_at(strbuf_str(&f->log), b, &at, &end);
	splice(&f->log, at, end, line_of(strbuf_str(&w->now.log), a));
}

static void truncate_anywhere(struct world *w, struct files *f)
{
	struct strbuf *sb = draw(w, 8) ? &f->log : &f->head;

	strbuf_cut(sb, draw(w, sb->n));
}

/* Signed by the same key: the front of one, the back of the other. */
static void splice_logs(struct world *w, struct files *f)
{
	size_t at, ignored, i = draw(w, ENTRIES);

	line_at(strbuf_str(&f->log), i, &at, &ignored);
	strbuf_cut(&f->log, at);
	line_at(strbuf_str(&w->other.log), draw(w, 2) ? i : draw(w, ENTRIES), &at,
		&ignored);
	strbuf_put(&f->log, str_sub(strbuf_str(&w->other.log), at, w->other.log.n));
	if (draw(w, 2))
		set(&f->head, strbuf_str(&w->other.head));
}

static void old_head(struct world *w, struct files *f)
{
	set(&f->head, strbuf_str(&w->heads[draw(w, ENTRIES)]));
}

static void no_head(struct world *w, struct files *f)
{
	(void)w;
	f->has_head = false;
}

static void roll_back(struct world *w, struct files *f)
{
	size_t n = draw(w, ENTRIES);

	set(&f->log, strbuf_str(&w->logs[n]));
	set(&f->head, strbuf_str(&w->heads[n]));
	f->has_head = n != 0;
}

/* An earlier log, an unrelated head. */
static void old_log(struct world *w, struct files *f)
{
	set(&f->log, strbuf_str(&w->logs[draw(w, ENTRIES)]));
	if (draw(w, 2))
		set(&f->head, strbuf_str(&w->heads[draw(w, ENTRIES + 1)]));
}

/* Another number, another hash, so that the line fits where it stands. */
static void renumber(struct world *w, struct files *f)
{
	size_t i = draw(w, ENTRIES - 1), at, end;
	struct strbuf line;
	char n[32];

	line_at(strbuf_str(&f->log), i + 1, &at, &end);
	strbuf_init(&line, 1 << 16);
	strbuf_put(&line, line_of(strbuf_str(&f->log), i + 1));
	snprintf(n, sizeof(n), "{\"n\":%zu", i + 1);
	splice(&line, 0,
	       str_find_char(strbuf_str(&line), ',') > 0
		       ? (size_t)str_find_char(strbuf_str(&line), ',')
		       : 0,
	       str_from(n));
	splice(&f->log, at, end, strbuf_str(&line));
	strbuf_fini(&line);
	line_at(strbuf_str(&f->log), i, &at, &end);
	splice(&f->log, at, end, (struct str){0});
}

static const struct mutation {
	const char *name;
	void (*mutate)(struct world *w, struct files *f);
} mutations[] = {
	{"bit", flip_bit},	  {"byte", edit_byte},	  {"delete", delete_lines},
	{"repeat", repeat_line},  {"swap", swap_lines},	  {"cut", truncate_anywhere},
	{"splice", splice_logs},  {"old head", old_head}, {"no head", no_head},
	{"roll back", roll_back}, {"old log", old_log},	  {"renumber", renumber},
};

enum { MUTATIONS = sizeof(mutations) / sizeof(*mutations) };

static void build(struct world *w)
{
	*w = (struct world){.own = fixture_signer(1)};
	rng_init(&w->rng, SEED);
	fixture_log_init(&w->now);
	fixture_log_init(&w->other);
	fixture_log_fill(&w->other, &w->own, ENTRIES, "sql-qodex");
	for (size_t n = 0; n <= ENTRIES; n++) {
		strbuf_init(&w->logs[n], 1 << 16);
		strbuf_init(&w->heads[n], AUDIT_HEAD_MAX);
		strbuf_put(&w->logs[n], strbuf_str(&w->now.log));
		strbuf_put(&w->heads[n], strbuf_str(&w->now.head));
		if (n == ENTRIES)
			break;
		fixture_log_add(&w->now, &w->own, n ? AUDIT_STEP : AUDIT_BEGUN,
				"sql-atlas");
		fixture_log_seal(&w->now, &w->own);
	}
}

static void drop(struct world *w)
{
	for (size_t n = 0; n <= ENTRIES; n++) {
		strbuf_fini(&w->logs[n]);
		strbuf_fini(&w->heads[n]);
	}
	fixture_log_fini(&w->now);
	fixture_log_fini(&w->other);
	signer_fini(&w->own);
}

static bool is_sound(struct world *w, const struct files *f)
{
	struct checkpoint now = checkpoint_of(&w->now.tree);
	const struct audit_how how = {.keys = {&w->own.key, 1}, .checkpoint = &now};
	struct audit_report r;
	bool ok;

	audit_check(strbuf_str(&f->log),
		    f->has_head ? strbuf_str(&f->head) : (struct str){0}, &how, &r);
	ok = audit_report_is_sound(&r);
	audit_report_fini(&r);
	return ok;
}

static void every_mutation_is_found(void **state)
{
	size_t counts[MUTATIONS] = {0}, done = 0, same = 0;
	struct files f;
	struct world w;

	(void)state;
	build(&w);
	strbuf_init(&f.log, 1 << 20);
	strbuf_init(&f.head, 1 << 16);
	while (done < ROUNDS) {
		size_t kind = draw(&w, MUTATIONS), times = 1 + draw(&w, 2);

		set(&f.log, strbuf_str(&w.now.log));
		set(&f.head, strbuf_str(&w.now.head));
		f.has_head = true;
		mutations[kind].mutate(&w, &f);
		/* One on top of another, where there is something left. */
		if (times == 2 && f.log.n && f.head.n)
			edit_byte(&w, &f);
		if (f.has_head && str_eq(strbuf_str(&f.log), strbuf_str(&w.now.log)) &&
		    str_eq(strbuf_str(&f.head), strbuf_str(&w.now.head))) {
			same++; /* a line exchanged with itself */
			continue;
		}
		if (is_sound(&w, &f))
			fail_msg("mutation %zu (%s) is not found", done,
				 mutations[kind].name);
		counts[kind]++;
		done++;
	}
	set(&f.log, strbuf_str(&w.now.log));
	set(&f.head, strbuf_str(&w.now.head));
	f.has_head = true;
	assert_true(is_sound(&w, &f));
	for (size_t i = 0; i < MUTATIONS; i++) {
		print_message("# %s: %zu\n", mutations[i].name, counts[i]);
		assert_true(counts[i] > ROUNDS / MUTATIONS / 2);
	}
	assert_true(same < ROUNDS / 20);
	strbuf_fini(&f.log);
	strbuf_fini(&f.head);
	drop(&w);
}

/* Each bit of a short log and its head, without exception; no checkpoint is needed. */
static void every_bit(void **state)
{
	struct signer own = fixture_signer(1);
	const struct audit_how how = {.keys = {&own.key, 1}};
	struct fixture_log f;

	(void)state;
	fixture_log_init(&f);
	fixture_log_fill(&f, &own, 2, "x");
	for (int which = 0; which < 2; which++) {
		struct strbuf *sb = which ? &f.head : &f.log;

		for (size_t bit = 0; bit < 8 * sb->n; bit++) {
			struct audit_report r;

			sb->p[bit / 8] ^= (char)(1 << bit % 8);
			audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &r);
			if (audit_report_is_sound(&r))
				fail_msg("bit %zu of file %d", bit, which);
			audit_report_fini(&r);
			sb->p[bit / 8] ^= (char)(1 << bit % 8);
		}
	}
	fixture_log_fini(&f);
	signer_fini(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mutation_is_found),
		cmocka_unit_test(every_bit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
