/* A cell as a person reads it. Each type has forms from the full one to the
 * shortest; the first that fits the width is taken, so a figure is never cut.
 * Thread: any (no state). */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "board/def.h"
#include "board/figure.h"

enum { FORMS = 4, TEXT_MAX = 96, CODE_CELLS = 8 };

struct form {
	const struct column *column;
	const struct cell *cell;
	int64_t now_ms;
	bool is_ascii;
	int level; /* 0: in full, FORMS - 1: shortest */
};

static void put(struct strbuf *out, const char *text, size_t n)
{
	strbuf_put(out, (struct str){.p = text, .n = n});
}

/* Whole numbers have no point; others one digit, small ones two that count. */
static int number_decimals(const struct form *f)
{
	double size = fabs(f->cell->number);

	if (f->column->decimals >= 0)
		return f->column->decimals;
	if (size == floor(size) || size >= 1e6)
		return 0;
	return size >= 1 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 4;
}

static void put_figure(const struct form *f, int decimals, struct strbuf *out)
{
	char text[FIGURE_MAX];
	size_t n;

	if (f->level == 0)
		n = figure_fixed(text, f->cell->number, decimals);
	else if (f->level == 1 && fabs(f->cell->number) < 1e6)
		n = figure_fixed(text, f->cell->number, 0);
	else
		n = figure_short(text, f->cell->number, f->level < 3);
	put(out, text, n);
}

static void form_number(const struct form *f, struct strbuf *out)
{
	put_figure(f, number_decimals(f), out);
	if (f->column->unit && f->level == 0) {
		strbuf_putc(out, ' ');
		strbuf_puts(out, f->column->unit);
	}
}

static void form_percent(const struct form *f, struct strbuf *out)
{
	char text[FIGURE_MAX];
	int decimals = f->column->decimals >= 0 ? f->column->decimals : 1;

	if (f->level >= 2)
		put(out, text, figure_short(text, f->cell->number, 0));
	else
		put(out, text,
		    figure_fixed(text, f->cell->number, f->level ? 0 : decimals));
	if (f->level < 3)
		strbuf_putc(out, '%');
}

static void form_bytes(const struct form *f, struct strbuf *out)
{
	char text[FIGURE_MAX];

	put(out, text, figure_bytes(text, f->cell->number, f->level > 0));
}

static const struct currency {
	struct str code;
	const char *sign;
	int decimals;
} currencies[] = {
	{STR("EUR"), "€", 2},  {STR("USD"), "$", 2}, {STR("GBP"), "£", 2},
	{STR("INR"), "₹", 2},  {STR("JPY"), "¥", 0}, {STR("KRW"), "₩", 0},
	{STR("BRL"), "R$", 2},
};

static const struct currency *find_currency(struct str code)
{
	for (size_t i = 0; i < COUNT(currencies); i++)
		if (str_eq(currencies[i].code, code))
			return &currencies[i];
	return NULL;
}

/* The minus stands before the sign: -€12.00. */
static void form_money(const struct form *f, struct strbuf *out)
{
	struct str code = str_from(f->cell->text);
	const struct currency *known = find_currency(code);
	bool has_sign = known && !f->is_ascii && f->level < 3;
	int decimals = f->column->decimals >= 0 ? f->column->decimals
		       : known			? known->decimals
						: 2;
	size_t start = out->n;
	struct cell size = *f->cell;
	struct form plain = *f;

	size.number = fabs(size.number);
	plain.cell = &size;
	if (has_sign)
		strbuf_puts(out, known->sign);
	put_figure(&plain, decimals, out);
	/* No minus before what was rounded to nothing. */
	if (f->cell->number < 0 && strpbrk(out->p + start, "123456789")) {
		struct strbuf minus;

		strbuf_init(&minus, TEXT_MAX);
		strbuf_putc(&minus, '-');
		put(&minus, out->p + start, out->n - start);
		strbuf_cut(out, start);
		strbuf_put(out, strbuf_str(&minus));
		strbuf_fini(&minus);
	}
	if (!has_sign && code.n && f->level < 2) {
		strbuf_putc(out, ' ');
		strbuf_put(out, utf8_prefix(code, CODE_CELLS, &(int){0}));
	}
}

static void put_pair(struct strbuf *out, int first, char separator, int second)
{
	strbuf_put_i64(out, first, 2);
	strbuf_putc(out, separator);
	strbuf_put_i64(out, second, 2);
}

/* Today's clock, the week's day and clock, else the date; a date that came without
 * a clock stays one. */
