/* See action_bench.h. */
#include "unit/action_bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "act/scope.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "board/def.h"
#include "fake/fake_loop.h"
#include "unit/check.h"

enum { PATIENCE_MS = 4 * 3600 * 1000, AGAIN_MS = 10000, CHOICES = 8 };

static int64_t now_of(const struct action_bench *b)
{
	return clock_wall_ms(loop_clock(b->loop));
}

/* All that is due now, and what the pool has of it. */
static void settle(struct action_bench *b)
{
	do {
		fake_loop_work(b->loop);
		fake_loop_advance(b->loop, 0);
	} while (fake_loop_jobs(b->loop));
}

/* From one timer to the next, until it holds; false: it never did. */
static bool wait_for(struct action_bench *b, bool (*holds)(struct action_bench *b))
{
	int64_t until_ms = now_of(b) + PATIENCE_MS;

	for (;;) {
		int64_t next_ms;

		settle(b);
		if (holds(b))
			return true;
		next_ms = fake_loop_next(b->loop);
		if (next_ms < 0 || now_of(b) + next_ms > until_ms)
			return false;
		fake_loop_advance(b->loop, next_ms);
	}
}

static struct board **place_of(struct action_bench *b, const char *name)
{
	for (size_t i = 0; i < BENCH_BOARDS; i++) {
		if (!b->boards[i] || strcmp(b->boards[i]->def->name, name) == 0)
			return &b->boards[i];
	}
	fail_msg("more boards than the bench has places");
	return NULL;
}

static void on_board(void *ctx, struct board *board)
{
	struct board **at = place_of(ctx, board->def->name);

	board_put(*at);
	*at = board_get(board);
}

static const struct connection *find_connection(void *ctx, enum conn_kind kind, size_t i)
{
	return connections_find(&((struct action_bench *)ctx)->connections, kind, i);
}

void action_kit_init(struct action_kit *kit)
{
	kit->library = library_new(NULL, NULL, NULL);
	kit->actions = actions_new();
}

void action_kit_fini(struct action_kit *kit)
{
	actions_free(kit->actions);
	library_free(kit->library);
}

void action_bench_init(struct action_bench *b, const struct action_kit *kit,
		       int64_t wall_ms)
{
	struct err err = {0};
	struct poller_options options = {
		.speed = 1,
		.connection = find_connection,
		.publish = on_board,
		.ctx = b,
	};

	*b = (struct action_bench){.loop = fake_loop_new(wall_ms), .kit = kit};
	world_init(&b->world, 1, loop_clock(b->loop));
	b->http = world_http_new(b->loop, &b->world);
	b->api = api_new(b->http, b->loop, NULL);
	if (!connections_to_sim(&b->connections,
				&(struct credential_host){.http = b->http,
							  .loop = b->loop},
				WORLD_HTTP_BASE, &err))
		fail_msg("%s", err.text);
	options.api = b->api;
	options.loop = b->loop;
	options.library = kit->library;
	b->poller = poller_new(&options);
}

void action_bench_fini(struct action_bench *b)
{
	poller_free(b->poller);
	settle(b);
	for (size_t i = 0; i < BENCH_BOARDS; i++)
		board_put(b->boards[i]);
	connections_fini(&b->connections);
	api_free(b->api);
	http_free(b->http);
	settle(b);
	world_fini(&b->world);
	fake_loop_free(b->loop);
}

static void want(struct action_bench *b, const char *board)
{
	poller_want(b->poller, &board, board ? 1 : 0);
	if (board)
		poller_refresh(b->poller, board);
	b->refreshed_ms = now_of(b);
}

static bool board_came(struct action_bench *b)
{
	const struct board *board = *place_of(b, b->action->board);

	return board && !board->is_loading && !board->is_filling &&
	       board->fetched_ms >= b->refreshed_ms;
}

/* The key without its connection's name before it. */
static struct str own_key(struct action_bench *b, const struct board *board,
			  struct str key)
{
	enum conn_kind kind = board->def->kind;
	const struct connection *c = connections_find(&b->connections, kind, 0);

	b->connection = c;
	if (!connections_find(&b->connections, kind, 1))
		return key;
	for (size_t i = 0; c; c = connections_find(&b->connections, kind, ++i)) {
		size_t n = strlen(c->name);

		if (str_starts(key, str_from(c->name)) && key.n > n && key.p[n] == '/') {
			b->connection = c;
			return str_sub(key, n + 1, key.n);
		}
	}
	fail_msg("a row of no connection");
	return key;
}

static bool is_it(struct action_bench *b, const cJSON *scope, const char *target)
{
	const cJSON *row = json_member(scope, "row");
	const char *has = json_text(row, b->action->target);
	struct err err = {0};
	bool is_for =
		!b->action->when || scope_holds(row, b->action->when, now_of(b), &err);

	if (err.code != ERR_NONE)
		fail_msg("%s: %s", b->action->name, err.text);
	return is_for && has && (!target || strcmp(has, target) == 0);
}

cJSON *action_bench_row(struct action_bench *b, const struct action *action,
			const char *target)
{
	const struct board *board;

	b->action = action;
	fake_loop_advance(b->loop, 1000);
	want(b, action->board);
	if (!wait_for(b, board_came))
		fail_msg("%s: the board %s does not come", action->name, action->board);
	want(b, NULL);
	board = *place_of(b, action->board);
	for (size_t i = 0; i < board->n_rows; i++) {
		const struct row *row = &board->rows[i];
		cJSON *scope = scope_new(board, row, own_key(b, board, row->key));

		if (is_it(b, scope, target))
			return scope;
		cJSON_Delete(scope);
	}
	return NULL;
}

