/* What was done to a log, by name: each way to tamper with it as a case, what is found,
 * at which line, and what is sound all the same. */
#include "unit/audit_fixture.h"

#include <stdio.h>

#include "act/audit_check.h"

enum { ENTRIES = 9, MOST_LINES = 16 };

/* A log as a list of lines that can be moved about. */
struct bench {
	struct signer own, other, stranger;
	struct fixture_log f;
	struct str lines[MOST_LINES];
	size_t n;
	struct strbuf made; /* lines that are not of the log */
	struct str torn, head;
	struct strbuf all;
};

static void begin(struct bench *b)
{
	struct str rest;

	*b = (struct bench){.own = fixture_signer(1),
			    .other = fixture_signer(2),
			    .stranger = fixture_signer(3)};
	fixture_log_init(&b->f);
	strbuf_init(&b->made, 1 << 16);
	strbuf_init(&b->all, 1 << 16);
	/* Lines point into it, so it may not move. */
	strbuf_pad(&b->made, ' ', 1 << 16);
	strbuf_reset(&b->made);
	fixture_log_fill(&b->f, &b->own, ENTRIES, "sql-atlas");
	rest = strbuf_str(&b->f.log);
	while (b->n < ENTRIES && str_next(&rest, '\n', &b->lines[b->n]))
		b->n++;
	b->head = strbuf_str(&b->f.head);
}

static void end(struct bench *b)
{
	signer_fini(&b->own);
	signer_fini(&b->other);
	signer_fini(&b->stranger);
	fixture_log_fini(&b->f);
	strbuf_fini(&b->made);
	strbuf_fini(&b->all);
}

static void take_out(struct bench *b, size_t at)
{
	memmove(&b->lines[at], &b->lines[at + 1], (b->n - at - 1) * sizeof(*b->lines));
	b->n--;
}

static void put_in(struct bench *b, size_t at, struct str line)
{
	memmove(&b->lines[at + 1], &b->lines[at], (b->n - at) * sizeof(*b->lines));
	b->lines[at] = line;
	b->n++;
}

/* A copy of a line with one text in it replaced by another. */
static struct str edited(struct bench *b, struct str line, const char *from,
			 const char *to)
{
	ptrdiff_t at = str_find(line, str_from(from));
	size_t start = b->made.n;

	assert_true(at >= 0);
	strbuf_put(&b->made, str_sub(line, 0, (size_t)at));
	strbuf_puts(&b->made, to);
	strbuf_put(&b->made, str_sub(line, (size_t)at + strlen(from), line.n));
	return str_sub(strbuf_str(&b->made), start, b->made.n);
}

/* A new entry for this place, signed by somebody. */
static struct str forged(struct bench *b, const struct signer *signer, size_t at)
{
	const struct audit_draft draft = {
		.n = at + 1,
		.at_ms = FIXTURE_AT_MS,
		.prev = merkle_leaf(b->lines[at - 1]),
		.kind = AUDIT_APPROVAL,
		.by = STR("eve@contoso.com"),
	};
	size_t start = b->made.n;
	struct err err;

	assert_true(audit_entry_format(&b->made, &draft, signer, &err));
	return str_sub(strbuf_str(&b->made), start, b->made.n);
}

static void nothing(struct bench *b)
{
	(void)b;
}

static void edit_middle(struct bench *b)
{
	b->lines[4] = edited(b, b->lines[4], "sql-atlas", "sql-qodex");
}

static void edit_first(struct bench *b)
{
	b->lines[0] = edited(b, b->lines[0], "ana@", "eve@");
}

static void edit_last(struct bench *b)
{
	b->lines[8] = edited(b, b->lines[8], "plan", "step");
}

/* One letter of it; the last has bits that say nothing, and they must be zero. */
static void edit_signature(struct bench *b)
{
	size_t at = b->made.n, n = b->lines[4].n;

	strbuf_put(&b->made, b->lines[4]);
	b->made.p[at + n - 12] = b->made.p[at + n - 12] == 'A' ? 'B' : 'A';
	b->lines[4] = str_sub(strbuf_str(&b->made), at, n);
}

static void edit_idle_bits(struct bench *b)
{
	size_t at = b->made.n, n = b->lines[8].n;

	strbuf_put(&b->made, b->lines[8]);
	/* Of the six bits of the last letter four are padding. */
	b->made.p[at + n - 1]++;
	b->lines[8] = str_sub(strbuf_str(&b->made), at, n);
}

static void edit_spelling(struct bench *b)
{
	b->lines[4] = edited(b, b->lines[4], "\"about\":{", "\"about\": {");
}

