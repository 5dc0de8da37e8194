/* What a person sees of a board. The selection hangs on the row's key, so it
 * stays on the same thing while rows come, go and move. Thread: one owner. */
#include "board/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/def.h"

void view_init(struct board_view *v)
{
	*v = (struct board_view){.order = {.column = VIEW_AS_GIVEN}};
}

void view_fini(struct board_view *v)
{
	filter_free(v->filter);
	haystack_fini(&v->hay);
	board_put(v->board);
	free(v->index);
	free(v->key);
	view_init(v);
}

struct view_order view_order_of(const struct board_def *def)
{
	struct view_order order = {.column = VIEW_AS_GIVEN};
	struct str name = str_from(def->sort);

	if (!name.n)
		return order;
	order.is_descending = name.p[0] == '-';
	if (order.is_descending)
		name = str_sub(name, 1, name.n);
	order.column = str_eq(name, STR("severity")) ? VIEW_BY_SEVERITY
						     : board_def_column(def, name);
	return order;
}

static void keep_key(struct board_view *v)
{
	const struct row *row = view_row(v);

	if (!row)
		return;
	free(v->key);
	v->key = xstrndup(row->key.p ? row->key.p : "", row->key.n);
}

/* Back to the row of the kept key; gone: the one that took its place. */
static void restore_selection(struct board_view *v)
{
	ptrdiff_t row = v->key && v->board ? board_find(v->board, str_from(v->key)) : -1;

	for (size_t i = 0; row >= 0 && i < v->n; i++) {
		if (v->index[i] == (uint32_t)row) {
			v->selected = i;
			return;
		}
	}
	if (v->selected >= v->n)
		v->selected = v->n ? v->n - 1 : 0;
}

static void list_rows(struct board_view *v)
{
	size_t total = v->board->n_rows;
	uint8_t *keep;

	v->n = 0;
	if (!v->filter) {
		for (size_t i = 0; i < total; i++)
			v->index[v->n++] = (uint32_t)i;
		return;
	}
	if (!v->hay.at)
		haystack_init(&v->hay, v->board, v->now_ms);
	keep = xreallocarray(NULL, total + 1, 1);
	memset(keep, 1, total + 1);
	filter_apply(v->filter, v->board, &v->hay, v->now_ms, keep);
	for (size_t i = 0; i < total; i++)
		if (keep[i])
			v->index[v->n++] = (uint32_t)i;
	free(keep);
}

static void rebuild(struct board_view *v)
{
	if (!v->board) {
		v->n = 0;
		return;
	}
	if (v->capacity < v->board->n_rows) {
		v->capacity = v->board->n_rows;
		v->index = xreallocarray(v->index, v->capacity, sizeof(*v->index));
	}
	list_rows(v);
	view_sort(v->board, v->order, v->index, v->n);
	restore_selection(v);
}

void view_set_board(struct board_view *v, struct board *board, int64_t now_ms)
{
	struct board *old = v->board;
	bool is_other = !old || old->def != board->def;
	bool has_same_rows =
		old && old->rows == board->rows && old->n_rows == board->n_rows;

	v->board = board_get(board);
	v->now_ms = now_ms;
	if (is_other) {
		v->order = view_order_of(board->def);
		filter_free(v->filter);
		v->filter = NULL;
		v->selected = 0;
		free(v->key);
		v->key = NULL;
	}
	/* Only its marks changed: everything else still holds. */
	if (!has_same_rows) {
		haystack_fini(&v->hay);
		rebuild(v);
	}
	board_put(old);
}

bool view_set_filter(struct board_view *v, struct str text, struct err *err)
{
	struct filter *filter = NULL;

	if (v->board && str_trim(text).n) {
		filter = filter_parse(text, v->board->def, err);
		if (!filter)
			return false;
	}
	filter_free(v->filter);
	v->filter = filter;
	rebuild(v);
	return true;
}

void view_set_order(struct board_view *v, struct view_order order)
{
	v->order = order;
	rebuild(v);
}

void view_select(struct board_view *v, size_t place)
{
	v->selected = !v->n ? 0 : place < v->n ? place : v->n - 1;
	keep_key(v);
}

const struct row *view_row(const struct board_view *v)
{
	return v->selected < v->n ? &v->board->rows[v->index[v->selected]] : NULL;
}
