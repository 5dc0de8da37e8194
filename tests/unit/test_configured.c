/* Mistakes of the configuration that only schedules can tell: said with their place, and
 * what is right is taken. */
#include "unit/check.h"

#include "base/count.h"
#include "unit/scratch.h"
#include "worker/configured.h"

static void schedules(void **state)
{
	static const struct {
		const char *name, *text, *says; /* NULL: it is taken */
	} cases[] = {
		{"nothing", "{}", NULL},
		{"all of it",
		 "{\"schedules\": {\"timezone\": \"utc\", \"default\": "
		 "\"tz=utc;size=S3/S0\","
		 " \"off_size\": \"GP_Gen5_2\"}}",
		 NULL},
		{"the empty default", "{\"schedules\": {\"default\": \"\"}}", NULL},
		{"a default that is none",
		 "{\"schedules\": {\n  \"default\": \"Mon-Fri 7-19\"}}",
		 "line 2, column 14: schedules.default: "},
		{"a zone that is none",
		 "{\"schedules\": {\"timezone\": \"utc;size=S3\"}}",
		 "schedules.timezone: "},
		{"a size that is none", "{\"schedules\": {\n\"off_size\": \"small\"}}",
		 "line 2, column 13: schedules.off_size: must be a size such as"},
		{"what the file's own reader finds", "{\"schedules\": 1}",
		 "schedules: must be an object"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path =
			scratch_write("config.json", str_from(cases[i].text), 0600);
		struct err err = {.code = ERR_NONE};
		struct config *config = configured_load(path, &err);

		check_case(cases[i].name, !config == !!cases[i].says);
		if (cases[i].says && !strstr(err.text, cases[i].says))
			fail_msg("%s: %s", cases[i].name, err.text);
		check_case(cases[i].name, !cases[i].says || err.code == ERR_CONFIG);
		config_free(config);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(schedules)};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
