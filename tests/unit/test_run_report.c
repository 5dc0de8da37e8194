/* What became of a change, as Markdown: a drill against what was promised, and nothing
 * from outside that becomes markup. */
#include "unit/check.h"

#include <sodium.h>

#include "act/run_report.h"
#include "base/json.h"

#define BEGAN_MS INT64_C(1773224430000) /* 2026-03-11T10:20:30Z */
#define MIN_MS	 60000

static const char text[] =
	"{\"title\":\"Run a drill\",\"about\":\"A.\",\"board\":\"dr-plans\",\"target\":"
	"\"name\",\"risk\":\"low\",\"permission\":\"p\","
	"\"reads\":{\"p\":{\"get\":\"/p\"}},"
	"\"bound_to\":[{\"name\":\"n\",\"title\":\"n\",\"value\":\"p.n\"}],"
	"\"shows\":[{\"title\":\"machines\",\"before\":\"p.n\",\"after\":\"p.n\"}],"
	"\"warnings\":[{\"when\":\"p\",\"text\":\"it costs\"}],"
	"\"steps\":[{\"name\":\"one\",\"title\":\"try it\",\"post\":\"/"
	"one\",\"done\":\"p\"},"
	"{\"name\":\"two\",\"title\":\"clean up\",\"post\":\"/two\",\"done\":\"p\"}],"
	"\"verify\":{\"text\":\"t\",\"holds\":\"row\"},\"undo\":{\"why\":\"w\"}}";

static const char kept[] =
	"# Run a drill: rp\\|atlas \\<b\\>\n\n"
	"- Outcome: **helped**\n- Change: ID, dr-drill\n- Asked for by: ann\n"
	"- Approved by: bob\n- Began: 2026-03-11T10:20:30Z\n"
	"- Ended: 2026-03-11T11:00:30Z\n"
	"\n## Measured\n\n| What | Measured | Promised | |\n|---|---|---|---|\n"
	"| Time to recover | 14 min 00 s | 1 h 00 min | kept |\n"
	"| Loss when it began | 15 min 10 s | 15 min 00 s | **missed** |\n"
	"\n## Steps\n\n| Step | Began | Took | Sent | Ended |\n|---|---|---|---|---|\n"
	"| try it | 2026-03-11T10:20:30Z | 14 min 00 s | 1 | done |\n"
	"| clean up | 2026-03-11T10:50:30Z | 6 min 00 s | 1 | done |\n"
	"\n## Planned\n\n| What | Before | After |\n|---|---|---|\n"
	"| machines | 3 | 3 |\n\nWarned of:\n\n- it costs\n\nUndo: w\n";

struct fixture {
	struct action *action;
	struct plan *plan;
	struct run_step steps[PLAN_MOST];
	struct strbuf out;
};

static void fixture_init(struct fixture *f, const char *inputs)
{
	const struct plan_about about = {.board = "dr-plans",
					 .key = "k",
					 .target = "rp|atlas\n<b>",
					 .connection = "azure",
					 .by = "ann",
					 .now_ms = BEGAN_MS,
					 .expires_ms = BEGAN_MS + 1};
	struct err err = {0};
	struct strbuf json;
	cJSON *scope;

	*f = (struct fixture){0};
	strbuf_init(&f->out, 1 << 16);
	strbuf_init(&json, 4000);
	strbuf_printf(&json, "{\"row\":{},\"input\":%s,\"p\":{\"n\":3}}", inputs);
	scope = json_parse(strbuf_str(&json), &json_wire, NULL, &err);
	f->action = action_parse(STR(text), "dr-drill", "test", &err);
	f->plan = f->action ? plan_make(f->action, scope, &about, &err) : NULL;
	if (!f->plan)
		fail_msg("%s", err.text);
	cJSON_Delete(scope);
	strbuf_fini(&json);
	f->steps[0] = (struct run_step){.end = STEP_DONE,
					.sent = 1,
					.sent_ms = BEGAN_MS,
					.ended_ms = BEGAN_MS + 14 * MIN_MS};
	f->steps[1] = (struct run_step){.end = STEP_DONE,
					.sent = 1,
					.sent_ms = BEGAN_MS + 30 * MIN_MS,
					.ended_ms = BEGAN_MS + 36 * MIN_MS};
}

