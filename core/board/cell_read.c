/* One value of an answer to one cell: numbers from texts, moments of every form
 * services write, unknown words as they are. Thread: any; one reader at a time. */
#include "board/cell_read.h"

#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/utf8.h"

void cell_reader_init(struct cell_reader *r, struct arena *arena)
{
	memset(r, 0, sizeof(*r));
	r->arena = arena;
	strbuf_init(&r->scratch, 64 * 1024);
}

void cell_reader_fini(struct cell_reader *r)
{
	strbuf_fini(&r->scratch);
}

/* A terminated copy, shared with an equal one made before when that is at hand. */
static struct str intern(struct cell_reader *r, struct str s)
{
	struct str *slot;

	if (!s.n)
		return STR("");
	if (s.n > 48)
		return arena_str(r->arena, s);
	slot = &r->interned[str_hash(s) % INTERN_SLOTS];
	if (!str_eq(*slot, s))
		*slot = arena_str(r->arena, s);
	return *slot;
}

/* At a character's border, so that the rest stays valid. */
static struct str clip(struct str s)
{
	size_t n = CELL_TEXT_MAX;

	if (s.n <= n)
		return s;
	while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return str_sub(s, 0, n);
}

static struct str keep(struct cell_reader *r, struct str s)
{
	struct strbuf clean;
	struct str kept;

	s = clip(s);
	if (sanitize_is_clean(s))
		return intern(r, s);
	strbuf_init(&clean, 4 * CELL_TEXT_MAX);
	sanitize_line(&clean, s);
	kept = intern(r, strbuf_str(&clean));
	strbuf_fini(&clean);
	return kept;
}

/* Texts of a list, parted by commas. */
static void put_list(struct strbuf *out, const struct query_value *list)
{
	struct query_iter it = query_iter(list);
	struct query_value item;

	while (query_iter_next(&it, &item) && out->n < CELL_TEXT_MAX) {
		if (out->n)
			strbuf_puts(out, ", ");
		if (item.type == QUERY_STRING)
			strbuf_put(out, item.text);
		else
			query_print(out, &item);
	}
}

struct str cell_reader_text(struct cell_reader *r, const struct query_value *value)
{
	switch (value->type) {
	case QUERY_NULL:
		return STR("");
	case QUERY_STRING:
		return keep(r, value->text);
	case QUERY_BOOL:
		return value->boolean ? STR("true") : STR("false");
	case QUERY_NUMBER:
		strbuf_reset(&r->scratch);
		json_print_number(&r->scratch, value->number);
		return intern(r, strbuf_str(&r->scratch));
	case QUERY_ARRAY:
		strbuf_reset(&r->scratch);
		put_list(&r->scratch, value);
		return keep(r, strbuf_str(&r->scratch));
	case QUERY_OBJECT:
		strbuf_reset(&r->scratch);
		query_print(&r->scratch, value);
		return keep(r, strbuf_str(&r->scratch));
	}
	return STR("");
}

static bool to_number(const struct query_value *value, double *out)
{
	if (value->type == QUERY_NUMBER)
		*out = value->number;
	else if (value->type == QUERY_BOOL)
		*out = value->boolean;
	else if (value->type != QUERY_STRING || !str_to_f64(str_trim(value->text), out))
		return false;
	return isfinite(*out);
}

/* Numbers: 20200401, Unix seconds, and milliseconds from the size on where
 * seconds would be past the year 5000. */
static bool to_moment(const struct query_value *value, double *out)
{
	char digits[24];
	int64_t ms;
	int n;

	if (value->type == QUERY_STRING) {
		if (!time_parse(str_trim(value->text), &ms))
			return false;
		*out = (double)ms;
		return true;
	}
	if (value->type != QUERY_NUMBER || !(fabs(value->number) < 1e14))
		return false;
	if (value->number >= 1e11) {
		*out = floor(value->number);
		return true;
	}
	n = snprintf(digits, sizeof(digits), "%.0f", value->number);
	if (!time_parse((struct str){.p = digits, .n = (size_t)n}, &ms))
		return false;
	*out = (double)ms;
	return true;
}

static double unit_ms(const char *unit)
{
	static const struct {
		struct str word;
		double ms;
	} units[] = {
		{STR("ms"), 1},	  {STR("s"), 1e3},    {STR("min"), 60e3},
		{STR("m"), 60e3}, {STR("h"), 3600e3}, {STR("d"), 86400e3},
	};

	for (size_t i = 0; unit && i < COUNT(units); i++)
		if (str_eq(units[i].word, str_from(unit)))
			return units[i].ms;
	return 1e3;
}

static bool to_duration(const struct column *column, const struct query_value *value,
			double *out)
{
	int64_t ms;

	if (value->type == QUERY_STRING && duration_parse(str_trim(value->text), &ms)) {
		*out = (double)ms;
		return true;
	}
	if (!to_number(value, out))
		return false;
	*out *= unit_ms(column->unit);
	return fabs(*out) < 1e15;
}

static bool to_series(struct cell_reader *r, const struct query_value *value,
		      struct cell *out)
{
	struct query_iter it = query_iter(value);
	size_t total, skip, n = 0;
	struct query_value item;
	float *points;

	if (value->type != QUERY_ARRAY)
		return false;
	total = query_array_size(value);
	skip = total > CELL_SERIES_MAX ? total - CELL_SERIES_MAX : 0;
	points = arena_alloc(r->arena, (total - skip + 1) * sizeof(*points));
	for (size_t i = 0; query_iter_next(&it, &item); i++) {
		double number;

		if (i >= skip && n < CELL_SERIES_MAX)
			points[n++] = to_number(&item, &number) ? (float)number : NAN;
	}
	out->series = points;
	out->series_n = (uint32_t)n;
	return true;
}

bool cell_read_past(struct cell_reader *r, const struct query_value *value,
		    struct cell *out)
{
	return value->type == QUERY_NULL || to_series(r, value, out);
}

bool cell_read(struct cell_reader *r, const struct column *column,
	       const struct query_value *value, struct cell *out)
{
	bool ok = false;

	*out = (struct cell){.text = "", .is_null = true};
	if (value->type == QUERY_NULL)
		return true;
	switch (column->type) {
	case CELL_TEXT:
	case CELL_STATE:
		out->text = cell_reader_text(r, value).p;
		out->is_null = column->type == CELL_STATE && !out->text[0];
		return true;
	case CELL_NUMBER:
	case CELL_BYTES:
	case CELL_MONEY:
	case CELL_PERCENT:
		ok = to_number(value, &out->number);
		break;
	case CELL_TIME:
	case CELL_AGE:
		ok = to_moment(value, &out->number);
		break;
	case CELL_DURATION:
		ok = to_duration(column, value, &out->number);
		break;
	case CELL_SERIES:
		ok = to_series(r, value, out);
		break;
	}
	out->is_null = !ok;
	/* "" and "not set" moments are ways to say null, not surprises. */
	if (!ok)
		out->number = 0;
	return ok || value->type == QUERY_STRING;
}
