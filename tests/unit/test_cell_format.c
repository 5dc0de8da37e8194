/* Cells as people read them, at every width. */
#include "board_fixture.h"

#include <math.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/figure.h"

struct format_case {
	const char *name;
	enum cell_type type;
	double number;
	const char *text;
	int max;
	const char *want;
};

static const struct format_case figures[] = {
	{"number", CELL_NUMBER, 12345, "", 0, "12,345"},
	{"zero", CELL_NUMBER, 0, "", 0, "0"},
	{"minus", CELL_NUMBER, -1234567, "", 0, "-1,234,567"},
	{"fraction", CELL_NUMBER, 12.345, "", 0, "12.3"},
	{"small fraction", CELL_NUMBER, 0.25, "", 0, "0.25"},
	{"tiny", CELL_NUMBER, 0.0042, "", 0, "0.0042"},
	{"nothing left", CELL_NUMBER, -0.00001, "", 0, "0.0000"},
	{"huge", CELL_NUMBER, 1.5e16, "", 0, "15.0P"},
	{"beyond", CELL_NUMBER, 1e300, "", 0, "1.0e+300"},
	{"no decimals fit", CELL_NUMBER, 123.4, "", 3, "123"},
	{"thousands fit", CELL_NUMBER, 12345, "", 6, "12,345"},
	{"thousands do not", CELL_NUMBER, 12345, "", 5, "12.3k"},
	{"shorter", CELL_NUMBER, 12345, "", 4, "12k"},
	{"millions", CELL_NUMBER, 4560000, "", 5, "4.6M"},
	{"rounds up a unit", CELL_NUMBER, 999960, "", 5, "1.0M"},
	{"nothing fits", CELL_NUMBER, 12345, "", 2, "##"},
	{"percent", CELL_PERCENT, 93.24, "", 0, "93.2%"},
	{"percent narrow", CELL_PERCENT, 93.24, "", 4, "93%"},
	{"percent full", CELL_PERCENT, 100, "", 0, "100.0%"},
	{"percent bare", CELL_PERCENT, 100, "", 3, "100"},
	{"bytes", CELL_BYTES, 512, "", 0, "512 B"},
	{"kib", CELL_BYTES, 1536, "", 0, "1.5 KiB"},
	{"gib whole", CELL_BYTES, 34359738368, "", 0, "32 GiB"},
	{"gib large", CELL_BYTES, 268435456000, "", 0, "250 GiB"},
	{"bytes narrow", CELL_BYTES, 1536, "", 5, "1.5K"},
	{"rounds up bytes", CELL_BYTES, 1048570, "", 0, "1 MiB"},
	{"bytes minus", CELL_BYTES, -1, "", 0, "-1 B"},
	{"euro", CELL_MONEY, 1234.5, "EUR", 0, "€1,234.50"},
	{"credit", CELL_MONEY, -12, "USD", 0, "-$12.00"},
	{"less than a cent", CELL_MONEY, -7e-06, "EUR", 0, "€0.00"},
	{"yen", CELL_MONEY, 1234, "JPY", 0, "¥1,234"},
	{"franc", CELL_MONEY, 5, "CHF", 0, "5.00 CHF"},
	{"no currency", CELL_MONEY, 5, "", 0, "5.00"},
	{"money narrow", CELL_MONEY, 1234.5, "EUR", 6, "€1,235"},
	{"money short", CELL_MONEY, 1234567, "EUR", 6, "€1.2M"},
	{"today", CELL_TIME, 1795233600000, "", 0, "04:00"},
	{"yesterday", CELL_TIME, 1795147200000, "", 0, "11-20 04:00"},
	{"last week", CELL_TIME, 1794542400000, "", 0, "2026-11-13"},
	{"today, a date", CELL_TIME, 1795219200000, "", 0, "2026-11-21"},
	{"yesterday, a date", CELL_TIME, 1795132800000, "", 0, "2026-11-20"},
	{"yesterday narrow", CELL_TIME, 1795147200000, "", 6, "11-20"},
	{"year", CELL_TIME, 1e12, "", 5, "2001"},
	{"age", CELL_AGE, 1795233906000 - 240000, "", 0, "4m"},
	{"age of nothing", CELL_AGE, 1795233906000 - 999, "", 0, "now"},
	{"age two units", CELL_AGE, 1795233906000 - 7800000, "", 0, "2h10m"},
	{"age narrow", CELL_AGE, 1795233906000 - 7800000, "", 4, "2h"},
	{"to come", CELL_AGE, 1795233906000 + 180000, "", 0, "in 3m"},
	{"to come narrow", CELL_AGE, 1795233906000 + 180000, "", 3, "+3m"},
	{"duration", CELL_DURATION, 200000, "", 0, "3m20s"},
	{"duration narrow", CELL_DURATION, 200000, "", 3, "3m"},
	{"text", CELL_TEXT, 0, "orders", 0, "orders"},
	{"text fits", CELL_TEXT, 0, "orders", 6, "orders"},
	{"text cut", CELL_TEXT, 0, "orders", 5, "orde…"},
	{"wide text cut", CELL_TEXT, 0, "数据库", 5, "数据…"},
	{"wide text cut odd", CELL_TEXT, 0, "数据库", 4, "数…"},
	{"state", CELL_STATE, 0, "Online", 0, "Online"},
};

