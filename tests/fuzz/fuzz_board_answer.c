/* HTTP answers to boards: any JSON through a rich definition. Whatever comes, the
 * cells are safe to draw, keys are unique, and every row formats, filters, sorts
 * and prints as JSON that reads back. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/utf8.h"
#include "board/decode.h"
#include "board/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MAX_CELLS = 9 };
#define NOW_MS INT64_C(1795233906000)

static const char def_text[] =
	"{\"title\":\"T\",\"category\":\"c\",\"about\":\"a\",\"requests\":{"
	"\"a\":{\"get\":\"/a\"},\"b\":{\"for_each\":\"a.value\",\"get\":\"{item.id}\"}},"
	"\"tables\":{\"t\":{\"rows\":\"[a.value, "
	"b[].answer.value[]][]\",\"key\":\"id\"}},"
	"\"rows\":\"[a.value, b[].answer.value[]][]\",\"where\":\"skip != "
	"`true`\",\"key\":\"id\","
	"\"columns\":["
	"{\"name\":\"x\",\"title\":\"X\",\"value\":\"x\"},"
	"{\"name\":\"st\",\"title\":\"S\",\"type\":\"state\",\"value\":\"st\","
	"\"severity\":"
	"{\"Online\":\"ok\",\"*\":\"warn\",\"null\":\"info\"}},"
	"{\"name\":\"num\",\"title\":\"N\",\"type\":\"number\",\"value\":\"n\",\"unit\":"
	"\"u\","
	"\"severity\":[{\"when\":\"num > `9` && st != 'x'\",\"is\":\"crit\"}]},"
	"{\"name\":\"by\",\"title\":\"B\",\"type\":\"bytes\",\"value\":\"n\"},"
	"{\"name\":\"mo\",\"title\":\"M\",\"type\":\"money\",\"value\":\"n\","
	"\"currency\":\"x\"},"
	"{\"name\":\"pe\",\"title\":\"P\",\"type\":\"percent\",\"value\":\"n\"},"
	"{\"name\":\"ti\",\"title\":\"T\",\"type\":\"time\",\"value\":\"t\"},"
	"{\"name\":\"ag\",\"title\":\"A\",\"type\":\"age\",\"value\":\"t\"},"
	"{\"name\":\"du\",\"title\":\"D\",\"type\":\"duration\",\"value\":\"d\"},"
	"{\"name\":\"se\",\"title\":\"H\",\"type\":\"series\",\"value\":\"s\"},"
	"{\"name\":\"lo\",\"title\":\"L\",\"value\":\"lookup('t', to_string(x)).st\"}],"
	"\"severity\":[{\"when\":\"contains(to_string(@), 'bad')\",\"is\":\"warn\"}]}";

static void must(bool held)
{
	if (!held)
		abort();
}

static void must_be_safe(struct str text)
{
	struct strbuf clean;

	strbuf_init(&clean, text.n * 3 + 1);
	sanitize_line(&clean, text);
	must(str_eq(strbuf_str(&clean), text));
	strbuf_fini(&clean);
}

static void check_row(const struct board *board, size_t i)
{
	const struct row *row = &board->rows[i];

	must(board_find(board, row->key) == (ptrdiff_t)i);
	must_be_safe(row->key);
	must_be_safe(row->raw);
	for (size_t k = 0; k < board->def->n_columns; k++) {
		const struct column *column = &board->def->columns[k];
		struct strbuf out;

		must_be_safe(str_from(row->cells[k].text));
		must(row->cells[k].sev <= row->sev);
		strbuf_init(&out, 4096);
		cell_format(&out, column, &row->cells[k], NOW_MS, MAX_CELLS);
		must(utf8_width(strbuf_str(&out)) <= MAX_CELLS);
		strbuf_reset(&out);
		cell_format_ascii(&out, column, &row->cells[k], NOW_MS, 0);
		strbuf_fini(&out);
	}
}

static void check_view(struct board *board)
{
	static const char *const filters[] = {"a", "!a b", "/[a-f]+/", "st:on", "1"};
	struct board_view view;
	struct err err;

	view_init(&view);
	view_set_board(&view, board, NOW_MS);
	for (size_t k = 0; k < board->def->n_columns; k++)
		view_set_order(&view, (struct view_order){.column = (ptrdiff_t)k,
							  .is_descending = k % 2,
							  .severity_first = k % 3 == 0});
	must(view.n == board->n_rows);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		must(view_set_filter(&view, str_from(filters[i]), &err));
		must(view.n <= board->n_rows);
	}
	view_fini(&view);
}

static void check_json(const struct board *board)
{
	struct strbuf out;
	struct err err;
	cJSON *again;

	strbuf_init(&out, 64 << 20);
	board_rows_json(board, &out);
	again = json_parse(strbuf_str(&out), &json_wire, NULL, &err);
	must(again && (size_t)cJSON_GetArraySize(again) == board->n_rows);
	cJSON_Delete(again);
	strbuf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct board_def *def;
	struct str text = {.p = (const char *)data, .n = n};
	struct board *board;
	struct err err;
	cJSON *answers;

	if (!def)
		def = board_def_parse(str_from(def_text), "fuzz", "fuzz.json", &err);
	must(def != NULL);
	answers = n > 1 << 16 ? NULL : json_parse(text, &json_wire, NULL, &err);
	if (!answers)
		return 0;
	if (board_decode(def, answers, NOW_MS, &board, &err)) {
		for (size_t i = 0; i < board->n_rows; i++)
			check_row(board, i);
		check_view(board);
		check_json(board);
		board_put(board);
	}
	cJSON_Delete(answers);
	return 0;
}
