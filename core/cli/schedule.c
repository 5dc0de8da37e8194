/* See schedule.h. A tag that is wrong is an answer (undecidable), not a failure of the
 * command: it goes to standard output, and only --check makes an exit code of it. */
#include "cli/schedule.h"

#include <string.h>

#include "base/timefmt.h"
#include "cli/schedule_print.h"
#include "config/env.h"

enum { EXIT_CRITICAL = 1, USUAL_NEXT = 6 };

struct request {
	const char *tag, *defaults;
	size_t n_next;
	bool is_check, is_json;
	struct schedule_report report;
};

static bool set_next(const char *value, struct err *err, void *to)
{
	struct request *r = to;
	int64_t n;

	(void)err;
	if (!str_to_i64(str_from(value), &n) || n < 0 || n > SCHEDULE_MOST_NEXT)
		return false;
	r->n_next = (size_t)n;
	return true;
}

static bool set_at(const char *value, struct err *err, void *to)
{
	struct request *r = to;

	(void)err;
	return time_parse(str_from(value), &r->report.at_ms);
}

static bool set_since(const char *value, struct err *err, void *to)
{
	struct request *r = to;

	(void)err;
	r->report.has_since = true;
	return time_parse(str_from(value), &r->report.since_ms);
}

static const struct cli_option options[] = {
	{"--at", "TIME", "as of then (default now)", .set = set_at},
	{"--check", NULL, "exit with 1 when the tag is undecidable",
	 CLI_INTO(struct request, is_check)},
	{"--defaults", "TAG", "what holds where the tag says nothing",
	 CLI_INTO(struct request, defaults)},
	{"--next", "N", "how many coming edges (default 6, at most 100)",
	 .set = set_next},
	{"--output", "table|json", "how to print it (-o)",
	 CLI_INTO_JSON(struct request, is_json)},
	{"--since", "TIME", "what went by since then, to catch up with",
	 .set = set_since},
	{.name = NULL},
};

static int read_arguments(int argc, char **argv, struct request *r)
{
	int code = cli_walk(&cli_schedule_command, argc, argv, r);
	struct err err;

	if (code != 0 || r->tag)
		return code;
	err_set(&err, ERR_USAGE,
		"schedule: which tag? put its text in quotes, '' for the empty one");
	return cli_fail(&err);
}

/* What the schedule says goes into the report. */
static void evaluate(struct request *r, const struct schedule *s)
{
	struct schedule_report *report = &r->report;
	int64_t at_ms = report->at_ms;

	report->schedule = s;
	report->intended = schedule_intended(s, at_ms);
	/* Nothing is wrong with the tag then: no schedule is known so far away. */
	if (report->intended == SCHEDULE_UNDECIDABLE)
		report->error = (struct schedule_error){
			.is_machine = true,
			.text = "times are reckoned within the years 1754 to 9998, and "
				"this one is beyond them"};
	report->has_last = schedule_last(s, at_ms, &report->last);
	while (report->n_next < r->n_next &&
	       schedule_next(s, at_ms, &report->next[report->n_next]))
		at_ms = report->next[report->n_next++].at_ms;
	if (report->has_since)
		report->missed = schedule_missed(s, report->since_ms, report->at_ms);
}

/* False when it is the defaults that cannot be understood. */
static bool parse(struct request *r, struct zones *zones, struct schedule *defaults,
		  struct schedule *out, struct err *err)
{
	struct schedule_error error;

	if (r->defaults &&
	    !schedule_parse(str_from(r->defaults), NULL, zones, defaults, &error))
		return err_set(err, ERR_USAGE, "schedule: --defaults, column %zu: %s",
			       error.at + 1, error.text);
	if (schedule_parse(r->report.tag, r->defaults ? defaults : NULL, zones, out,
			   &r->report.error))
		evaluate(r, out);
	return true;
}

static int answer(struct request *r)
{
	struct schedule defaults, schedule;
	struct zones zones;
	struct strbuf out;
	struct err err;
	int code = 0;

	strbuf_init(&out, 1 << 20);
	zones_init(&zones, env_get("TZDIR"));
	if (!parse(r, &zones, &defaults, &schedule, &err)) {
		code = cli_fail(&err);
	} else {
		if (r->is_json)
			schedule_put_json(&out, &r->report);
		else
			schedule_put_table(&out, &r->report);
		if (r->is_check && r->report.intended == SCHEDULE_UNDECIDABLE)
			code = EXIT_CRITICAL;
		cli_write(&out, &code);
	}
	zones_fini(&zones);
	strbuf_fini(&out);
	return code;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	static struct request r;
	int code;

	r = (struct request){.n_next = USUAL_NEXT,
			     .report = {.at_ms = clock_wall_ms(clock)}};
	code = read_arguments(argc, argv, &r);
	if (code != 0)
		return code;
	r.report.tag = str_from(r.tag);
	return answer(&r);
}

const struct cli_command cli_schedule_command = {
	.name = "schedule",
	.usage = "TAG [OPTION...]",
	.help = "what a business-hours tag asks for, now and next",
	.options = options,
	.words = {.slots = {CLI_SLOT(struct request, tag)},
		  .n_slots = 1,
		  .extra = "put the tag in quotes; one word too many:"},
	.run = run,
};
