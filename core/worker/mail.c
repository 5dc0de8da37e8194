/* See mail.h. */
#include "worker/mail.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/change/changes.h"
#include "worker/chat/chat.h"
#include "worker/change/plans.h"

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
	chat_news_free(news->chat);
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

/* news_take_board and the like: what the message owned is the caller's. */
#define TAKE(type, member)                                                               \
	struct type *news_take_##member(struct news *news)                               \
	{                                                                                \
		struct type *taken = news->member;                                       \
                                                                                         \
		news->member = NULL;                                                     \
		return taken;                                                            \
	}

TAKE(board, board)
TAKE(changes, changes)
TAKE(chat_news, chat)
TAKE(first_news, first)
TAKE(log_news, log)
TAKE(plan, plan)
TAKE(ring, ring)
#undef TAKE
