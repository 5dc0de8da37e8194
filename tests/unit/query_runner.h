/* Runs a file of JMESPath cases in the published form: a list of {given, cases:
 * [{expression, result | error | bench}]}, and reports every one that differs. */
#ifndef AZ_TESTS_UNIT_QUERY_RUNNER_H
#define AZ_TESTS_UNIT_QUERY_RUNNER_H

#include "query/query.h"

/* 2026-11-21T00:00:00Z, the time of now() in cases. */
#define QUERY_CASES_NOW_MS INT64_C(1795219200000)

struct query_tally {
	unsigned run, failed;
};

/* Differences go to stderr, one line each. Fails the test when the file cannot
 * be read. */
void query_run_cases(const char *path, struct query_tally *tally);

#endif
