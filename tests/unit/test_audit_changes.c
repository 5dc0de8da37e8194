/* What the audit log says of changes: each from its plan to its end, by whoever; and what
 * no signature vouches for is said to be so. */
#include "unit/audit_fixture.h"

#include "act/audit_changes.h"
#include "act/audit_entries.h"
#include "base/count.h"
#include "base/json.h"

struct written {
	enum audit_kind kind;
	const char *by;
	const char *about;
};

static void write_log(struct fixture_log *f, const struct signer *signer,
		      const struct written *entries, size_t n)
{
	fixture_log_init(f);
	for (size_t i = 0; i < n; i++) {
		struct err err;
		cJSON *about =
			json_parse(str_from(entries[i].about), &json_wire, NULL, &err);
		const struct audit_draft draft = {
			.n = f->tree.n + 1,
			.at_ms = FIXTURE_AT_MS + 1000 * (int64_t)i,
			.prev = f->last,
			.kind = entries[i].kind,
			.by = str_from(entries[i].by),
			.host = STR("bastion-1"),
			.about = about,
		};
		size_t at = f->log.n;

		assert_true(audit_entry_format(&f->log, &draft, signer, &err));
		f->last = merkle_leaf(str_sub(strbuf_str(&f->log), at, f->log.n - at));
		merkle_push(&f->tree, &f->last);
		strbuf_putc(&f->log, '\n');
		cJSON_Delete(about);
	}
	fixture_log_seal(f, signer);
}

static void put(struct strbuf *out, const cJSON *row, const char *name)
{
	const char *text = json_text(row, name);
	double number;

	if (text)
		strbuf_printf(out, " %s", text);
	else if (json_number(row, name, &number))
		strbuf_printf(out, " %g", number);
	else
		strbuf_puts(out, " -");
}

static void check_rows(const char *name, cJSON *rows, const char *want)
{
	static const char *const members[] = {"what", "inputs", "on",  "by",   "approved",
					      "ran",  "state",	"why", "sent", "proof"};
	struct strbuf got;
	const cJSON *row;

	strbuf_init(&got, 4000);
	cJSON_ArrayForEach (row, rows) {
		strbuf_puts(&got, got.n ? "|" : "");
		for (size_t i = 0; i < COUNT(members); i++)
			put(&got, row, members[i]);
	}
	check_text(name, strbuf_str(&got), want);
	strbuf_fini(&got);
	cJSON_Delete(rows);
}

#define OF(id) "\"change\":\"" id "\",\"action\":\"sql-scale\",\"target\":\"db\""

static const struct written story[] = {
	{AUDIT_PLAN, "ann",
	 "{" OF("a1") ",\"by\":\"schedule\",\"inputs\":{\"size\":\"S0\",\"n\":3}}"},
	{AUDIT_APPROVAL, "ann", "{" OF("a1") ",\"who\":\"ann\",\"how\":\"typed\"}"},
	{AUDIT_APPROVAL, "ben", "{" OF("a1") ",\"who\":\"ben\",\"how\":\"code\"}"},
	{AUDIT_STEP, "ben", "{" OF("a1") ",\"run\":\"begins\"}"},
	{AUDIT_REQUEST, "ben", "{" OF("a1") ",\"step\":\"scale\",\"time\":1}"},
	{AUDIT_RESULT, "ben", "{" OF("a1") ",\"step\":\"scale\",\"error\":\"503\"}"},
	{AUDIT_REQUEST, "ben", "{" OF("a1") ",\"step\":\"scale\",\"time\":2}"},
	{AUDIT_VERIFY, "ben", "{" OF("a1") ",\"outcome\":\"helped\"}"},
	{AUDIT_PLAN, "ann", "{" OF("b2") ",\"by\":\"ann\",\"inputs\":{}}"},
	{AUDIT_PLAN, "ann", "{" OF("c3") ",\"by\":\"ann\",\"inputs\":{}}"},
	{AUDIT_REFUSAL, "ann",
	 "{" OF("c3") ",\"refused\":\"reject\",\"why\":\"too large\"}"},
	{AUDIT_PLAN, "ann", "{" OF("d4") ",\"by\":\"ann\",\"inputs\":{}}"},
	{AUDIT_STEP, "ann", "{" OF("d4") ",\"run\":\"begins\"}"},
	{AUDIT_REFUSAL, "ann", "{\"action\":\"x\",\"refused\":\"plan\",\"why\":\"no\"}"},
};

#define A1(proof) " sql-scale size=S0, n=3 db schedule ann, ben ben helped - 2 " proof
#define REST(proof)                                                                      \
	" sql-scale - db ann - ann running - 0 " proof                                   \
	"| sql-scale - db ann - - rejected too large 0 " proof                           \
	"| sql-scale - db ann - - planned - 0 " proof "|"