static void no_json(struct bench *b)
{
	b->lines[4] = STR("what is this?");
}

static void empty_line(struct bench *b)
{
	put_in(b, 4, STR(""));
}

/* Everything behind the edit is made to follow it, but cannot be signed. */
static void edit_and_follow(struct bench *b)
{
	b->lines[4] = edited(b, b->lines[4], "sql-atlas", "sql-qodex");
	for (size_t i = 5; i < b->n; i++) {
		struct merkle_hash hash = merkle_leaf(b->lines[i - 1]);
		char hex[2 * MERKLE_BYTES + 1], old[2 * MERKLE_BYTES + 1];
		ptrdiff_t at = str_find(b->lines[i], STR("\"prev\":\""));

		memcpy(old, b->lines[i].p + at + 8, sizeof(old) - 1);
		old[sizeof(old) - 1] = '\0';
		sodium_bin2hex(hex, sizeof(hex), hash.p, sizeof(hash.p));
		b->lines[i] = edited(b, b->lines[i], old, hex);
	}
}

static void delete_first(struct bench *b)
{
	take_out(b, 0);
}

static void delete_two(struct bench *b)
{
	take_out(b, 4);
	take_out(b, 4);
}

static void delete_last(struct bench *b)
{
	take_out(b, 8);
}

static void delete_all(struct bench *b)
{
	b->n = 0;
}

static void repeat(struct bench *b)
{
	put_in(b, 5, b->lines[4]);
}

static void repeat_at_the_end(struct bench *b)
{
	put_in(b, 9, b->lines[2]);
}

static void swap(struct bench *b)
{
	struct str line = b->lines[4];

	b->lines[4] = b->lines[5];
	b->lines[5] = line;
}

static void move_to_the_front(struct bench *b)
{
	struct str line = b->lines[7];

	take_out(b, 7);
	put_in(b, 2, line);
}

static void forge_between(struct bench *b)
{
	put_in(b, 4, forged(b, &b->stranger, 4));
}

static void forge_at_the_end(struct bench *b)
{
	put_in(b, 9, forged(b, &b->stranger, 9));
}

/* A colleague's key counts, but what follows does not follow this. */
static void forge_by_a_colleague(struct bench *b)
{
	b->lines[4] = forged(b, &b->other, 4);
}

static void another_log(struct bench *b)
{
	static struct fixture_log f;
	struct str rest;

	fixture_log_init(&f);
	fixture_log_fill(&f, &b->own, ENTRIES, "sql-qodex");
	rest = strbuf_str(&f.log);
	for (size_t i = 0; i < ENTRIES; i++) {
		struct str line;

		assert_true(str_next(&rest, '\n', &line));
		if (i < 5)
			continue;
		b->lines[i].p = b->made.p + b->made.n;
		b->lines[i].n = line.n;
		strbuf_put(&b->made, line);
	}
	fixture_log_fini(&f);
}

static void torn_end(struct bench *b)
{
	b->torn = STR("{\"n\":10,\"at\":\"2026-03");
}

static void torn_last(struct bench *b)
{
	b->torn = str_sub(b->lines[8], 0, b->lines[8].n);
	take_out(b, 8);
}

static void no_head(struct bench *b)
{
	b->head = (struct str){0};
}

static void old_head(struct bench *b)
{
	static struct fixture_log f;
	size_t at = b->made.n;

	fixture_log_init(&f);
	fixture_log_fill(&f, &b->own, 5, "sql-atlas");
	strbuf_put(&b->made, strbuf_str(&f.head));
	b->head = str_sub(strbuf_str(&b->made), at, b->made.n);
	fixture_log_fini(&f);
}

static void old_head_of_another(struct bench *b)
{
	static struct fixture_log f;
	size_t at = b->made.n;

	fixture_log_init(&f);
	fixture_log_fill(&f, &b->own, 5, "sql-qodex");
	strbuf_put(&b->made, strbuf_str(&f.head));
	b->head = str_sub(strbuf_str(&b->made), at, b->made.n);
	fixture_log_fini(&f);
}

static void edit_head(struct bench *b)
{
	b->head = edited(b, b->head, "{\"n\":9", "{\"n\":8");
}

static void spell_head(struct bench *b)
{
	b->head = edited(b, b->head, "\n", "\n\n");
}

static void cut_head(struct bench *b)
{
	b->head = str_sub(b->head, 0, b->head.n - 1);
}

static void strange_head(struct bench *b)
{
	size_t at = b->made.n;

	fixture_log_seal(&b->f, &b->stranger);
	strbuf_put(&b->made, strbuf_str(&b->f.head));
	b->head = str_sub(strbuf_str(&b->made), at, b->made.n);
}

