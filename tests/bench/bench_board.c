/* What a large board costs: decode, history, filters, sorts, new versions, memory.
 * Budgets: 10,000 rows x 10 columns decode in 60 ms, a key takes 5 ms. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/json.h"
#include "board/decode.h"
#include "board/history.h"
#include "board/view.h"

#define NOW_MS INT64_C(1795233906000)

static const char def_text[] =
	"{\"title\":\"Bench\",\"category\":\"bench\",\"about\":\"a\","
	"\"requests\":{\"a\":{\"get\":\"/a\"}},\"rows\":\"a.value[]\",\"where\":\"name "
	"!= 'master'\","
	"\"key\":\"lower(id)\",\"columns\":["
	"{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"name\"},"
	"{\"name\":\"server\",\"title\":\"SERVER\",\"value\":\"split(id, '/')[8]\"},"
	"{\"name\":\"status\",\"title\":\"STATUS\",\"type\":\"state\",\"value\":"
	"\"properties.status\","
	"\"severity\":{\"Online\":\"ok\",\"Scaling\":\"warn\",\"*\":\"unknown\"}},"
	"{\"name\":\"sku\",\"title\":\"SKU\",\"value\":\"sku.name\"},"
	"{\"name\":\"region\",\"title\":\"REGION\",\"value\":\"location\"},"
	"{\"name\":\"size\",\"title\":\"SIZE\",\"type\":\"bytes\",\"value\":\"properties."
	"maxSizeBytes\"},"
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"history\":true,"
	"\"value\":\"properties.cpu\","
	"\"severity\":[{\"when\":\"cpu >= `98`\",\"is\":\"crit\"},"
	"{\"when\":\"cpu >= `90`\",\"is\":\"warn\"}]},"
	"{\"name\":\"cost\",\"title\":\"COST\",\"type\":\"money\",\"value\":\"properties."
	"cost\","
	"\"currency\":\"'EUR'\"},"
	"{\"name\":\"created\",\"title\":\"AGE\",\"type\":\"age\",\"value\":\"properties."
	"creationDate\"},"
	"{\"name\":\"capacity\",\"title\":\"CAP\",\"type\":\"number\",\"value\":\"sku."
	"capacity\"}]}";

static cJSON *make_answers(int rows)
{
	static const char *const words[] = {"Online", "Online", "Online", "Scaling",
					    "Paused"};
	struct strbuf text;
	struct json_limits limits = json_wire;
	struct err err = {0};
	cJSON *tree;

	strbuf_init(&text, 512u << 20);
	strbuf_puts(&text, "{\"a\":{\"value\":[");
	for (int i = 0; i < rows; i++)
		strbuf_printf(
			&text,
			"%s{\"id\":\"/subscriptions/11111111-2222-3333-4444-555555555555/"
			"resourceGroups/rg-atlas-%d/providers/Microsoft.Sql/servers/"
			"sql-%d/"
			"databases/orders-%06d\",\"name\":\"orders-%06d\",\"location\":"
			"\"westeurope\",\"sku\":{\"name\":\"GP_Gen5_%d\",\"tier\":"
			"\"GeneralPurpose\",\"capacity\":%d},\"properties\":{\"status\":"
			"\"%s\","
			"\"maxSizeBytes\":%d000000,\"cpu\":%d.%d,\"cost\":%d.37,"
			"\"creationDate\":"
			"\"2026-0%d-1%dT04:41:33.937Z\",\"collation\":\"SQL_Latin1\"}}",
			i ? "," : "", i % 40, i % 300, i * 7919 % 1000003,
			i * 7919 % 1000003, i % 16, i % 16, words[i % 5], i % 5000,
			i * 31 % 100, i % 10, i % 900, i % 9 + 1, i % 10);
	strbuf_puts(&text, "]}}");
	limits.max_bytes = text.max;
	tree = json_parse(strbuf_str(&text), &limits, NULL, &err);
	if (!tree) {
		fprintf(stderr, "bench_board: %s\n", err.text);
		exit(1);
	}
	strbuf_fini(&text);
	return tree;
}

static void say(const char *what, int rows, int64_t since_us)
{
	printf("%7d rows  %-30s %8.2f ms\n", rows, what,
	       (double)(clock_mono_us() - since_us) / 1000);
}

static void bench_filter(struct board_view *view, const char *text, const char *what,
			 int rows)
{
	struct err err = {0};
	int64_t start = clock_mono_us();

	if (!view_set_filter(view, str_from(text), &err))
		fprintf(stderr, "bench_board: %s\n", err.text);
	say(what, rows, start);
}

static struct board *decode(const struct board_def *def, const cJSON *answers, int rows)
{
	int64_t start = clock_mono_us();
	struct board *board;
	struct err err = {0};

	if (!board_decode(def, answers, NOW_MS, &board, &err)) {
		fprintf(stderr, "bench_board: %s\n", err.text);
		exit(1);
	}
	say("decode", rows, start);
	return board;
}

static void bench_keys(struct board_view *view, const struct board_def *def, int rows)
{
	int64_t start;

	bench_filter(view, "o", "filter: first key", rows);
	bench_filter(view, "or", "filter: second key", rows);
	bench_filter(view, "12 online", "filter: two words", rows);
	bench_filter(view, "status:paused", "filter: one column", rows);
	bench_filter(view, "/-0*12.*5$/", "filter: regex", rows);
	bench_filter(view, "", "filter: none", rows);
	for (ptrdiff_t column = 0; column < 7; column += 3) {
		char what[40];

		start = clock_mono_us();
		view_set_order(view, (struct view_order){.column = column,
							 .severity_first = column == 3});
		snprintf(what, sizeof(what), "sort: by %s", def->columns[column].name);
		say(what, rows, start);
	}
	bench_filter(view, "orders", "filter and sort", rows);
}

/* What a poll costs whoever shows the board: the next version, a mark on the same
 * rows, and the last hold given up. */
