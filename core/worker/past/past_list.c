/* See past_list.h. Rows are made on the pool; what nobody waits for any more is dropped
 * when it comes. */
#include "worker/past/past_list.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "base/xalloc.h"
#include "worker/past/past_states.h"

enum { CHANGES_MOST = 1000 };
#define CHANGES_SPAN_MS (24 * HOUR_MS)

struct listing {
	struct past_lists *lists; /* NULL: nobody waits */
	const struct library *library;
	enum past_list which;
	struct past_states states; /* a definition is read on the loop alone */
	int64_t at_ms;
	cJSON *rows;
	int n;
};

/* Texts of a board that is still in the library; its name where it is not. */
static void put_board(const struct listing *l, cJSON *row, const char *name)
{
	for (size_t i = 0; i < library_size(l->library); i++) {
		const struct library_entry *entry = library_entry_at(l->library, i);

		if (!str_eq(str_from(entry->name), str_from(name)))
			continue;
		cJSON_AddStringToObject(row, "title", entry->title);
		cJSON_AddStringToObject(row, "category", entry->category);
		return;
	}
	cJSON_AddStringToObject(row, "title", name);
}

/* To the millisecond: whoever goes there sees what became of it. */
static void put_time(cJSON *row, const char *name, int64_t at_ms)
{
	struct strbuf text;

	strbuf_init(&text, 40);
	time_format_iso(&text, at_ms, true);
	cJSON_AddStringToObject(row, name, text.p);
	strbuf_fini(&text);
}

static bool put_change(const struct change_entry *entry, void *ctx)
{
	const struct change *change = &entry->change;
	struct listing *l = ctx;
	cJSON *row = cJSON_CreateObject();

	put_time(row, "at", entry->at_ms);
	cJSON_AddStringToObject(row, "board", entry->board);
	put_board(l, row, entry->board);
	cJSON_AddStringToObject(row, "key", change->key.p);
	cJSON_AddStringToObject(row, "what", change->what);
	cJSON_AddStringToObject(row, "kind", change_kind_name(change->kind));
	cJSON_AddStringToObject(row, "column", change->title);
	cJSON_AddStringToObject(row, "before", change->before);
	cJSON_AddStringToObject(row, "after", change->after);
	cJSON_AddStringToObject(row, "was", severity_name(change->sev_before));
	cJSON_AddStringToObject(row, "is", severity_name(change->sev_after));
	cJSON_AddItemToArray(l->rows, row);
	return ++l->n < CHANGES_MOST;
}

static bool put_alert(const struct alert *alert, void *ctx)
{
	struct listing *l = ctx;
	cJSON *row = cJSON_CreateObject();
	bool is_behind = alert->acknowledged_ms && alert->acknowledged_ms <= l->at_ms;

	cJSON_AddStringToObject(row, "board", alert->board);
	put_board(l, row, alert->board);
	cJSON_AddStringToObject(row, "key", alert->key.p);
	cJSON_AddStringToObject(row, "what", alert->what);
	cJSON_AddStringToObject(row, "why", alert->why);
	cJSON_AddStringToObject(row, "state",
				is_behind		 ? "acknowledged"
				: alert->sev == SEV_CRIT ? "critical"
							 : "warning");
	put_time(row, "since",
		 alert->since_ms <= l->at_ms ? alert->since_ms : alert->raised_ms);
	cJSON_AddItemToArray(l->rows, row);
	return true;
}

cJSON *past_changes(struct db *db, const struct library *library,
		    const struct past_span *span, const char *board)
{
	struct listing l = {.library = library, .rows = cJSON_CreateArray()};

	change_log_read(db, span->from_ms, span->to_ms, board, put_change, &l);
	return l.rows;
}

static void list(struct db *db, void *ctx)
{
	struct listing *l = ctx;

	switch (l->which) {
	case PAST_CHANGES:
		l->rows = cJSON_CreateArray();
		change_log_read(db, l->at_ms - CHANGES_SPAN_MS, l->at_ms, "", put_change,
				l);
		break;
	case PAST_ALERTS:
		l->rows = cJSON_CreateArray();
		alert_log_at(db, l->at_ms, put_alert, l);
		break;
	case PAST_STATES:
		l->rows = past_states_read(&l->states, db, l->at_ms);
		break;
	case PAST_LISTS:
		break;
	}
}

static void listed(const struct err *err, void *ctx)
{
	struct listing *l = ctx;

	if (l->lists && err->code != ERR_CANCELLED) {
		l->lists->asked[l->which] = NULL;
		l->lists->rows[l->which] = l->rows ? l->rows : cJSON_CreateArray();
		l->rows = NULL;
	}
	cJSON_Delete(l->rows);
	past_states_fini(&l->states);
	free(l);
}

cJSON *past_list_take(struct past_lists *lists, enum past_list which, int64_t at_ms)
{
	cJSON *rows = lists->rows[which];
	struct listing *l;

	lists->rows[which] = NULL;
	if (rows || lists->asked[which])
		return rows;
	l = xcalloc(1, sizeof(*l));
	*l = (struct listing){.lists = lists,
			      .library = lists->library,
			      .which = which,
			      .at_ms = at_ms};
	if (which == PAST_STATES)
		past_states_init(&l->states, lists->library);
	lists->asked[which] = l;
	store_ask(lists->store, list, listed, l);
	return NULL;
}

void past_lists_forget(struct past_lists *lists)
{
	for (int i = 0; i < PAST_LISTS; i++) {
		if (lists->asked[i])
			lists->asked[i]->lists = NULL;
		lists->asked[i] = NULL;
		cJSON_Delete(lists->rows[i]);
		lists->rows[i] = NULL;
	}
}
