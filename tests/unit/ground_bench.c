/* The evidence, and the check of a table. */
#include "unit/ground_bench.h"

#include "base/count.h"
#include "unit/check.h"
#include "unit/scratch.h"

static const struct {
	const char *board, *rows;
} boards[] = {
	{"sql",
	 "[{\"name\":\"atlas-orders\",\"server\":\"sql-weu\",\"tier\":"
	 "\"BusinessCritical\","
	 "\"size\":\"BC_Gen5_8\",\"cpu\":80.108,\"used\":335922792518},"
	 "{\"name\":\"atlas-catalog\",\"server\":\"sql-weu\",\"tier\":\"GeneralPurpose\","
	 "\"size\":\"GP_Gen5_4\",\"cpu\":null},"
	 "{\"key\":\"/n/dup\",\"name\":\"dup\",\"server\":\"sql-weu\"},"
	 "{\"key\":\"/m/dup\",\"name\":\"dup\",\"server\":\"sql-neu\"}]"},
	{"budgets", "[{\"name\":\"budget-atlas\",\"used_pct\":37.06,\"amount\":18030,"
		    "\"spent\":6682.726824}]"},
	{"dr-groups",
	 "[{\"name\":\"fog-atlas\",\"lag\":945,\"lag_age\":\"2026-03-11T10:10:00Z\","
	 "\"state\":\"CATCH_UP\",\"databases\":3}]"},
	{"certs", "[{\"endpoint\":\"www.atlas.example\",\"left\":86.569,"
		  "\"ends\":\"2026-06-06T00:00:00Z\",\"issuer\":\"Let's | `Encrypt`\"}]"},
	{"sql-load", "[{\"name\":\"x\",\"cpu\":46}]"},
	{"agents", "[{\"name\":\"build-01\",\"state\":\"offline\","
		   "\"since\":\"2026-03-11T07:10:30Z\",\"version\":\"4.248.0\"}]"},
	{"alerts",
	 "[{\"key\":\"/alerts/1\",\"alert\":\"sql-storage-95\",\"on\":\"atlas-audit\","
	 "\"since\":\"2026-03-07T05:10:00Z\",\"level\":\"2\"}]"},
	{"drills", "[{\"key\":\"d1\",\"subject\":\"rp-atlas\",\"workload\":\"Atlas\","
		   "\"kind\":\"failover\",\"started\":\"2026-01-29T09:00:00Z\"}]"},
};

static struct world world;

int ground_bench_make(void **state)
{
	if (scratch_make(state))
		return 1;
	world_init(&world);
	for (size_t i = 0; i < COUNT(boards); i++)
		world_add(&world, boards[i].board, boards[i].rows);
	world_read(&world);
	return 0;
}

int ground_bench_drop(void **state)
{
	world_fini(&world);
	return scratch_drop(state);
}

struct world *ground_bench_world(void)
{
	return &world;
}

void ground_bench_check(const struct ground_case *cases, size_t n, const char *question)
{
	for (size_t i = 0; i < n; i++) {
		struct ground_options options = {.question = str_from(question)};
		struct strbuf struck;
		struct answer a;

		answer_init(&a);
		strbuf_init(&struck, 65536);
		ground(str_from(cases[i].draft), &world.evidence, &options, &a);
		check_text(cases[i].name, strbuf_str(&a.prose), cases[i].prose);
		for (size_t k = 0; k < a.n_struck; k++)
			strbuf_printf(&struck, "%s|", a.struck[k].text);
		check_text(cases[i].name, strbuf_str(&struck), cases[i].struck);
		strbuf_fini(&struck);
		answer_fini(&a);
	}
}
