/* Texts that stand for something: times, durations, numbers. What is read is within
 * its range and can be written; what is written of a time reads back. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "base/timefmt.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

/* The year 10000, which time_format_iso has no digits for. */
static const int64_t last_ms = INT64_C(253402300800000);

static void check_time(struct str text)
{
	struct strbuf out;
	int64_t ms, again;

	if (!time_parse(text, &ms))
		return;
	/* Before 1753 a service means "none"; a time zone may move either end. */
	must(ms > -6879000000000 && ms < last_ms + 130 * 3600 * 1000);
	strbuf_init(&out, 200);
	time_format_iso(&out, ms, true);
	if (ms < last_ms && ms > -6847800000000)
		must(time_parse(strbuf_str(&out), &again) && again == ms);
	strbuf_reset(&out);
	time_format_rfc1123(&out, ms);
	must(out.n > 0 && !out.overflow);
	strbuf_fini(&out);
}

static void check_duration(struct str text)
{
	struct strbuf out;
	int64_t ms;

	if (!duration_parse(text, &ms))
		return;
	must(ms >= -1000000000000000 && ms <= 1000000000000000);
	strbuf_init(&out, 100);
	duration_format(&out, ms);
	must(out.n > 0 && !out.overflow);
	strbuf_fini(&out);
}

static void check_number(struct str text)
{
	struct strbuf out;
	double value, again;
	int64_t whole;

	if (str_to_i64(text, &whole))
		must(text.n > 0);
	if (!str_to_f64(text, &value))
		return;
	must(isfinite(value));
	strbuf_init(&out, 100);
	json_print_number(&out, value);
	must(str_to_f64(strbuf_str(&out), &again) && again == value);
	strbuf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};

	check_time(text);
	check_duration(text);
	check_number(text);
	must(utf8_width(text) >= 0);
	return 0;
}
