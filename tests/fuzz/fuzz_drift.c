/* Words that a cloud may send for states, sizes, tiers and tags, a line each: whatever
 * they are, drift claims nothing of what is not known, and sizes stay on their ladders. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sql/drift.h"
#include "sql/scaling.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { LINES = 6, LINE_MAX = 300 };

static void must(bool held)
{
	if (!held)
		abort();
}

/* What is not there is the empty text. */
static void split(struct str rest, char lines[LINES][LINE_MAX])
{
	struct str line;

	memset(lines, 0, LINES * sizeof(lines[0]));
	for (int i = 0; i < LINES && rest.n && str_next(&rest, '\n', &line); i++) {
		if (line.n < LINE_MAX)
			memcpy(lines[i], line.p, line.n);
	}
}

static void check_ladder(const char *name)
{
	struct sql_size size, below;

	if (!sql_size_parse(str_from(name), &size))
		return;
	must(size.capacity > 0 && strlen(size.name) <= SQL_SIZE_MAX);
	must(!(sql_price_hourly(&size) < 0));
	for (int i = 0; sql_size_smaller(&size, &below); i++, size = below) {
		must(i < 64 && below.capacity < size.capacity);
		must(sql_size_is_comparable(&size, &below));
		must(sql_scaling_usual_ms(&size, &below, 0) > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* A Wednesday evening. */
	static const int64_t now_ms = INT64_C(1773262800000);
	struct str text = {.p = (const char *)data, .n = n};
	const struct wanted_changes seen = {.known_from_ms = 1, .why_failed = ""};
	struct sql_drift_rules rules = {.price_factor = 1};
	char lines[LINES][LINE_MAX];
	struct sql_drift_state state;
	struct sql_target target;
	struct zones zones;

	split(text, lines);
	for (int i = 0; i < LINES; i++)
		check_ladder(lines[i]);
	rules.off_size = lines[5][0] ? lines[5] : NULL;
	target = (struct sql_target){.tag = str_from(lines[0]),
				     .status = lines[1],
				     .size = lines[2],
				     .becoming = lines[3],
				     .tier = lines[4],
				     .is_pool = n % 2};
	zones_init(&zones, "/nonexistent");
	sql_drift_look(&target, &seen, &rules, &zones, now_ms, &state);
	must(state.fate == WANTED_UNTOLD || state.fate == WANTED_DUE ||
	     (state.since_ms > 0 && state.drift > SQL_DRIFT_DUE));
	must(state.drift != SQL_DRIFT_UNDECIDABLE || state.error[0]);
	must(state.drift == SQL_DRIFT_UNDECIDABLE || state.drift == SQL_DRIFT_OPTED_OUT ||
	     state.want[0]);
	if (!lines[1][0])
		must(state.drift <= SQL_DRIFT_UNKNOWN ||
		     state.drift == SQL_DRIFT_OPTED_OUT);
	if (state.drift <= SQL_DRIFT_UNKNOWN)
		must(isnan(state.spent) && isnan(state.hourly_drift));
	zones_fini(&zones);
	return 0;
}
