/* Keys on a board of 10,000 rows: filter, sort, move, each with its frame. The
 * budget is 5 ms at the 99th percentile. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xalloc.h"
#include "board/decode.h"
#include "tui/app.h"

#define ROWS	  10000
#define ROUNDS	  40
#define BUDGET_MS 5.0

static const char definition[] =
	"{\"title\": \"Bench\", \"category\": \"bench\", \"about\": \"Rows.\","
	" \"requests\": {\"r\": {\"get\": \"/x?api-version=1\"}}, \"rows\": \"r\", "
	"\"key\": \"id\","
	" \"columns\": [{\"name\": \"id\", \"title\": \"ID\", \"value\": \"id\"},"
	" {\"name\": \"owner\", \"title\": \"OWNER\", \"value\": \"owner\"},"
	" {\"name\": \"state\", \"title\": \"STATE\", \"type\": \"state\", \"value\": "
	"\"state\","
	"  \"severity\": {\"ok\": \"ok\", \"bad\": \"crit\", \"*\": \"unknown\"}},"
	" {\"name\": \"cpu\", \"title\": \"CPU\", \"type\": \"percent\", \"value\": "
	"\"cpu\"},"
	" {\"name\": \"cost\", \"title\": \"COST\", \"type\": \"money\", \"value\": "
	"\"cost\"}]}";

static const char keys[] =
	"{\"bindings\": {\"global\": {\":\": \"command\"},"
	" \"table\": {\"j\": \"down\", \"d\": \"page-down\", \"g\": \"top\", \"s\": "
	"\"sort-next\","
	" \"/\": \"filter\", \"esc\": \"back\"},"
	" \"prompt\": {\"enter\": \"prompt-accept\", \"esc\": \"prompt-cancel\"}}}";

static void ignore_want(void *ctx, const char *const *names, size_t n)
{
	(void)ctx;
	(void)names;
	(void)n;
}

static struct board *make_board(const struct board_def *def, int64_t now_ms)
{
	cJSON *answers = cJSON_CreateObject(),
	      *rows = cJSON_AddArrayToObject(answers, "r");
	struct board *board = NULL;
	struct err err = {0};

	for (int i = 0; i < ROWS; i++) {
		cJSON *row = cJSON_CreateObject();
		char text[64];

		snprintf(text, sizeof(text), "resource-%05d", i * 7919 % ROWS);
		cJSON_AddStringToObject(row, "id", text);
		snprintf(text, sizeof(text), "team-%d", i % 97);
		cJSON_AddStringToObject(row, "owner", text);
		cJSON_AddStringToObject(row, "state", i % 50 ? "ok" : "bad");
		cJSON_AddNumberToObject(row, "cpu", i * 31 % 100);
		cJSON_AddNumberToObject(row, "cost", i * 17 % 5000);
		cJSON_AddItemToArray(rows, row);
	}
	if (!board_decode(def, answers, now_ms, &board, &err)) {
		fprintf(stderr, "bench_deck: %s\n", err.text);
		exit(1);
	}
	cJSON_Delete(answers);
	board->version = 1;
	board->fetched_ms = now_ms;
	board->is_loading = false;
	return board;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void press(struct app *app, uint32_t code)
{
	app_event(app, &(struct event){.kind = EVENT_KEY, .key = {.code = code}});
}

/* One key and its frame, again and again; false when the budget is passed. */
static bool measure(struct app *app, struct grid *grid, const char *name,
		    const char *typed)
{
	static int64_t took[ROUNDS * 16];
	size_t n = 0;
	int64_t p99;

	for (int round = 0; round < ROUNDS; round++) {
		for (const char *c = typed; *c; c++) {
			int64_t from = clock_mono_us();

			press(app, *c == '~' ? KEYCODE_ESCAPE : (uint32_t)*c);
			app_draw(app, grid);
			took[n++] = clock_mono_us() - from;
		}
	}
	qsort(took, n, sizeof(took[0]), compare);
	p99 = took[n * 99 / 100];
	printf("%-22s %5zu keys  p50 %7.3f ms  p99 %7.3f ms  (budget %.0f)\n", name, n,
	       (double)took[n / 2] / 1000, (double)p99 / 1000, BUDGET_MS);
	return (double)p99 / 1000 <= BUDGET_MS;
}

int main(void)
{
	struct clock clock;
	struct err err = {0};
	struct board_def *def =
		board_def_parse(str_from(definition), "bench", "bench", &err);
	struct keymap *keymap = keymap_parse(str_from(keys), "bench", "bench", &err);
	struct grid *grid = grid_new(120, 40);
	struct app_host host = {.want = ignore_want};
	struct app *app;
	bool is_ok;

	if (!def || !keymap) {
		fprintf(stderr, "bench_deck: %s\n", err.text);
		return 1;
	}
	clock_init_manual(&clock, (int64_t)1795234320000);
	app = app_new(&(struct app_options){.clock = &clock, .keymap = keymap}, &host);
	app_give_board(app, make_board(def, clock_wall_ms(&clock)));
	for (const char *c = ":board bench"; *c; c++)
		press(app, (uint32_t)*c);
	press(app, KEYCODE_ENTER);
	app_draw(app, grid);
	is_ok = measure(app, grid, "move", "jjjjjjdddg");
	is_ok = measure(app, grid, "sort by next column", "sssss") && is_ok;
	is_ok = measure(app, grid, "filter, key by key", "/team-42~") && is_ok;
	app_free(app);
	grid_free(grid);
	keymap_free(keymap);
	board_def_put(def);
	return is_ok ? 0 : 1;
}
