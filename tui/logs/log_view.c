/* See log_view.h. */
#include "tui/logs/log_view.h"

#include <string.h>

#include "base/utf8.h"
#include "tui/app_part.h"
#include "tui/widget/wrap.h"

/* Rows fetched on each side of those in sight, in screens and at least. */
enum { MORE_SCREENS = 3, MORE_LEAST = 120, SKIP_STEP = 4096 };

void log_view_init(struct log_view *v, struct log_client *client)
{
	*v = (struct log_view){.client = client, .is_following = true, .followed = -1};
}

void log_view_fini(struct log_view *v)
{
	log_client_put(v->client);
	vec_fini(&v->marks);
}

static size_t rows_of(const struct log_view *v)
{
	return v->client->page ? v->client->page->rows.n : 0;
}

const struct page_row *log_view_row(const struct log_view *v)
{
	return v->cursor < rows_of(v) ? &v->client->page->rows.p[v->cursor] : NULL;
}

uint64_t log_view_number(const struct log_view *v)
{
	const struct log_client *c = v->client;
	const struct log_page *page = c->page;

	if (!page || !c->number || v->cursor >= page->rows.n)
		return 0;
	if (c->state.is_ring)
		return (uint64_t)page->rows.p[v->cursor].at + 1;
	if (v->cursor == page->meant)
		return c->number;
	if (!wanted_is_all(&c->wanted))
		return 0;
	return c->number + v->cursor - page->meant;
}

static size_t more(const struct log_view *v)
{
	size_t n = (size_t)v->h * MORE_SCREENS;

	return n < MORE_LEAST ? MORE_LEAST : n;
}

static size_t lead(const struct log_view *v)
{
	return v->cursor > v->top ? v->cursor - v->top : 0;
}

/* Pages of very long lines begin some way in. */
static size_t page_skip(const struct log_view *v)
{
	size_t steps = v->is_wrapped ? 0 : v->skip / SKIP_STEP;

	return steps > 0 ? steps * SKIP_STEP - SKIP_STEP / 2 : 0;
}

static void ask(struct log_view *v, int64_t at, int64_t by, size_t lead_rows)
{
	if (v->h <= 0)
		return;
	v->asked_lead = lead_rows;
	log_client_ask_page(v->client, &(struct page_wish){
					       .at = at,
					       .by = by,
					       .rows = (size_t)v->h,
					       .more = more(v),
					       .lead = lead_rows,
					       .text = v->is_neat ? PAGE_NEAT : PAGE_RAW,
					       .skip = page_skip(v),
				       });
}

static void ask_end(struct log_view *v)
{
	v->followed = v->client->state.end;
	v->is_led = true;
	ask(v, INT64_MAX, 0, (size_t)(v->h > 0 ? v->h - 1 : 0));
}

/* The same place again, or `by` rows from there. */
static void ask_here(struct log_view *v, int64_t by)
{
	const struct page_row *row = log_view_row(v);

	if (!row) {
		ask_end(v);
		return;
	}
	v->is_led = by != 0;
	ask(v, row->at, by, lead(v));
}

static void stop_following(struct log_view *v)
{
	if (!v->is_following)
		return;
	v->is_following = false;
	v->paused_at = v->client->state.lines;
	v->paused_end = v->client->state.end;
}

/* Whether the page is the last there is and the cursor stands at its end. */
static bool is_at_end(const struct log_view *v)
{
	return rows_of(v) == 0 ||
	       (v->cursor + 1 == rows_of(v) && !v->client->page->has_behind);
}

int log_view_lines(const struct log_view *v, size_t row)
{
	return v->is_wrapped ? wrap_count(page_text(v->client->page, row), v->w) : 1;
}

/* From the top to the end of the cursor's row. */
static int lines_to_cursor(const struct log_view *v)
{
	int lines = -v->sub;

	for (size_t i = v->top; i <= v->cursor && lines <= v->h; i++)
		lines += log_view_lines(v, i);
	return lines;
}

/* The top so that the cursor's row is in sight, all of it if it fits. */
static void keep_in_sight(struct log_view *v)
{
	int room = v->h;

	if (rows_of(v) == 0 || v->h <= 0)
		return;
	if (v->cursor < v->top) {
		v->top = v->cursor;
		v->sub = 0;
	}
	if (v->sub >= log_view_lines(v, v->top))
		v->sub = 0;
	if (v->cursor == v->top || lines_to_cursor(v) <= v->h)
		return;
	v->top = v->cursor + 1;
	while (v->top > 0 && room > 0)
		room -= log_view_lines(v, --v->top);
	v->sub = room < 0 ? -room : 0;
	if (v->top == v->cursor)
		v->sub = 0;
}