struct expected {
	const char *name;
	void (*tamper)(struct bench *b);
	const char *entry; /* what is found */
	size_t line;	   /* where */
	const char *head;
	const char *spans; /* what is sound: first-last at its line */
};

static const struct expected cases[] = {
	{"nothing", nothing, "sound", 0, "sound", "1-9@1"},
	{"edited in the middle", edit_middle, "edited", 5, "sound", "1-4@1 6-9@6"},
	{"the first edited", edit_first, "edited", 1, "sound", "2-9@2"},
	{"the last edited", edit_last, "edited", 9, "sound", "1-8@1"},
	{"another signature", edit_signature, "edited", 5, "sound", "1-4@1 6-9@6"},
	{"bits that say nothing", edit_idle_bits, "edited", 9, "sound", "1-8@1"},
	{"another spelling", edit_spelling, "edited", 5, "sound", "1-4@1 6-9@6"},
	{"no JSON", no_json, "edited", 5, "sound", "1-4@1 6-9@6"},
	{"an empty line", empty_line, "inserted", 5, "sound", "1-4@1 5-9@6"},
	{"the rest made to follow", edit_and_follow, "edited", 5, "sound", "1-4@1"},
	{"the first is gone", delete_first, "deleted", 1, "sound", "2-9@1"},
	{"two are gone", delete_two, "deleted", 5, "sound", "1-4@1 7-9@5"},
	{"the last is gone", delete_last, "sound", 0, "truncated", "1-8@1"},
	{"all are gone", delete_all, "sound", 0, "truncated", ""},
	{"one twice", repeat, "inserted", 6, "sound", "1-5@1 5-9@6"},
	{"one again at the end", repeat_at_the_end, "inserted", 10, "sound",
	 "1-9@1 3-3@10"},
	{"two exchanged", swap, "reordered", 5, "sound", "1-4@1 6-6@5 5-5@6 7-9@7"},
	{"one further up", move_to_the_front, "reordered", 3, "sound",
	 "1-2@1 8-8@3 3-7@4 9-9@9"},
	{"a stranger's between", forge_between, "inserted", 5, "sound", "1-4@1 5-9@6"},
	{"a stranger's at the end", forge_at_the_end, "unknown-key", 10, "sound",
	 "1-9@1"},
	{"a colleague's instead", forge_by_a_colleague, "spliced", 6, "sound",
	 "1-5@1 6-9@6"},
	{"the end of another log", another_log, "spliced", 6, "sound", "1-5@1 6-9@6"},
	{"a piece at the end", torn_end, "torn", 10, "sound", "1-9@1"},
	{"the last without its end", torn_last, "torn", 9, "truncated", "1-8@1"},
	{"no head", no_head, "sound", 0, "head-missing", "1-9@1"},
	{"an older head", old_head, "sound", 0, "head-old", "1-9@1"},
	{"another log's head", old_head_of_another, "sound", 0, "other", "1-9@1"},
	{"an edited head", edit_head, "sound", 0, "head-edited", "1-9@1"},
	{"a line end more", spell_head, "sound", 0, "head-edited", "1-9@1"},
	{"a line end less", cut_head, "sound", 0, "head-edited", "1-9@1"},
	{"a stranger's head", strange_head, "sound", 0, "unknown-key", "1-9@1"},
};

static void put_spans(struct strbuf *out, const struct audit_report *r)
{
	for (size_t i = 0; i < r->n_spans; i++)
		strbuf_printf(out, "%s%llu-%llu@%zu", i ? " " : "",
			      (unsigned long long)r->spans[i].first,
			      (unsigned long long)r->spans[i].last, r->spans[i].line);
}

static void run_case(const struct expected *want, bool is_each)
{
	struct audit_report r;
	struct sign_key keys[2];
	struct strbuf spans;
	struct bench b;

	begin(&b);
	keys[0] = b.own.key;
	keys[1] = b.other.key;
	want->tamper(&b);
	for (size_t i = 0; i < b.n; i++) {
		strbuf_put(&b.all, b.lines[i]);
		strbuf_putc(&b.all, '\n');
	}
	strbuf_put(&b.all, b.torn);
	audit_check(strbuf_str(&b.all), b.head,
		    &(struct audit_how){.keys = {keys, 2}, .is_each = is_each}, &r);
	check_text(want->name, str_from(audit_fault_name(r.entry)), want->entry);
	check_text(want->name, str_from(audit_fault_name(r.head)), want->head);
	check_case(want->name, r.line == want->line);
	strbuf_init(&spans, 256);
	put_spans(&spans, &r);
	check_text(want->name, strbuf_str(&spans), want->spans);
	strbuf_fini(&spans);
	check_case(want->name, audit_report_is_sound(&r) == (want->tamper == nothing));
	audit_report_fini(&r);
	end(&b);
}