static void form_time(const struct form *f, struct strbuf *out)
{
	struct utc at = utc_from_ms((int64_t)f->cell->number);
	struct utc now = utc_from_ms(f->now_ms);
	bool is_today = at.year == now.year && at.yday == now.yday;
	bool is_date = (int64_t)f->cell->number % DAY_MS == 0;
	bool is_near = fabs(f->cell->number - (double)f->now_ms) < 6.0 * DAY_MS;

	if (is_today && !is_date) {
		put_pair(out, at.hour, ':', at.minute);
	} else if (f->level == 0 && is_near && !is_date) {
		put_pair(out, at.month, '-', at.day);
		strbuf_putc(out, ' ');
		put_pair(out, at.hour, ':', at.minute);
	} else if (f->level == 0) {
		strbuf_put_i64(out, at.year, 4);
		strbuf_putc(out, '-');
		put_pair(out, at.month, '-', at.day);
	} else if (at.year == now.year) {
		put_pair(out, at.month, '-', at.day);
	} else {
		strbuf_put_i64(out, at.year, 4);
	}
}

/* Two units; then the larger one alone: "2h10m", "2h". */
static void put_span(const struct form *f, int64_t ms, struct strbuf *out)
{
	size_t start = out->n, end;

	duration_format(out, ms);
	if (f->level == 0)
		return;
	for (end = start; end < out->n; end++) {
		char c = out->p[end];

		if (c != '-' && c != '.' && !(c >= '0' && c <= '9'))
			break;
	}
	while (end < out->n && out->p[end] >= 'a' && out->p[end] <= 'z')
		end++;
	strbuf_cut(out, end);
}

static void form_age(const struct form *f, struct strbuf *out)
{
	int64_t age = f->now_ms - (int64_t)f->cell->number;

	if (age < 0 && age > -1000)
		age = 0;
	if (age >= 0 && age < 1000) {
		strbuf_puts(out, "now");
		return;
	}
	if (age < 0)
		strbuf_puts(out, f->level < 2 ? "in " : "+");
	put_span(f, age < 0 ? -age : age, out);
}

static void form_duration(const struct form *f, struct strbuf *out)
{
	put_span(f, (int64_t)f->cell->number, out);
}

static void (*const figure_forms[])(const struct form *f, struct strbuf *out) = {
	[CELL_NUMBER] = form_number,	 [CELL_BYTES] = form_bytes,
	[CELL_MONEY] = form_money,	 [CELL_PERCENT] = form_percent,
	[CELL_TIME] = form_time,	 [CELL_AGE] = form_age,
	[CELL_DURATION] = form_duration,
};

static void put_text(struct strbuf *out, struct str text, int max_cells, bool is_ascii)
{
	int used = 0;

	/* A cell takes a byte at least, so a short text needs no measuring. */
	if (max_cells <= 0 || text.n <= (size_t)max_cells ||
	    utf8_width(text) <= max_cells) {
		strbuf_put(out, text);
		return;
	}
	strbuf_put(out, utf8_prefix(text, max_cells - 1, &used));
	strbuf_puts(out, is_ascii ? "~" : "…");
}

static bool fits(struct str text, int max_cells)
{
	return max_cells <= 0 || text.n <= (size_t)max_cells ||
	       utf8_width(text) <= max_cells;
}

static void format(struct strbuf *out, struct form *f, int max_cells)
{
	enum cell_type type = f->column->type;
	size_t start = out->n;

	if (type == CELL_SERIES)
		return;
	if (f->cell->is_null) {
		strbuf_puts(out, f->is_ascii ? "-" : "–");
		return;
	}
	if (type == CELL_TEXT || type == CELL_STATE) {
		put_text(out, str_from(f->cell->text), max_cells, f->is_ascii);
		return;
	}
	for (f->level = 0; f->level < FORMS; f->level++) {
		strbuf_cut(out, start);
		figure_forms[type](f, out);
		if (fits(str_sub(strbuf_str(out), start, out->n), max_cells))
			return;
	}
	/* Nothing fits: say so rather than show a part of a figure. */
	strbuf_cut(out, start);
	strbuf_pad(out, '#', (size_t)max_cells);
}

void cell_format(struct strbuf *out, const struct column *column, const struct cell *cell,
		 int64_t now_ms, int max_cells)
{
	struct form f = {.column = column, .cell = cell, .now_ms = now_ms};

	format(out, &f, max_cells);
}

void cell_format_ascii(struct strbuf *out, const struct column *column,
		       const struct cell *cell, int64_t now_ms, int max_cells)
{
	struct form f = {.column = column,
			 .cell = cell,
			 .now_ms = now_ms,
			 .is_ascii = true};

	format(out, &f, max_cells);
}
