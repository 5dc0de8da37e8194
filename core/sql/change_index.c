/* See change_index.h. */
#include "sql/change_index.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "base/strbuf.h"
#include "base/timefmt.h"
#include "base/xalloc.h"

/* Azure remembers operations about so long. */
#define REMEMBERED_MS DAY_MS

enum { KEY_MOST = 600 };

static void put_key(struct strbuf *key, const char *server, const char *database)
{
	strbuf_reset(key);
	strbuf_printf(key, "%s/%s", server, database);
}

static struct wanted_changes *entry(struct change_index *index, const struct strbuf *key)
{
	struct wanted_changes *seen = map_find(&index->by_target, strbuf_str(key));

	if (seen)
		return seen;
	seen = &index->seen[index->n++];
	*seen = (struct wanted_changes){.known_from_ms = index->known_from_ms,
					.why_failed = ""};
	map_put(&index->by_target, strbuf_str(key), seen);
	return seen;
}

static void add(struct change_index *index, const struct board *operations, size_t row,
		struct strbuf *key)
{
	const char *state = read_text(operations, row, "state");
	double started = read_number(operations, row, "started");
	struct wanted_changes *seen;
	int64_t at_ms;

	if (isnan(started) ||
	    str_find(str_from(read_text(operations, row, "operation")), STR("ALTER")) < 0)
		return;
	put_key(key, read_text(operations, row, "server"),
		read_text(operations, row, "database"));
	at_ms = (int64_t)started;
	seen = entry(index, key);
	if (strcasecmp(state, "Succeeded") == 0 && at_ms > seen->done_ms)
		seen->done_ms = at_ms;
	if (strcasecmp(state, "Failed") == 0 && at_ms > seen->failed_ms) {
		seen->failed_ms = at_ms;
		seen->why_failed = read_text(operations, row, "error");
	}
}

void change_index_init(struct change_index *index, const struct board *operations)
{
	struct strbuf key;

	*index = (struct change_index){.n = 0};
	map_init(&index->by_target);
	index->by_target.fold_case = true;
	if (!operations || !operations->fetched_ms)
		return;
	/* Where some databases did not answer, nobody knows which. */
	if (!operations->is_partial)
		index->known_from_ms = operations->fetched_ms - REMEMBERED_MS;
	index->seen = xcalloc(operations->n_rows + 1, sizeof(*index->seen));
	strbuf_init(&key, KEY_MOST);
	for (size_t i = 0; i < operations->n_rows; i++)
		add(index, operations, i, &key);
	strbuf_fini(&key);
}

void change_index_fini(struct change_index *index)
{
	map_fini(&index->by_target);
	free(index->seen);
}

struct wanted_changes change_index_find(const struct change_index *index,
					const char *server, const char *database)
{
	const struct wanted_changes *seen;
	struct strbuf key;

	strbuf_init(&key, KEY_MOST);
	put_key(&key, server, database);
	seen = map_find(&index->by_target, strbuf_str(&key));
	strbuf_fini(&key);
	return seen ? *seen
		    : (struct wanted_changes){.known_from_ms = index->known_from_ms,
					      .why_failed = ""};
}
