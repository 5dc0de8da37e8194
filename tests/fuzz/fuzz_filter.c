/* A filter as it is typed, over a small board: "filter, line end, cell". A row is
 * kept or not, and again so when it is asked again; what is highlighted lies within
 * the cell, in order and apart. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "board/decode.h"
#include "board/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MAX_RANGES = 8 };

static const char def_text[] =
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{\"a\":{"
	"\"get\":"
	"\"/a\"}},\"rows\":\"a\",\"key\":\"k\",\"columns\":["
	"{\"name\":\"name\",\"title\":\"NAME\",\"value\":\"n\"},"
	"{\"name\":\"cpu\",\"title\":\"CPU\",\"type\":\"percent\",\"value\":\"c\"}]}";

static void must(bool held)
{
	if (!held)
		abort();
}

static struct board *make_board(const struct board_def *def, struct str cell)
{
	struct strbuf text;
	struct board *board = NULL;
	struct err err;
	cJSON *answers;

	strbuf_init(&text, 6 * cell.n + 200);
	strbuf_puts(&text, "{\"a\":[{\"k\":\"1\",\"c\":12.5,\"n\":");
	json_print_text(&text, cell);
	strbuf_puts(&text, "},{\"k\":\"2\",\"n\":\"db-prod-01 \\u00e9\\u6771\"}]}");
	answers = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (answers)
		must(board_decode(def, answers, 0, &board, &err));
	cJSON_Delete(answers);
	strbuf_fini(&text);
	return board;
}

static void check_ranges(const struct filter *f, const struct board *board)
{
	for (size_t i = 0; i < board->n_rows; i++) {
		struct str text = str_from(board->rows[i].cells[0].text);
		struct filter_range ranges[MAX_RANGES];
		size_t n = filter_ranges(f, 0, text, ranges, MAX_RANGES), end = 0;

		must(n <= MAX_RANGES);
		for (size_t k = 0; k < n; k++) {
			must(ranges[k].n > 0);
			must(k == 0 || ranges[k].at > end);
			end = ranges[k].at + ranges[k].n;
			must(end <= text.n);
		}
	}
}

static void check(const struct board_def *def, const struct board *board, struct str text)
{
	struct err err;
	struct filter *f = filter_parse(text, def, &err);
	uint8_t keep[2] = {1, 1}, again[2] = {1, 1};
	struct haystack hay;

	if (!f) {
		must(err.code != ERR_NONE && err.text[0]);
		return;
	}
	haystack_init(&hay, board, 0);
	filter_apply(f, board, &hay, 0, keep);
	filter_apply(f, board, &hay, 0, again);
	must(keep[0] <= 1 && keep[1] <= 1);
	must(memcmp(keep, again, sizeof(keep)) == 0);
	check_ranges(f, board);
	haystack_fini(&hay);
	filter_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str cell = {.p = (const char *)data, .n = n}, filter = {0};
	struct board_def *def;
	struct board *board;
	struct err err;

	if (n == 0 || n > 8192)
		return 0;
	str_next(&cell, '\n', &filter);
	if (!cell.p)
		cell = STR("plain");
	def = board_def_parse(str_from(def_text), "t", "t.json", &err);
	must(def != NULL);
	board = make_board(def, cell);
	if (board)
		check(def, board, filter);
	board_put(board);
	board_def_put(def);
	return 0;
}
