/* See lanes.h. A lane's feed asks its own connection of the board's kind, and the
 * first one of any other kind. Thread: core. */
#include "board/lanes.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "board/union.h"

struct lane {
	struct lanes *lanes;
	const struct connection *connection; /* NULL: there is none of the kind */
	struct feed_host host;
	struct feed *feed;
	struct board *board; /* its last, held; NULL: nothing yet */
	char *prefix;	     /* of its keys in the board of all */
};

struct lanes {
	const struct lanes_host *host;
	const struct board_def *def;
	struct lane *list;
	size_t n;
	uint64_t version;	   /* of the boards they make together */
	struct history_seed *seed; /* until all have taken theirs */
	bool is_wanted;
};

static const struct connection *connection_of(void *ctx, enum conn_kind kind)
{
	const struct lane *lane = ctx;
	const struct lanes_host *host = lane->lanes->host;

	return kind == lane->lanes->def->kind ? lane->connection
					      : host->connection(host->ctx, kind, 0);
}

static struct board *unite(struct lanes *l)
{
	struct union_part *parts = xcalloc(l->n, sizeof(*parts));
	struct board *board;

	for (size_t i = 0; i < l->n; i++)
		parts[i] = (struct union_part){.name = l->list[i].connection->name,
					       .board = l->list[i].board};
	board = board_union(l->def, parts, l->n);
	board->version = l->version;
	free(parts);
	return board;
}

static void publish(void *ctx, struct board *board)
{
	struct lane *lane = ctx;
	struct lanes *l = lane->lanes;
	struct board *all;

	if (l->n == 1) {
		l->host->publish(l->host->ctx, board);
		return;
	}
	board_get(board);
	board_put(lane->board);
	lane->board = board;
	l->version++;
	all = unite(l);
	l->host->publish(l->host->ctx, all);
	board_put(all);
}

struct board *lanes_board(struct lanes *l)
{
	bool is_any = false;

	if (l->n == 1) {
		struct board *board = feed_board(l->list[0].feed);

		return board ? board_get(board) : NULL;
	}
	for (size_t i = 0; i < l->n; i++)
		is_any = is_any || l->list[i].board;
	return is_any ? unite(l) : NULL;
}

static void add_lane(struct lanes *l, const struct connection *connection)
{
	struct lane *lane = &l->list[l->n++];

	*lane = (struct lane){
		.lanes = l,
		.connection = connection,
		.host = {.answers = l->host->answers,
			 .loop = l->host->loop,
			 .log = l->host->log,
			 .speed = l->host->speed,
			 .optional_ms = l->host->optional_ms,
			 .connection = connection_of,
			 .publish = publish,
			 .ctx = lane},
	};
	lane->feed = feed_new(&lane->host, l->def);
}

struct lanes *lanes_new(const struct lanes_host *host, const struct board_def *def)
{
	struct lanes *l = xcalloc(1, sizeof(*l));
	size_t n = 0;

	l->host = host;
	l->def = def;
	while (host->connection(host->ctx, def->kind, n))
		n++;
	l->list = xcalloc(n ? n : 1, sizeof(*l->list));
	for (size_t i = 0; i < n; i++)
		add_lane(l, host->connection(host->ctx, def->kind, i));
	/* Somebody has to say that there is none. */
	if (n == 0)
		add_lane(l, NULL);
	return l;
}

void lanes_free(struct lanes *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->n; i++) {
		feed_free(l->list[i].feed);
		board_put(l->list[i].board);
		free(l->list[i].prefix);
	}
	history_seed_free(l->seed);
	free(l->list);
	free(l);
}

bool lanes_are_decoding(const struct lanes *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (feed_is_decoding(l->list[i].feed))
			return true;
	}
	return false;
}

bool lanes_at(const struct lanes *l, size_t i, const struct connection **connection,
	      struct feed **feed)
{
	if (i >= l->n)
		return false;
	*connection = l->list[i].connection;
	*feed = l->list[i].feed;
	return true;
}

const struct board_def *lanes_def(const struct lanes *l)
{
	return l->def;
}

bool lanes_are_wanted(const struct lanes *l)
{
	return l->is_wanted;
}

bool lanes_have_come(const struct lanes *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (feed_board(l->list[i].feed))
			return true;
	}
	return false;
}

static struct str prefix_of(struct lane *lane)
{
	struct strbuf text;

	if (lane->lanes->n == 1)
		return (struct str){0};
	if (!lane->prefix) {
		strbuf_init(&text, 1024);
		strbuf_printf(&text, "%s/", lane->connection->name);
		lane->prefix = strbuf_take(&text);
	}
	return str_from(lane->prefix);
}

void lanes_expect_seed(struct lanes *l)
{
	for (size_t i = 0; i < l->n; i++)
		feed_expect_seed(l->list[i].feed);
}

void lanes_give_seed(struct lanes *l, struct history_seed *seed)
{
	bool are_done = true;

	for (size_t i = 0; i < l->n; i++)
		are_done &= feed_seed(l->list[i].feed, seed, prefix_of(&l->list[i]));
	if (are_done)
		history_seed_free(seed);
	else
		l->seed = seed;
}

void lanes_want(struct lanes *l, bool is_wanted)
{
	l->is_wanted = is_wanted;
	for (size_t i = 0; i < l->n; i++)
		feed_want(l->list[i].feed, is_wanted);
}

void lanes_refresh(struct lanes *l)
{
	for (size_t i = 0; i < l->n; i++)
		feed_refresh(l->list[i].feed);
}
