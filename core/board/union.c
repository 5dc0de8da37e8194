/* See union.h. Thread: any. */
#include "board/union.h"

#include <string.h>

#include "base/strbuf.h"

static struct str key_of(struct arena *arena, const char *name, struct str key)
{
	size_t head = strlen(name) + 1;
	char *text = arena_alloc(arena, head + key.n + 1);

	memcpy(text, name, head - 1);
	text[head - 1] = '/';
	memcpy(text + head, key.n ? key.p : "", key.n);
	text[head + key.n] = '\0';
	return (struct str){.p = text, .n = head + key.n};
}

static void add_rows(struct board *to, const struct union_part *part)
{
	for (size_t i = 0; i < part->board->n_rows; i++) {
		struct row *row = &to->rows[to->n_rows++];

		*row = part->board->rows[i];
		row->key = key_of(&to->arena, part->name, row->key);
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* What is nowhere is said once; what is in some places only, of the first without. */
static void add_note(struct board *to, const struct union_part *parts, size_t n)
{
	const struct union_part *first = NULL;
	size_t without = 0;
	struct strbuf text;

	for (size_t i = 0; i < n; i++) {
		if (!parts[i].board || !parts[i].board->note)
			continue;
		first = first ? first : &parts[i];
		without++;
	}
	if (!first)
		return;
	strbuf_init(&text, 1024);
	if (without < n)
		strbuf_printf(&text, "%s: ", first->name);
	strbuf_puts(&text, first->board->note);
	to->note = arena_strdup(&to->arena, strbuf_str(&text));
	strbuf_fini(&text);
}

/* The oldest rows are the age of all; the next try is the first one's. */
static void add_marks(struct board *to, const struct union_part *part)
{
	const struct board *from = part->board;

	to->asked_ms = from->asked_ms > to->asked_ms ? from->asked_ms : to->asked_ms;
	to->due_ms = earlier(to->due_ms, from->due_ms);
	to->fresh_ms = from->fresh_ms > to->fresh_ms ? from->fresh_ms : to->fresh_ms;
	to->fetched_ms = earlier(to->fetched_ms, from->fetched_ms);
	to->surprises += from->surprises;
	if (from->err.code == ERR_NONE || to->err.code != ERR_NONE)
		return;
	to->err = from->err;
	err_wrap(&to->err, "%s", part->name);
}

struct board *board_union(const struct board_def *def, const struct union_part *parts,
			  size_t n)
{
	struct board *board = board_new(def);
	size_t rows = 0, there = 0, stale = 0;

	board_hold_parts(board, n);
	for (size_t i = 0; i < n; i++)
		rows += parts[i].board ? parts[i].board->n_rows : 0;
	board->rows = arena_alloc(&board->arena, (rows + 1) * sizeof(*board->rows));
	for (size_t i = 0; i < n; i++) {
		if (!parts[i].board)
			continue;
		there++;
		stale += parts[i].board->is_stale;
		board->is_partial = board->is_partial || parts[i].board->is_partial;
		board_hold_part(board, parts[i].board);
		add_marks(board, &parts[i]);
		add_rows(board, &parts[i]);
	}
	add_note(board, parts, n);
	board->is_loading = there == 0;
	board->is_filling = there < n;
	board->is_stale = there > 0 && stale == there;
	if (stale > 0 && stale < there)
		board->is_partial = true;
	board_seal(board);
	return board;
}
