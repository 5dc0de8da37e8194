/* The tools' schemas, what boards each needs, and who answers. Schemas are small and
 * strict: a model that is told exactly what may be said makes fewer mistakes. */
#include <stdio.h>
#include <string.h>

#include "ai/tools_part.h"
#include "answer/field.h"
#include "base/count.h"
#include "base/json.h"

#define OBJECT(required, properties)                                                     \
	"{\"type\":\"object\",\"additionalProperties\":false,\"required\":[" required    \
	"],\"properties\":{" properties "}}"
#define TEXT(name, most, about)                                                          \
	"\"" name "\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":" most          \
	",\"description\":\"" about "\"}"
#define BOARD TEXT("board", "60", "name of a board, as list_boards says it")
#define FILTER                                                                           \
	TEXT("filter", "200",                                                            \
	     "words of a row, column:word, column>80, !word; all must hold")
#define ROWS                                                                             \
	"\"rows\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":40,\"description\":"   \
	"\"at most so many; 10 when not said\"}"
#define SINCE                                                                            \
	TEXT("since", "40",                                                              \
	     "-1h, 10:32, yesterday 22:00 or an ISO time; -1h when not said")
#define UNTIL TEXT("until", "40", "likewise; now when not said")

static bool need_named(const cJSON *args, const struct evidence *e,
		       struct tool_need *need, struct err *err)
{
	const char *name = json_text(args, "board");
	const struct board_def *def;

	if (!name)
		return true;
	def = library_find(e->library, str_from(name));
	if (!def)
		return err_set(err, ERR_NOT_FOUND,
			       "there is no board \"%.60s\"; list_boards names them all",
			       name);
	if (!evidence_board(e, def->name))
		tool_need_add(need, def->name);
	return true;
}

static void need_if_there(const struct evidence *e, const char *name,
			  struct tool_need *need)
{
	const struct board_def *def = library_find(e->library, str_from(name));

	if (def && !evidence_board(e, def->name))
		tool_need_add(need, def->name);
}

static void need_field(const char *path, const struct evidence *e, struct tool_need *need)
{
	const char *boards[FIELD_BOARDS_MOST];
	size_t n = field_boards(e->library, str_from(path), boards);

	for (size_t i = 0; i < n; i++)
		need_if_there(e, boards[i], need);
}

static bool need_fields(const cJSON *args, const struct evidence *e,
			struct tool_need *need, struct err *err)
{
	const cJSON *item;

	(void)err;
	cJSON_ArrayForEach (item, json_member(args, "fields"))
		need_field(item->valuestring, e, need);
	return true;
}

static bool need_history(const cJSON *args, const struct evidence *e,
			 struct tool_need *need, struct err *err)
{
	(void)err;
	need_field(json_text(args, "field"), e, need);
	return true;
}

static bool need_changes(const cJSON *args, const struct evidence *e,
			 struct tool_need *need, struct err *err)
{
	(void)args;
	(void)err;
	need_if_there(e, "changes", need);
	need_if_there(e, "activity", need);
	need_if_there(e, "attention", need);
	return true;
}

static bool need_logs(const cJSON *args, const struct evidence *e, struct tool_need *need,
		      struct err *err)
{
	const char *what = json_text(args, "what");
	char name[32];

	(void)err;
	snprintf(name, sizeof(name), "log-%s", what ? what : "patterns");
	need_if_there(e, name, need);
	return true;
}

static bool need_action(const cJSON *args, const struct evidence *e,
			struct tool_need *need, struct err *err)
{
	(void)err;
	need_if_there(e, json_text(args, "board"), need);
	return true;
}

void tool_need_add(struct tool_need *need, const char *board)
{
	for (size_t i = 0; i < need->n; i++) {
		if (strcmp(need->boards[i], board) == 0)
			return;
	}
	if (need->n < COUNT(need->boards))
		need->boards[need->n++] = board;
}

const struct tool_row tool_rows[TOOLS] = {
	[TOOL_BOARDS] = {.schema = OBJECT(
				 "", TEXT("category", "40",
					  "with the columns of its boards; without it, "
					  "names of all")),
			 .run = tool_boards},
	[TOOL_QUERY] = {.schema = OBJECT(
				"\"board\"", BOARD
				"," FILTER "," ROWS
				"," TEXT("jmespath", "400",
					 "over the rows, objects by column name; for "
					 "counts and groups")),
			.small = OBJECT("\"board\"", BOARD "," FILTER),
			.need = need_named,
			.run = tool_query},
	[TOOL_FIELDS] = {.schema = OBJECT(
				 "\"fields\"",
				 "\"fields\":{\"type\":\"array\",\"minItems\":1,"
				 "\"maxItems\":20,\"items\":{\"type\":\"string\","
				 "\"minLength\":1,\"maxLength\":256},\"description\":"
				 "\"paths as BOARD[ROW].COLUMN\"}"),
			 .need = need_fields,
			 .run = tool_fields},
	[TOOL_HISTORY] = {.schema = OBJECT("\"field\"",
					   TEXT("field", "256",
						"a path as BOARD[ROW].COLUMN")),
			  .need = need_history,
			  .run = tool_history},
	[TOOL_CHANGES] = {.schema = OBJECT("", SINCE "," UNTIL "," FILTER "," ROWS),
			  .need = need_changes,
			  .run = tool_changes},
	[TOOL_LOGS] = {.schema = OBJECT(
			       "",
			       "\"what\":{\"type\":\"string\",\"enum\":[\"patterns\","
			       "\"storms\",\"pods\",\"silence\"],\"description\":"
			       "\"lines that are alike, bursts of errors, lines of "
			       "each pod, what has fallen silent\"}," FILTER "," ROWS),
		       .need = need_logs,
		       .run = tool_logs},
	[TOOL_RUNBOOKS] = {.schema = OBJECT(
				   "\"question\"",
				   TEXT("question", "300",
					"what has to be done, or a "
					"code or state") ","
							 "\"sections\":{\"type\":"
							 "\"integer\",\"minimum\":1,"
							 "\"maximum\":6}"),
			   .need = tool_runbooks_need,
			   .run = tool_runbooks},
	[TOOL_EXPLAIN] = {.schema = OBJECT("\"board\"", BOARD "," TEXT("state", "80",
								       "one of its "
								       "states, or a "
								       "column")),
			  .run = tool_explain},
	[TOOL_SCHEDULE] = {.schema = OBJECT("\"tag\"",
					    "\"tag\":{\"type\":\"string\",\"maxLength\":"
					    "256,\"description\":\"value of a "
					    "business-hours tag\"}," TEXT(
						    "at", "40",
						    "a moment; now when not said")),
			   .run = tool_schedule},
	[TOOL_PROPOSE] =
		{.schema = OBJECT(
			 "\"action\",\"board\",\"row\"",
			 TEXT("action", "60", "name of an action") "," BOARD "," TEXT(
				 "row", "320",
				 "key or name of the row it is for") ","
								     "\"inputs\":{"
								     "\"type\":\"array\","
								     "\"maxItems\":10,"
								     "\"items\":{"
								     "\"type\":"
								     "\"object\","
								     "\"additionalPropert"
								     "ies\":false,"
								     "\"required\":["
								     "\"name\",\"value\"]"
								     ",\"properties\":"
								     "{" TEXT("name", "40", "") "," TEXT(
									     "value",
									     "200",
									     "") "}}}"),
		 .need = need_action,
		 .run =
			 tool_propose},
};
