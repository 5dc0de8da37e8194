/* Thread: the test's. */
#include "sim/sim_board.h"

#include <stdio.h>
#include <stdlib.h>

#include "board/decode.h"

#define SUBS "/subscriptions?api-version=2022-12-01"

static void must(bool is_good, const struct err *err)
{
	if (is_good)
		return;
	fprintf(stderr, "sim_board: %s\n", err->text);
	abort();
}

static cJSON *answer_of(struct ask *a, const struct request_def *request,
			const cJSON *answers, const cJSON *item)
{
	struct strbuf path, body;
	struct err err = {0};
	int64_t now_ms = clock_wall_ms(&a->clock);
	cJSON *answer;

	strbuf_init(&path, 4096);
	strbuf_init(&body, 65536);
	must(request_path(request, answers, item, now_ms, &path, &err), &err);
	must(request_body(request, answers, item, now_ms, &body, &err), &err);
	answer = body.n ? ask_post(a, path.p, body.p) : ask_json(a, path.p);
	strbuf_fini(&body);
	strbuf_fini(&path);
	return answer;
}

static void add_answers(struct ask *a, const struct request_def *request, cJSON *all)
{
	const cJSON *subs =
		cJSON_GetObjectItem(cJSON_GetObjectItem(all, "subs"), "value");
	cJSON *list = cJSON_CreateArray();
	const cJSON *sub;

	cJSON_ArrayForEach (sub, subs) {
		cJSON *one = cJSON_CreateObject();

		cJSON_AddItemToObject(one, "item", cJSON_Duplicate(sub, true));
		cJSON_AddItemToObject(one, "answer", answer_of(a, request, all, sub));
		cJSON_AddItemToArray(list, one);
	}
	cJSON_AddItemToObject(all, request->name, list);
}

struct board *sim_board(struct ask *a, const struct library *library, const char *name)
{
	const struct board_def *def = library_find(library, str_from(name));
	cJSON *all = cJSON_CreateObject();
	struct board *board = NULL;
	struct err err = {0};

	cJSON_AddItemToObject(all, "subs", ask_json(a, SUBS));
	for (size_t i = 0; i < def->n_requests; i++)
		if (def->requests[i].for_each)
			add_answers(a, &def->requests[i], all);
	must(board_decode(def, all, clock_wall_ms(&a->clock), &board, &err), &err);
	board->is_loading = false;
	board->fetched_ms = clock_wall_ms(&a->clock);
	cJSON_Delete(all);
	return board;
}
