/* See sim_look.h. A feed's cycle without waiting: each request is answered when it is
 * asked. */
#include "worker/apart/sim_look.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "board/decode.h"
#include "board/feed_slot.h"
#include "board/union.h"
#include "sim/estate.h"
#include "worker/derived.h"
#include "worker/apart/sim_call.h"

enum { TOKEN_MOST_BYTES = 8192 };

struct sim_look {
	struct sim_look_options options;
	struct clock clock; /* stands still */
	struct derived *derived;
};

struct sim_look *sim_look_new(const struct sim_look_options *options)
{
	struct sim_look *look = xcalloc(1, sizeof(*look));

	look->options = *options;
	clock_init_manual(&look->clock, 0);
	look->derived = derived_new(&look->clock, options->config, derive_rules);
	return look;
}

void sim_look_free(struct sim_look *look)
{
	if (!look)
		return;
	derived_free(look->derived);
	free(look);
}

void sim_look_go(struct sim_look *look, int64_t at_ms)
{
	clock_init_manual(&look->clock, at_ms);
}

/* One board over one of its connections, on its way. */
struct cycle {
	struct sim_look *look;
	const struct board_def *def;
	const struct connection *own; /* of the board's kind */
	struct sim_caller caller;
	int64_t at_ms;
	cJSON *root;
	struct slot *slots; /* one a request; their answers are owned */
};

static const struct connection *connection_of(const struct cycle *c, enum conn_kind kind)
{
	return kind == c->def->kind
		       ? c->own
		       : connections_find(c->look->options.connections, kind, 0);
}

static bool waits_for_nothing(void *ctx, const char *board, bool is_needed)
{
	(void)ctx;
	(void)board;
	(void)is_needed;
	return false;
}

static void ask_rule(const struct cycle *c, struct got_answer *answer)
{
	struct api_local local = {0};

	err_clear(&local.err);
	derived_answer(c->look->derived, str_from(c->def->derived), waits_for_nothing,
		       NULL, &local);
	*answer = (struct got_answer){.is_done = true,
				      .json = local.json,
				      .err = local.err,
				      .fetched_ms = c->at_ms};
}

static bool ask_one(struct cycle *c, size_t i, const cJSON *item, struct err *err)
{
	const struct request_def *r = &c->def->requests[i];
	const struct connection *connection = connection_of(c, r->kind);
	struct got_answer *answer;
	struct request_text text;
	struct api_call call;
	bool ok;

	if (flag_is_up(c->look->options.stop))
		return err_set(err, ERR_CANCELLED, "nobody waits for it any more");
	if (!connection)
		return err_set(err, ERR_CONFIG, "there is no connection of the kind");
	ok = request_call(r, c->root, item, c->at_ms, &text, &call, err);
	call.connection = connection;
	if (ok) {
		answer = xcalloc(1, sizeof(*answer));
		if (r->kind == CONN_DECK)
			ask_rule(c, answer);
		else
			sim_call(&c->caller, &call, answer);
		slot_add(&c->slots[i], answer);
	}
	request_text_fini(&text);
	return ok;
}

static bool ask(struct cycle *c, size_t i, struct err *err)
{
	const struct request_def *r = &c->def->requests[i];
	struct slot *slot = &c->slots[i];
	const cJSON *item;

	if (!r->for_each_query)
		return ask_one(c, i, NULL, err);
	if (!slot_items(slot, r, c->root, c->at_ms, err))
		return false;
	cJSON_ArrayForEach (item, slot->items) {
		if (!ask_one(c, i, item, err))
			slot_add_failure(slot, err);
	}
	return true;
}

/* False: without it there is no board. */
static bool complete(struct cycle *c, size_t i)
{
	const struct request_def *r = &c->def->requests[i];
	struct slot *slot = &c->slots[i];
	struct err err;
	bool ok = ask(c, i, &err);

	slot->is_asked = slot->is_complete = true;
	if (!ok)
		slot_give_up(slot, &err);
	slot_put_into(slot, r->name, c->root);
	return r->is_optional || (ok && !slot_fails_board(slot, r, &err));
}

