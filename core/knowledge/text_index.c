/* See text_index.h. The tables hold no texts (content=''): those are with the runbooks. To
 * remove a row FTS5 is told once more what it held. */
#include "knowledge/text_index.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

enum { MATCH_MOST = 400 };

/* bm25 weighs the columns in this order. */
#define SCHEMA                                                                           \
	"CREATE VIRTUAL TABLE words USING fts5(title, tags, codes, heading, body, "      \
	"names,"                                                                         \
	" content='', tokenize='porter unicode61 remove_diacritics 2');"                 \
	"CREATE VIRTUAL TABLE parts USING fts5(codes, names, content='', columnsize=0,"  \
	" tokenize='trigram')"
#define FIND_WORDS                                                                       \
	"SELECT rowid, CAST(-1e6 * bm25(words, 3.0, 5.0, 8.0, 4.0, 1.0, 1.0) AS "        \
	"INTEGER)"                                                                       \
	" FROM words WHERE words MATCH ?"
#define PART_SCORE "4000000"

struct text_index {
	struct db *db;
	struct strbuf match;
};

struct text_index *text_index_new(struct err *err)
{
	struct db *db = db_open_scratch(SCHEMA, err);
	struct text_index *ix;

	if (!db)
		return NULL;
	ix = xcalloc(1, sizeof(*ix));
	ix->db = db;
	strbuf_init(&ix->match, MATCH_MOST);
	return ix;
}

void text_index_free(struct text_index *ix)
{
	if (!ix)
		return;
	db_close(ix->db);
	strbuf_fini(&ix->match);
	free(ix);
}

void text_index_begin(struct text_index *ix)
{
	db_begin(ix->db);
}

bool text_index_end(struct text_index *ix, struct err *err)
{
	return db_end(ix->db, err);
}

bool text_index_is_fine(struct text_index *ix, struct err *err)
{
	return db_is_fine(ix->db, err);
}

static void put_row(struct db_query *q, const struct index_row *row)
{
	db_put_i64(q, row->id);
	db_put_text(q, row->title);
	db_put_text(q, row->tags);
	db_put_text(q, row->codes);
	db_put_text(q, row->heading);
	db_put_text(q, row->body);
	db_put_text(q, row->names);
	db_run(q);
}

static void put_codes(struct db_query *q, const struct index_row *row)
{
	db_put_i64(q, row->id);
	db_put_text(q, row->codes);
	db_put_text(q, row->names);
	db_run(q);
}

void text_index_add(struct text_index *ix, const struct index_row *row)
{
	struct db_query words = db_query(
		ix->db,
		"INSERT INTO words(rowid, title, tags, codes, heading, body, names)"
		" VALUES(?, ?, ?, ?, ?, ?, ?)");
	struct db_query parts =
		db_query(ix->db,
			 "INSERT INTO parts(rowid, codes, names) VALUES(?, ?, ?)");

	put_row(&words, row);
	put_codes(&parts, row);
}

void text_index_remove(struct text_index *ix, const struct index_row *row)
{
	struct db_query words = db_query(
		ix->db,
		"INSERT INTO words(words, rowid, title, tags, codes, heading, body,"
		" names) VALUES('delete', ?, ?, ?, ?, ?, ?, ?)");
	struct db_query parts =
		db_query(ix->db, "INSERT INTO parts(parts, rowid, codes, names)"
				 " VALUES('delete', ?, ?, ?)");

	put_row(&words, row);
	put_codes(&parts, row);
}

/* As one phrase; its marks are taken out, so that it is nothing but a phrase. */
static struct str phrase(struct text_index *ix, struct str text)
{
	strbuf_reset(&ix->match);
	strbuf_putc(&ix->match, '"');
	for (size_t i = 0; i < text.n; i++)
		strbuf_putc(&ix->match, text.p[i] == '"' ? ' ' : text.p[i]);
	strbuf_putc(&ix->match, '"');
	return strbuf_str(&ix->match);
}

size_t text_index_count(struct text_index *ix, enum index_way way, struct str text)
{
	struct db_query q =
		way == INDEX_WORDS
			? db_query(ix->db,
				   "SELECT count(*) FROM words WHERE words MATCH ?")
			: db_query(ix->db,
				   "SELECT count(*) FROM parts WHERE parts MATCH ?");
	size_t n;

	db_put_text(&q, phrase(ix, text));
	n = db_next(&q) ? (size_t)db_get_i64(&q) : 0;
	while (db_next(&q))
		;
	return n;
}

struct db_query text_index_find(struct text_index *ix, enum index_way way,
				struct str text)
{
	struct db_query q = way == INDEX_WORDS
				    ? db_query(ix->db, FIND_WORDS)
				    : db_query(ix->db, "SELECT rowid, " PART_SCORE
						       " FROM parts WHERE parts MATCH ?");

	db_put_text(&q, phrase(ix, text));
	return q;
}

bool text_index_next(struct db_query *q, int64_t *id, double *score)
{
	if (!db_next(q))
		return false;
	*id = db_get_i64(q);
	*score = (double)db_get_i64(q) / 1e6;
	return true;
}
