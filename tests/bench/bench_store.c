/* What the history costs: adding a version of a large board, bytes a day, a day's
 * sparkline of a thousand rows, a board as it was. Budget: the sparkline in 5 ms. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "base/rng.h"
#include "board/decode.h"
#include "store/frames.h"
#include "store/recorder.h"
#include "store/samples.h"

#define NOW_MS INT64_C(1795233906000)
#define DAY_MS INT64_C(86400000)

static const char def_text[] =
	"{\"title\":\"Bench\",\"category\":\"bench\",\"about\":\"a\","
	"\"requests\":{\"a\":{\"get\":\"/"
	"a\"}},\"rows\":\"a[]\",\"key\":\"id\",\"columns\":["
	"{\"name\":\"id\",\"title\":\"NAME\",\"value\":\"id\"},"
	"{\"name\":\"status\",\"title\":\"STATUS\",\"type\":\"state\",\"value\":\"s\","
	"\"severity\":{\"Online\":\"ok\",\"Paused\":\"warn\"}},"
	"{\"name\":\"sku\",\"title\":\"SKU\",\"value\":\"'GP_Gen5_4'\"},"
	"{\"name\":\"region\",\"title\":\"REGION\",\"value\":\"'westeurope'\"},"
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"history\":true,"
	"\"value\":\"v\"},"
	"{\"name\":\"size\",\"title\":\"SIZE\",\"type\":\"bytes\",\"value\":\"b\"}]}";

static struct board *make_board(const struct board_def *def, int rows, struct rng *rng,
				int64_t at_ms)
{
	struct strbuf text;
	struct json_limits limits = json_wire;
	struct board *board = NULL;
	struct err err = {0};
	cJSON *tree;

	strbuf_init(&text, 64u << 20);
	strbuf_puts(&text, "{\"a\":[");
	for (int i = 0; i < rows; i++)
		strbuf_printf(
			&text,
			"%s{\"id\":\"/subscriptions/11111111-2222-3333-4444-"
			"555555555555/resourceGroups/rg-%d/providers/Microsoft.Sql/"
			"servers/sql-%d/databases/orders-%06d\",\"s\":\"%s\",\"v\":%d.5,"
			"\"b\":%d000}",
			i ? "," : "", i % 40, i % 300, i,
			rng_range(rng, 0, 499) ? "Online" : "Paused",
			(int)rng_range(rng, 0, 89), i * 7);
	strbuf_puts(&text, "]}");
	limits.max_bytes = text.max;
	tree = json_parse(strbuf_str(&text), &limits, NULL, &err);
	if (!tree || !board_decode(def, tree, at_ms, &board, &err)) {
		fprintf(stderr, "bench_store: %s\n", err.text);
		exit(1);
	}
	board->is_loading = false;
	board->fetched_ms = at_ms;
	cJSON_Delete(tree);
	strbuf_fini(&text);
	return board;
}

/* Of the processor: what others do on the machine does not count. */
static double now_ms(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static double add(struct recorder *r, struct board *board, int64_t at_ms)
{
	double began = now_ms();
	struct err err;

	recorder_begin(r);
	recorder_add(r, board, at_ms);
	if (!recorder_end(r, &err)) {
		fprintf(stderr, "bench_store: %s\n", err.text);
		exit(1);
	}
	return now_ms() - began;
}

static void read_sparkline(struct recorder *r, const struct board_def *def,
			   const struct board *board)
{
	struct samples_span span = {.from_ms = NOW_MS - NOW_MS % SAMPLES_COARSE_MS,
				    .step_ms = SAMPLES_COARSE_MS,
				    .n = 288};
	int64_t name = name_find(recorder_db(r), 0, str_from(def->name));
	int64_t *ids = calloc(board->n_rows, sizeof(*ids));
	float *out = calloc(board->n_rows * span.n, sizeof(*out));
	double began;

	for (size_t i = 0; i < board->n_rows; i++)
		ids[i] = name_find(recorder_db(r), name, board->rows[i].key);
	for (int i = 0; i < 5; i++) {
		began = now_ms();
		if (!samples_read(recorder_db(r), name, "cpu", &span, ids, board->n_rows,
				  out))
			exit(1);
		printf("24 h of %zu rows             %8.2f ms (budget 5)\n",
		       board->n_rows, now_ms() - began);
	}
	began = now_ms();
	board_put(frames_at(recorder_db(r), def, NOW_MS + DAY_MS / 2));
	printf("a board of %zu rows as it was %7.2f ms\n", board->n_rows,
	       now_ms() - began);
	free(ids);
	free(out);
}

static int64_t size_of(struct recorder *r)
{
	return db_size(recorder_db(r));
}

/* Looks at a board, a minute apart; `kinds` versions in turn: 1 is a board on which
 * nothing moves. */
static void run(const char *path, int rows, int minutes, int kinds)
{
	static const struct recorder_limits ample = {.keep_ms = 30 * DAY_MS,
						     .max_bytes = INT64_C(1) << 40};
	struct rng rng;
	struct err err = {0}, aside;
	struct board_def *def =
		board_def_parse(str_from(def_text), "bench", "bench.json", &err);
	struct db *db = db_open(path, &aside, &err);
	struct recorder *r;
	struct board *versions[8];
	double total = 0, worst = 0, first = 0;
	int64_t first_bytes = 0;

	if (!def || !db) {
		fprintf(stderr, "bench_store: %s\n", err.text);
		exit(1);
	}
	rng_init(&rng, 7);
	r = recorder_new(db, &ample);
	for (int i = 0; i < 8; i++)
		versions[i] = make_board(def, rows, &rng, NOW_MS);
	for (int i = 0; i < minutes; i++) {
		struct board *board = board_remark(versions[i % kinds]);
		double ms;

		board->fetched_ms = NOW_MS + i * 60000;
		ms = add(r, board, board->fetched_ms);
		first_bytes = i ? first_bytes : size_of(r);
		first = i ? first : ms;
		total += i ? ms : 0;
		worst = i && ms > worst ? ms : worst;
		board_put(board);
	}
	printf("%d rows, %s: a version %8.2f ms (worst %.1f, first %.1f)\n", rows,
	       kinds > 1 ? "all move" : "none moves", total / (minutes - 1), worst,
	       first);
	printf("%d rows, %s: a day     %8.1f MiB, and %.1f once\n", rows,
	       kinds > 1 ? "all move" : "none moves",
	       (double)(size_of(r) - first_bytes) / (1 << 20) * 1440 / minutes,
	       (double)first_bytes / (1 << 20));
	if (minutes >= 1440)
		read_sparkline(r, def, versions[0]);
	for (int i = 0; i < 8; i++)
		board_put(versions[i]);
	recorder_free(r);
	board_def_put(def);
}

int main(void)
{
	char dir[] = "/tmp/azdeck-bench-XXXXXX", path[64], command[96];

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/a.db", dir);
	run(path, 1000, 1500, 8);
	snprintf(path, sizeof(path), "%s/b.db", dir);
	run(path, 10000, 60, 8);
	snprintf(path, sizeof(path), "%s/c.db", dir);
	run(path, 10000, 60, 1);
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command);
}
