/* Changes as they are kept: what is written reads back to the same, whatever it is at, and
 * what somebody else wrote is refused whole, with the name of what is wrong. */
#include "unit/check.h"

#include <sodium.h>
#include <stdlib.h>

#include "act/scope.h"
#include "base/count.h"
#include "base/json.h"
#include "worker/change/change_audit.h"
#include "worker/change/change_record.h"

#define NOW_MS 1773224430000LL

static const char text[] =
	"{\"title\":\"T\",\"about\":\"A.\",\"board\":\"sql\",\"target\":\"name\","
	"\"risk\":\"low\",\"permission\":\"p\",\"reads\":{},"
	"\"bound_to\":[{\"name\":\"x\",\"title\":\"x\",\"value\":\"row.size\"}],"
	"\"shows\":[],\"steps\":[{\"name\":\"one\",\"title\":\"ask\",\"post\":\"/a\","
	"\"safe_twice\":true},{\"name\":\"two\",\"title\":\"ask\",\"post\":\"/b\","
	"\"safe_twice\":true}],\"verify\":{\"text\":\"t\",\"holds\":\"row\"},"
	"\"undo\":{\"why\":\"w\"}}";

static cJSON *scope_of(void)
{
	struct err err;

	return json_parse(STR("{\"row\":{\"size\":\"S\"},\"source\":null,\"input\":{},"
			      "\"db\":{\"secret\":1}}"),
			  &json_wire, NULL, &err);
}

static void record_init(struct change_record *r)
{
	const struct plan_about about = {.board = "sql",
					 .key = "k",
					 .target = "atlas",
					 .connection = "azure",
					 .by = "ann",
					 .by_key = "0123456789abcdef",
					 .now_ms = NOW_MS,
					 .expires_ms = NOW_MS + 600000};
	struct err err = {0};
	struct action *action = action_parse(STR(text), "a", "test", &err);
	cJSON *scope = scope_of();
	struct plan *plan = action ? plan_make(action, scope, &about, &err) : NULL;

	if (!plan)
		fail_msg("%s", err.text);
	change_record_init(r, plan, scope, true);
	plan_free(plan);
	action_free(action);
}

static void put(const struct change_record *r, struct strbuf *out)
{
	struct err err;

	strbuf_init(out, CHANGE_TEXT_MAX);
	if (!change_record_save(r, r->has_run ? &r->run : NULL, out, &err))
		fail_msg("%s", err.text);
}

static void check_round(const char *name, const struct change_record *r)
{
	struct change_record again;
	struct strbuf first, second;
	struct err err;

	put(r, &first);
	if (!change_record_load(&again, strbuf_str(&first), &err))
		fail_msg("%s: %s", name, err.text);
	put(&again, &second);
	check_text(name, strbuf_str(&second), first.p);
	change_record_fini(&again);
	strbuf_fini(&first);
	strbuf_fini(&second);
}

static void test_round(void **state)
{
	struct change_record r;

	(void)state;
	record_init(&r);
	check_round("proposed", &r);
	r.n_approvals = 2;
	memcpy(r.approvals[0].key.p, "0123456789abcdef", 17);
	r.approvals[1] = r.approvals[0];
	r.approvals[1].at_ms = NOW_MS;
	check_round("approved", &r);
	r.rejected_ms = NOW_MS;
	snprintf(r.why, sizeof(r.why), "no");
	check_round("rejected", &r);
	run_init(&r.run, plan_get(r.plan), 1000, NOW_MS);
	r.has_run = true;
	check_round("begun", &r);
	r.run.state = RUN_SENDING;
	run_leaves(&r.run, NOW_MS);
	check_round("sent", &r);
	run_accepted(&r.run, 200, NOW_MS);
	check_round("between two steps", &r);
	change_record_fini(&r);
}

static void test_no_reads(void **state)
{
	struct change_record r;

	(void)state;
	record_init(&r);
	assert_null(json_member(r.scope, "db"));
	assert_non_null(json_member(r.scope, "row"));
	change_record_fini(&r);
}

static void test_states(void **state)
{
	struct change_record r;

	(void)state;
	record_init(&r);
	assert_int_equal(change_record_state(&r, NULL, false, NOW_MS), CHANGE_PROPOSED);
	assert_int_equal(change_record_state(&r, NULL, true, NOW_MS), CHANGE_APPROVED);
	assert_int_equal(change_record_state(&r, NULL, true, NOW_MS + 600000),
			 CHANGE_EXPIRED);
	assert_true(change_record_is_open(&r, NOW_MS + 599999));
	assert_false(change_record_is_open(&r, NOW_MS + 600000));
	r.rejected_ms = NOW_MS;
	assert_int_equal(change_record_state(&r, NULL, true, NOW_MS), CHANGE_REJECTED);
	assert_true(change_record_is_over(&r, NOW_MS));
	run_init(&r.run, plan_get(r.plan), 1000, NOW_MS);
	r.has_run = true;
	assert_false(change_record_is_over(&r, NOW_MS));
	assert_int_equal(change_record_state(&r, &r.run, true, NOW_MS), CHANGE_RUNNING);
	change_record_fini(&r);
}

