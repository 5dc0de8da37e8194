/* See keep.h. Thread: any posts, core does, the pool writes. */
#include "worker/keep.h"

#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "config/env.h"
#include "worker/worker_part.h"

enum { PATH_BYTES = 4096 };

struct keeping {
	struct worker *w;
	uint64_t id;
	char *name, *text;
	struct strbuf path;
	struct err err;
};

uint64_t worker_keep(struct worker *w, const char *name, const char *text)
{
	struct order *order = order_new(ORDER_KEEP);
	uint64_t id = ++w->last_id;

	order->id = id;
	vec_push(&order->names, xstrdup(name));
	vec_push(&order->names, xstrdup(text));
	mailbox_post(w->orders, &order->mail);
	return id;
}

/* On the pool. */
static void put_file(void *ctx)
{
	struct keeping *k = ctx;
	char here[PATH_BYTES];

	if (getcwd(here, sizeof(here)) && access(here, W_OK) == 0)
		strbuf_printf(&k->path, "%s/%s", here, k->name);
	else
		env_state_path(&k->path, k->name);
	if (file_create(k->path.p, str_from(k->text), &k->err))
		err_clear(&k->err);
}

static void tell(void *ctx)
{
	struct keeping *k = ctx;
	struct news *news = news_new(NEWS_KEPT);

	news->request_id = k->id;
	news->err = k->err;
	if (k->err.code == ERR_NONE)
		snprintf(news->err.text, sizeof(news->err.text), "%s", k->path.p);
	worker_tell(k->w, news);
	strbuf_fini(&k->path);
	free(k->name);
	free(k->text);
	free(k);
}

void worker_do_keep(struct worker *w, const struct order *order)
{
	struct keeping *k = xcalloc(1, sizeof(*k));

	k->w = w;
	k->id = order->id;
	k->name = xstrdup(order->names.p[0]);
	k->text = xstrdup(order->names.p[1]);
	strbuf_init(&k->path, PATH_BYTES);
	err_clear(&k->err);
	loop_work(w->loop, put_file, tell, k);
}
