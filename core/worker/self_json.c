/* See self_json.h. Thread: core. */
#include "worker/self_json.h"

#include "base/timefmt.h"
#include "board/def.h"

enum { TEXT_CELLS = 60 };

static void put_time(cJSON *row, const char *name, int64_t utc_ms)
{
	if (utc_ms > 0)
		cJSON_AddNumberToObject(row, name, (double)(utc_ms / 1000));
	else
		cJSON_AddNullToObject(row, name);
}

static void put_figure(cJSON *row, const char *name, int64_t value)
{
	if (value >= 0)
		cJSON_AddNumberToObject(row, name, (double)value);
	else
		cJSON_AddNullToObject(row, name);
}

static void put_row(cJSON *rows, const struct board *board, const struct row *row,
		    const struct sight *sight, int64_t now_ms)
{
	const struct board_def *def = board->def;
	cJSON *out = cJSON_CreateObject();
	struct strbuf text;

	strbuf_init(&text, 1000);
	cJSON_AddStringToObject(out, "board", def->name);
	cJSON_AddStringToObject(out, "title", def->title);
	cJSON_AddStringToObject(out, "category", def->category);
	cJSON_AddStringToObject(out, "key", row->key.p);
	cell_format(&text, &def->columns[0], &row->cells[0], now_ms, TEXT_CELLS);
	cJSON_AddStringToObject(out, "what", text.p);
	strbuf_reset(&text);
	sights_put_why(&text, board, row, now_ms);
	cJSON_AddStringToObject(out, "why", text.p);
	cJSON_AddStringToObject(out, "state",
				sight->acknowledged_ms ? "acknowledged"
				: row->sev == SEV_CRIT ? "critical"
						       : "warning");
	put_time(out, "since", sight->since_ms);
	cJSON_AddItemToArray(rows, out);
	strbuf_fini(&text);
}

void self_json_attention(cJSON *rows, const struct board *board, const struct map *sights,
			 int64_t now_ms)
{
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct sight *sight = map_find(sights, board->rows[i].key);

		if (sight && board->rows[i].sev >= SEV_WARN)
			put_row(rows, board, &board->rows[i], sight, now_ms);
	}
}

static const char *state_word(const struct feed_stat *stat, bool is_wanted)
{
	if (stat->failures > 0)
		return "failing";
	if (stat->asked_ms == 0)
		return "waiting";
	if (stat->is_absent)
		return "absent";
	return is_wanted ? "ok" : "resting";
}

void self_json_feed(cJSON *rows, const struct board_def *def,
		    const struct connection *connection, const struct feed *feed,
		    bool is_wanted)
{
	const struct board *board = feed_board(feed);

	for (size_t i = 0; i < def->n_requests; i++) {
		const struct request_def *request = &def->requests[i];
		const struct feed_stat *stat = feed_stat(feed, i);
		cJSON *out = cJSON_CreateObject();
		bool is_own = request->kind == def->kind;

		cJSON_AddStringToObject(out, "board", def->name);
		cJSON_AddStringToObject(out, "request", request->name);
		cJSON_AddStringToObject(out, "connection",
					is_own && connection
						? connection->name
						: conn_kind_name(request->kind));
		cJSON_AddStringToObject(out, "state", state_word(stat, is_wanted));
		put_time(out, "good", stat->good_ms);
		put_figure(out, "took", stat->asked_ms ? stat->elapsed_ms : -1);
		put_figure(out, "calls", (int64_t)stat->calls);
		put_figure(out, "failed", (int64_t)stat->failed);
		put_figure(out, "left", stat->throttle_left);
		put_figure(out, "every", request->interval_ms);
		put_time(out, "due", is_wanted && board ? board->due_ms : 0);
		cJSON_AddStringToObject(out, "why",
					stat->is_absent ? request->absent
							: stat->err.text);
		cJSON_AddItemToArray(rows, out);
	}
}