/* Within a row that is higher than the screen; false: it is not, or at its end. */
static bool move_within(struct log_view *v, int by)
{
	int left;

	if (!v->is_wrapped || rows_of(v) == 0 || v->cursor != v->top)
		return false;
	left = log_view_lines(v, v->cursor) - v->sub - v->h;
	if (by > 0 ? left <= 0 : v->sub == 0)
		return false;
	v->sub += by > 0 && by > left ? left : by;
	if (v->sub < 0)
		v->sub = 0;
	return true;
}

static bool needs_more(const struct log_view *v)
{
	const struct log_page *page = v->client->page;
	size_t near = (size_t)v->h;

	if (!page || v->client->page_id)
		return false;
	if (page->has_before && v->top < near)
		return true;
	if (page->skip != page_skip(v))
		return true;
	return page->has_behind && v->cursor + 2 * near > page->rows.n;
}

/* After every move. */
static void fetch_more(struct log_view *v)
{
	if (log_view_row(v))
		v->cursor_at = log_view_row(v)->at;
	if (needs_more(v))
		ask_here(v, 0);
}

static bool goes_to_debt(const struct log_view *v, int64_t to)
{
	if (!v->client->page)
		return true;
	if (!v->client->page_id)
		return false;
	return v->is_led || to < 0 || to >= (int64_t)rows_of(v);
}

static void move(struct log_view *v, int64_t by)
{
	const struct log_page *page = v->client->page;
	int64_t to = (int64_t)v->cursor + by, last = (int64_t)rows_of(v) - 1;

	if (by < 0)
		stop_following(v);
	if (goes_to_debt(v, to)) {
		v->debt += by;
		return;
	}
	if (last < 0)
		return;
	if (to < 0 && page->has_before) {
		v->cursor = 0;
		ask_here(v, to);
	} else if (to > last && page->has_behind) {
		v->cursor = (size_t)last;
		ask_here(v, to - last);
	} else {
		v->cursor = (size_t)(to < 0 ? 0 : to > last ? last : to);
	}
}

void log_view_move(struct log_view *v, int64_t by)
{
	if ((by == 1 || by == -1) && move_within(v, (int)by)) {
		stop_following(v);
		return;
	}
	move(v, by);
	keep_in_sight(v);
	fetch_more(v);
}

/* Rows of a screen, one of which is in both. */
void log_view_page(struct log_view *v, int by)
{
	size_t kept = lead(v), rows = (size_t)(v->h > 1 ? v->h - 1 : 1);
	int room = v->h;

	if (move_within(v, by * (int)rows)) {
		stop_following(v);
		return;
	}
	if (v->is_wrapped && v->client->page) {
		for (rows = 0; room > 0 && v->top + rows < rows_of(v); rows++)
			room -= log_view_lines(v, v->top + rows);
		rows -= rows > 1;
	}
	move(v, by * (int64_t)rows);
	v->sub = 0;
	v->top = v->cursor > kept ? v->cursor - kept : 0;
	if (rows_of(v) > (size_t)v->h && !v->is_wrapped &&
	    v->top > rows_of(v) - (size_t)v->h)
		v->top = rows_of(v) - (size_t)v->h;
	keep_in_sight(v);
	fetch_more(v);
}

void log_view_top(struct log_view *v)
{
	stop_following(v);
	v->debt = 0;
	v->is_led = true;
	ask(v, 0, 0, 0);
}

void log_view_end(struct log_view *v)
{
	v->is_following = true;
	v->debt = 0;
	ask_end(v);
}

/* With some of what stands before it in sight. */
void log_view_go(struct log_view *v, int64_t at)
{
	const struct log_page *page = v->client->page;

	stop_following(v);
	v->debt = 0;
	for (size_t i = 0; page && !v->client->page_id && i < page->rows.n; i++) {
		if (page->rows.p[i].at != at)
			continue;
		log_view_select(v, i);
		return;
	}
	v->is_led = true;
	ask(v, at, 0, (size_t)(v->h / 3));
}

void log_view_select(struct log_view *v, size_t row)
{
	if (row >= rows_of(v))
		return;
	stop_following(v);
	v->cursor = row;
	keep_in_sight(v);
	fetch_more(v);
}

void log_view_sideways(struct log_view *v, int by)
{
	int64_t to = (int64_t)v->skip + by;

	if (v->is_wrapped)
		return;
	v->skip = to < 0 ? 0 : (size_t)to;
	fetch_more(v);
}

void log_view_set_wrap(struct log_view *v, bool is_on)
{
	v->is_wrapped = is_on;
	v->skip = 0;
	v->sub = 0;
	keep_in_sight(v);
	fetch_more(v);
}

