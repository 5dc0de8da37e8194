/* Sorts row numbers by a column. Each row gets a number that orders it, so that
 * comparing texts is the exception; merging keeps equal rows in place.
 * Thread: one owner. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/def.h"
#include "board/view.h"

struct entry {
	uint64_t order; /* of the value, larger is later */
	uint32_t row;
	uint8_t rank;  /* first of all: severity, then unknown values last */
	bool is_whole; /* `order` says all there is to the text */
};

struct sorting {
	const struct board *board;
	struct view_order order;
	bool has_texts;
	size_t skip; /* bytes all texts begin with */
};

/* IEEE doubles compare like integers once the sign is turned around. */
static uint64_t number_order(double value)
{
	uint64_t bits;

	value += 0.0; /* -0 is 0 */
	memcpy(&bits, &value, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The first bytes of a text so that their order is text_compare's: letters small,
 * a run of digits as '0', its length and its digits. */
static uint64_t text_order(const char *s, bool *is_whole)
{
	unsigned char key[8] = {0};
	uint64_t order = 0;
	size_t n = 0;

	while (n < sizeof(key) && *s) {
		size_t run = 0;

		if (!is_digit(*s)) {
			key[n++] = (unsigned char)fold(*s++);
			continue;
		}
		while (*s == '0')
			s++;
		while (is_digit(s[run]))
			run++;
		key[n++] = '0';
		if (n < sizeof(key))
			key[n++] = run > 200 ? 255 : (unsigned char)run;
		if (run > 200)
			break;
		for (; run && n < sizeof(key); run--)
			key[n++] = (unsigned char)*s++;
		if (run)
			break;
	}
	/* A full key may have lost the length of a last run of zeros. */
	*is_whole = !*s && n < sizeof(key);
	for (size_t i = 0; i < sizeof(key); i++)
		order = order << 8 | key[i];
	return order;
}

/* Names of one estate often begin alike; the key should begin where they differ,
 * but not within a number. */
static size_t common_bytes(const struct sorting *s, const uint32_t *rows, size_t n)
{
	const char *first = s->board->rows[rows[0]].cells[s->order.column].text;
	size_t common = strlen(first);

	for (size_t i = 1; i < n && common; i++) {
		const char *text = s->board->rows[rows[i]].cells[s->order.column].text;
		size_t k = 0;

		if (s->board->rows[rows[i]].cells[s->order.column].is_null)
			continue;
		while (k < common && fold(text[k]) == fold(first[k]) && text[k])
			k++;
		common = k;
	}
	while (common && is_digit(first[common - 1]))
		common--;
	return common;
}

static void set_entry(const struct sorting *s, struct entry *entry, uint32_t row)
{
	const struct row *r = &s->board->rows[row];
	const struct column *column;
	const struct cell *cell;

	*entry = (struct entry){.row = row};
	if (s->order.severity_first)
		entry->rank = (uint8_t)((SEV_CRIT - r->sev) * 2);
	if (s->order.column == VIEW_BY_SEVERITY)
		entry->order = r->sev;
	if (s->order.column >= 0) {
		column = &s->board->def->columns[s->order.column];
		cell = &r->cells[s->order.column];
		if (column->type == CELL_SERIES ? !cell->series_n : cell->is_null) {
			entry->rank |= 1;
			return;
		}
		if (s->has_texts)
			entry->order = text_order(cell->text + s->skip, &entry->is_whole);
		else if (column->type == CELL_SERIES)
			entry->order =
				number_order((double)cell->series[cell->series_n - 1]);
		else
			entry->order = number_order(
				column->type == CELL_AGE ? -cell->number : cell->number);
	}
	if (s->order.is_descending)
		entry->order = ~entry->order;
}

static bool is_after(const struct sorting *s, const struct entry *a,
		     const struct entry *b)
{
	const struct row *x, *y;
	int order;

	if (a->rank != b->rank)
		return a->rank > b->rank;
	if (a->order != b->order || !s->has_texts || a->rank & 1 ||
	    (a->is_whole && b->is_whole))
		return a->order > b->order;
	x = &s->board->rows[a->row];
	y = &s->board->rows[b->row];
	order = text_compare(x->cells[s->order.column].text,
			     y->cells[s->order.column].text);
	return s->order.is_descending ? order < 0 : order > 0;
}

static void merge(const struct sorting *s, const struct entry *from, size_t middle,
		  size_t n, struct entry *to)
{
	size_t a = 0, b = middle;

	/* Already in order: the usual case when a board is refreshed. */
	if (middle >= n || !is_after(s, &from[middle - 1], &from[middle])) {
		memcpy(to, from, n * sizeof(*to));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		bool take_b = a == middle || (b < n && is_after(s, &from[a], &from[b]));

		to[i] = take_b ? from[b++] : from[a++];
	}
}

/* Returns whichever of the two holds the result. */
static struct entry *merge_sort(const struct sorting *s, struct entry *entries,
				struct entry *spare, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		struct entry *swap = entries;

		for (size_t at = 0; at < n; at += 2 * width) {
			size_t left = n - at;
			size_t size = left < 2 * width ? left : 2 * width;

			merge(s, entries + at, width < size ? width : size, size,
			      spare + at);
		}
		entries = spare;
		spare = swap;
	}
	return entries;
}

void view_sort(const struct board *board, struct view_order order, uint32_t *rows,
	       size_t n)
{
	struct sorting s = {.board = board, .order = order};
	struct entry *both, *sorted;

	if (n < 2 || (order.column == VIEW_AS_GIVEN && !order.severity_first))
		return;
	if (order.column >= 0) {
		enum cell_type type = board->def->columns[order.column].type;

		s.has_texts = type == CELL_TEXT || type == CELL_STATE;
		s.skip = s.has_texts ? common_bytes(&s, rows, n) : 0;
	}
	both = xreallocarray(NULL, 2 * n, sizeof(*both));
	for (size_t i = 0; i < n; i++)
		set_entry(&s, &both[i], rows[i]);
	sorted = merge_sort(&s, both, both + n, n);
	for (size_t i = 0; i < n; i++)
		rows[i] = sorted[i].row;
	free(both);
}
