/* Runs boards over answers that Azure published or gave. They lie beside the source,
 * in "../shared/wire/arm", and are not part of it: where they are not, a case says so
 * and passes. Thread: the test's. */
#ifndef AZ_TESTS_UNIT_RECORDED_BOARDS_H
#define AZ_TESTS_UNIT_RECORDED_BOARDS_H

#include <stdlib.h>

#include "base/file.h"
#include "cli/recorded.h"
#include "board_fixture.h"

enum { RECORDED_MAX_BYTES = 8 << 20, RECORDED_MOST_PIECES = 8 };

struct recorded_board {
	const char *board, *request, *file;
	const char *item; /* of for_each, as JSON; NULL: none */
	size_t n_rows;
	const char *has[RECORDED_MOST_PIECES]; /* pieces of the rows as JSON */
};

static inline cJSON *recorded_read(const char *name)
{
	const char *source = getenv("AZ_SRCDIR");
	struct strbuf path, text;
	struct err err;
	cJSON *body = NULL;

	strbuf_init(&path, 4096);
	strbuf_init(&text, RECORDED_MAX_BYTES);
	strbuf_printf(&path, "%s/../shared/wire/arm/%s", source ? source : ".", name);
	if (!file_read(path.p, &text, &err))
		print_message("# %s is not here: not looked at\n", name);
	else if (!(body = recorded_body(
			   json_parse(strbuf_str(&text), &json_wire, NULL, &err), &err)))
		fail_msg("%s: %s", name, err.text);
	strbuf_fini(&path);
	strbuf_fini(&text);
	return body;
}

static inline void recorded_check(const struct recorded_board *c,
				  const struct board *board)
{
	struct strbuf rows;

	strbuf_init(&rows, RECORDED_MAX_BYTES);
	board_rows_json(board, &rows);
	if (board->n_rows != c->n_rows || board->surprises)
		fail_msg("%s of %s: %zu rows, %zu surprises: %s", c->board, c->file,
			 board->n_rows, (size_t)board->surprises, rows.p);
	for (size_t i = 0; i < RECORDED_MOST_PIECES && c->has[i]; i++)
		if (str_find(strbuf_str(&rows), str_from(c->has[i])) < 0)
			fail_msg("%s of %s: no %s in %s", c->board, c->file, c->has[i],
				 rows.p);
	strbuf_fini(&rows);
}

static inline void recorded_run(const struct library *library,
				const struct recorded_board *c)
{
	const struct board_def *def = library_find(library, str_from(c->board));
	const struct request_def *request = NULL;
	cJSON *answers = cJSON_CreateObject(), *body = recorded_read(c->file);
	cJSON *item = c->item ? cJSON_Parse(c->item) : NULL;
	struct board *board = NULL;
	struct err err = {0};

	check_case(c->board, def != NULL);
	for (size_t i = 0; i < def->n_requests; i++)
		if (strcmp(def->requests[i].name, c->request) == 0)
			request = &def->requests[i];
	check_case(c->request, request != NULL);
	if (body) {
		check_case(c->file, recorded_add(answers, request, body, item, &err));
		if (!board_decode(def, answers, FIXTURE_NOW_MS, &board, &err))
			fail_msg("%s of %s: %s", c->board, c->file, err.text);
		recorded_check(c, board);
	}
	board_put(board);
	cJSON_Delete(item);
	cJSON_Delete(answers);
}

#endif
