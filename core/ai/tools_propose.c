/* The tool that proposes an action: checks that there is such an action, that the row is
 * one it is for, and that its inputs may be given, and names it. It makes no plan; a
 * person does, who sees what it would change and may leave it. */
#include <string.h>

#include "act/scope.h"
#include "ai/tools_part.h"
#include "base/json.h"
#include "base/percent.h"
#include "board/read.h"

static void put_actions(struct tool_call *call, const char *board)
{
	size_t n = 0;

	for (size_t i = 0; i < actions_size(call->actions); i++) {
		const struct action *action = actions_at(call->actions, i);

		if (strcmp(action->board, board) != 0)
			continue;
		strbuf_printf(&call->head, "%s%s",
			      n++ ? ", " : "Actions of that board: ", action->name);
		for (size_t k = 0; k < action->n_inputs; k++)
			strbuf_printf(&call->head, " %s", action->inputs[k].name);
	}
	strbuf_puts(&call->head, n ? ".\n" : "That board has no actions.\n");
}

static const struct action *find_action(struct tool_call *call)
{
	const char *name = json_text(call->args, "action");
	const char *board = json_text(call->args, "board");
	const struct action *action = actions_find(call->actions, str_from(name));

	if (action && strcmp(action->board, board) == 0)
		return action;
	strbuf_printf(&call->head,
		      "Not proposed: there is no action \"%s\" for rows of %s. ", name,
		      board);
	put_actions(call, board);
	return NULL;
}

/* By its key, or by the name a person would type. NULL: none, or several. */
static const struct row *find_row(struct tool_call *call, const struct board *board,
				  const struct action *action)
{
	struct str wanted = str_from(json_text(call->args, "row"));
	ptrdiff_t at = board_find(board, wanted);
	size_t n = 0;

	for (size_t i = 0; at < 0 && i < board->n_rows; i++)
		n += str_eq_nocase(str_from(read_text(board, i, action->target)), wanted);
	for (size_t i = 0; n == 1 && at < 0; i++) {
		if (str_eq_nocase(str_from(read_text(board, i, action->target)), wanted))
			at = (ptrdiff_t)i;
	}
	if (at >= 0)
		return &board->rows[at];
	strbuf_printf(&call->head,
		      "Not proposed: on %s %s; ask the person which one is meant.\n",
		      board->def->name,
		      n ? "several rows are called so" : "no row is called so");
	return NULL;
}

static const char *chosen(const cJSON *inputs, const char *name)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, inputs) {
		if (strcmp(json_text(item, "name"), name) == 0)
			return json_text(item, "value");
	}
	return NULL;
}

/* The values an input may have, where they can be told without reading anything. */
static bool is_listed(struct tool_call *call, const cJSON *scope,
		      const struct action_input *input, const char *value)
{
	struct err ignored;
	cJSON *list = input->values ? scope_value(scope, input->values, call->e->now_ms,
						  &ignored)
				    : NULL;
	bool is_there = !cJSON_IsArray(list) || !list->child;
	const cJSON *item;

	cJSON_ArrayForEach (item, list) {
		if (cJSON_IsString(item) && strcmp(item->valuestring, value) == 0)
			is_there = true;
	}
	if (!is_there) {
		strbuf_printf(&call->head, "Not proposed: %s is one of ", input->name);
		json_print(&call->head, list);
		strbuf_putc(&call->head, '\n');
	}
	cJSON_Delete(list);
	return is_there;
}

static bool check_input(struct tool_call *call, const cJSON *scope,
			const struct action_input *input, const char *value)
{
	double number;

	if (!value && input->initial)
		return true;
	if (!value) {
		strbuf_printf(&call->head,
			      "Not proposed: it needs the input %s (%s)%s%s\n",
			      input->name, input->title, input->about ? ": " : "",
			      input->about ? input->about : "");
		return false;
	}
	if (!input->is_number)
		return is_listed(call, scope, input, value);
	if (str_to_f64(str_from(value), &number) && number >= input->least &&
	    number <= input->most)
		return true;
	strbuf_printf(&call->head, "Not proposed: %s is a number from %g to %g\n",
		      input->name, input->least, input->most);
	return false;
}

static bool is_input(const struct action *action, const char *name)
{
	for (size_t i = 0; i < action->n_inputs; i++) {
		if (strcmp(action->inputs[i].name, name) == 0)
			return true;
	}
	return false;
}

static bool check_inputs(struct tool_call *call, const cJSON *scope,
			 const struct action *action)
{
	const cJSON *inputs = json_member(call->args, "inputs"), *item;

	cJSON_ArrayForEach (item, inputs) {
		if (!is_input(action, json_text(item, "name"))) {
			strbuf_printf(&call->head,
				      "Not proposed: it has no input \"%s\". ",
				      json_text(item, "name"));
			put_actions(call, action->board);
			return false;
		}
	}
	for (size_t i = 0; i < action->n_inputs; i++) {
		if (!check_input(call, scope, &action->inputs[i],
				 chosen(inputs, action->inputs[i].name)))
			return false;
	}
	return true;
}

/* Of rows it is not offered for nobody could plan it. */
static bool may_be_for(struct tool_call *call, const cJSON *scope,
		       const struct action *action)
{
	struct err ignored;

	if (!action->when || scope_holds(json_member(scope, "row"), action->when,
					 call->e->now_ms, &ignored))
		return true;
	strbuf_printf(&call->head, "Not proposed: it is only for rows where %.*s.\n",
		      STR_ARG(query_source(action->when)));
	return false;
}

/* Blanks part its words, so those within one are encoded. */
static void put_proposal(struct tool_call *call, const struct action *action,
			 const struct row *row)
{
	const cJSON *item;

	strbuf_printf(call->proposal, "%s %s/", action->name, action->board);
	percent_encode_path(call->proposal, row->key);
	cJSON_ArrayForEach (item, json_member(call->args, "inputs")) {
		strbuf_printf(call->proposal, " %s=", json_text(item, "name"));
		percent_encode_path(call->proposal, str_from(json_text(item, "value")));
	}
	strbuf_printf(&call->head,
		      "Proposed: %s. Nothing is changed. Tell the person that they can "
		      "plan it, see what it does, and approve it or not.\n",
		      action->title);
}

void tool_propose(struct tool_call *call)
{
	const struct action *action = find_action(call);
	const struct board *board = action ? tool_board(call, action->board) : NULL;
	const struct row *row = board ? find_row(call, board, action) : NULL;
	cJSON *scope;

	if (!row)
		return;
	scope = scope_new(board, row, row->key);
	if (may_be_for(call, scope, action) && check_inputs(call, scope, action))
		put_proposal(call, action, row);
	cJSON_Delete(scope);
}