/* In the order their needs allow; a definition has no circle of them. */
static bool ask_all(struct cycle *c)
{
	bool has_moved = true;

	while (has_moved) {
		has_moved = false;
		for (size_t i = 0; i < c->def->n_requests; i++) {
			if (c->slots[i].is_asked || !slots_meet(c->slots, c->def, i))
				continue;
			if (!complete(c, i))
				return false;
			has_moved = true;
		}
	}
	return true;
}

static void mark(const struct cycle *c, struct board *board)
{
	for (size_t i = 0; i < c->def->n_requests; i++) {
		const struct request_def *r = &c->def->requests[i];
		struct err why;

		if (r->absent && slot_is_absent(&c->slots[i])) {
			board->note = board->note ? board->note : r->absent;
		} else if (slot_problem(&c->slots[i], &why) && !board->is_partial) {
			board->is_partial = true;
			board->err = why;
			err_wrap(&board->err, "%s", r->name);
		}
	}
	board->is_loading = false;
	board->fetched_ms = board->asked_ms = c->at_ms;
	board->version = (uint64_t)c->at_ms;
}

static void end_cycle(struct cycle *c)
{
	cJSON_Delete(c->root);
	for (size_t i = 0; i < c->def->n_requests; i++) {
		struct slot *slot = &c->slots[i];
		struct got_answer **answer;

		vec_each (answer, &slot->answers) {
			if (*answer == &slot->unasked)
				continue;
			cJSON_Delete((*answer)->json);
			free(*answer);
		}
		vec_fini(&slot->answers);
		cJSON_Delete(slot->items);
	}
	free(c->slots);
}

static struct board *run_cycle(struct cycle *c)
{
	struct board *board = NULL;
	struct err ignored;

	c->slots = xcalloc(c->def->n_requests + 1, sizeof(*c->slots));
	c->root = cJSON_CreateObject();
	if (c->own && c->own->about)
		cJSON_AddItemReferenceToObject(c->root, "connection", c->own->about);
	if (ask_all(c) && board_decode(c->def, c->root, c->at_ms, &board, &ignored))
		mark(c, board);
	else
		board = NULL;
	end_cycle(c);
	return board;
}

/* Each has a world of its own: what others used up of their calls counts for nothing at a
 * moment that stands still. */
static struct board *board_over(struct sim_look *look, const struct board_def *def,
				const struct connection *own)
{
	struct cycle c = {.look = look,
			  .def = def,
			  .own = own,
			  .at_ms = clock_wall_ms(&look->clock)};
	struct board *board;
	struct world world;
	struct strbuf bearer;

	world_init(&world, look->options.seed, &look->clock);
	strbuf_init(&bearer, TOKEN_MOST_BYTES);
	strbuf_puts(&bearer, "Bearer ");
	token_issue(&bearer, &world.key, STR("azdeck"),
		    STR("https://management.azure.com"), ESTATE_TENANT, c.at_ms);
	c.caller = (struct sim_caller){.world = &world,
				       .base = str_from(look->options.base),
				       .bearer = strbuf_str(&bearer)};
	board = run_cycle(&c);
	strbuf_fini(&bearer);
	world_fini(&world);
	return board;
}

static struct board *board_of_all(struct sim_look *look, const struct board_def *def,
				  size_t n)
{
	struct union_part *parts = xcalloc(n, sizeof(*parts));
	struct board *board;

	for (size_t i = 0; i < n; i++) {
		const struct connection *own =
			connections_find(look->options.connections, def->kind, i);

		parts[i] = (struct union_part){.name = own->name,
					       .board = board_over(look, def, own)};
	}
	board = board_union(def, parts, n);
	board->version = (uint64_t)clock_wall_ms(&look->clock);
	for (size_t i = 0; i < n; i++)
		board_put(parts[i].board);
	free(parts);
	return board;
}

struct board *sim_look_board(struct sim_look *look, const struct board_def *def)
{
	const struct connections *all = look->options.connections;
	struct board *board;
	size_t n = 0;

	while (connections_find(all, def->kind, n))
		n++;
	board = n > 1 ? board_of_all(look, def, n)
		      : board_over(look, def, connections_find(all, def->kind, 0));
	if (board)
		derived_saw(look->derived, board);
	return board;
}