static void test_figures(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		const struct format_case *c = &figures[i];
		struct column column = {.type = c->type, .decimals = -1};
		struct cell cell = {.number = c->number, .text = c->text};
		struct strbuf out;

		strbuf_init(&out, 256);
		cell_format(&out, &column, &cell, FIXTURE_NOW_MS, c->max);
		check_text(c->name, strbuf_str(&out), c->want);
		strbuf_fini(&out);
	}
}

static void test_ascii_null_and_units(void **state)
{
	struct column column = {.type = CELL_NUMBER, .decimals = 2, .unit = "vCores"};
	struct cell cell = {.number = 2, .text = ""};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 256);
	cell_format(&out, &column, &cell, 0, 0);
	check_text("unit", strbuf_str(&out), "2.00 vCores");
	strbuf_reset(&out);
	cell_format(&out, &column, &cell, 0, 10);
	check_text("unit goes first", strbuf_str(&out), "2");
	strbuf_reset(&out);
	cell.is_null = true;
	cell_format(&out, &column, &cell, 0, 0);
	cell_format_ascii(&out, &column, &cell, 0, 0);
	check_text("null", strbuf_str(&out), "–-");
	strbuf_reset(&out);
	column = (struct column){.type = CELL_MONEY, .decimals = -1};
	cell = (struct cell){.number = 1234.5, .text = "EUR"};
	cell_format_ascii(&out, &column, &cell, 0, 0);
	check_text("currency", strbuf_str(&out), "1,234.50 EUR");
	strbuf_reset(&out);
	cell.text = "€€€€€€€€€€";
	cell_format(&out, &column, &cell, 0, 0);
	check_text("a currency that is none", strbuf_str(&out), "1,234.50 €€€€€€€€");
	strbuf_reset(&out);
	cell.text = "EUR";
	column.type = CELL_TEXT;
	cell_format_ascii(&out, &column, &cell, 0, 2);
	check_text("cut", strbuf_str(&out), "E~");
	strbuf_fini(&out);
}

/* Whatever the value and the width: never wider, never empty. */
static void test_never_wider(void **state)
{
	static const double values[] = {
		0,	 1,	-1,	0.1,	9.99,	      99.95,	      999.5,
		1023.99, 12345, -99999, 1e6,	1e9,	      123456789012.0, 1e15,
		-1e18,	 1e21,	1e308,	1e-300, 1795233906000};

	(void)state;
	for (int type = CELL_NUMBER; type <= CELL_DURATION; type++) {
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			for (int max = 1; max < 16; max++) {
				struct column column = {.type = (enum cell_type)type,
							.decimals = -1,
							.unit = "x"};
				struct cell cell = {.number = values[i], .text = "EUR"};
				struct strbuf out;

				if (type >= CELL_TIME && fabs(values[i]) > 1e14)
					continue;
				strbuf_init(&out, 256);
				cell_format(&out, &column, &cell, FIXTURE_NOW_MS, max);
				assert_true(out.n > 0);
				assert_true(utf8_width(strbuf_str(&out)) <= max);
				strbuf_fini(&out);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_ascii_null_and_units),
		cmocka_unit_test(test_never_wider),
	};

	return cmocka_run_group_tests_name("cell_format", tests, NULL, NULL);
}
