/* Tools over boards as they are defined and as they stand: which there are, their rows,
 * what a state means. */
#include <stdlib.h>
#include <string.h>

#include "ai/tools_part.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "board/filter.h"

/* An expression may walk all rows against all rows. */
enum { QUERIED_ROWS = 1000, QUERIED_BYTES = 4 << 20 };

static void put_columns(struct strbuf *out, const struct board_def *def)
{
	for (size_t i = 0; i < def->n_columns; i++) {
		if (!def->columns[i].is_hidden)
			strbuf_printf(out, "%s%s", i ? ", " : " (", def->columns[i].name);
	}
	strbuf_puts(out, ")");
}

static bool has_category(const struct evidence *e, const char *category)
{
	for (size_t i = 0; i < library_size(e->library); i++) {
		if (strcmp(library_entry_at(e->library, i)->category, category) == 0)
			return true;
	}
	return false;
}

/* Definitions are azdeck's own or the user's: nothing of them is from outside. */
void tool_boards(struct tool_call *call)
{
	const char *category = json_text(call->args, "category"), *last = "";
	struct strbuf *out = &call->head;

	if (category && !has_category(call->e, category)) {
		strbuf_printf(out, "There is no category \"%s\".\n", category);
		category = NULL;
	}
	for (size_t i = 0; i < library_size(call->e->library); i++) {
		const struct library_entry *entry = library_entry_at(call->e->library, i);

		if (category && strcmp(entry->category, category) != 0)
			continue;
		if (strcmp(entry->category, last) != 0)
			strbuf_printf(out, "%s%s:", *last ? "\n" : "", entry->category);
		last = entry->category;
		strbuf_printf(out, " %s", entry->name);
		if (category)
			put_columns(out, library_at(call->e->library, i));
	}
	strbuf_putc(out, '\n');
}

static bool is_kept(const struct board *board, const struct row *row, const void *ctx)
{
	const uint8_t *keep = ctx;

	return keep[row - board->rows];
}

/* It is among them. */
static size_t place_of(const struct evidence *e, const struct board *board)
{
	size_t i = 0;

	while (e->boards[i] != board)
		i++;
	return i;
}

/* The rows that an expression is asked over; NULL: the filter is wrong. */
static struct board *filtered(struct tool_call *call, const struct board *board,
			      const char *filter)
{
	uint8_t *keep = xcalloc(board->n_rows + 1, 1);
	struct board *cut = NULL;
	struct haystack hay;
	struct filter *f = NULL;
	struct err err;

	memset(keep, 1, board->n_rows);
	if (filter)
		f = filter_parse(str_from(filter), board->def, &err);
	if (filter && !f) {
		strbuf_printf(&call->head, "The filter is wrong: %s\n", err.text);
	} else {
		if (f) {
			haystack_init(&hay, board, call->e->now_ms);
			filter_apply(f, board, &hay, call->e->now_ms, keep);
			haystack_fini(&hay);
		}
		cut = board_cut(call->e->boards[place_of(call->e, board)], is_kept, keep);
	}
	filter_free(f);
	free(keep);
	return cut;
}

static void put_result(struct tool_call *call, const struct query *query,
		       const struct board *board)
{
	struct query_env env = {.now_ms = call->e->now_ms};
	struct query_value rows, value;
	struct query_error qe;
	struct strbuf text;
	struct arena arena;
	struct err err;

	arena_init(&arena);
	env.arena = &arena;
	strbuf_init(&text, QUERIED_BYTES);
	board_rows_json(board, &text);
	if (text.overflow ||
	    !query_read(strbuf_str(&text), &json_wire, &arena, &rows, &err))
		strbuf_puts(&call->head, "That is too much to ask an expression over: "
					 "give a filter.\n");
	else if (!query_eval_value(query, &rows, &env, &value, &qe))
		strbuf_printf(&call->head, "The expression fails: %s\n", qe.text);
	else
		query_print(&call->body, &value);
	if (call->body.overflow)
		strbuf_puts(&call->head, "The result is cut: ask for less.\n");
	call->body.overflow = false;
	strbuf_fini(&text);
	arena_fini(&arena);
}

static void put_query(struct tool_call *call, const struct board *board,
		      const char *expression)
{
	struct board *rows = filtered(call, board, json_text(call->args, "filter"));
	struct query_error qe;
	struct query *query;

	if (!rows)
		return;
	query = query_compile(str_from(expression), &qe);
	if (!query)
		strbuf_printf(&call->head, "The expression is wrong: %s\n", qe.text);
	else if (rows->n_rows > QUERIED_ROWS)
		strbuf_printf(&call->head,
			      "%zu rows are too many for an expression: give a "
			      "filter that leaves %d.\n",
			      rows->n_rows, QUERIED_ROWS);
	else
		put_result(call, query, rows);
	strbuf_puts(&call->head, "What an expression says cannot be cited: cite the "
				 "fields that it is made of.\n");
	query_free(query);
	board_put(rows);
}

void tool_query(struct tool_call *call)
{
	const struct board *board = tool_board(call, json_text(call->args, "board"));
	const char *expression = json_text(call->args, "jmespath");
	struct tool_rows_wanted wanted = {.filter = json_text(call->args, "filter"),
					  .time = -1,
					  .most = tool_count(call->args, "rows",
							     TOOL_ROWS)};

	if (!board)
		return;
	if (expression)
		put_query(call, board, expression);
	else
		tool_put_rows(call, board, &wanted);
}

static void put_state(struct strbuf *out, const struct state_about *state)
{
	strbuf_printf(out, "%s: %s", state->word, state->means);
	if (state->todo)
		strbuf_printf(out, " To do: %s", state->todo);
	strbuf_putc(out, '\n');
}

/* A word may be a state or a column. */
static bool put_word(struct strbuf *out, const struct board_def *def, const char *word)
{
	const struct state_about *state = board_def_state(def, str_from(word));
	ptrdiff_t column = board_def_column(def, str_from(word));

	if (state)
		put_state(out, state);
	if (column >= 0)
		strbuf_printf(out, "%s: %s\n", def->columns[column].name,
			      def->columns[column].about ? def->columns[column].about
							 : def->columns[column].title);
	return state || column >= 0;
}

void tool_explain(struct tool_call *call)
{
	const char *name = json_text(call->args, "board");
	const struct board_def *def = library_find(call->e->library, str_from(name));
	const char *word = json_text(call->args, "state");

	if (!def) {
		strbuf_printf(&call->head, "There is no board \"%s\".\n", name);
		return;
	}
	if (word && put_word(&call->head, def, word))
		return;
	if (word)
		strbuf_printf(&call->head, "%s says nothing of \"%s\".\n", def->name,
			      word);
	strbuf_printf(&call->head, "%s: %s\nColumns:", def->title, def->about);
	put_columns(&call->head, def);
	strbuf_putc(&call->head, '\n');
	for (size_t i = 0; i < def->n_states; i++)
		put_state(&call->head, &def->states[i]);
}
