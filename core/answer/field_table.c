/* The dictionary: what an answer calls things, and where each stands. A row a fact. The
 * rows of a board that a key can mean are said once, above. */
#include "answer/field.h"

#include "answer/field_rows.h"
#include "base/count.h"

static const struct field_rows whole = {.how = FIELD_SUM};
static const struct field_rows listed = {.how = FIELD_LIST};
static const struct field_rows oldest = {.how = FIELD_LEAST};
static const struct field_rows by_name = {.match = "name"};
static const struct field_rows by_what = {.match = "what"};
static const struct field_rows by_pool = {.match = "pool"};
static const struct field_rows by_workload = {.match = "workload"};

static const struct field_rows subscriptions = {.how = FIELD_SUM, .match = "name"};
static const struct field_rows outlooks = {.how = FIELD_SUM,
					   .match = "what",
					   .where = "kind=subscription"};
static const struct field_rows ends = {.match = "what", .where = "kind=budget"};
static const struct field_rows days = {.how = FIELD_SUM, .match = "day", .same = "day"};
static const struct field_rows services = {.how = FIELD_SUM, .match = "service"};
static const struct field_rows moves = {.how = FIELD_SUM,
					.match = "what",
					.where = "by=service"};
static const struct field_rows groups = {.how = FIELD_SUM, .match = "group"};
static const struct field_rows group_moves = {.how = FIELD_SUM,
					      .match = "what",
					      .where = "by=group"};
static const struct field_rows tags = {.how = FIELD_SUM, .match = "value", .same = "tag"};
static const struct field_rows untagged = {.how = FIELD_SUM,
					   .match = "tag",
					   .where = "value=untagged",
					   .same = "tag"};
static const struct field_rows anomalies = {.match = "what,group", .newest = "since"};
static const struct field_rows cost_feed = {.how = FIELD_LEAST, .where = "board=cost"};
static const struct field_rows cost_states = {.how = FIELD_LIST, .where = "board=cost"};

static const struct field_rows drifts = {.how = FIELD_SINCE, .match = "name"};
static const struct field_rows all_drifts = {.how = FIELD_SINCE, .match = "what"};

static const struct field_rows databases = {.match = "name", .prefer = "role="};
static const struct field_rows database_limits = {.match = "what", .where = "board=sql"};
static const struct field_rows operations = {.match = "database", .newest = "started"};

static const struct field_rows lags = {.match = "name,workload", .as_of = "lag_age"};
static const struct field_rows groups_dr = {.match = "name,workload"};
static const struct field_rows plans = {.match = "name,workload"};
static const struct field_rows failovers = {.match = "subject,workload",
					    .where = "kind=failover",
					    .newest = "started"};
static const struct field_rows restores = {.match = "subject",
					   .where = "kind=restore",
					   .newest = "started"};
static const struct field_rows scores = {.match = "workload", .where = "check=score"};
static const struct field_rows reasons = {.how = FIELD_LIST,
					  .match = "workload",
					  .where = "verdict!=ready,check!=score"};
static const struct field_rows items = {.match = "name", .as_of = "rpo_age"};
static const struct field_rows backups = {.match = "item"};
static const struct field_rows restore_tests = {.match = "item", .newest = "started"};

static const struct field_rows streams = {.match = "container"};
static const struct field_rows followed = {.match = "source"};
static const struct field_rows kept = {.how = FIELD_KEPT, .match = "name"};
static const struct field_rows upstreams = {.how = FIELD_LIST, .match = "service"};
static const struct field_rows downstreams = {.how = FIELD_LIST,
					      .match = "upstream,target"};
static const struct field_rows entries = {.match = "n"};
static const struct field_rows log_lines = {.match = "id,trace", .newest = "at"};
static const struct field_rows patterns = {.match = "like"};

static const struct field_rows alerts = {.match = "alert,on", .newest = "since"};
static const struct field_rows alarms = {.match = "name", .newest = "since"};
static const struct field_rows incidents = {.match = "title,service,number",
					    .newest = "since"};
