/* Lines as services write them, and what is recognised in each. Thread: the test's. */
#include "stream/recognise.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "unit/check.h"

/* 2026-11-21T06:00:00Z */
static const int64_t now_ms = INT64_C(1795240800000);

struct one {
	const char *name, *raw;
	const char *time; /* NULL: none */
	enum line_level level;
	enum line_format format;
	const char *source, *message;
};

static const struct one lines[] = {
	{"json",
	 "{\"timestamp\":\"2026-11-21T04:05:06.123Z\",\"level\":\"error\","
	 "\"logger\":\"Qodex.Orders\",\"message\":\"no \\\"db\\\"\\nretry \\u00e9\"}\n",
	 "2026-11-21T04:05:06.123Z", LINE_ERROR, LINE_FORMAT_JSON, "Qodex.Orders",
	 "no \"db\"\nretry \xc3\xa9"},
	{"json: seconds", "{\"ts\":1795233906.25,\"lvl\":\"warn\",\"msg\":\"slow\"}",
	 "2026-11-21T04:05:06.250Z", LINE_WARNING, LINE_FORMAT_JSON, "", "slow"},
	{"json: numbers of levels",
	 "{\"level\":50,\"time\":1795233906123,\"name\":\"atlas\",\"msg\":\"hi\"}",
	 "2026-11-21T04:05:06.123Z", LINE_ERROR, LINE_FORMAT_JSON, "atlas", "hi"},
	{"json: nanoseconds",
	 "{\"t\":1795233906123456789,\"level\":\"dbg\",\"msg\":\"\"}",
	 "2026-11-21T04:05:06.123Z", LINE_DEBUG, LINE_FORMAT_JSON, "", ""},
	{"json: what is within is not taken",
	 "{\"http\":{\"level\":\"error\",\"message\":\"{\\\"\"},\"a\":[{\"msg\":1}],"
	 "\"severity\":\"Informational\",\"msg\":\"out\"}",
	 NULL, LINE_INFO, LINE_FORMAT_JSON, "", "out"},
	{"json: a message that is an object",
	 "{\"TimeGenerated\":\"2026-11-21T04:05:06Z\",\"LogMessage\":{\"a\":\"}\"}, "
	 "\"ContainerName\":\"api\"}",
	 "2026-11-21T04:05:06.000Z", LINE_UNKNOWN, LINE_FORMAT_JSON, "api",
	 "{\"a\":\"}\"}"},
	{"json: cut off", "{\"level\":\"error\",\"msg\":\"one\",\"stack\":\"at", NULL,
	 LINE_ERROR, LINE_FORMAT_JSON, "", "one"},
	{"json: half a pair of surrogates", "{\"msg\":\"\\ud83d\\ude00 \\ud83d \\u12\"}",
	 NULL, LINE_UNKNOWN, LINE_FORMAT_JSON, "", "\xf0\x9f\x98\x80 \xef\xbf\xbd \\u12"},
	{"json: nothing known", "{\"a\":1}", NULL, LINE_UNKNOWN, LINE_FORMAT_PLAIN, "",
	 "{\"a\":1}"},
	{"logfmt",
	 "time=\"2026-11-21T04:05:07Z\" level=warning msg=\"took \\\"12\\\" ms\" "
	 "component=gateway",
	 "2026-11-21T04:05:07.000Z", LINE_WARNING, LINE_FORMAT_LOGFMT, "gateway",
	 "took \"12\" ms"},
	{"logfmt: a sentence with one pair", "level=error is what it said", NULL,
	 LINE_ERROR, LINE_FORMAT_PLAIN, "", "level=error is what it said"},
	{"logfmt: no end of the quotes", "level=info msg=\"and so on", NULL, LINE_INFO,
	 LINE_FORMAT_LOGFMT, "", "and so on"},
	{"klog", "E1121 04:05:08.123456    1 reflector.go:138] Failed to watch *v1.Pod",
	 "2026-11-21T04:05:08.123Z", LINE_ERROR, LINE_FORMAT_KLOG, "reflector.go:138",
	 "Failed to watch *v1.Pod"},
	{"klog: of last year", "W1231 23:59:59.000000    1 a.go:1] x",
	 "2025-12-31T23:59:59.000Z", LINE_WARNING, LINE_FORMAT_KLOG, "a.go:1", "x"},
	{"klog: no such month", "E1321 04:05:08.123456    1 a.go:1] x", NULL,
	 LINE_UNKNOWN, LINE_FORMAT_PLAIN, "", "E1321 04:05:08.123456    1 a.go:1] x"},
	{"containers",
	 "2026-11-21T04:05:09.1234567Z stderr F {\"level\":\"info\",\"msg\":\"inner\"}",
	 "2026-11-21T04:05:09.123Z", LINE_INFO, LINE_FORMAT_JSON, "", "inner"},
	{"iso: comma, thread",
	 "2026-11-21 04:05:10,123 ERROR [main] com.contoso.Orders - boom",
	 "2026-11-21T04:05:10.123Z", LINE_ERROR, LINE_FORMAT_ISO, "main",
	 "com.contoso.Orders - boom"},
	{"iso: brackets", "2026-11-21 04:05:11 [WARN] cache: miss\r\n",
	 "2026-11-21T04:05:11.000Z", LINE_WARNING, LINE_FORMAT_ISO, "cache", "miss"},
	{"iso: slashes", "2026/11/21 04:05:12 [error] 31#31: open() failed",
	 "2026-11-21T04:05:12.000Z", LINE_ERROR, LINE_FORMAT_ISO, "31#31",
	 "open() failed"},
	{"iso: offset", "[2026-11-21T04:05:16+01:00] INFO payments-api[7]: ok",
	 "2026-11-21T03:05:16.000Z", LINE_INFO, LINE_FORMAT_ISO, "payments-api", "ok"},
	{"iso: no level", "2026-11-21T04:05:16Z the error budget is fine",
	 "2026-11-21T04:05:16.000Z", LINE_UNKNOWN, LINE_FORMAT_ISO, "",
	 "the error budget is fine"},
	{"iso: an address is no source",
	 "2026-11-21T04:05:16Z INFO http://host/ answered", "2026-11-21T04:05:16.000Z",
	 LINE_INFO, LINE_FORMAT_ISO, "", "http://host/ answered"},
	{"iso: no such hour", "2026-11-21T25:05:16Z INFO x", NULL, LINE_INFO,
	 LINE_FORMAT_PLAIN, "", "2026-11-21T25:05:16Z INFO x"},
	{"syslog", "Nov 21 04:05:13 vm1 sshd[12]: error: Failed password",
	 "2026-11-21T04:05:13.000Z", LINE_ERROR, LINE_FORMAT_SYSLOG, "sshd",
	 "error: Failed password"},
	{"syslog: one digit", "<13>Nov  1 04:05:13 vm1 cron: ran",
	 "2026-11-01T04:05:13.000Z", LINE_INFO, LINE_FORMAT_SYSLOG, "cron", "ran"},
	{"syslog: marked", "<34>Oct 11 22:14:15 host su: 'su root' failed",
	 "2026-10-11T22:14:15.000Z", LINE_CRITICAL, LINE_FORMAT_SYSLOG, "su",
	 "'su root' failed"},
	{"syslog: the new form",
	 "<165>1 2026-11-21T04:05:14.003Z host app 12 ID47 [x@1 a=\"]\\\"\"][y b=\"\"] "
	 "\xef\xbb\xbfHello",
	 "2026-11-21T04:05:14.003Z", LINE_INFO, LINE_FORMAT_SYSLOG, "app", "Hello"},
	{"syslog: nothing is known", "<11>1 - - - - - - Hello", NULL, LINE_ERROR,
	 LINE_FORMAT_SYSLOG, "", "Hello"},
	{"plain: a level that is marked", "info: Microsoft.Hosting.Lifetime[14]", NULL,
	 LINE_INFO, LINE_FORMAT_PLAIN, "", "info: Microsoft.Hosting.Lifetime[14]"},
	{"plain: a level in capitals", "(main) FATAL out of disk", NULL, LINE_CRITICAL,
	 LINE_FORMAT_PLAIN, "", "(main) FATAL out of disk"},
	{"plain: words", "plain words, an error occurred", NULL, LINE_UNKNOWN,
	 LINE_FORMAT_PLAIN, "", "plain words, an error occurred"},
	{"plain: of a stack", "    at ERROR (Orders.java:12)", NULL, LINE_UNKNOWN,
	 LINE_FORMAT_PLAIN, "", "    at ERROR (Orders.java:12)"},
	{"plain: empty", "\r\n", NULL, LINE_UNKNOWN, LINE_FORMAT_PLAIN, "", ""},
};