/* One member of a good file is another one. */
static void test_refused(void **state)
{
	static const struct {
		const char *name, *json, *want;
	} cases[] = {
		{"v", "2", "\"v\""},
		{"second", "1", "\"second\""},
		{"approvals", "{}", "\"approvals\""},
		{"approvals", "[1]", "\"approvals\""},
		{"approvals", "[\"aza1-x\"]", "is no approval"},
		{"rejected", "-1", "\"rejected\""},
		{"rejected", "1e300", "\"rejected\""},
		{"why", "null", "\"why\""},
		{"scope", "{\"row\":1}", "\"scope\""},
		{"plan", "[]", "\"plan\""},
		{"plan", "{}", "no plan"},
		{"run", "1", "\"run\""},
		{"run", "{}", "\"plan\""},
	};
	struct change_record r, again;
	struct strbuf good;

	(void)state;
	record_init(&r);
	put(&r, &good);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = {0};
		cJSON *root = json_parse(strbuf_str(&good), &json_wire, NULL, &err);
		struct strbuf bad;

		cJSON_ReplaceItemInObjectCaseSensitive(root, cases[i].name,
						       json_parse(str_from(cases[i].json),
								  &json_wire, NULL,
								  &err));
		strbuf_init(&bad, CHANGE_TEXT_MAX);
		json_print(&bad, root);
		if (change_record_load(&again, strbuf_str(&bad), &err) ||
		    !strstr(err.text, cases[i].want))
			fail_msg("%s %s: %s", cases[i].name, cases[i].json, err.text);
		assert_null(again.plan);
		strbuf_fini(&bad);
		cJSON_Delete(root);
	}
	strbuf_fini(&good);
	change_record_fini(&r);
}

/* A run of another plan is not this one's. */
static void test_other_run(void **state)
{
	struct change_record r, other, again;
	struct strbuf out;
	struct err err;

	(void)state;
	record_init(&r);
	record_init(&other);
	run_init(&r.run, plan_get(other.plan), 1000, NOW_MS);
	r.run.plan->digest[0] ^= 1;
	cJSON_ReplaceItemInObjectCaseSensitive(r.run.plan->root, "target",
					       cJSON_CreateString("qodex"));
	r.has_run = true;
	put(&r, &out);
	assert_false(change_record_load(&again, strbuf_str(&out), &err));
	assert_non_null(strstr(err.text, "\"run\""));
	strbuf_fini(&out);
	change_record_fini(&r);
	change_record_fini(&other);
}

static void put_kinds(const struct ledger_page *page, struct strbuf *out)
{
	strbuf_reset(out);
	for (size_t i = 0; i < page->entries.n; i++)
		strbuf_printf(out, "%s ", audit_kind_name(page->entries.p[i].kind));
}

/* Each thing that happened is told once, before or as it happens. */
static void test_audit(void **state)
{
	struct audit_seen seen = {0};
	struct ledger_page page = {0};
	struct err lost = {.code = ERR_NETWORK, .text = "it broke"};
	struct change_record r;
	struct strbuf kinds;
	struct run *run = &r.run;

	(void)state;
	record_init(&r);
	strbuf_init(&kinds, 1000);
	run_init(run, plan_get(r.plan), 1000, NOW_MS);
	r.has_run = true;
	audit_run(&page, run, &seen);
	run->state = RUN_SENDING;
	run_leaves(run, NOW_MS);
	audit_run(&page, run, &seen);
	audit_run(&page, run, &seen); /* nothing is new */
	put_kinds(&page, &kinds);
	check_text("it leaves", strbuf_str(&kinds), "step request ");
	run_refused(run, &lost, NOW_MS);
	audit_run(&page, run, &seen);
	put_kinds(&page, &kinds);
	check_text("its answer is lost", strbuf_str(&kinds), "step request result ");
	run_accepted(run, 200, NOW_MS);
	run->state = RUN_SENDING;
	run_leaves(run, NOW_MS);
	audit_run(&page, run, &seen);
	run_accepted(run, 202, NOW_MS);
	audit_run(&page, run, &seen);
	run_checked(run, true, NOW_MS);
	audit_run(&page, run, &seen);
	put_kinds(&page, &kinds);
	check_text("to its end", strbuf_str(&kinds),
		   "step request result result step request result step verify ");
	ledger_page_fini(&page);
	strbuf_fini(&kinds);
	change_record_fini(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),	  cmocka_unit_test(test_no_reads),
		cmocka_unit_test(test_states),	  cmocka_unit_test(test_refused),
		cmocka_unit_test(test_other_run), cmocka_unit_test(test_audit),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
