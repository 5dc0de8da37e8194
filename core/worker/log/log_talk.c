/* See log_talk.h. */
#include "worker/log/log_talk.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/xalloc.h"

static void free_order(struct mail *mail)
{
	log_order_free((struct log_order *)mail);
}

static void free_news(struct mail *mail)
{
	log_news_free((struct log_news *)mail);
}

struct log_order *log_order_new(enum log_order_kind kind, uint32_t log)
{
	struct log_order *order = xcalloc(1, sizeof(*order));

	order->mail.kind = (int)kind;
	order->mail.free = free_order;
	order->log = log;
	order->fd = -1;
	return order;
}

void log_order_free(struct log_order *order)
{
	if (!order)
		return;
	if (order->fd >= 0)
		close(order->fd);
	ring_free(order->ring);
	wanted_fini(&order->wanted);
	free(order->path);
	free(order->text);
	free(order);
}

struct log_news *log_news_new(enum log_news_kind kind, uint32_t log, uint64_t id)
{
	struct log_news *news = xcalloc(1, sizeof(*news));

	news->mail.kind = (int)kind;
	news->mail.free = free_news;
	news->log = log;
	news->id = id;
	news->at = -1;
	return news;
}

struct log_page *log_news_take_page(struct log_news *news)
{
	struct log_page *page = news->page;

	news->page = NULL;
	return page;
}

static void free_line(struct log_line *line)
{
	struct log_field *field;

	vec_each (field, &line->fields) {
		free(field->name);
		free(field->value);
	}
	vec_fini(&line->fields);
	free(line->source);
}

void log_news_free(struct log_news *news)
{
	struct log_cluster *cluster;

	if (!news)
		return;
	page_free(news->page);
	free(news->histogram);
	vec_each (cluster, &news->clusters) {
		free(cluster->pattern);
		free(cluster->text);
	}
	vec_fini(&news->clusters);
	free_line(&news->line);
	free(news);
}