static void tampering_has_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run_case(&cases[i], false);
}

/* Checking every signature finds the same. */
static void tampering_has_names_each(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		run_case(&cases[i], true);
}

/* One signature vouches for all entries of a key; asked to, each is checked. */
static void few_signatures(void **state)
{
	struct signer own = fixture_signer(1), other = fixture_signer(2);
	const struct sign_key keys[] = {own.key, other.key};
	struct audit_how how = {.keys = {keys, 2}};
	struct audit_report r;
	struct fixture_log f;

	(void)state;
	fixture_log_init(&f);
	for (int i = 0; i < 30; i++)
		fixture_log_add(&f, i < 10 || i >= 20 ? &own : &other, AUDIT_STEP, "x");
	fixture_log_seal(&f, &own);
	audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &r);
	assert_true(audit_report_is_sound(&r));
	assert_int_equal(r.n_sound, 30);
	assert_int_equal(r.n_signatures, 3);
	assert_int_equal(r.n_spans, 1);
	assert_true(r.first_ms == FIXTURE_AT_MS && r.last_ms == FIXTURE_AT_MS + 29000);
	audit_report_fini(&r);
	how.is_each = true;
	audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &r);
	assert_true(audit_report_is_sound(&r));
	assert_int_equal(r.n_signatures, 30);
	audit_report_fini(&r);
	/* Without the colleague's key his entries do not count. */
	how = (struct audit_how){.keys = {keys, 1}};
	audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &r);
	assert_int_equal(r.entry, AUDIT_FAULT_UNKNOWN_KEY);
	assert_int_equal(r.line, 11);
	assert_int_equal(r.n_spans, 2);
	audit_report_fini(&r);
	fixture_log_fini(&f);
	signer_fini(&own);
	signer_fini(&other);
}

/* Log and head put back together say nothing; a checkpoint does. */
static void rolled_back(void **state)
{
	struct signer own = fixture_signer(1);
	struct audit_how how = {.keys = {&own.key, 1}};
	struct checkpoint then, none = {0};
	struct fixture_log now, before, other;
	struct audit_report r;

	(void)state;
	fixture_log_init(&now);
	fixture_log_init(&before);
	fixture_log_init(&other);
	fixture_log_fill(&now, &own, 20, "sql-atlas");
	fixture_log_fill(&before, &own, 12, "sql-atlas");
	fixture_log_fill(&other, &own, 30, "sql-qodex");
	then = checkpoint_of(&now.tree);

	audit_check(strbuf_str(&before.log), strbuf_str(&before.head), &how, &r);
	assert_true(audit_report_is_sound(&r));
	audit_report_fini(&r);
	how.checkpoint = &then;
	audit_check(strbuf_str(&before.log), strbuf_str(&before.head), &how, &r);
	assert_false(audit_report_is_sound(&r));
	assert_int_equal(r.checkpoint, AUDIT_FAULT_TRUNCATED);
	audit_report_fini(&r);
	audit_check(strbuf_str(&other.log), strbuf_str(&other.head), &how, &r);
	assert_int_equal(r.checkpoint, AUDIT_FAULT_OTHER);
	audit_report_fini(&r);

	/* What came later is no matter. */
	then = checkpoint_of(&before.tree);
	audit_check(strbuf_str(&now.log), strbuf_str(&now.head), &how, &r);
	assert_true(audit_report_is_sound(&r));
	assert_true(checkpoint_equal(&r.now, &(struct checkpoint){0}) == false);
	audit_report_fini(&r);
	/* Of nothing, everything is a continuation, but only of nothing. */
	none = checkpoint_of(&(struct merkle){0});
	how.checkpoint = &none;
	audit_check(strbuf_str(&now.log), strbuf_str(&now.head), &how, &r);
	assert_true(audit_report_is_sound(&r));
	audit_report_fini(&r);
	audit_check((struct str){0}, (struct str){0}, &how, &r);
	assert_true(audit_report_is_sound(&r));
	assert_int_equal(r.n_lines, 0);
	audit_report_fini(&r);
	fixture_log_fini(&now);
	fixture_log_fini(&before);
	fixture_log_fini(&other);
	signer_fini(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tampering_has_names),
		cmocka_unit_test(tampering_has_names_each),
		cmocka_unit_test(few_signatures),
		cmocka_unit_test(rolled_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