static void bench_versions(struct board_view *view, struct board *next, int rows)
{
	struct board *marked;
	int64_t start = clock_mono_us();

	marked = board_remark(view->board);
	view_set_board(view, marked, NOW_MS);
	board_put(marked);
	say("share: marked stale", rows, start);
	start = clock_mono_us();
	view_set_board(view, next, NOW_MS);
	say("share: next version, filtered", rows, start);
	start = clock_mono_us();
	view_set_board(view, next, NOW_MS);
	say("share: the same again", rows, start);
}

static void bench_history(struct history *history, struct board *board, int rows)
{
	int64_t start = clock_mono_us();

	history_add(history, board, NOW_MS);
	say("history: one round", rows, start);
}

static void bench_print(const struct board *board, int rows)
{
	struct strbuf out;
	int64_t start = clock_mono_us();

	strbuf_init(&out, 512u << 20);
	board_rows_json(board, &out);
	say("rows as JSON", rows, start);
	strbuf_fini(&out);
}

static void bench(const struct board_def *def, int rows)
{
	cJSON *answers = make_answers(rows);
	struct board *board, *next;
	struct history history;
	struct board_view view;
	int64_t start;

	history_init(&history, def);
	board = decode(def, answers, rows);
	bench_history(&history, board, rows);
	next = decode(def, answers, rows);
	bench_history(&history, next, rows);
	printf("%7d rows  %-30s %8zu bytes a row\n", rows, "memory",
	       next->arena.bytes / next->n_rows);
	cJSON_Delete(answers);
	view_init(&view);
	view_set_board(&view, board, NOW_MS);
	board_put(board);
	bench_keys(&view, def, rows);
	bench_versions(&view, next, rows);
	bench_print(next, rows);
	view_fini(&view);
	start = clock_mono_us();
	board_put(next);
	say("share: the last one lets go", rows, start);
	history_fini(&history);
}

int main(void)
{
	struct err err = {0};
	struct board_def *def =
		board_def_parse(str_from(def_text), "bench", "bench", &err);
	struct library *lib;
	int64_t start = clock_mono_us();

	if (!def) {
		fprintf(stderr, "bench_board: %s\n", err.text);
		return 1;
	}
	lib = library_new(NULL, NULL, NULL);
	printf("%7zu boards %-29s %8.2f ms\n", library_size(lib), "read all definitions",
	       (double)(clock_mono_us() - start) / 1000);
	library_free(lib);
	bench(def, 10000);
	bench(def, 100000);
	board_def_put(def);
	return 0;
}