static const struct field_rows promises = {.match = "workload",
					   .where = "source=combined"};

static const struct field_rows jobs = {.match = "pipeline,build", .newest = "queued"};
static const struct field_rows waits = {.match = "job,run", .newest = "queued"};
static const struct field_rows runs = {.match = "pipeline,build,id", .newest = "queued"};
static const struct field_rows failures = {.match = "id,build,pipeline",
					   .newest = "ended"};
static const struct field_rows git_runs = {.match = "workflow,id", .newest = "since"};
static const struct field_rows git_jobs = {.match = "job,workflow,run",
					   .newest = "since"};
static const struct field_rows lab_runs = {.match = "project,id", .newest = "created"};
static const struct field_rows lab_jobs = {.match = "job,pipeline", .newest = "ended"};
static const struct field_rows deployments = {.match = "name,group", .newest = "when"};
static const struct field_rows made_by = {.match = "on,what,correlation",
					  .newest = "when"};
static const struct field_rows changes = {.match = "what,row", .newest = "at"};

static const struct field_rows planned = {.match = "id,target", .newest = "made"};

static const struct field_rows least = {.how = FIELD_LEAST};
static const struct field_rows models = {.how = FIELD_LIST, .match = "name"};
static const struct field_rows spendings = {.how = FIELD_SUM, .match = "name"};
static const struct field_rows endpoints = {.match = "endpoint,subject"};

