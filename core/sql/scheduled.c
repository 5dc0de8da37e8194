/* See scheduled.h. */
#include "sql/scheduled.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "board/def.h"

static bool is_pools(const struct board *board)
{
	return strcmp(board->def->name, "sql-pools") == 0;
}

/* "StandardPool 200", as the board shows it. */
static void set_pool_size(const char *shown, struct scheduled *out)
{
	const char *blank = strrchr(shown, ' ');

	if (!blank)
		return;
	snprintf(out->size, sizeof(out->size), "%.*s_%s", (int)(blank - shown), shown,
		 blank + 1);
}

/* Only serverless keeps a least size; never sleeping is written as no delay. */
static enum sql_sleep sleep_of(const struct board *board, size_t row)
{
	if (isnan(read_number(board, row, "least")))
		return SQL_SLEEP_UNKNOWN;
	return isnan(read_number(board, row, "auto_pause")) ? SQL_SLEEP_NEVER
							    : SQL_SLEEP_AFTER;
}

bool scheduled_read(struct hours *h, const struct board *board, size_t row,
		    struct scheduled *out)
{
	const char *untagged = h->d->config->schedules.untagged;
	const char *size = read_text(board, row, "size"), *tag;

	*out = (struct scheduled){
		.key = board->rows[row].key.p,
		.name = read_text(board, row, "name"),
		.server = read_text(board, row, "server"),
		.target = {.status = read_text(board, row, "status"),
			   .becoming = read_text(board, row, "target"),
			   .tier = read_text(board, row, "tier"),
			   .sleep = sleep_of(board, row),
			   .is_pooled = read_text(board, row, "pool")[0] != '\0',
			   .is_pool = is_pools(board)},
	};
	if (out->target.is_pool) {
		out->target.status = read_text(board, row, "state");
		set_pool_size(size, out);
	} else {
		snprintf(out->size, sizeof(out->size), "%s", size);
	}
	out->target.size = out->size;
	tag = hours_tag(h, board, row);
	out->has_tag = tag != NULL;
	/* Members of a pool have no size of their own to schedule. */
	if (!out->has_tag && (!untagged || out->target.is_pooled))
		return false;
	out->target.tag = str_from(tag ? tag : untagged);
	return true;
}
