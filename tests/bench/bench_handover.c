/* What a hand-over costs the screen that shows it: written anew of a thousand rows that
 * need attention, as it is each time a board comes. Budget: 5 ms of a processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "board/decode.h"
#include "handover/handover.h"

enum { ROWS = 1000, ROUNDS = 50, BUDGET_MS = 5 };

#define NOW_MS INT64_C(1795233906000)

/* Of this process, whoever else has the machine. */
static double cpu_ms(void)
{
	return (double)clock() * 1000.0 / CLOCKS_PER_SEC;
}

static struct board *find(void *ctx, const char *name)
{
	struct board *board = ctx;

	return strcmp(board->def->name, name) == 0 ? board : NULL;
}

static struct board *make_board(const struct library *library)
{
	struct board *board = NULL;
	struct strbuf text;
	struct err err;
	cJSON *answers;

	strbuf_init(&text, 1 << 24);
	strbuf_puts(&text, "{\"attention\":{\"rows\":[");
	for (int i = 0; i < ROWS; i++)
		strbuf_printf(
			&text,
			"%s{\"what\":\"db-%d\",\"state\":\"%s\",\"why\":\"CPU %d%%\","
			"\"since\":%d,\"board\":\"sql\",\"key\":\"%d\",\"title\":\"T\"}",
			i ? "," : "", i, i % 3 ? "warning" : "critical", i % 100,
			1795233000 - i, i);
	strbuf_puts(&text, "]}}");
	answers = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (!answers || !board_decode(library_find(library, STR("attention")), answers,
				      NOW_MS, &board, &err)) {
		fprintf(stderr, "bench_handover: %s\n", err.text);
		exit(1);
	}
	board->is_loading = false;
	board->fetched_ms = NOW_MS;
	cJSON_Delete(answers);
	strbuf_fini(&text);
	return board;
}

int main(void)
{
	struct library *library = library_new(NULL, NULL, NULL);
	struct board *board = make_board(library);
	const struct handover handover = {.now_ms = NOW_MS,
					  .since_ms = 0,
					  .board = find,
					  .ctx = board};
	struct strbuf text;
	double ms;

	strbuf_init(&text, HANDOVER_MAX_BYTES);
	ms = cpu_ms();
	for (int i = 0; i < ROUNDS; i++) {
		strbuf_reset(&text);
		handover_write(&handover, &text);
	}
	ms = (cpu_ms() - ms) / ROUNDS;
	printf("handover of %d rows  %6.2f ms  %zu bytes  (budget %d ms)\n", ROWS, ms,
	       text.n, BUDGET_MS);
	strbuf_fini(&text);
	board_put(board);
	library_free(library);
	return ms <= BUDGET_MS ? 0 : 1;
}
