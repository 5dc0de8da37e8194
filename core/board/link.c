/* See link.h. */
#include "board/link.h"

#include "base/sanitize.h"
#include "query/query.h"

bool link_filter(const struct link_def *link, const struct row_object *row,
		 int64_t now_ms, struct strbuf *out)
{
	struct query_value root = query_from_json(row->json), value;
	struct query_error why;
	struct arena arena;
	struct query_env env = {.now_ms = now_ms, .arena = &arena};

	strbuf_reset(out);
	if (!link->filter_query)
		return true;
	arena_init(&arena);
	if (query_eval_value(link->filter_query, &root, &env, &value, &why) &&
	    value.type == QUERY_STRING)
		sanitize_line(out, value.text);
	arena_fini(&arena);
	return out->n > 0;
}