/* clang-format off */
static const struct field_def table[] = {
	{"estate", "now", "the moment of the answer", "", "now", NULL},
	{"estate", "version", "the newest version of any board in it", "", "version", NULL},

	{"cost", "scope", "subscriptions that are counted", "cost", "name", &listed},
	{"cost", "currency", "of all figures", "cost-outlook", "currency", &listed},
	{"cost", "metric", "actual or amortised", "cost", "metric", &listed},
	{"cost", "as_of", "last day with figures", "cost", "as_of", &oldest},
	{"cost", "partial_day", "the day that is not complete", "cost", "as_of", &oldest},
	{"cost", "today", "of today, as far as it is known", "cost", "today", &whole},
	{"cost", "yesterday", "of the last whole day", "cost", "yesterday", &whole},
	{"cost.mtd", "actual", "this month so far", "cost", "mtd", &subscriptions},
	{"cost.mtd", "forecast_eom", "the whole month, forecast", "cost-outlook", "mid", &outlooks},
	{"cost.mtd", "forecast_low", "least it will be, likely", "cost-outlook", "low", &outlooks},
	{"cost.mtd", "forecast_high", "most it will be, likely", "cost-outlook", "high", &outlooks},
	{"cost.prev_month", "same_day", "last month up to the same day", "cost-groups", "before", &groups},
	{"cost.daily", "", "one day, by its date", "cost-days", "cost", &days},
	{"cost.by_service", "mtd", "of a service this month", "cost-services", "mtd", &services},
	{"cost.by_service", "delta_7d", "against the week before it", "cost-movers", "change", &moves},
	{"cost.by_rg", "mtd", "of a resource group this month", "cost-groups", "mtd", &groups},
	{"cost.by_rg", "delta_7d", "against the week before it", "cost-movers", "change", &group_moves},
	{"cost.by_tag", "", "of a tag and value this month", "cost-tags", "mtd", &tags},
	{"cost.untagged", "", "of what has no such tag this month", "cost-tags", "mtd", &untagged},
	{"cost.budget", "amount", "what may be spent", "budgets", "amount", &by_name},
	{"cost.budget", "spent", "what was", "budgets", "spent", &by_name},
	{"cost.budget", "pct_used", "of the amount", "budgets", "used_pct", &by_name},
	{"cost.budget", "next_threshold", "next that is told", "budgets", "next_threshold", &by_name},
	{"cost.budget", "forecast_eom", "its whole period, forecast", "cost-outlook", "mid", &ends},
	{"cost.budget", "breach_forecast_date", "day it is used up", "cost-outlook", "breach", &ends},
	{"cost.budget", "state", "holds, will breach or is breached", "cost-outlook", "state", &ends},
	{"cost.anomaly", "resource", "resource group it is in", "cost-anomalies", "group", &anomalies},
	{"cost.anomaly", "kind", "spike, rise, slow rise", "cost-anomalies", "kind", &anomalies},
	{"cost.anomaly", "start", "first day of it", "cost-anomalies", "since", &anomalies},
	{"cost.anomaly", "expected_low", "least a day would cost", "cost-anomalies", "low", &anomalies},
	{"cost.anomaly", "expected_high", "most a day would cost", "cost-anomalies", "high", &anomalies},
	{"cost.anomaly", "actual", "what the day cost", "cost-anomalies", "actual", &anomalies},
	{"cost.anomaly", "state", "goes on or over", "cost-anomalies", "state", &anomalies},
	{"cost.fetch", "last_ok", "when figures were last read", "feeds", "good", &cost_feed},
	{"cost.fetch", "next_allowed", "when they are read again", "feeds", "due", &cost_feed},
	{"cost.fetch", "last_status", "how reading them went", "feeds", "state", &cost_states},

	{"sched", "tag_raw", "the schedule as it is written", "sql-schedules", "tag", &by_name},
	{"sched", "tag_raw", "likewise, of a node pool", "node-pools", "tag", &by_pool},
	{"sched", "tz", "its time zone", "sql-schedules", "zone", &by_name},
	{"sched", "intended_now", "the size it should have", "sql-schedules", "want", &by_name},
	{"sched", "intended_now", "nodes it should have", "node-pools", "want", &by_pool},
	{"sched", "actual_now", "the size it has", "sql-schedules", "size", &by_name},
	{"sched", "actual_now", "nodes it has", "node-pools", "there", &by_pool},
	{"sched", "last_edge", "when it should last have changed", "off-hours", "edge", &by_what},
	{"sched", "last_edge", "likewise, of a node pool", "node-pools", "edge", &by_pool},
	{"sched", "next_edge", "when it changes next", "sql-schedules", "next", &by_name},
	{"sched", "next_edge", "likewise, of a node pool", "node-pools", "next", &by_pool},
	{"sched", "then", "to what it changes then", "sql-schedules", "then", &by_name},
	{"sched", "then", "likewise, of a node pool", "node-pools", "then", &by_pool},
	{"sched", "drift", "as intended, larger, smaller", "sql-schedules", "drift", &by_name},
	{"sched", "drift", "likewise, of a node pool", "node-pools", "drift", &by_pool},
	{"sched", "drift_minutes", "how long it is out of its hours", "sql-schedules", "since", &drifts},
	{"sched", "drift_minutes", "likewise, of what is on", "off-hours", "since", &all_drifts},
	{"sched", "drift_cost", "what that has cost", "sql-schedules", "spent", &by_name},
	{"sched", "drift_cost", "an hour of it, of a node pool", "node-pools", "drift_cost", &by_pool},
	{"sched", "parse_error", "why it cannot be read", "sql-schedules", "error", &by_name},
	{"sched", "parse_error", "likewise, of a node pool", "node-pools", "error", &by_pool},
	{"sched", "skip_day", "the next day that it leaves out", "sql-schedules", "skip", &by_name},
	{"sched", "skip_day", "likewise, of machines and pools", "schedules", "skip", &by_name},
	{"sched", "missed", "the change nobody made", "sql-schedules", "missed", &by_name},

	{"sql", "tier", "service tier", "sql", "tier", &databases},
	{"sql", "sku", "size", "sql", "size", &databases},
	{"sql", "capacity", "vCores or DTUs", "sql-load", "capacity", &by_name},
	{"sql", "min_capacity", "least vCores, serverless", "sql", "least", &databases},
	{"sql", "max_capacity", "room for data", "sql", "max_size", &databases},
	{"sql", "pool", "elastic pool it is in", "sql", "pool", &databases},
	{"sql", "cpu_pct", "CPU", "sql", "cpu", &databases},
	{"sql", "log_io_pct", "log writes", "sql", "log", &databases},
	{"sql", "workers_pct", "workers", "sql", "workers", &databases},
	{"sql", "storage_pct", "storage", "sql", "storage", &databases},
	{"sql", "state", "online, paused, ...", "sql", "status", &databases},
	{"sql", "limited_by", "the limit it is nearest to", "sql", "limit", &databases},
	{"sql", "cpu_p99_14d", "most CPU of two weeks", "sql-load", "cpu", &by_name},
	{"sql", "scale_state", "how a change of size goes", "sql-changes", "state", &by_name},
	{"sql", "scale_target", "the size it is changed to", "sql", "target", &databases},
	{"sql", "scale_started", "when that began", "sql-changes", "started", &by_name},
	{"sql", "scale_progress", "how far it is", "sql-changes", "progress", &by_name},
	{"sql", "blocked_by", "what forbids a smaller size", "sql-advice", "why", &by_name},
	{"sql", "autopause_state", "quiet time before it pauses", "sql", "auto_pause", &databases},
	{"sql", "last_scale.from", "size before", "sql-changes", "from", &by_name},
	{"sql", "last_scale.to", "size after", "sql-changes", "to", &by_name},
	{"sql", "last_scale.at", "when it began", "sql-operations", "started", &operations},
	{"sql", "last_scale.by", "who did it", "activity", "who", &made_by},
	{"sql", "last_scale.result", "what became of it", "sql-operations", "state", &operations},
	{"sql", "last_scale.error", "why it failed", "sql-operations", "error", &operations},
	{"sql", "policy.floor", "the smallest size it may have", "limits", "floor", &database_limits},
	{"sql", "policy.ceiling", "the largest", "limits", "ceiling", &database_limits},
	{"sql", "policy.window", "hours in which it may be scaled", "limits", "window", &database_limits},
	{"sql", "policy.opens", "when they begin again", "limits", "opens", &database_limits},
	{"sql", "policy.state", "open, shut, frozen or forbidden", "limits", "state", &database_limits},
	{"sql", "advice", "keep, or another size", "sql-advice", "verdict", &by_name},
	{"sql", "advice_size", "which size", "sql-advice", "to", &by_name},

	{"dr.group", "role", "of the side that is looked at", "dr-groups", "role", &groups_dr},
	{"dr.group", "policy", "who fails over", "dr-groups", "policy", &groups_dr},
	{"dr.group", "grace_min", "how long it waits before", "dr-groups", "grace", &groups_dr},
	{"dr.group", "replication_state", "of its databases", "dr-groups", "state", &groups_dr},
	{"dr.group", "lag_sec", "how far the other side is behind", "dr-groups", "lag", &lags},
	{"dr.group", "lag_as_of", "when that was measured", "dr-groups", "lag_age", &groups_dr},
	{"dr.group", "primary", "server that writes", "dr-groups", "primary", &groups_dr},
	{"dr.group", "secondary", "server that follows", "dr-groups", "secondary", &groups_dr},
	{"dr.group", "rpo_target_sec", "what may be lost", "dr-plans", "rpo_target", &plans},
	{"dr.group", "rto_target_sec", "how long it may take", "dr-plans", "rto", &plans},
	{"dr.group", "rpo_sec", "what would be lost now, of a plan", "dr-plans", "rpo", &plans},
	{"dr.group", "plan_state", "proven, due, too slow", "dr-plans", "state", &plans},
	{"dr.group", "drill.id", "plan that was drilled", "drills", "subject", &failovers},
	{"dr.group", "drill.at", "when", "drills", "started", &failovers},
	{"dr.group", "drill.result", "what became of it", "drills", "state", &failovers},
	{"dr.group", "drill.measured_rto_sec", "how long it took", "drills", "took", &failovers},
	{"dr.group", "drill.measured_rpo_sec", "what was lost", "drills", "lost", &failovers},
	{"dr.group", "drill.failed_step", "where it stopped", "drills", "step", &failovers},
	{"dr.group", "drill.due", "when the next one is due", "drills", "due", &failovers},
	{"dr.group", "readiness.score", "of a workload", "dr-readiness", "score", &scores},
	{"dr.group", "readiness.verdict", "ready or not", "dr-readiness", "verdict", &scores},
	{"dr.group", "readiness.reasons", "what is to do", "dr-readiness", "todo", &reasons},
	{"dr.item", "health", "of its replication", "dr-items", "health", &items},
	{"dr.item", "failover_readiness", "could it fail over", "dr-items", "readiness", &items},
	{"dr.item", "rpo_sec", "how far its copy is behind", "dr-items", "rpo", &items},
	{"dr.item", "as_of", "when that was measured", "dr-items", "rpo_age", &items},
	{"dr.item", "last_test_at", "its last test failover", "dr-items", "last_test", &items},
	{"dr.item", "cleanup_pending", "test that is to be cleaned up", "dr-items", "test_state", &items},
	{"backup", "last_ok", "newest good backup", "backups", "newest", &backups},
	{"backup", "last_try", "last one tried", "backups", "last", &backups},
	{"backup", "state", "protected, failing, ...", "backups", "state", &backups},
	{"backup", "last_restore_test", "last restore", "restore-tests", "started", &restore_tests},
	{"backup", "last_restore_test", "likewise, as a drill", "drills", "started", &restores},
	{"backup", "restore_result", "what became of that", "restore-tests", "state", &restore_tests},

	{"log.stream", "rate", "lines a minute, where it is followed", "log-streams", "rate", &followed},
	{"log.stream", "error_rate", "errors a minute, likewise", "log-streams", "error_rate", &followed},
	{"log.stream", "error_rate", "likewise, of a container", "log-storms", "rate", &streams},
	{"log.stream", "lag_sec", "age of its newest line", "log-streams", "lag", &followed},
	{"log.stream", "lag_sec", "of a container, of its newest error", "log-storms", "lag", &streams},
	{"log.stream", "dropped", "lines that are kept no longer", "log-streams", "dropped", &followed},
	{"log.stream", "gaps", "times that lines were missed", "log-streams", "gaps", &followed},
	{"log.stream", "retention_from", "its oldest line that is kept", "log-streams", "kept", &followed},
	{"log.stream", "retention_from", "likewise, of a workspace", "log-workspaces", "retention", &kept},
	{"log.stream", "errors", "of a container, in ten minutes", "log-storms", "lines", &streams},
	{"log.stream", "errors_before", "in the twenty minutes before", "log-storms", "before", &streams},
	{"log.stream", "state", "of one that is followed", "log-streams", "state", &followed},
	{"log.stream", "state", "of a container: steady, storm, over", "log-storms", "state", &streams},
	{"log.line", "ts", "when it was written", "log-lines", "at", &log_lines},
	{"log.line", "level", "how bad it says it is", "log-lines", "level", &log_lines},
	{"log.line", "text", "what it says", "log-lines", "text", &log_lines},
	{"log.line", "trace", "the trace it belongs to", "log-lines", "trace", &log_lines},
	{"log.line", "container", "who wrote it", "log-lines", "container", &log_lines},
	{"log.cluster", "signature", "what its lines have in common", "log-patterns", "like", &patterns},
	{"log.cluster", "count", "lines", "log-patterns", "lines", &patterns},
	{"log.cluster", "before", "in the span before", "log-patterns", "before", &patterns},
	{"log.cluster", "first_seen", "the first in half an hour", "log-patterns", "first", &patterns},
	{"log.cluster", "last_seen", "the last that has arrived", "log-patterns", "last", &patterns},
	{"log.cluster", "example", "one of its lines, as written", "log-patterns", "example", &patterns},

	{"alert", "sev", "severity", "alerts", "level", &alerts},
	{"alert", "sev", "likewise, of Prometheus", "alertmanager", "rank", &alarms},
	{"alert", "sev", "likewise, of PagerDuty", "pagerduty", "urgency", &incidents},
	{"alert", "resource", "what it is about", "alerts", "on", &alerts},
	{"alert", "resource", "likewise, of PagerDuty", "pagerduty", "service", &incidents},
	{"alert", "fired_at", "when", "alerts", "since", &alerts},
	{"alert", "fired_at", "likewise, of Prometheus", "alertmanager", "since", &alarms},
	{"alert", "fired_at", "likewise, of PagerDuty", "pagerduty", "since", &incidents},
	{"alert", "state", "fired or resolved", "alerts", "condition", &alerts},
	{"alert", "state", "likewise, of Prometheus", "alertmanager", "state", &alarms},
	{"alert", "state", "likewise, of PagerDuty", "pagerduty", "state", &incidents},
	{"alert", "handled", "new, acknowledged, closed", "alerts", "handled", &alerts},
	{"alert", "ack_by", "who has taken it", "alerts", "who", &alerts},
	{"alert", "ack_by", "likewise, of PagerDuty", "pagerduty", "assigned", &incidents},
	{"alert", "about", "what it says", "alerts", "about", &alerts},
	{"alert", "about", "likewise, of Prometheus", "alertmanager", "summary", &alarms},
	{"alert", "runbook", "its page", "alertmanager", "runbook", &alarms},

	{"health", "state", "of a workload's promise", "slo", "state", &promises},
	{"health", "state", "of a resource", "health", "state", &by_name},
	{"health", "since", "since when", "health", "since", &by_name},
	{"health", "sli", "availability that is measured", "slo", "availability", &promises},
	{"health", "slo", "availability that is promised", "slo", "slo", &promises},
	{"health", "burn_rate", "of the last hour", "slo", "burn_1h", &promises},
	{"health", "budget_left", "minutes that are left of it", "slo", "left", &promises},
	{"health", "budget_ends", "when it is used up", "slo", "ends", &promises},

	{"dep", "upstream", "what a service calls", "dependencies", "upstream", &upstreams},
	{"dep", "downstream", "what calls it", "dependencies", "service", &downstreams},

	{"pool", "online", "agents online", "agent-pools", "online", &by_name},
	{"pool", "offline", "agents offline", "agent-pools", "offline", &by_name},
	{"pool", "busy", "agents at work", "agent-pools", "busy", &by_name},
	{"pool", "idle", "agents that wait for work", "agent-pools", "idle", &by_name},
	{"pool", "queued", "jobs that wait", "agent-pools", "queued", &by_name},
	{"pool", "oldest_wait_sec", "how long the first has", "agent-pools", "oldest_wait", &by_name},
	{"pool", "max_parallel", "most agents it may have", "agent-scaling", "max", &by_pool},
	{"pool", "scaler_kind", "who makes its agents", "agent-scaling", "maker", &by_pool},
	{"pool", "scaler_desired", "agents the scaler wants", "agent-scaling", "wanted", &by_pool},
	{"pool", "last_scale_at", "when its size last changed", "agent-scaling", "scaled", &by_pool},
	{"pool", "scaler_step", "where scaling hangs", "agent-scaling", "step", &by_pool},
	{"pool", "scaler_evidence", "by what that is seen", "agent-scaling", "evidence", &by_pool},
	{"pool", "idle_cost", "what idle agents cost an hour", "agent-scaling", "idle_cost", &by_pool},
	{"job", "pipeline", "what waits or runs", "agent-jobs", "pipeline", &jobs},
	{"job", "queued_at", "since when", "agent-jobs", "queued", &jobs},
	{"job", "demands", "what it asks of an agent", "agent-jobs", "demands", &jobs},
	{"job", "unmet_demands", "what holds it up, in full", "agent-waits", "evidence", &waits},
	{"job", "wait_reason", "why it waits", "agent-waits", "reason", &waits},
	{"job", "wait_sec", "how long it has waited", "agent-waits", "wait", &waits},
	{"job", "todo", "what can be done", "agent-waits", "todo", &waits},
	{"agent", "status", "busy, idle, offline", "agents", "state", &by_name},
	{"agent", "last_seen", "since when", "agents", "since", &by_name},
	{"agent", "version", "of the agent's program", "agents", "version", &by_name},
	{"agent", "pool", "its pool", "agents", "pool", &by_name},

	{"run", "pipeline", "of which pipeline", "builds", "pipeline", &runs},
	{"run", "pipeline", "likewise, of GitHub", "github-runs", "workflow", &git_runs},
	{"run", "pipeline", "likewise, of GitLab", "gitlab-pipelines", "project", &lab_runs},
	{"run", "state", "how it ended, or that it runs", "builds", "state", &runs},
	{"run", "state", "likewise, of GitHub", "github-runs", "state", &git_runs},
	{"run", "state", "likewise, of GitLab", "gitlab-pipelines", "state", &lab_runs},
	{"run", "stage", "stage that failed", "build-failures", "stage", &failures},
	{"run", "stage", "stage of a job, of GitLab", "gitlab-jobs", "stage", &lab_jobs},
	{"run", "failed_task", "the first task that failed", "build-failures", "task", &failures},
	{"run", "failed_task", "step that failed, of GitHub", "github-jobs", "step", &git_jobs},
	{"run", "failed_task", "job that failed, of GitLab", "gitlab-jobs", "job", &lab_jobs},
	{"run", "error_line", "the first error it said", "build-failures", "error", &failures},
	{"run", "error_line", "why it failed, of GitLab", "gitlab-jobs", "reason", &lab_jobs},
	{"run", "commit", "its commit, of one that failed", "build-failures", "commit", &failures},
	{"run", "commit", "its commit, of GitLab", "gitlab-pipelines", "sha", &lab_runs},
	{"run", "commit", "the commit's message", "builds", "message", &runs},
	{"run", "branch", "its branch", "builds", "branch", &runs},
	{"run", "requester", "who asked for it", "builds", "by", &runs},
	{"run", "requester", "likewise, of GitHub", "github-runs", "by", &git_runs},
	{"run", "started", "when it was queued", "builds", "queued", &runs},
	{"run", "started", "likewise, of GitHub", "github-runs", "since", &git_runs},
	{"deploy", "at", "when", "deployments", "when", &deployments},
	{"deploy", "state", "what became of it", "deployments", "state", &deployments},
	{"deploy", "message", "why it failed", "deployments", "message", &deployments},
	{"deploy", "version", "image that runs", "k8s-deployments", "image", &by_name},
	{"deploy", "by", "who did it", "activity", "who", &made_by},
	{"deploy", "run", "its correlation", "deployments", "correlation", &deployments},
	{"change", "at", "when", "activity", "when", &made_by},
	{"change", "at", "likewise, as it was seen", "changes", "at", &changes},
	{"change", "actor", "who", "activity", "who", &made_by},
	{"change", "op", "what was done", "activity", "what", &made_by},
	{"change", "op", "what became another", "changes", "column", &changes},
	{"change", "resource", "to what", "activity", "on", &made_by},
	{"change", "resource", "likewise, as it was seen", "changes", "what", &changes},
	{"change", "before", "what it was", "changes", "before", &changes},
	{"change", "after", "what it is", "changes", "after", &changes},

	{"cert", "subject", "whom it names", "certs", "subject", &endpoints},
	{"cert", "subject", "likewise, in a vault", "keyvault-renewal", "subject", &by_name},
	{"cert", "not_after", "when it ends", "certs", "ends", &endpoints},
	{"cert", "not_after", "likewise, in a vault", "keyvault-certs", "ends", &by_name},
	{"cert", "days_left", "days until then", "certs", "left", &endpoints},
	{"cert", "days_left", "likewise, in a vault", "keyvault-certs", "days", &by_name},
	{"cert", "used_by", "names it is good for", "certs", "names", &endpoints},
	{"cert", "issuer", "who made it", "certs", "issuer", &endpoints},
	{"cert", "issuer", "likewise, in a vault", "keyvault-renewal", "issuer", &by_name},
	{"cert", "auto_renew", "who renews it", "keyvault-renewal", "renews", &by_name},
	{"cert", "renewal_due", "when it should be", "keyvault-renewal", "due", &by_name},
	{"cert", "last_renew_at", "when it was", "keyvault-certs", "renewed", &by_name},
	{"cert", "last_renew_result", "whether it is late", "keyvault-renewal", "state", &by_name},
	{"cert", "chain_ok", "what is wrong with it, or valid", "certs", "state", &endpoints},
	{"cert", "reason", "why it is", "certs", "reason", &endpoints},

	{"runbook", "title", "what it is about", "", "title", &by_name},
	{"runbook", "section", "its headings", "", "sections", &by_name},
	{"runbook", "updated", "when it was last looked at", "", "updated", &by_name},
	{"runbook", "owner", "who keeps it", "", "owner", &by_name},
	{"runbook", "supersedes", "runbooks that it stands in for", "", "supersedes", &by_name},
	{"runbook", "superseded_by", "the one that stands in for it", "", "superseded_by", &by_name},
	{"runbook", "tags", "what it is filed under", "", "tags", &by_name},

	{"action", "type", "which action", "plans", "action", &planned},
	{"action", "target", "what it would change", "plans", "target", &planned},
	{"action", "params", "with what", "plans", "params", &planned},
	{"action", "risk", "how it is approved", "plans", "risk", &planned},
	{"action", "dry_run", "what would be another, before and after", "plans", "shows", &planned},
	{"action", "reversal", "how it is undone", "plans", "undo", &planned},
	{"action", "approval.state", "how it stands", "plans", "state", &planned},
	{"action", "approval.requester", "who asked for it", "plans", "by", &planned},
	{"action", "approval.approver", "who approved it", "plans", "approver", &planned},
	{"action", "approval.expires", "until when it may be run", "plans", "expires", &planned},
	{"action", "approval.bound_version", "facts that have to be the same", "plans", "bound", &planned},
	{"action", "approval.quorum", "how many have approved, of how many", "plans", "quorum", &planned},

	{"audit", "kind", "of an entry, by its number", "audit-entries", "kind", &entries},
	{"audit", "hash", "of its line", "audit-entries", "hash", &entries},
	{"audit", "at", "when it was written", "audit-entries", "at", &entries},
	{"audit", "by", "who had it written", "audit-entries", "by", &entries},
	{"audit", "proof", "whether a signature vouches for it", "audit-entries", "proof", &entries},

	{"gw", "route", "routes that would ask it now", "ai", "routes", &models},
	{"gw", "model", "models that may be asked", "ai", "model", &models},
	{"gw", "state", "how asking them goes", "ai", "state", &models},
	{"gw", "reason", "why a route would ask it", "ai", "chosen", &models},
	{"gw", "tokens", "tokens that were answered", "ai", "tokens_out", &spendings},
	{"gw", "cost", "what they cost since the start", "ai", "money", &spendings},
	{"gw", "budget_left", "what may be spent on them today yet", "ai", "budget_left", &least},
	{"gw.endpoint", "state", "how an endpoint does", "ai", "state", &by_name},
	{"gw.endpoint", "reason", "why it is left alone", "ai", "why", &by_name},
	{"gw.endpoint", "quota_left", "tokens its service still allows", "ai", "left", &by_name},
	{"gw.endpoint", "model", "its model", "ai", "model", &by_name},
	{"gw.endpoint", "cools", "until it is asked again", "ai", "cools", &by_name},

	{"workload", "availability", "as users see it", "availability", "availability", &by_workload},
	{"workload", "budget_spent", "of what may fail", "availability", "spent", &by_workload},
};
/* clang-format on */

size_t field_count(void)
{
	return COUNT(table);
}

const struct field_def *field_at(size_t i)
{
	return &table[i];
}
