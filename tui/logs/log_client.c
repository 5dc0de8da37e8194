/* See log_client.h. An answer counts only when it is to the last order of its kind: what
 * was asked before is forgotten. */
#include "tui/logs/log_client.h"

#include <stdlib.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/xalloc.h"
#include "tui/app_part.h"

enum { NAME_MOST = 300 };

static struct log_order *order_new(struct log_client *c, enum log_order_kind kind)
{
	struct log_order *order = log_order_new(kind, c->log);

	order->id = ++c->last_id;
	return order;
}

static void post(struct log_client *c, struct log_order *order)
{
	c->app->host.log(c->app->host.ctx, order);
}

static void open_file(struct log_client *c, int fd)
{
	struct log_order *order = order_new(c, LOG_OPEN);

	if (fd < 0)
		order->path = xstrdup(c->path);
	order->fd = fd;
	c->is_open = true;
	post(c, order);
}

static struct log_client *client_new(struct app *app, const char *name)
{
	struct log_client *c = xcalloc(1, sizeof(*c));
	struct strbuf clean;

	strbuf_init(&clean, NAME_MOST);
	sanitize_line(&clean, str_from(name));
	*c = (struct log_client){.app = app,
				 .log = ++app->last_log,
				 .holders = 1,
				 .name = strbuf_take(&clean)};
	vec_push(&app->logs, c);
	return c;
}

struct log_client *log_client_new_file(struct app *app, const char *path, int fd)
{
	struct log_client *c = client_new(app, fd < 0 ? path : "standard input");

	if (fd < 0)
		c->path = xstrdup(path);
	open_file(c, fd);
	return c;
}

static void follow(struct log_client *c)
{
	c->live = (struct live_status){.state = LIVE_CONNECTING};
	c->follow_id = c->app->host.follow(c->app->host.ctx, c->source);
}

struct log_client *log_client_new_live(struct app *app, const char *source)
{
	struct log_client *c = client_new(app, source);

	c->source = xstrdup(source);
	follow(c);
	return c;
}

struct log_client *log_client_get(struct log_client *c)
{
	c->holders++;
	return c;
}

static void drop_clusters(struct log_client *c)
{
	struct log_cluster *cluster;

	vec_each (cluster, &c->clusters) {
		free(cluster->pattern);
		free(cluster->text);
	}
	vec_fini(&c->clusters);
}

static void forget(struct log_client *c)
{
	struct app *app = c->app;
	size_t i = 0;

	while (app->logs.p[i] != c)
		i++;
	app->logs.p[i] = app->logs.p[--app->logs.n];
}

static void close_log(struct log_client *c)
{
	if (c->is_open)
		post(c, order_new(c, LOG_CLOSE));
	if (c->follow_id)
		c->app->host.unfollow(c->app->host.ctx, c->follow_id);
	c->is_open = false;
	c->follow_id = 0;
}

void log_client_put(struct log_client *c)
{
	if (!c || --c->holders > 0)
		return;
	close_log(c);
	forget(c);
	page_free(c->page);
	log_news_free(c->line);
	matcher_free(c->matcher);
	wanted_fini(&c->wanted);
	free(c->histogram);
	drop_clusters(c);
	free(c->find);
	free(c->name);
	free(c->path);
	free(c->source);
	free(c);
}

static void send_wanted(struct log_client *c)
{
	struct log_order *order = order_new(c, LOG_WANTED);

	wanted_copy(&order->wanted, &c->wanted);
	post(c, order);
}

static void send_find(struct log_client *c)
{
	struct log_order *order = order_new(c, LOG_FIND);

	order->text = c->find ? xstrdup(c->find) : NULL;
	c->hits = 0;
	c->is_counting = c->find != NULL;
	post(c, order);
}

static void send_sums(struct log_client *c)
{
	struct log_order *order = order_new(c, LOG_SUM);

	order->is_on = c->sums_on;
	order->has_clusters = c->clusters_on;
	post(c, order);
}

/* What the other side does not know any more. */
static void restate(struct log_client *c)
{
	if (!wanted_is_all(&c->wanted))
		send_wanted(c);
	if (c->find)
		send_find(c);
	if (c->sums_on)
		send_sums(c);
	c->page_id = c->seek_id = 0;
	page_free(c->page);
	c->page = NULL;
}

void log_client_reopen(struct log_client *c)
{
	c->is_open = false;
	if (c->source)
		follow(c);
	else if (c->path)
		open_file(c, -1);
	restate(c);
}

void log_client_take_stream(struct log_client *c, uint64_t id,
			    const struct live_status *status, struct ring *ring)
{
	if (id != c->follow_id)
		return;
	c->live = *status;
	if (ring) {
		struct log_order *order = order_new(c, LOG_OPEN);

		if (c->is_open)
			post(c, order_new(c, LOG_CLOSE));
		order->ring = ring_share(ring);
		c->is_open = true;
		post(c, order);
		restate(c);
	} else if (c->is_open) {
		post(c, order_new(c, LOG_MORE));
	}
	app_dirty(c->app);
}

