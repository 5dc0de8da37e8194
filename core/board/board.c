/* A board's memory, keys and counts. Rows live in one arena; a board that only
 * differs in its marks holds on to the board whose rows it shows.
 * Thread: any. */
#include "board/board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "board/def.h"
#include "board/repeats.h"

struct board *board_new(const struct board_def *def)
{
	struct board *board = xcalloc(1, sizeof(*board));

	ref_init(&board->ref);
	board->def = board_def_get(def);
	board->fresh_ms = def->stale_after_ms;
	board->is_loading = true;
	arena_init(&board->arena);
	return board;
}

bool board_is_old(const struct board *board, int64_t now_ms)
{
	return board->is_stale || (board->fresh_ms > 0 && board->fetched_ms > 0 &&
				   now_ms - board->fetched_ms > board->fresh_ms);
}

struct board *board_remark(struct board *of)
{
	struct board *board = board_new(of->def);
	struct arena arena = board->arena;
	struct board *owner = of->owner ? of->owner : of;

	/* All but the count, which others change while we read. */
	memcpy((char *)board + offsetof(struct board, def),
	       (const char *)of + offsetof(struct board, def),
	       sizeof(*board) - offsetof(struct board, def));
	board->arena = arena;
	board->owner = board_get(owner);
	board->parts = NULL; /* the owner holds them */
	board->n_parts = 0;
	return board;
}

void board_hold_parts(struct board *board, size_t n)
{
	board->parts = arena_calloc(&board->arena, n, sizeof(*board->parts));
}

void board_hold_part(struct board *board, struct board *part)
{
	board->parts[board->n_parts++] = board_get(part);
}

struct board *board_cut(struct board *of, board_keep_fn keep, const void *ctx)
{
	struct board *board = board_remark(of);
	size_t n = 0;

	board->rows = arena_alloc(&board->arena, (of->n_rows + 1) * sizeof(*board->rows));
	for (size_t i = 0; i < of->n_rows; i++) {
		if (keep(of, &of->rows[i], ctx))
			board->rows[n++] = of->rows[i];
	}
	board->n_rows = n;
	board->slots = NULL;
	board->n_slots = 0;
	board_seal(board);
	return board;
}

struct board *board_get(struct board *board)
{
	ref_get(&board->ref);
	return board;
}

void board_put(struct board *board)
{
	if (!board || !ref_put(&board->ref))
		return;
	board_def_put(board->def);
	board_put(board->owner);
	for (size_t i = 0; i < board->n_parts; i++)
		board_put(board->parts[i]);
	arena_fini(&board->arena);
	free(board);
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *slot_of(const struct board *board, struct str key)
{
	uint32_t mask = board->n_slots - 1;
	uint64_t hash = str_hash(key);
	uint32_t at = (uint32_t)(hash ^ hash >> 32) & mask;

	while (board->slots[at] && !str_eq(board->rows[board->slots[at] - 1].key, key))
		at = (at + 1) & mask;
	return &board->slots[at];
}

ptrdiff_t board_find(const struct board *board, struct str key)
{
	return board->n_slots ? (ptrdiff_t)*slot_of(board, key) - 1 : -1;
}

/* Two rows with one key: the later one gets the first free suffix. Where a key
 * repeats a thousand times, the search goes on where the last one ended. */
static uint32_t *suffix_key(struct board *board, struct row *row, uint32_t *next)
{
	struct str base = row->key;
	uint32_t *slot;

	do {
		char *text = arena_alloc(&board->arena, base.n + 12);
		int n;

		memcpy(text, base.p, base.n);
		n = snprintf(text + base.n, 12, "#%u", (*next)++);
		row->key = (struct str){.p = text, .n = base.n + (size_t)n};
		slot = slot_of(board, row->key);
	} while (*slot);
	return slot;
}

static void fill_slots(struct board *board)
{
	uint32_t *next; /* per first row of a key: the suffix to try */

	board->n_slots = 16;
	while (board->n_slots < board->n_rows * 2)
		board->n_slots *= 2;
	board->slots = arena_calloc(&board->arena, board->n_slots, sizeof(*board->slots));
	next = xcalloc(board->n_rows + 1, sizeof(*next));
	for (size_t i = 0; i < board->n_rows; i++) {
		uint32_t *slot = slot_of(board, board->rows[i].key);

		if (*slot) {
			uint32_t *of_first = &next[*slot - 1];

			if (!*of_first)
				*of_first = 2;
			slot = suffix_key(board, &board->rows[i], of_first);
		}
		*slot = (uint32_t)i + 1;
	}
	free(next);
}

void board_seal(struct board *board)
{
	memset(board->by_sev, 0, sizeof(board->by_sev));
	memset(board->news, 0, sizeof(board->news));
	board->worst = SEV_NONE;
	for (size_t i = 0; i < board->n_rows; i++)
		board->rows[i].repeats = false;
	if (board->def->repeats)
		repeats_mark(board);
	for (size_t i = 0; i < board->n_rows; i++) {
		enum severity sev = board->rows[i].sev;

		board->by_sev[sev]++;
		board->news[sev] += !board->rows[i].repeats;
		if (sev > board->worst)
			board->worst = sev;
	}
	if (board->n_rows)
		fill_slots(board);
}
