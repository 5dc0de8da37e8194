/* A frame of the history, as somebody else may have written it: read with its own
 * layout and as a board of another one; what was read is written and read again. */
#include <stdint.h>
#include <stdlib.h>

#include "store/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char def_text[] =
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\","
	"\"requests\":{\"a\":{\"get\":\"/"
	"a\"}},\"rows\":\"a\",\"key\":\"id\",\"columns\":["
	"{\"name\":\"t\",\"title\":\"T\",\"value\":\"t\"},"
	"{\"name\":\"s\",\"title\":\"S\",\"type\":\"state\",\"value\":\"s\"},"
	"{\"name\":\"n\",\"title\":\"N\",\"type\":\"number\",\"value\":\"n\"},"
	"{\"name\":\"m\",\"title\":\"M\",\"type\":\"money\",\"value\":\"m\"},"
	"{\"name\":\"d\",\"title\":\"D\",\"type\":\"series\",\"value\":\"d\"}]}";

static void must(bool held)
{
	if (!held)
		abort();
}

static void again(const struct board_def *def, const struct frame_map *map,
		  const struct row *row, struct arena *arena)
{
	struct strbuf bytes;
	struct frame_entry entry;
	struct row back;
	struct str rest;

	strbuf_init(&bytes, 1 << 22);
	frame_put_row(&bytes, 7, def, row);
	rest = strbuf_str(&bytes);
	must(frame_next(&rest, &entry) && entry.id == 7 && rest.n == 0);
	if (entry.kind == FRAME_ROW) {
		must(frame_read_row(entry.bytes, map, def, arena, &back));
		must(back.sev == row->sev);
		for (size_t i = 0; i < def->n_columns; i++)
			must(back.cells[i].is_null == row->cells[i].is_null);
	}
	strbuf_fini(&bytes);
}

/* What a part made of a row is the same when it is made again from the row. */
static void part(const struct board_def *def, const struct frame_map *map,
		 const struct frame_map *own, struct str bytes, struct row *row,
		 struct arena *arena)
{
	struct row before = *row, back;
	struct strbuf again_bytes;
	struct frame_entry entry;
	struct str rest;

	before.cells = arena_alloc(arena, def->n_columns * sizeof(*row->cells));
	memcpy(before.cells, row->cells, def->n_columns * sizeof(*row->cells));
	if (!frame_read_part(bytes, map, arena, row)) {
		*row = before;
		return;
	}
	strbuf_init(&again_bytes, 1 << 22);
	frame_put_part(&again_bytes, 7, def, &before, row, bytes.n % 2);
	rest = strbuf_str(&again_bytes);
	must(frame_next(&rest, &entry));
	back = before;
	if (entry.kind == FRAME_PART) {
		must(frame_read_part(entry.bytes, own, arena, &back));
		must(back.sev == row->sev);
		for (size_t i = 0; i < def->n_columns; i++)
			must(back.cells[i].is_null == row->cells[i].is_null &&
			     strcmp(back.cells[i].text, row->cells[i].text) == 0);
	}
	strbuf_fini(&again_bytes);
}

/* Up to a NUL the layout, then the entries. */
static void read_all(const struct board_def *def, struct str text)
{
	struct frame_map map, own;
	struct str layout = {0};
	struct strbuf own_layout;
	struct frame_entry entry;
	struct arena arena;
	struct row row = {0};

	arena_init(&arena);
	strbuf_init(&own_layout, 4096);
	frame_layout(def, &own_layout);
	must(frame_map_make(&own, strbuf_str(&own_layout), def, &arena));
	str_next(&text, '\0', &layout);
	if (!frame_map_make(&map, layout, def, &arena))
		map = own;
	while (text.p && frame_next(&text, &entry)) {
		if (entry.kind == FRAME_ROW &&
		    frame_read_row(entry.bytes, &map, def, &arena, &row))
			again(def, &own, &row, &arena);
		else if (entry.kind == FRAME_PART && row.cells)
			part(def, &map, &own, entry.bytes, &row, &arena);
	}
	must(text.n == 0);
	strbuf_fini(&own_layout);
	arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct board_def *def;
	struct err err;

	if (!def)
		def = board_def_parse(str_from(def_text), "f", "f.json", &err);
	must(def != NULL);
	if (n)
		read_all(def, (struct str){.p = (const char *)data, .n = n});
	return 0;
}
