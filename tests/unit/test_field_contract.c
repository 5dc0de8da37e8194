/* Names that answers promise to know: each is a field of the dictionary, so that none that
 * somebody counts on goes missing when a board becomes another. */
#include "unit/check.h"

#include <stdio.h>

#include "answer/field.h"
#include "base/count.h"

/* "root[k].{a,b.{c,d}}": what stands in braces is each of them. A key is written "[]". */
static const char *const promised[] = {
	"estate.{now,version}",
	"cost.{scope,currency,metric,as_of,partial_day}",
	"cost.mtd.{actual,forecast_eom}",
	"cost.prev_month.same_day",
	"cost.daily[]",
	"cost.by_service[].{mtd,delta_7d}",
	"cost.by_rg[].{mtd,delta_7d}",
	"cost.by_tag[]",
	"cost.untagged",
	"cost.budget[].{amount,pct_used,next_threshold,breach_forecast_date}",
	"cost.anomaly[].{resource,kind,start,expected_low,expected_high,actual}",
	"cost.fetch.{last_ok,next_allowed,last_status}",
	"sched[].{tag_raw,tz,intended_now,actual_now,last_edge,next_edge,drift_minutes,"
	"drift_cost,parse_error,skip_day}",
	"sql[].{tier,sku,capacity,min_capacity,max_capacity,pool,cpu_pct,log_io_pct,"
	"workers_pct,storage_pct,scale_state,scale_target,scale_started,blocked_by,"
	"autopause_state}",
	"sql[].last_scale.{from,to,at,by,result}",
	"sql[].policy.{floor,ceiling,window}",
	"dr.group[].{role,policy,grace_min,replication_state,lag_sec,lag_as_of,"
	"rpo_target_sec,rto_target_sec}",
	"dr.group[].drill.{id,at,result,measured_rto_sec,measured_rpo_sec,failed_step}",
	"dr.group[].readiness.{score,reasons}",
	"dr.item[].{health,failover_readiness,as_of,last_test_at,cleanup_pending}",
	"backup[].{last_ok,last_restore_test}",
	"log.stream[].{rate,error_rate,lag_sec,dropped,retention_from}",
	"log.line[].{ts,level,text,trace}",
	"log.cluster[].{signature,count,first_seen,last_seen,example}",
	"alert[].{sev,resource,fired_at,state,ack_by,runbook}",
	"health[].{state,since,sli,slo,burn_rate}",
	"dep[].upstream",
	"pool[].{online,offline,busy,idle,queued,oldest_wait_sec,max_parallel,scaler_"
	"kind,"
	"scaler_desired,last_scale_at}",
	"job[].{pipeline,queued_at,demands,unmet_demands,wait_reason}",
	"agent[].{status,last_seen,version}",
	"run[].{pipeline,state,stage,failed_task,error_line,commit,requester,started}",
	"deploy[].{at,version,by,run}",
	"change[].{at,actor,op,resource}",
	"cert[].{subject,not_after,days_left,used_by,auto_renew,last_renew_at,"
	"last_renew_result,chain_ok}",
	"runbook[].{title,section,updated,owner,supersedes,tags}",
	"action[].{type,target,params,risk,dry_run,reversal}",
	"action[].approval.{state,requester,approver,expires,bound_version,quorum}",
	"gw.{route,model,reason,tokens,cost,budget_left,endpoint[].state}",
	"audit[].{hash,kind}",
};

/* A key that may be left out, "gw[KEY].model", is promised without. */
static bool is_called(const struct field_def *def, struct str name)
{
	struct strbuf with, without;
	bool is;

	strbuf_init(&with, 200);
	strbuf_init(&without, 200);
	field_put_pattern(&with, def);
	for (size_t i = 0; i < with.n; i++) {
		if (str_starts(str_sub(strbuf_str(&with), i, with.n), STR("[KEY]")))
			i += sizeof("[KEY]") - 2;
		else
			strbuf_putc(&without, with.p[i]);
	}
	is = str_is(name, without.p);
	strbuf_fini(&with);
	strbuf_fini(&without);
	return is;
}

static bool is_field(struct str name)
{
	for (size_t i = 0; i < field_count(); i++)
		if (is_called(field_at(i), name))
			return true;
	return false;
}

struct count {
	unsigned promised, gone;
};

static void look(struct str name, struct count *count)
{
	struct strbuf plain;

	strbuf_init(&plain, 200);
	for (size_t i = 0; i < name.n; i++)
		if (!strchr("[]", name.p[i]))
			strbuf_putc(&plain, name.p[i]);
	count->promised++;
	if (!is_field(strbuf_str(&plain))) {
		printf("# %s is no field\n", plain.p);
		count->gone++;
	}
	strbuf_fini(&plain);
}

static void look_at_each(struct str pattern, struct count *count)
{
	ptrdiff_t open = str_find_char(pattern, '{');
	struct str list, one;

	if (open < 0) {
		look(pattern, count);
		return;
	}
	list = str_sub(pattern, (size_t)open + 1, pattern.n - (size_t)open - 2);
	while (str_next(&list, ',', &one)) {
		struct strbuf name;

		strbuf_init(&name, 200);
		strbuf_printf(&name, "%.*s%.*s", (int)open, pattern.p, STR_ARG(one));
		look(strbuf_str(&name), count);
		strbuf_fini(&name);
	}
}

static void every_name_is_a_field(void **state)
{
	struct count count = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(promised); i++)
		look_at_each(str_from(promised[i]), &count);
	printf("# %u names, %u wrong\n", count.promised, count.gone);
	assert_true(count.promised > 150);
	assert_int_equal(count.gone, 0);
}

static void a_name_that_is_none_is_found(void **state)
{
	struct count count = {0};

	(void)state;
	look(STR("sql[].colour"), &count);
	assert_int_equal(count.gone, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_is_a_field),
		cmocka_unit_test(a_name_that_is_none_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
