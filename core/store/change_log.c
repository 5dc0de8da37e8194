/* See change_log.h. */
#include "store/change_log.h"

#include "store/names.h"
#include "store/stored.h"

/* A board that came back with other keys would fill the log with itself. */
enum { CHANGES_MOST = 300 };

struct logging {
	struct db *db;
	int64_t board, at_ms;
	unsigned n;
};

static void put_line(const struct logging *l, const struct change *change)
{
	struct db_query q = db_query(
		l->db,
		"INSERT INTO change(at, board, kind, key, what, title, before, after,"
		" sev_before, sev_after) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	db_put_i64(&q, l->at_ms);
	db_put_i64(&q, l->board);
	db_put_i64(&q, (int64_t)change->kind);
	db_put_text(&q, change->key);
	db_put_text(&q, str_from(change->what));
	db_put_text(&q, str_from(change->title));
	db_put_text(&q, str_from(change->before));
	db_put_text(&q, str_from(change->after));
	db_put_i64(&q, (int64_t)change->sev_before);
	db_put_i64(&q, (int64_t)change->sev_after);
	db_run(&q);
}

static void take(const struct change *change, void *ctx)
{
	struct logging *l = ctx;

	if (l->n++ < CHANGES_MOST)
		put_line(l, change);
}

void change_log_add(struct db *db, int64_t board, const struct board *before,
		    const struct board *after, const struct pairs *pairs, int64_t at_ms)
{
	struct logging l = {.db = db, .board = board, .at_ms = at_ms};
	struct change more = {.kind = CHANGE_BECAME,
			      .title = "",
			      .before = "",
			      .after = ""};
	struct strbuf text;

	board_changes(before, after, pairs, at_ms, take, &l);
	if (l.n <= CHANGES_MOST)
		return;
	strbuf_init(&text, 64);
	strbuf_printf(&text, "and %u more changes", l.n - CHANGES_MOST);
	more.what = text.p;
	put_line(&l, &more);
	strbuf_fini(&text);
}

void change_log_read(struct db *db, int64_t from_ms, int64_t to_ms, const char *board,
		     change_entry_fn fn, void *ctx)
{
	struct db_query q = db_query(
		db,
		"SELECT c.at, n.text, c.kind, c.key, c.what, c.title, c.before, c.after,"
		" c.sev_before, c.sev_after FROM change c JOIN name n ON n.id = c.board"
		" WHERE c.at > ? AND c.at <= ? AND (? = '' OR n.text = ?)"
		" ORDER BY c.at DESC, c.id DESC");
	bool goes_on = true;
	struct arena arena;

	arena_init(&arena);
	db_put_i64(&q, from_ms);
	db_put_i64(&q, to_ms);
	db_put_text(&q, str_from(board));
	db_put_text(&q, str_from(board));
	while (goes_on && db_next(&q)) {
		struct change_entry entry = {.at_ms = db_get_i64(&q)};
		struct change *change = &entry.change;
		int64_t kind;

		arena_reset(&arena);
		entry.board = stored_text(&q, &arena).p;
		kind = db_get_i64(&q);
		change->kind = kind >= CHANGE_CAME && kind <= CHANGE_BECAME
				       ? (enum change_kind)kind
				       : CHANGE_BECAME;
		change->key = stored_text(&q, &arena);
		change->what = stored_text(&q, &arena).p;
		change->title = stored_text(&q, &arena).p;
		change->before = stored_text(&q, &arena).p;
		change->after = stored_text(&q, &arena).p;
		change->sev_before = stored_severity(&q);
		change->sev_after = stored_severity(&q);
		goes_on = fn(&entry, ctx);
	}
	arena_fini(&arena);
}

void change_log_prune(struct db *db, int64_t before_ms)
{
	struct db_query q = db_query(db, "DELETE FROM change WHERE at < ?");

	db_put_i64(&q, before_ms);
	db_run(&q);
}
