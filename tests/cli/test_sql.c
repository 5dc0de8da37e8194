/* The boards of SQL schedules, changes and advice through the program itself: at work,
 * and through a day of the simulator, over the days when clocks change. Thread: the
 * test's. */
#include <stdio.h>
#include <unistd.h>

#include "base/count.h"
#include "cli/looks.h"
#include "cli/run.h"
#include "unit/check.h"

/* The demo's zones; without them its tags are undecidable, which is tested elsewhere. */
static bool has_zones(void)
{
	if (access("/usr/share/zoneinfo/America/Los_Angeles", R_OK) == 0)
		return true;
	printf("# this machine has no tzdata: nothing is looked at\n");
	return false;
}

static const struct alive_look alive[] = {
	{"sql-schedules",
	 "[?severity != 'ok'].[name, drift, size, want, intended, missed, zone]",
	 "[[\"atlas-identity\",\"larger\",\"S3\",\"S2\",\"on\",null,"
	 "\"Europe/Amsterdam\"],"
	 "[\"atlas-catalog-test\",\"larger\",\"S3\",\"S0\",\"off\","
	 "\"off S0 was due at 19:00 PDT; nobody did it\",\"America/Los_Angeles\"],"
	 "[\"deploy-history\",\"undecidable\",\"S0\",null,\"undecidable\",null,null]]"},
	{"sql-schedules", "[?name == 'pool-qodex-tenants'].[drift, want, then, next]",
	 "[[\"as intended\",\"StandardPool_200\",\"off StandardPool_100\","
	 "\"2026-03-11T18:00:00Z\"]]"},
	{"sql-schedules", "length([?drift == 'as intended'])", "7"},
	{"sql-schedules",
	 "[?name == 'deploy-history'].[tag, starts_with(error, 'this is no word')]",
	 "[[\"Mon-Fri 07:00-19:00\",true]]"},
	{"sql-advice",
	 "sort_by([?verdict != 'keep'], &name)[].[name, verdict, to, when, copy]",
	 "[[\"atlas-billing\",\"smaller at times\",\"GP_Gen5_6\",\"nights 16-07, "
	 "weekends\",\"has one\"],"
	 "[\"atlas-catalog-test\",\"smaller\",\"S2\",\"always\",\"none\"],"
	 "[\"atlas-reporting\",\"smaller at times\",\"HS_Gen5_2\",\"nights 18-06, "
	 "weekends\",\"none\"],"
	 "[\"qodex-core\",\"smaller at times\",\"P1\",\"nights 18-06, weekends\","
	 "\"has one\"],"
	 "[\"qodex-events\",\"smaller at times\",\"HS_Gen5_6\",\"nights 17-07, "
	 "weekends\",\"none\"],"
	 "[\"qodex-search\",\"larger\",null,null,\"has one\"],"
	 "[\"telemetry-archive\",\"unknown\",null,null,\"none\"]]"},
	{"sql-advice", "sort(keys(group_by([?verdict == 'keep' && !evidence], &why)))",
	 "[\"a data warehouse: what saves is to pause it\","
	 "\"a geo copy must be of its primary's size\",\"its size is its pool's\","
	 "\"serverless, it scales by itself\"]"},
	{"sql-load", "[?hours == `336`] | length(@)", "20"},
	{"sql-changes", "length(@)", "0"},
	{"sql", "sort_by([?limited], &name)[].[name, limit]",
	 "[[\"atlas-audit\",\"disk\"],[\"atlas-orders\",\"CPU\"],"
	 "[\"qodex-search\",\"CPU\"]]"},
	{"sql", "[?least].[name, least, auto_pause]",
	 "[[\"atlas-orders-test\",0.5,3600],[\"qodex-core-test\",0.5,3600]]"},
};

static void alive_at_work(void **state)
{
	(void)state;
	if (has_zones())
		looks_alive(alive, COUNT(alive));
}

/* Who is not as intended, through a day, and on days when clocks change. */
static void through_the_day(void **state)
{
	static const struct {
		const char *name, *at, *board, *query, *want;
	} cases[] = {
		{"before the doors open", "2026-03-11T05:55:00Z", "sql-schedules",
		 "[?drift == 'larger'].name", "[\"qodex-jobs\",\"atlas-catalog-test\"]"},
		{"while it scales up", "2026-03-11T06:00:40Z", "sql-schedules",
		 "[?drift == 'moving'].[name, size, want]",
		 "[[\"atlas-orders\",\"BC_Gen5_4\",\"BC_Gen5_8\"],"
		 "[\"atlas-catalog\",\"GP_Gen5_2\",\"GP_Gen5_4\"],"
		 "[\"atlas-identity\",\"S1\",\"S2\"],"
		 "[\"atlas-orders\",\"BC_Gen5_4\",\"BC_Gen5_8\"],"
		 "[\"atlas-catalog\",\"GP_Gen5_2\",\"GP_Gen5_4\"]]"},
		{"and what that takes", "2026-03-11T06:00:40Z", "sql-changes",
		 "[?name == 'atlas-catalog'].[from, to, usual]",
		 "[[\"GP_Gen5_2\",\"GP_Gen5_4\",300],[\"GP_Gen5_2\",\"GP_Gen5_4\",300]]"},
		{"an evening that failed", "2026-03-11T21:00:00Z", "sql-schedules",
		 "[?name == 'qodex-jobs'].[drift, since, missed] | [0]",
		 "[\"larger\",\"2026-03-11T18:00:00Z\",\"off S2 was due at 19:00 CET; it "
		 "failed: The database size exceeds the maximum of the target tier.\"]"},
		{"what is too small by day is so at night, and nothing else",
		 "2026-03-11T21:20:30Z", "sql-advice", "[?verdict == 'larger'].name",
		 "[\"qodex-search\"]"},
		/* From here on summer time: an hour earlier by UTC. */
		{"the week before", "2026-03-27T17:59:00Z", "sql-schedules",
		 "[?name == 'atlas-catalog'] | [0].[drift, next]",
		 "[\"as intended\",\"2026-03-27T18:00:00Z\"]"},
		{"the week after", "2026-03-30T16:59:00Z", "sql-schedules",
		 "[?name == 'atlas-catalog'] | [0].[drift, next]",
		 "[\"as intended\",\"2026-03-30T17:00:00Z\"]"},
		{"over the weekend of the change", "2026-03-28T12:00:00Z",
		 "sql-schedules", "[?name == 'atlas-catalog'] | [0].[drift, next, then]",
		 "[\"as intended\",\"2026-03-30T05:00:00Z\",\"on GP_Gen5_4\"]"},
	};

	(void)state;
	for (size_t i = 0; has_zones() && i < COUNT(cases); i++) {
		struct run r = {.args = RUN_ARGS("show", cases[i].board, "--demo", "--at",
						 cases[i].at, "-o", "json", "--query",
						 cases[i].query)};
		struct strbuf got;

		run_expect(&r, 0);
		strbuf_init(&got, 1 << 16);
		/* Without the blanks between, which texts here have none of their own of. */
		for (size_t k = 0; k < r.out.n; k++) {
			bool is_between =
				r.out.p[k] == '\n' ||
				(r.out.p[k] == ' ' && (k == 0 || r.out.p[k - 1] == ' ' ||
						       r.out.p[k - 1] == '\n'));

			if (!is_between)
				strbuf_putc(&got, r.out.p[k]);
		}
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		run_fini(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alive_at_work),
		cmocka_unit_test(through_the_day),
	};

	return cmocka_run_group_tests_name("sql", tests, run_setup, run_teardown);
}
