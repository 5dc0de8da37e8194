/* No secret gets through; what is harmless does. */
#include "unit/check.h"

#include "net/redact.h"

static void check_redacted(void (*redact)(struct strbuf *, struct str), const char *in,
			   const char *want)
{
	struct strbuf out;

	strbuf_init(&out, 4096);
	redact(&out, str_from(in));
	check_text(in, strbuf_str(&out), want);
	strbuf_fini(&out);
}

static void urls(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"https://h/p?api-version=2024-08-01",
		 "https://h/p?api-version=2024-08-01"},
		{"https://h/p?sig=abc%3D&x=1", "https://h/p?sig=***&x=1"},
		{"https://h/p?SIG=abc", "https://h/p?SIG=***"},
		{"https://h/op?api-version=1&t=6&c=MII&s=k9&h=zz",
		 "https://h/op?api-version=1&t=***&c=***&s=***&h=***"},
		{"https://user:pw@h/p", "https://h/p"},
		{"https://user:p@w@h/p@q", "https://h/p@q"},
		{"https:///user:pw@h/p", "https://h/p"},
		{"https:/user:pw@h/p://q", "https://h/p://q"},
		{"https://h/cb#access_token=abc", "https://h/cb"},
		{"/p?code=abc", "/p?code=***"},
		{"", ""},
	};
	char url[600] = "https://h/p?x=";

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_redacted(redact_url, cases[i].in, cases[i].want);
	memset(url + strlen(url), 'y', 400);
	check_redacted(redact_url, url, "https://h/p?***");
}

static void texts(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"nothing to hide: 12 rows", "nothing to hide: 12 rows"},
		{"Authorization: Bearer abc.def-ghi", "Authorization: ***"},
		{"sent Bearer abcdefghijkl to h", "sent Bearer *** to h"},
		{"the bearer of news", "the bearer of news"},
		{"Basic OnBhdHBhdHBhdA== refused", "Basic *** refused"},
		{"api-key: 0123abc!\r\nhost: h", "api-key: ***\r\nhost: h"},
		{"Cookie: a=b; c=d", "Cookie: ***"},
		{"client_secret=a~b!c&grant_type=x", "client_secret=***&grant_type=x"},
		{"{\"client_secret\": \"a b,\\\"c\",\"x\":1}",
		 "{\"client_secret\": \"***\",\"x\":1}"},
		{"{\"refresh_token\":\"0.AX\"}", "{\"refresh_token\":\"***\"}"},
		{"AccountName=n;AccountKey=a+b/c==;EndpointSuffix=s",
		 "AccountName=n;AccountKey=***;EndpointSuffix=s"},
		{"token eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJhdWQiOiIxIn0.c2ln end",
		 "token *** end"},
		{"password: hunter2", "password: ***"},
		{"(Code: Conflict) key=abc", "(Code: Conflict) key=***"},
		{"get https://h/b?sv=1&sig=a%2Bb= failed",
		 "get https://h/b?sv=1&sig=*** failed"},
		{"client-key-data: LS0tLS1CRUd", "client-key-data: ***"},
		{"turkey: lunch", "turkey: lunch"},
		{"secret", "secret"},
		{"token=", "token="},
		{"\"secret\":\"abc\\", "\"secret\":\"***"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_redacted(redact_text, cases[i].in, cases[i].want);
}

static void headers(void **state)
{
	(void)state;
	assert_true(redact_is_secret_header(STR("Authorization")));
	assert_true(redact_is_secret_header(STR("X-IDENTITY-HEADER")));
	assert_true(redact_is_secret_header(STR("api-key")));
	assert_false(redact_is_secret_header(STR("x-ms-request-id")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls),
		cmocka_unit_test(texts),
		cmocka_unit_test(headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
