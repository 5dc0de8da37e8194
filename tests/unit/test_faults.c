/* What may be said behind --fault, what it is for, and from when to when. */
#include "unit/check.h"

#include <stdio.h>

#include "sim/fault/faults.h"

static void test_said(void **state)
{
	static const struct {
		const char *spec, *says; /* NULL: it is good */
	} cases[] = {
		{"503:/_devops/*", NULL},
		{"hang:*", NULL},
		{"hang", NULL},
		{"429-ms:*sql*@30s", NULL},
		{"401:*@0-5m", NULL},
		{"401:*@1h-2h", NULL},
		{"", "there is no fault \"\""},
		{"teapot:*", "there is no fault \"teapot\""},
		{"503:", "a fault needs the path"},
		{"503:@5s", "a fault needs the path"},
		{"503:*@", "FROM or FROM-TO"},
		{"503:*@5m-", "FROM or FROM-TO"},
		{"503:*@5m-5m", "FROM or FROM-TO"},
		{"503:*@5m-1m", "FROM or FROM-TO"},
		{"503:*@-5m", "FROM or FROM-TO"},
		{"503:*@5d", "FROM or FROM-TO"},
		{"503:*@99999999h", "FROM or FROM-TO"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct faults f = {0};
		struct err err = {0};
		bool ok = faults_add(&f, str_from(cases[i].spec), &err);

		check_case(cases[i].spec, ok == !cases[i].says && f.n == (ok ? 1u : 0u));
		check_case(cases[i].spec, ok || strstr(err.text, cases[i].says));
	}
}

static void test_not_too_many(void **state)
{
	struct faults f = {0};
	struct err err;

	(void)state;
	for (int i = 0; i < FAULTS_MAX; i++)
		assert_true(faults_add(&f, STR("500"), &err));
	assert_false(faults_add(&f, STR("500"), &err));
	assert_non_null(strstr(err.text, "at most"));
}

static bool is_on(struct faults *f, const char *target, const char *token, int64_t now_ms)
{
	struct request r;
	bool found;

	assert_true(request_init(&r, SIM_GET, str_from(target)));
	r.authorization = str_from(token);
	found = faults_find(f, &r, now_ms) != NULL;
	request_fini(&r);
	return found;
}

static void test_paths(void **state)
{
	static const struct {
		const char *pattern, *target;
		bool holds;
	} cases[] = {
		{"*", "/a", true},
		{"/a", "/a?b=c", true},
		{"/a", "/ab", false},
		{"/A/b*", "/a/B/c", true},
		{"*/servers", "/subscriptions/s/providers/Microsoft.Sql/servers", true},
		{"*/servers", "/providers/servers/x", false},
		{"*a*a*b", "/aaaaaaaaab", true},
		{"*a*a*b", "/aaaaaaaaac", false},
		{"/_devops/*", "/_k8s/x", false},
		{"*.sql/*metrics", "/Microsoft.SQL/x/metrics", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct faults f = {0};
		struct err err;
		char spec[100];

		snprintf(spec, sizeof(spec), "500:%s", cases[i].pattern);
		assert_true(faults_add(&f, str_from(spec), &err));
		check_case(spec, is_on(&f, cases[i].target, "", 0) == cases[i].holds);
	}
}

static void test_times(void **state)
{
	struct faults f = {.began_ms = 1000000};
	struct err err;

	(void)state;
	assert_true(faults_add(&f, STR("500:/a@30s-2m"), &err));
	assert_false(is_on(&f, "/a", "", 1029999));
	assert_true(is_on(&f, "/a", "", 1030000));
	assert_true(is_on(&f, "/a", "", 1119999));
	assert_false(is_on(&f, "/a", "", 1120000));
	assert_false(is_on(&f, "/b", "", 1060000));
}

/* Two tokens of one second are the same text: what counts is that one was asked for. */
static void test_revoked(void **state)
{
	struct faults f = {0};
	struct err err;

	(void)state;
	assert_true(faults_add(&f, STR("revoked:/a"), &err));
	assert_false(is_on(&f, "/t/oauth2/v2.0/token", "", 0));
	assert_true(is_on(&f, "/a", "Bearer one", 0));
	assert_true(is_on(&f, "/a", "Bearer one", 0));
	assert_false(is_on(&f, "/b", "Bearer one", 0));
	assert_false(is_on(&f, "/a", "Bearer two", 0));
	assert_false(is_on(&f, "/t/oauth2/v2.0/token", "", 0));
	assert_false(is_on(&f, "/a", "Bearer one", 0));
}

static void refuse(const char *kind, const char *target, int status, const char *says)
{
	struct faults f = {0};
	struct request r;
	struct reply rep;
	struct fault *fault;
	struct err err;

	assert_true(faults_add(&f, str_from(kind), &err));
	assert_true(request_init(&r, SIM_GET, str_from(target)));
	reply_init(&rep, &r.arena);
	fault = faults_find(&f, &r, 0);
	assert_non_null(fault);
	assert_true(fault_refuse(fault, &r, 0, &rep));
	if (rep.status != status || !strstr(rep.body.p, says))
		fail_msg("%s %s: %d %s", kind, target, rep.status, rep.body.p);
	reply_fini(&rep);
	request_fini(&r);
}

/* Each service refuses in its own words. */
static void test_words(void **state)
{
	(void)state;
	refuse("403", "/subscriptions/s/providers/Microsoft.Sql/servers/x/databases", 403,
	       "'Microsoft.Sql/servers/databases/read' over scope '/subscriptions/s'");
	refuse("403", "/subscriptions", 403,
	       "'Microsoft.Resources/subscriptions/read' over scope '/subscriptions'");
	refuse("503", "/_k8s/aks/api/v1/pods", 503, "\"kind\":\"Status\"");
	refuse("503", "/_devops/contoso/_apis/x", 503, "\"typeKey\":\"ServerBusy\"");
	refuse("500", "/_github/repos", 500, "Encountered internal server error.");
	refuse("401", "/t/oauth2/v2.0/token", 401, "AADSTS7000222");
	refuse("500", "/t/oauth2/v2.0/token", 500, "AADSTS90033");
	refuse("502", "/a", 502, "<h1>502 Bad Gateway</h1>");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_said),	cmocka_unit_test(test_not_too_many),
		cmocka_unit_test(test_paths),	cmocka_unit_test(test_times),
		cmocka_unit_test(test_revoked), cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