static void take_page(struct log_client *c, struct log_news *news)
{
	if (news->id != c->page_id)
		return;
	page_free(c->page);
	c->page = log_news_take_page(news);
	c->number = news->number;
	c->is_page_partial = !news->is_done;
	c->n_pages++;
	if (news->is_done)
		c->page_id = 0;
}

static void take_place(struct log_client *c, struct log_news *news)
{
	if (news->id != c->seek_id)
		return;
	c->seek_done = news->done;
	c->seek_total = news->total;
	if (news->mail.kind == LOG_NEWS_SEEKS)
		return;
	c->seek_id = 0;
	c->place = news->at;
	c->has_place = true;
}

static void take_sums(struct log_client *c, struct log_news *news)
{
	if (!c->sums_on)
		return;
	free(c->histogram);
	c->histogram = news->histogram;
	news->histogram = NULL;
	if (c->clusters_on) {
		drop_clusters(c);
		memcpy(&c->clusters, &news->clusters, sizeof(c->clusters));
		memset(&news->clusters, 0, sizeof(news->clusters));
	}
	c->clusters_left_out = news->clusters_left_out;
	c->sums_done = news->done;
	c->sums_total = news->total;
	c->is_summing = !news->is_done;
}

static void take_hits(struct log_client *c, const struct log_news *news)
{
	if (!c->find)
		return;
	c->hits = news->hits;
	c->hits_done = news->done;
	c->hits_total = news->total;
	c->is_counting = !news->is_done;
}

void log_client_take(struct log_client *c, struct log_news *news)
{
	switch ((enum log_news_kind)news->mail.kind) {
	case LOG_NEWS_STATE:
		c->state = news->state;
		c->has_state = true;
		break;
	case LOG_NEWS_PAGE:
		take_page(c, news);
		break;
	case LOG_NEWS_PLACE:
	case LOG_NEWS_SEEKS:
		take_place(c, news);
		break;
	case LOG_NEWS_HITS:
		take_hits(c, news);
		break;
	case LOG_NEWS_SUMS:
		take_sums(c, news);
		break;
	case LOG_NEWS_LINE:
		if (news->id == c->line_id) {
			log_news_free(c->line);
			c->line = news;
			news = NULL;
		}
		break;
	case LOG_NEWS_ERROR:
		app_note(c->app, &news->err);
		break;
	}
	log_news_free(news);
	app_dirty(c->app);
}

void log_client_ask_page(struct log_client *c, const struct page_wish *wish)
{
	struct log_order *order = order_new(c, LOG_PAGE);

	order->wish = *wish;
	c->page_id = order->id;
	post(c, order);
}

void log_client_want(struct log_client *c, struct wanted *wanted)
{
	wanted_fini(&c->wanted);
	c->wanted = *wanted;
	*wanted = (struct wanted){0};
	c->n_wanted++;
	c->hits = 0;
	c->is_counting = c->find != NULL;
	c->is_summing = c->sums_on;
	send_wanted(c);
}

bool log_client_find(struct log_client *c, struct str text, struct err *err)
{
	struct matcher *m = NULL;

	if (text.n > 0 && !(m = wanted_matcher(text, err)))
		return false;
	matcher_free(c->matcher);
	c->matcher = m;
	free(c->find);
	c->find = text.n > 0 ? xstrndup(text.p, text.n) : NULL;
	c->seek_id = 0;
	send_find(c);
	return true;
}

static void ask_place(struct log_client *c, struct log_order *order)
{
	c->seek_id = order->id;
	c->seek_done = c->seek_total = 0;
	c->has_place = false;
	post(c, order);
}

void log_client_seek(struct log_client *c, const struct log_seek *seek)
{
	struct log_order *order = order_new(c, LOG_SEEK);

	order->from = seek->from;
	order->is_back = seek->is_back;
	order->skips_first = seek->skips_first;
	order->level = seek->level;
	ask_place(c, order);
}

/* It looks on until another is sent, which costs nobody anything but time; one that ends
 * at once takes its place. */
void log_client_stop_seek(struct log_client *c)
{
	struct log_order *order = order_new(c, LOG_SEEK);

	order->is_back = true;
	c->seek_id = 0;
	post(c, order);
}

void log_client_ask_time(struct log_client *c, int64_t ms, bool has_no_date)
{
	struct log_order *order = order_new(c, LOG_TIME);

	order->ms = ms;
	order->has_no_date = has_no_date;
	ask_place(c, order);
}

void log_client_ask_number(struct log_client *c, uint64_t number)
{
	struct log_order *order = order_new(c, LOG_NUMBER);

	order->number = number;
	ask_place(c, order);
}

void log_client_ask_line(struct log_client *c, int64_t at)
{
	struct log_order *order = order_new(c, LOG_LINE);

	order->from = at;
	c->line_id = order->id;
	post(c, order);
}

void log_client_sum(struct log_client *c, bool is_on, bool has_clusters)
{
	if (c->sums_on == is_on && c->clusters_on == has_clusters)
		return;
	c->sums_on = is_on;
	c->clusters_on = has_clusters;
	c->is_summing = is_on;
	send_sums(c);
}

bool log_client_take_place(struct log_client *c, int64_t *at)
{
	bool has = c->has_place;

	*at = c->place;
	c->has_place = false;
	return has;
}