static void check_log(const struct fixture_log *f, const struct signer *signer,
		      const char *name, const char *want, const char *of_log)
{
	const struct audit_how how = {.keys = {.p = &signer->key, .n = 1}};
	struct audit_report report;
	cJSON *log;

	audit_check(strbuf_str(&f->log), strbuf_str(&f->head), &how, &report);
	check_rows(name, audit_changes(strbuf_str(&f->log), &report), want);
	log = audit_changes_log(&report, NULL, NULL);
	check_text(name, str_from(json_text(log, "state")), of_log);
	cJSON_Delete(log);
	audit_report_fini(&report);
}

static void test_story(void **state)
{
	struct signer signer = fixture_signer(1), other = fixture_signer(2);
	struct fixture_log f;

	(void)state;
	write_log(&f, &signer, story, COUNT(story));
	check_log(&f, &signer, "sound", REST("signed") A1("signed"), "sound");
	check_log(&f, &other, "somebody else's key",
		  REST("NOT vouched for") A1("NOT vouched for"), "not sound");
	check_rows("nobody could check it", audit_changes(strbuf_str(&f.log), NULL),
		   REST("not checked") A1("not checked"));
	fixture_log_fini(&f);
	signer_fini(&signer);
	signer_fini(&other);
}

/* One letter of one entry: what stands before it is vouched for, and what comes after it
 * by its own signature. */
static void test_edited(void **state)
{
	struct signer signer = fixture_signer(1);
	struct fixture_log f;
	char *at;

	(void)state;
	write_log(&f, &signer, story, COUNT(story));
	at = strstr(f.log.p, "helped");
	assert_non_null(at);
	*at = 'H';
	check_log(&f, &signer, "edited",
		  REST("signed") " sql-scale size=S0, n=3 db schedule ann, ben ben "
				 "Helped - 2 NOT vouched for",
		  "not sound");
	fixture_log_fini(&f);
	signer_fini(&signer);
}

static void test_most(void **state)
{
	struct signer signer = fixture_signer(1);
	struct written entries[AUDIT_CHANGES_MOST + 3];
	char abouts[COUNT(entries)][80];
	struct fixture_log f;
	cJSON *rows;

	(void)state;
	for (size_t i = 0; i < COUNT(entries); i++) {
		snprintf(abouts[i], sizeof(abouts[i]), "{\"change\":\"%zu\"}", i);
		entries[i] = (struct written){AUDIT_PLAN, "ann", abouts[i]};
	}
	write_log(&f, &signer, entries, COUNT(entries));
	rows = audit_changes(strbuf_str(&f.log), NULL);
	assert_int_equal(cJSON_GetArraySize(rows), AUDIT_CHANGES_MOST);
	assert_string_equal(json_text(rows->child, "change"), "502");
	cJSON_Delete(rows);
	fixture_log_fini(&f);
	signer_fini(&signer);
}

/* Newest first, each with the hash that the entry behind it has of it; what no signature
 * vouches for is said to be so. */
static void test_entries(void **state)
{
	struct signer signer = fixture_signer(1);
	struct audit_how how = {.keys = {.p = &signer.key, .n = 1}};
	struct audit_report report;
	struct fixture_log f;
	const cJSON *row;
	cJSON *rows;
	double n = COUNT(story), at;
	char want[2 * MERKLE_BYTES + 1];

	(void)state;
	write_log(&f, &signer, story, COUNT(story));
	strbuf_puts(&f.log, "a piece without an end");
	audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &report);
	rows = audit_entries(strbuf_str(&f.log), &report);
	assert_int_equal(cJSON_GetArraySize(rows), COUNT(story));
	for (size_t i = 0; i < MERKLE_BYTES; i++)
		snprintf(want + 2 * i, 3, "%02x", f.last.p[i]);
	assert_string_equal(json_text(rows->child, "hash"), want);
	cJSON_ArrayForEach (row, rows) {
		assert_true(json_number(row, "n", &at) && at == n);
		assert_string_equal(json_text(row, "kind"),
				    audit_kind_name(story[(size_t)n - 1].kind));
		assert_string_equal(json_text(row, "proof"), "signed");
		n--;
	}
	cJSON_Delete(rows);
	audit_report_fini(&report);
	*strstr(f.log.p, "helped") = 'H';
	audit_check(strbuf_str(&f.log), strbuf_str(&f.head), &how, &report);
	rows = audit_entries(strbuf_str(&f.log), &report);
	n = 0;
	cJSON_ArrayForEach (row, rows)
		n += strcmp(json_text(row, "proof"), "NOT vouched for") == 0;
	assert_true(n == 1);
	cJSON_Delete(rows);
	audit_report_fini(&report);
	fixture_log_fini(&f);
	signer_fini(&signer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_story),
		cmocka_unit_test(test_edited),
		cmocka_unit_test(test_most),
		cmocka_unit_test(test_entries),
	};

	return cmocka_run_group_tests_name("audit_changes", tests, NULL, NULL);
}