/* What is wanted is other lines: the same place among them. */
static void refetch(struct log_view *v)
{
	v->debt = 0;
	v->seen_wanted = v->client->n_wanted;
	if (v->is_following)
		ask_end(v);
	else
		ask_here(v, 0);
}

void log_view_set_neat(struct log_view *v, bool is_on)
{
	v->is_neat = is_on;
	v->skip = 0;
	refetch(v);
}

static size_t row_of(const struct log_page *page, int64_t at)
{
	for (size_t i = 0; i < page->rows.n; i++) {
		if (page->rows.p[i].at == at)
			return i;
	}
	return page->meant;
}

/* The page before has gone: `cursor_at` is what its cursor was on. */
static void take_page(struct log_view *v)
{
	const struct log_page *page = v->client->page;
	size_t kept = v->is_led ? v->asked_lead : lead(v), h = (size_t)v->h;
	int64_t debt = v->debt;

	v->seen = v->client->n_pages;
	if (!page || page->rows.n == 0) {
		v->cursor = v->top = 0;
		return;
	}
	v->cursor = v->is_led ? page->meant : row_of(page, v->cursor_at);
	v->top = v->cursor > kept ? v->cursor - kept : 0;
	v->sub = v->is_led ? 0 : v->sub;
	/* No empty lines under the last row while there are rows above. */
	if (!page->has_behind && v->top + h > page->rows.n)
		v->top = page->rows.n > h ? page->rows.n - h : 0;
	if (v->top > v->cursor)
		v->top = v->cursor;
	keep_in_sight(v);
	if (v->client->is_page_partial)
		return;
	v->is_led = false;
	v->debt = 0;
	if (debt)
		log_view_move(v, debt);
}

static void take_other_file(struct log_view *v)
{
	v->seen_files = v->client->state.n_new_files;
	v->marks.n = 0;
	v->cursor = v->top = 0;
	v->paused_at = 0;
	v->paused_end = 0;
	v->client->page_id = 0;
	if (v->is_following)
		ask_end(v);
	else
		log_view_top(v);
}

void log_view_follow(struct log_view *v)
{
	struct log_client *c = v->client;

	if (c->state.is_open && v->seen_files != c->state.n_new_files)
		take_other_file(v);
	if (v->seen != c->n_pages)
		take_page(v);
	if (log_view_row(v))
		v->cursor_at = log_view_row(v)->at;
	if (!c->state.is_open || v->h <= 0)
		return;
	if (v->seen_wanted != c->n_wanted)
		refetch(v);
	if (c->page_id)
		return;
	if (v->is_following && v->followed != c->state.end)
		ask_end(v);
	else if (!c->page)
		ask_here(v, 0);
	else if (!v->is_following && is_at_end(v) && c->page->end < c->state.end &&
		 rows_of(v) < (size_t)v->h)
		ask_here(v, 0);
}

void log_view_fit(struct log_view *v, int w, int h)
{
	bool was_none = v->h <= 0;

	if (w == v->w && h == v->h)
		return;
	v->w = w;
	v->h = h;
	if (!was_none && v->is_following && rows_of(v) > 0) {
		v->top = rows_of(v) > (size_t)h ? rows_of(v) - (size_t)h : 0;
		v->cursor = rows_of(v) - 1;
	}
	keep_in_sight(v);
	fetch_more(v);
	log_view_follow(v);
}

static size_t mark_at(const struct log_view *v, int64_t at)
{
	size_t i = 0;

	while (i < v->marks.n && v->marks.p[i] < at)
		i++;
	return i;
}

bool log_view_is_marked(const struct log_view *v, int64_t at)
{
	size_t i = mark_at(v, at);

	return i < v->marks.n && v->marks.p[i] == at;
}

void log_view_mark(struct log_view *v)
{
	const struct page_row *row = log_view_row(v);
	size_t i;

	if (!row)
		return;
	i = mark_at(v, row->at);
	if (log_view_is_marked(v, row->at)) {
		memmove(&v->marks.p[i], &v->marks.p[i + 1],
			(v->marks.n - i - 1) * sizeof(*v->marks.p));
		v->marks.n--;
		return;
	}
	vec_push(&v->marks, 0);
	memmove(&v->marks.p[i + 1], &v->marks.p[i],
		(v->marks.n - 1 - i) * sizeof(*v->marks.p));
	v->marks.p[i] = row->at;
}

bool log_view_go_mark(struct log_view *v, bool is_back)
{
	const struct page_row *row = log_view_row(v);
	size_t i;

	if (!row || v->marks.n == 0)
		return false;
	i = mark_at(v, is_back ? row->at : row->at + 1);
	if (is_back)
		i = i > 0 ? i - 1 : v->marks.n - 1;
	else if (i == v->marks.n)
		i = 0;
	log_view_go(v, v->marks.p[i]);
	return true;
}
