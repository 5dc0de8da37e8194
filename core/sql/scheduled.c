/* See scheduled.h. */
#include "sql/scheduled.h"

#include <stdio.h>
#include <string.h>

#include "board/def.h"
#include "sql/resource_tag.h"

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

/* The source of a row is not kept for every row of a very long board; what the usual
 * tag says stands in a column of its own. */
static bool find_tag(const struct derive *d, const struct board *board, size_t row,
		     struct strbuf *tag)
{
	const char *hours = read_text(board, row, "hours");
	struct str name = str_from(d->config->schedules.tag);

	if (resource_tag(board->rows[row].raw, name, tag))
		return true;
	if (!hours[0] || !str_eq_nocase(name, str_from(config_schedules_default.tag)))
		return false;
	strbuf_reset(tag);
	strbuf_puts(tag, hours);
	return true;
}

bool scheduled_read(const struct derive *d, const struct board *board, size_t row,
		    struct strbuf *tag, struct scheduled *out)
{
	const char *untagged = d->config->schedules.untagged;
	const char *size = read_text(board, row, "size");

	*out = (struct scheduled){
		.name = read_text(board, row, "name"),
		.server = read_text(board, row, "server"),
		.target = {.status = read_text(board, row, "status"),
			   .becoming = read_text(board, row, "target"),
			   .tier = read_text(board, row, "tier"),
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
	out->has_tag = find_tag(d, board, row, tag);
	/* Members of a pool have no size of their own to schedule. */
	if (!out->has_tag && (!untagged || out->target.is_pooled))
		return false;
	out->target.tag = out->has_tag ? strbuf_str(tag) : str_from(untagged);
	return true;
}