static const struct connection *connection_of(void *ctx, enum conn_kind kind)
{
	struct action_bench *b = ctx;

	return b->connection->kind == kind ? b->connection
					   : connections_find(&b->connections, kind, 0);
}

static void looked(const struct err *err, void *ctx)
{
	struct action_bench *b = ctx;

	b->look_err = *err;
	b->is_looked = true;
}

static bool has_looked(struct action_bench *b)
{
	return b->is_looked;
}

bool action_bench_look(struct action_bench *b, const struct action *action, cJSON *scope)
{
	const struct state_look_options options = {.api = b->api,
						   .loop = b->loop,
						   .connection = connection_of,
						   .ctx = b};

	b->is_looked = false;
	state_look_start(&options, action, scope, looked, b);
	if (!wait_for(b, has_looked))
		fail_msg("%s: it looks for ever", action->name);
	return b->look_err.code == ERR_NONE;
}

static size_t read_choices(const char *text, struct chosen_input *out)
{
	struct str rest = str_from(text), part;
	size_t n = 0;

	while (rest.n && str_next(&rest, ';', &part) && n < CHOICES) {
		struct str value = part, name;

		str_next(&value, '=', &name);
		out[n++] = (struct chosen_input){.name = name, .value = value};
	}
	return n;
}

struct plan *action_bench_plan(struct action_bench *b, const struct action *action,
			       cJSON *scope, const char *choices, struct err *err)
{
	const cJSON *row = json_member(scope, "row");
	struct chosen_input chosen[CHOICES];
	size_t n = read_choices(choices, chosen);
	const struct plan_about about = {
		.board = action->board,
		.key = json_text(row, "key"),
		.target = json_text(row, action->target),
		.connection = b->connection->name,
		.by = "ann",
		.now_ms = now_of(b),
		.expires_ms = now_of(b) + HOUR_MS,
	};

	if (!action_bench_look(b, action, scope)) {
		*err = b->look_err;
		return NULL;
	}
	if (!scope_choose(scope, action, chosen, n, now_of(b), err))
		return NULL;
	return plan_make(action, scope, &about, err);
}

struct saving {
	struct action_bench *b;
	runner_saved_fn done;
	void *ctx;
};

static void save_done(void *ctx)
{
	struct saving *saving = ctx;
	struct err err = {0};

	saving->done(&err, saving->ctx);
	free(saving);
}

static void save(void *ctx, const struct run *run, runner_saved_fn done, void *done_ctx)
{
	struct action_bench *b = ctx;
	struct saving *saving = malloc(sizeof(*saving));

	(void)run;
	*saving = (struct saving){b, done, done_ctx};
	loop_timer_start(b->loop, 0, save_done, saving);
}

static int64_t ended_ms(const struct run *run)
{
	return run->steps[run->plan->n_requests - 1].ended_ms;
}

/* Only a board of later than its end can show that it helped. */
static bool check_holds(void *ctx, const struct run *run, const cJSON *scope)
{
	struct action_bench *b = ctx;
	const char *name = b->action->check.board;
	const struct board *board = *place_of(b, name);
	struct err err = {0};
	ptrdiff_t at = -1;
	cJSON *now;
	bool holds;

	if (b->trusts)
		return true;
	if (!board || board->fetched_ms <= ended_ms(run) || board->is_filling) {
		if (now_of(b) - b->refreshed_ms >= AGAIN_MS)
			want(b, name);
		return false;
	}
	for (size_t i = 0; i < board->n_rows && at < 0; i++) {
		if (str_eq(own_key(b, board, board->rows[i].key),
			   str_from(run->plan->key)))
			at = (ptrdiff_t)i;
	}
	now = at < 0 ? cJSON_CreateObject()
		     : scope_new(board, &board->rows[at], str_from(run->plan->key));
	cJSON_DeleteItemFromObjectCaseSensitive(now, "input");
	cJSON_AddItemToObject(now, "input",
			      cJSON_Duplicate(json_member(scope, "input"), true));
	holds = scope_holds(now, b->action->check.holds, now_of(b), &err);
	cJSON_Delete(now);
	if (!holds)
		want(b, name);
	return holds;
}

static void told(void *ctx, const struct run *run)
{
	((struct action_bench *)ctx)->is_ended = run->state == RUN_ENDED;
}

static bool has_ended(struct action_bench *b)
{
	return b->is_ended;
}

static uint64_t taken_by(const struct action_bench *b)
{
	return b->world.written.n_made + b->world.sql.n_made;
}

void action_bench_run(struct action_bench *b, const struct action *action,
		      struct plan *plan, const cJSON *scope, struct bench_run *out)
{
	const struct runner_options options = {
		.look = {.api = b->api,
			 .loop = b->loop,
			 .connection = connection_of,
			 .ctx = b},
		.connection = connection_of,
		.save = save,
		.check = check_holds,
		.told = told,
		.ctx = b,
	};
	uint64_t before = taken_by(b);
	const struct run *end;
	struct runner *runner;
	struct run run;

	b->action = action;
	b->is_ended = false;
	run_init(&run, plan, action->check.within_ms, now_of(b));
	runner = runner_start(&options, action, &run, cJSON_Duplicate(scope, true));
	if (!wait_for(b, has_ended))
		fail_msg("%s: it runs for ever", action->name);
	end = runner_run(runner);
	*out = (struct bench_run){.outcome = end->outcome,
				  .err = end->err,
				  .n_steps = end->plan->n_requests,
				  .took_ms = end->ended_ms - end->started_ms,
				  .taken = taken_by(b) - before};
	snprintf(out->moved, sizeof(out->moved), "%s", end->moved);
	for (size_t i = 0; i < out->n_steps; i++)
		out->sent[i] = end->steps[i].sent;
	runner_free(runner);
	want(b, NULL);
	settle(b);
}
