/* See mail.h. */
#include "worker/mail.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/changes.h"
#include "worker/plans.h"

static void free_order(struct mail *mail)
{
	struct order *order = (struct order *)mail;
	char **name;

	vec_each (name, &order->names)
		free(*name);
	vec_fini(&order->names);
	first_order_free(order->first);
	log_order_free(order->log);
	free(order);
}

struct order *order_new(enum order_kind kind)
{
	struct order *order = xcalloc(1, sizeof(*order));

	order->mail.kind = (int)kind;
	order->mail.free = free_order;
	return order;
}

static void free_news(struct mail *mail)
{
	struct news *news = (struct news *)mail;

	board_put(news->board);
	first_news_free(news->first);
	ring_free(news->ring);
	log_news_free(news->log);
	plan_free(news->plan);
	changes_put(news->changes);
	free(news);
}

struct news *news_new(enum news_kind kind)
{
	struct news *news = xcalloc(1, sizeof(*news));

	news->mail.kind = (int)kind;
	news->mail.free = free_news;
	err_clear(&news->err);
	return news;
}

struct board *news_take_board(struct news *news)
{
	struct board *board = news->board;

	news->board = NULL;
	return board;
}

struct ring *news_take_ring(struct news *news)
{
	struct ring *ring = news->ring;

	news->ring = NULL;
	return ring;
}

struct log_news *news_take_log(struct news *news)
{
	struct log_news *log = news->log;

	news->log = NULL;
	return log;
}

struct plan *news_take_plan(struct news *news)
{
	struct plan *plan = news->plan;

	news->plan = NULL;
	return plan;
}

struct changes *news_take_changes(struct news *news)
{
	struct changes *changes = news->changes;

	news->changes = NULL;
	return changes;
}

struct first_news *news_take_first(struct news *news)
{
	struct first_news *first = news->first;

	news->first = NULL;
	return first;
}
