/* See change_stage.h. */
#include "screen/change_stage.h"

#include "unit/check.h"

#include <sodium.h>

#include "act/scope.h"
#include "base/json.h"
#include "board/decode.h"
#include "tui/app_part.h"
#include "worker/change/changes_part.h"

static const char action_text[] =
	"{\"title\":\"Scale the database\",\"about\":\"A.\",\"board\":\"sql\","
	"\"target\":\"name\",\"risk\":\"low\","
	"\"permission\":\"Microsoft.Sql/servers/databases/write\","
	"\"inputs\":{\"size\":{\"title\":\"size\"}},"
	"\"reads\":{\"db\":{\"get\":\"{row.key}?api-version=1\"}},"
	"\"bound_to\":[{\"name\":\"size\",\"title\":\"size\",\"value\":\"db.size\"}],"
	"\"shows\":[{\"title\":\"size\",\"before\":\"db.size\",\"after\":\"input.size\"}]"
	","
	"\"warnings\":[{\"when\":\"`true`\",\"text\":\"its storage is nearly full\"}],"
	"\"cost_before\":\"`0.2`\",\"cost_after\":\"`0.4`\","
	"\"steps\":[{\"name\":\"scale\",\"title\":\"ask for the size\","
	"\"patch\":\"{row.key}?api-version=1\",\"body\":{\"sku\":\"{input.size}\"},"
	"\"done\":\"db.size == input.size\"},{\"name\":\"tag\",\"title\":\"tag it\","
	"\"post\":\"/tags\",\"safe_twice\":true}],"
	"\"verify\":{\"text\":\"the board shows the new size\",\"holds\":\"row\"},"
	"\"undo\":{\"action\":\"sql-scale\",\"inputs\":{\"size\":\"db.size\"}}}";

#define DB(name, pool)                                                                   \
	"{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/"   \
	"v/databases/" name "\",\"name\":\"" name                                        \
	"\",\"properties\":{\"status\":\"Online\",\"currentServiceObjectiveName\":"      \
	"\"S2\",\"requestedServiceObjectiveName\":\"S2\"" pool "}}"

static const char databases[] =
	"{\"subs\":{\"value\":[]},\"servers\":[],\"metrics\":[],\"dbs\":[{\"item\":{},"
	"\"answer\":{\"value\":[" DB("atlas-audit", "") "," DB(
		"pooled", ",\"elasticPoolId\":\"/p/pool-1\"") "]}}]}";

static struct board *decode(struct change_stage *c, const char *name, const char *answers)
{
	struct board *board = NULL;
	struct err err;
	cJSON *json = json_parse(str_from(answers), &json_wire, NULL, &err);

	if (!json || !board_decode(library_find(c->library, str_from(name)), json,
				   clock_wall_ms(&c->stage.clock), &board, &err))
		fail_msg("%s", err.text);
	cJSON_Delete(json);
	board->is_loading = false;
	board->version = 1;
	board->fetched_ms = clock_wall_ms(&c->stage.clock);
	return board;
}

void change_stage_init(struct change_stage *c, const struct stage_options *options)
{
	struct err err;

	*c = (struct change_stage){.library = library_new(NULL, NULL, NULL)};
	assert_true(sodium_init() >= 0);
	stage_init(&c->stage, options);
	app_set_library(c->stage.app, c->library);
	c->action = action_parse(STR(action_text), "sql-scale", "test", &err);
	if (!c->action)
		fail_msg("%s", err.text);
}

void change_stage_fini(struct change_stage *c)
{
	stage_fini(&c->stage);
	action_free(c->action);
	library_free(c->library);
}

void change_stage_give(struct change_stage *c, const char *board, const char *answers)
{
	app_give_board(c->stage.app, decode(c, board, answers));
	stage_draw(&c->stage);
}

void change_stage_open_board(struct change_stage *c)
{
	stage_keys(&c->stage, ": 'sql' enter");
	app_give_board(c->stage.app, decode(c, "sql", databases));
	stage_draw(&c->stage);
}

void change_stage_ask_plan(struct change_stage *c)
{
	change_stage_open_board(c);
	stage_keys(&c->stage, "x enter enter 'S3' enter up enter");
}

struct plan *change_stage_plan(struct change_stage *c)
{
	struct board *board = decode(c, "sql", databases);
	cJSON *scope = scope_new(board, &board->rows[0], board->rows[0].key);
	cJSON *db = cJSON_AddObjectToObject(scope, "db");
	int64_t now_ms = clock_wall_ms(&c->stage.clock);
	const char *touches[] = {c->says ? c->says : "Atlas"};
	struct chosen_input size = {STR("size"), STR("S3")};
	struct plan *plan;
	struct err err;

	cJSON_AddStringToObject(db, "size", c->says ? c->says : "S2");
	if (!scope_choose(scope, c->action, &size, 1, now_ms, &err))
		fail_msg("%s", err.text);
	plan = plan_make(c->action, scope,
			 &(struct plan_about){.board = "sql",
					      .key = board->rows[0].key.p,
					      .target = "atlas-audit",
					      .connection = "azure",
					      .by = c->says ? c->says : "anna",
					      .now_ms = now_ms,
					      .expires_ms = now_ms + 30 * 60000,
					      .touches = touches,
					      .n_touches = 1},
			 &err);
	if (!plan)
		fail_msg("%s", err.text);
	cJSON_Delete(scope);
	board_put(board);
	return plan;
}

void change_stage_give_plan(struct change_stage *c, bool needs_second)
{
	struct err none;

	err_clear(&none);
	app_give_plan(c->stage.app, c->stage.last_id, change_stage_plan(c), needs_second,
		      &none);
	strbuf_reset(&c->stage.changed);
	stage_draw(&c->stage);
}

void change_stage_answer(struct change_stage *c, const char *refusal)
{
	struct err err;

	err_clear(&err);
	if (refusal)
		err_set(&err, ERR_REFUSED, "%s", refusal);
	app_change_answered(c->stage.app, c->stage.last_id, &err);
	stage_draw(&c->stage);
}

void change_stage_list(struct change_stage *c, const struct act_change *change)
{
	struct changes *changes = changes_new(1);

	if (change)
		changes_add(changes, change);
	changes_seal(changes);
	app_give_changes(c->stage.app, changes);
	stage_draw(&c->stage);
}

void change_stage_paste(struct change_stage *c, const char *text)
{
	app_event(c->stage.app,
		  &(struct event){.kind = EVENT_PASTE, .text = str_from(text)});
	stage_draw(&c->stage);
}

void change_stage_wait(struct change_stage *c, int64_t ms)
{
	c->stage.clock.wall_ms += ms;
	c->stage.clock.mono_ms += ms;
	app_tick(c->stage.app);
	stage_draw(&c->stage);
}
