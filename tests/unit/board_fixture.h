/* Definitions and boards from short texts, for the board tests. */
#ifndef AZ_TESTS_UNIT_BOARD_FIXTURE_H
#define AZ_TESTS_UNIT_BOARD_FIXTURE_H

#include "check.h"

#include "base/json.h"
#include "board/decode.h"
#include "board/def.h"

/* 2026-11-21T04:05:06Z, a Saturday. */
#define FIXTURE_NOW_MS INT64_C(1795233906000)

static inline struct board_def *fixture_def(const char *text)
{
	struct err err = {0};
	struct board_def *def =
		board_def_parse(str_from(text), "test", "test.json", &err);

	if (!def)
		fail_msg("%s", err.text);
	return def;
}

static inline struct board *fixture_board(const struct board_def *def,
					  const char *answers)
{
	struct err err = {0};
	cJSON *json = json_parse(str_from(answers), &json_wire, NULL, &err);
	struct board *board = NULL;

	if (!json)
		fail_msg("%s", err.text);
	if (!board_decode(def, json, FIXTURE_NOW_MS, &board, &err))
		fail_msg("%s", err.text);
	cJSON_Delete(json);
	return board;
}

/* A definition around these columns, over the list "a.value" with the key "id". */
#define FIXTURE_DEF(columns)                                                             \
	"{\"title\": \"T\", \"category\": \"test\", \"about\": \"A.\","                  \
	" \"requests\": {\"a\": {\"get\": \"/a\"}}, \"rows\": \"a.value\", \"key\": "    \
	"\"id\","                                                                        \
	" \"columns\": [" columns "]}"

#endif