static void hold(const struct one *want, struct str raw)
{
	struct strbuf text;
	struct line line;

	strbuf_init(&text, 1 << 16);
	line_recognise(raw, now_ms, &line);
	check_case(want->name, line.has_time == (want->time != NULL));
	if (want->time) {
		time_format_iso(&text, line.time_ms, true);
		check_text(want->name, strbuf_str(&text), want->time);
	}
	check_case(want->name, line.level == want->level);
	check_case(want->name, line.format == want->format);
	check_text(want->name, line.source, want->source);
	strbuf_reset(&text);
	line_put_message(&text, &line);
	check_text(want->name, strbuf_str(&text), want->message);
	strbuf_fini(&text);
}

static void lines_say_what_they_are(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		hold(&lines[i], str_from(lines[i].raw));
}

/* Cut anywhere, nothing behind the end is looked at (a sanitizer watches), and what is
 * recognised lies within. */
static void lines_may_end_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		for (size_t n = strlen(lines[i].raw); n-- > 0;) {
			char *copy = malloc(n + !n);
			struct line line;

			assert_non_null(copy);
			memcpy(copy, lines[i].raw, n);
			line_recognise((struct str){.p = copy, .n = n}, now_ms, &line);
			assert_true(line.message.n <= n && line.source.n <= n);
			if (line.message.n)
				assert_in_range((uintptr_t)line.message.p,
						(uintptr_t)copy, (uintptr_t)copy + n);
			free(copy);
		}
	}
}

static void levels_have_many_names(void **state)
{
	static const struct {
		const char *word;
		enum line_level level;
	} words[] = {
		{"Informational", LINE_INFO}, {"WARN", LINE_WARNING},
		{"fatal", LINE_CRITICAL},     {"Err", LINE_ERROR},
		{"verbose", LINE_TRACE},      {"errors", LINE_UNKNOWN},
		{"", LINE_UNKNOWN},	      {"information!", LINE_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		check_case(words[i].word,
			   line_level_of(str_from(words[i].word)) == words[i].level);
	for (int i = LINE_TRACE; i < LINE_LEVELS; i++)
		assert_int_equal(line_level_of(
					 str_from(line_level_name((enum line_level)i))),
				 i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_say_what_they_are),
		cmocka_unit_test(lines_may_end_anywhere),
		cmocka_unit_test(levels_have_many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
