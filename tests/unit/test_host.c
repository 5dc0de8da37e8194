/* Which addresses may get the token of a connection. */
#include "unit/check.h"

#include "azure/host.h"

#define ARM "https://management.azure.com"

static const struct host_case {
	const char *name, *url, *base;
	bool is_ours;
} cases[] = {
	{"the same", ARM "/b?x=1", ARM, true},
	{"nothing behind the host", ARM, ARM, true},
	{"case", "HTTPS://Management.Azure.COM/b", ARM, true},
	{"the default port", ARM ":443/b", ARM, true},
	{"a region", "https://westeurope.management.azure.com/b", ARM, true},
	{"a region with its port", "https://westeurope.management.azure.com:443/b", ARM,
	 true},
	{"from a region to the whole", ARM "/b",
	 "https://westeurope.management.azure.com", true},
	{"from region to region", "https://northeurope.management.azure.com/b",
	 "https://westeurope.management.azure.com", true},
	{"a region of another cloud", "https://chinaeast.management.chinacloudapi.cn/b",
	 ARM, false},
	{"a region of its own cloud", "https://chinaeast.management.chinacloudapi.cn/b",
	 "https://management.chinacloudapi.cn", true},
	{"the government's", "https://usgovvirginia.management.usgovcloudapi.net/b",
	 "https://management.usgovcloudapi.net", true},
	{"another host", "https://evil.example/b", ARM, false},
	{"another port", ARM ":8443/b", ARM, false},
	{"plain http", "http://management.azure.com/b", ARM, false},
	{"our host as a user", ARM "@evil.example/b", ARM, false},
	{"our host as a prefix", ARM ".evil.example/b", ARM, false},
	{"our host without a dot before it", "https://evilmanagement.azure.com/b", ARM,
	 false},
	{"a dot and nothing before it", "https://.management.azure.com/b", ARM, false},
	{"our suffix in a query", "https://evil.example?.management.azure.com/b", ARM,
	 false},
	{"our suffix in a fragment", "https://evil.example#.management.azure.com/b", ARM,
	 false},
	{"our suffix behind a backslash", "https://evil.example\\.management.azure.com/b",
	 ARM, false},
	{"our suffix behind a user", "https://u:p@westeurope.management.azure.com/b", ARM,
	 false},
	{"an encoded dot", "https://evil%2emanagement.azure.com/b", ARM, false},
	{"no address", "/subscriptions?api-version=1", ARM, false},
	{"two slashes", "//management.azure.com/b", ARM, false},
	{"another scheme", "file:///etc/hosts", ARM, false},
	{"empty", "", ARM, false},
	{"no host", "https:///b", ARM, false},
	{"a port that is none", ARM ":44x/b", ARM, false},
	{"loopback", "http://127.0.0.1:8080/b", "http://127.0.0.1:8080", true},
	{"another loopback port", "http://127.0.0.1:8081/b", "http://127.0.0.1:8080",
	 false},
	{"a name under loopback", "http://x.127.0.0.1:8080/b", "http://127.0.0.1:8080",
	 false},
	{"IPv6", "http://[::1]:8080/b", "http://[::1]:8080", true},
	{"IPv6 without a port", "http://[::1]/b", "http://[::1]:80", true},
	{"a path in the base", "http://127.0.0.1:8080/_devops/x/y?z",
	 "http://127.0.0.1:8080/_devops/contoso", true},
	{"regions only of ARM", "https://eu.dev.azure.com/b", "https://dev.azure.com",
	 false},
};

static void test_hosts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(cases[i].name,
			   host_is_ours(str_from(cases[i].url),
					str_from(cases[i].base)) == cases[i].is_ours);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_hosts)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
