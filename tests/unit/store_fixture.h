/* A small board that moves, and a history in memory, for the store tests. */
#ifndef AZ_TESTS_UNIT_STORE_FIXTURE_H
#define AZ_TESTS_UNIT_STORE_FIXTURE_H

#include "board_fixture.h"

#include <stdio.h>

#include "store/db.h"

#define MINUTE_MS INT64_C(60000)

static inline struct board_def *store_def(void)
{
	return fixture_def(FIXTURE_DEF(
		"{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"id\"},"
		"{\"name\":\"state\",\"title\":\"STATE\",\"type\":\"state\",\"value\":"
		"\"s\","
		"\"severity\":{\"Online\":\"ok\",\"Paused\":\"warn\",\"Down\":\"crit\"}},"
		"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"value\":"
		"\"v\","
		"\"history\":true,"
		"\"severity\":[{\"when\":\"cpu >= `90`\",\"is\":\"crit\"}]},"
		"{\"name\":\"cost\",\"title\":\"COST\",\"type\":\"money\",\"value\":"
		"\"c\","
		"\"currency\":\"'EUR'\"},"
		"{\"name\":\"days\",\"title\":\"DAYS\",\"type\":\"series\",\"value\":"
		"\"d\"}"));
}

/* "x Online 7, y Paused null": rows with id, state and figure. */
static inline struct board *store_board(const struct board_def *def, const char *rows,
					int64_t at_ms)
{
	char answers[4096] = "{\"a\":{\"value\":[", id[16], state[16], value[16];
	size_t n = strlen(answers);
	struct str rest = str_from(rows), part;
	struct board *board;

	while (rest.n && str_next(&rest, ',', &part)) {
		char text[64];

		part = str_trim(part);
		snprintf(text, sizeof(text), "%.*s", STR_ARG(part));
		assert_int_equal(sscanf(text, "%15s %15s %15s", id, state, value), 3);
		n += (size_t)snprintf(answers + n, sizeof(answers) - n,
				      "%s{\"id\":\"%s\",\"s\":\"%s\",\"v\":%s,\"c\":12.5,"
				      "\"d\":[1,null,2.5]}",
				      answers[n - 1] == '[' ? "" : ",", id, state, value);
	}
	snprintf(answers + n, sizeof(answers) - n, "]}}");
	board = fixture_board(def, answers);
	board->is_loading = false;
	board->fetched_ms = board->asked_ms = at_ms;
	return board;
}

/* The other way round, worst cell in capitals: "x Online 7; y Paused ?". */
static inline const char *store_text(const struct board *board)
{
	static char text[4096];
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; board && i < board->n_rows; i++) {
		const struct cell *cells = board->rows[i].cells;
		char value[16] = "null";

		if (!cells[2].is_null)
			snprintf(value, sizeof(value), "%g", cells[2].number);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%.*s %s %s",
				      i ? ", " : "", STR_ARG(board->rows[i].key),
				      cells[1].text, value);
	}
	return board ? text : "none";
}

static inline struct db *store_db(void)
{
	struct err err, aside;
	struct db *db = db_open(NULL, &aside, &err);

	if (!db)
		fail_msg("%s", err.text);
	return db;
}

#endif