static void fixture_fini(struct fixture *f)
{
	plan_free(f->plan);
	action_free(f->action);
	strbuf_fini(&f->out);
}

static void report(struct fixture *f, enum run_outcome outcome)
{
	run_report_format(&(struct run_report){.plan = f->plan,
					       .steps = f->steps,
					       .outcome = outcome,
					       .began_ms = BEGAN_MS,
					       .ended_ms = BEGAN_MS + 40 * MIN_MS,
					       .approved_by = "bob",
					       .why = ""},
			  &f->out);
}

static void must_have(const struct fixture *f, const char *what)
{
	if (!strstr(f->out.p, what))
		fail_msg("no \"%s\" in:\n%s", what, f->out.p);
}

static void test_whole(void **state)
{
	struct strbuf want;
	struct fixture f;
	ptrdiff_t at;

	(void)state;
	fixture_init(&f, "{\"rto\":3600,\"rpo\":900,\"lost\":910}");
	report(&f, RUN_HELPED);
	strbuf_init(&want, 1 << 16);
	at = str_find(STR(kept), STR("ID,"));
	strbuf_put(&want, str_sub(STR(kept), 0, (size_t)at));
	strbuf_puts(&want, f.plan->id);
	strbuf_puts(&want, kept + at + 2);
	check_text("a drill", strbuf_str(&f.out), want.p);
	strbuf_fini(&want);
	fixture_fini(&f);
}

static void test_measures(void **state)
{
	static const struct {
		const char *name, *inputs, *want;
	} cases[] = {
		{"slower than promised", "{\"rto\":600,\"rpo\":0,\"lost\":0}",
		 "| Time to recover | 14 min 00 s | 10 min 00 s | **missed** |"},
		{"exactly as promised", "{\"rto\":840,\"rpo\":0,\"lost\":0}",
		 "| Time to recover | 14 min 00 s | 14 min 00 s | kept |"},
		{"nothing promised", "{\"rto\":0,\"rpo\":0,\"lost\":30}",
		 "| Loss when it began | 30 s | nothing | unmeasured |"},
		{"nothing known", "{\"rto\":0,\"rpo\":900,\"lost\":0}",
		 "| Loss when it began | not known | 15 min 00 s | unmeasured |"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;

		fixture_init(&f, cases[i].inputs);
		report(&f, RUN_HELPED);
		must_have(&f, cases[i].want);
		fixture_fini(&f);
	}
}

/* What is left over is said; a change that is no drill measures nothing. */
static void test_others(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f, "{\"rto\":3600,\"rpo\":900,\"lost\":910}");
	f.steps[1] = (struct run_step){.end = STEP_OPEN};
	report(&f, RUN_STOPPED);
	must_have(&f, "- Outcome: **stopped**");
	must_have(&f, "Not done: clean up. What the drill made may still be there");
	must_have(&f, "| clean up | - | 0 s | 0 | open |");
	fixture_fini(&f);

	fixture_init(&f, "{\"size\":\"S2\"}");
	report(&f, RUN_HELPED);
	assert_null(strstr(f.out.p, "Measured"));
	fixture_fini(&f);

	fixture_init(&f, "{\"rto\":3600,\"rpo\":0,\"lost\":0}");
	f.steps[0].end = STEP_FAILED;
	report(&f, RUN_FAILED);
	must_have(&f, "| Time to recover | not known | 1 h 00 min | unmeasured |");
	fixture_fini(&f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_measures),
		cmocka_unit_test(test_others),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
