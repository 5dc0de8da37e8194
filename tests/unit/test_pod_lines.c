/* The log of a container over breaks: each line once, wherever the bytes were cut and
 * whatever comes again. Thread: the test's. */
#include "stream/pod_lines.h"

#include "base/count.h"
#include "unit/check.h"

#define T "2026-03-11T10:20:"

static const struct {
	const char *line;
	bool is_one;
	int64_t ns;
	const char *text;
} stamps[] = {
	{"1970-01-01T00:00:01.5Z hi", true, 1500000000, "hi"},
	{"1970-01-01T00:00:01.000000001Z hi there", true, 1000000001, "hi there"},
	{"1970-01-01T00:00:01Z ", true, 1000000000, ""},
	{"1970-01-01T00:00:01Z", true, 1000000000, ""},
	{"1970-01-01T01:00:01.25+01:00 east", true, 1250000000, "east"},
	{"2026-03-11T10:20:30.123456789Z  two", true, 1773224430123456789, " two"},
	{"1970-01-01 00:00:01Z hi", false, 0, NULL},
	{"unable to retrieve container logs for containerd://6f2c", false, 0, NULL},
	{"0001-01-01T00:00:00Z unset", false, 0, NULL},
	{"9999-12-31T23:59:59Z far", false, 0, NULL},
	{"", false, 0, NULL},
};

static void times_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(stamps); i++) {
		struct str text = {0};
		int64_t ns = 0;

		check_case(stamps[i].line, pod_line_parse(str_from(stamps[i].line), &ns,
							  &text) == stamps[i].is_one);
		if (!stamps[i].is_one)
			continue;
		check_case(stamps[i].line, ns == stamps[i].ns);
		check_text(stamps[i].line, text, stamps[i].text);
	}
}

static void take(void *ctx, int64_t time_ns, struct str text)
{
	strbuf_printf(ctx, "%s%.*s|", time_ns ? "" : "!", STR_ARG(text));
}

/* Answers one after the other, and the lines that came of them. */
static const struct {
	const char *name;
	const char *answers[4];
	bool is_ended; /* the container is over after the last */
	const char *want;
} runs[] = {
	{"one answer", {T "01Z a\n" T "02Z b\n"}, false, "a|b|"},
	{"the last without an end", {T "01Z a\n" T "02Z b"}, true, "a|b|"},
	{"cut within a line",
	 {T "01Z a\n" T "02Z b", T "01Z a\n" T "02Z bee\n"},
	 false,
	 "a|bee|"},
	{"cut within a time",
	 {T "01Z a\n" T "0", T "01Z a\n" T "02Z b\n"},
	 false,
	 "a|b|"},
	{"the same second again",
	 {T "01.1Z a\n" T "01.2Z b\n", T "01.1Z a\n" T "01.2Z b\n" T "01.3Z c\n"},
	 false,
	 "a|b|c|"},
	{"like lines of one time are counted",
	 {T "01Z a\n" T "01Z a\n", T "01Z a\n" T "01Z a\n" T "01Z a\n" T "01Z b\n"},
	 false,
	 "a|a|a|b|"},
	{"and over three answers",
	 {T "01Z a\n", T "01Z a\n" T "01Z a\n", T "01Z a\n" T "01Z a\n" T "01Z a\n"},
	 false,
	 "a|a|a|"},
	{"nothing new",
	 {T "01Z a\n", T "01Z a\n", T "01Z a\n", T "01Z a\n"},
	 false,
	 "a|"},
	{"what was rotated away does not come again",
	 {T "01Z a\n" T "02Z b\n", T "05Z e\n"},
	 false,
	 "a|b|e|"},
	{"a clock set back within an answer",
	 {T "05Z a\n" T "02Z b\n" T "06Z c\n"},
	 false,
	 "a|b|c|"},
	{"the server's own words",
	 {T "01Z a\nfailed to watch the file\n"},
	 false,
	 "a|!failed to watch the file|"},
	{"carriage returns", {T "01Z a\r\n" T "02Z b\r\n"}, false, "a|b|"},
	{"an empty line", {T "01Z \n" T "02Z b\n"}, false, "|b|"},
};

/* The same in pieces of any size. */
static void each_line_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(runs); i++) {
		for (size_t piece = 1; piece < 40; piece += 3) {
			struct pod_lines p;
			struct strbuf got;

			strbuf_init(&got, 4096);
			pod_lines_init(&p, take, &got);
			for (size_t k = 0; k < COUNT(runs[i].answers); k++) {
				struct str s = str_from(runs[i].answers[k]);

				if (k && s.n)
					pod_lines_again(&p);
				for (size_t at = 0; at < s.n; at += piece)
					pod_lines_feed(&p, str_sub(s, at, piece));
			}
			if (runs[i].is_ended)
				pod_lines_end(&p);
			check_text(runs[i].name, strbuf_str(&got), runs[i].want);
			pod_lines_fini(&p);
			strbuf_fini(&got);
		}
	}
}

static void count_bytes(void *ctx, int64_t time_ns, struct str text)
{
	(void)time_ns;
	*(size_t *)ctx = text.n;
}

/* A line without an end does not grow without one. */
static void long_lines_are_cut(void **state)
{
	static const char filler[1000] = {[0 ... 999] = 'x'};
	struct pod_lines p;
	size_t n = 0;

	(void)state;
	pod_lines_init(&p, count_bytes, &n);
	pod_lines_feed(&p, STR(T "01Z "));
	for (size_t i = 0; i < 200; i++)
		pod_lines_feed(&p, (struct str){.p = filler, .n = sizeof(filler)});
	assert_true(p.pending.n <= POD_LINE_MOST_BYTES);
	pod_lines_feed(&p, STR("\n" T "02Z short\n"));
	assert_int_equal(n, 5);
	assert_int_equal(p.n_given, 2);
	pod_lines_fini(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(each_line_once),
		cmocka_unit_test(long_lines_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
