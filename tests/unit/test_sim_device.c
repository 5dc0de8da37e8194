/* The simulator's sign-in with a code: given, waited for, entered by itself, and the
 * ways it ends otherwise; then who asks Azure DevOps. */
#include "unit/check.h"

#include <stdio.h>

#include "sim/ask.h"

#define CODE  "/organizations/oauth2/v2.0/devicecode"
#define GRANT "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=me"

static void put_form(struct strbuf *out, const cJSON *code)
{
	strbuf_init(out, 4096);
	strbuf_printf(out, GRANT "&device_code=%s", told_text(code, "device_code"));
}

static void test_entered(void **state)
{
	struct told t;
	struct ask a;
	cJSON *code, *token;
	struct strbuf form;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	strbuf_reset(&a.bearer);
	code = ask_post(&a, CODE, "client_id=me&scope=x");
	assert_int_equal(strlen(told_text(code, "user_code")), 8);
	assert_int_equal((int)told_number(code, "expires_in"), 900);
	put_form(&form, code);
	ask(&a, SIM_POST, "/organizations/oauth2/v2.0/token", form.p, &t);
	assert_int_equal(t.rep.status, 400);
	assert_string_equal(told_text(t.json, "error"), "authorization_pending");
	told_fini(&t);
	clock_advance(&a.clock, 2000);
	token = ask_post(&a, "/organizations/oauth2/v2.0/token", form.p);
	assert_non_null(told_text(token, "access_token"));
	strbuf_reset(&form);
	strbuf_printf(&form,
		      "grant_type=refresh_token&refresh_token=%s&scope=499b84ac-1321-"
		      "427f-aa17-267ca6975798%%2F.default%%20offline_access",
		      told_text(token, "refresh_token"));
	cJSON_Delete(token);
	token = ask_post(&a, "/organizations/oauth2/v2.0/token", form.p);
	assert_non_null(told_text(token, "refresh_token"));
	strbuf_printf(&a.bearer, "Bearer %s", told_text(token, "access_token"));
	assert_int_equal(ask_status(&a, SIM_GET, "/subscriptions?api-version=2022-12-01",
				    NULL),
			 200);
	cJSON_Delete(token);
	cJSON_Delete(code);
	strbuf_fini(&form);
	ask_fini(&a);
}

static void test_refused(void **state)
{
	static const struct {
		const char *tenant, *error;
	} cases[] = {{"declined.example", "authorization_declined"},
		     {"expired.example", "expired_token"},
		     {"blocked.example", "invalid_grant"}};
	struct ask a;

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char target[100];
		struct strbuf form;
		struct told t;
		cJSON *code;

		snprintf(target, sizeof(target), "/%s/oauth2/v2.0/devicecode",
			 cases[i].tenant);
		code = ask_post(&a, target, "client_id=me&scope=x");
		put_form(&form, code);
		clock_advance(&a.clock, 2000);
		snprintf(target, sizeof(target), "/%s/oauth2/v2.0/token",
			 cases[i].tenant);
		ask(&a, SIM_POST, target, form.p, &t);
		check_case(cases[i].tenant, t.rep.status == 400);
		check_text(cases[i].tenant, str_from(told_text(t.json, "error")),
			   cases[i].error);
		told_fini(&t);
		cJSON_Delete(code);
		strbuf_fini(&form);
	}
	assert_int_equal(ask_status(&a, SIM_POST,
				    "/missing.example/oauth2/v2.0/devicecode",
				    "client_id=me&scope=x"),
			 400);
	assert_int_equal(ask_status(&a, SIM_POST, "/x/oauth2/v2.0/token",
				    GRANT "&device_code=made-up"),
			 400);
	assert_int_equal(ask_status(&a, SIM_POST, "/x/oauth2/v2.0/token",
				    "grant_type=refresh_token&refresh_token=made-up"),
			 400);
	ask_fini(&a);
}

static void test_organizations(void **state)
{
	struct ask a;
	cJSON *me, *accounts;
	char target[120];

	(void)state;
	ask_init(&a, 1, ASK_NOON_MS);
	me = ask_json(&a, "/_vssps/_apis/profile/profiles/me?api-version=7.1");
	snprintf(target, sizeof(target), "/_vssps/_apis/accounts?memberId=%s",
		 told_text(me, "id"));
	accounts = ask_json(&a, target);
	assert_int_equal((int)told_number(accounts, "count"), 1);
	assert_int_equal(ask_status(&a, SIM_GET, "/_vssps/_apis/accounts", NULL), 401);
	assert_int_equal(ask_status(&a, SIM_GET, "/_vssps/_apis/no", NULL), 404);
	cJSON_Delete(accounts);
	cJSON_Delete(me);
	ask_fini(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entered),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_organizations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
