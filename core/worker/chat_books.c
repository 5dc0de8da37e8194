/* See chat_part.h: runbooks. They are taken apart on the pool and outlive the desk until
 * that is done. Only one thread has them at a time: while a question searches them, nobody
 * looks for changes. Thread: core, load() the pool. */
#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/chat_part.h"

enum { DIRS_MOST = 16, PATH_BYTES = 4096 };

struct chat_books {
	struct chat_desk *desk; /* NULL: gone */
	struct knowledge *knowledge;
	char *dirs[DIRS_MOST];
	size_t n_dirs;
	bool is_busy; /* the pool has them */
	struct err err;
};

struct chat_books *chat_books_new(struct chat_desk *d)
{
	const struct config *config = d->options.config;
	struct chat_books *b = xcalloc(1, sizeof(*b));
	struct strbuf own;

	b->desk = d;
	for (size_t i = 0; i < config->n_runbook_dirs && i < DIRS_MOST; i++)
		b->dirs[b->n_dirs++] = xstrdup(config->runbook_dirs[i]);
	strbuf_init(&own, PATH_BYTES);
	if (!config->runbook_dirs) {
		config_put_runbooks_dir(&own);
		if (own.n)
			b->dirs[b->n_dirs++] = xstrdup(own.p);
	}
	strbuf_fini(&own);
	return b;
}

static void books_free(struct chat_books *b)
{
	knowledge_free(b->knowledge);
	for (size_t i = 0; i < b->n_dirs; i++)
		free(b->dirs[i]);
	free(b);
}

void chat_books_free(struct chat_books *b)
{
	b->desk = NULL;
	if (!b->is_busy)
		books_free(b);
}

static void load(void *ctx)
{
	struct chat_books *b = ctx;
	size_t n_read;

	err_clear(&b->err);
	if (!b->knowledge)
		b->knowledge =
			knowledge_new((const char *const *)b->dirs, b->n_dirs, &b->err);
	if (b->knowledge && !knowledge_refresh(b->knowledge, &n_read, &b->err)) {
		knowledge_free(b->knowledge);
		b->knowledge = NULL;
	}
}

static void go_on(struct chat_talk *t)
{
	t->is_for_runbooks = false;
	t->e.knowledge = t->desk->books->knowledge;
	chat_read_on(t);
}

static void loaded(void *ctx)
{
	struct chat_books *b = ctx;
	struct chat_talk *next;

	b->is_busy = false;
	if (!b->desk) {
		books_free(b);
		return;
	}
	if (b->err.code != ERR_NONE)
		log_line(b->desk->options.log, LOG_ERROR, "chat", "runbooks: %s",
			 b->err.text);
	for (struct chat_talk *t = b->desk->talks; t; t = next) {
		next = t->next;
		if (t->is_for_runbooks)
			go_on(t);
	}
}

static bool are_searched(const struct chat_desk *d, const struct chat_talk *but)
{
	for (const struct chat_talk *t = d->talks; t; t = t->next)
		if (t != but && !t->is_for_runbooks)
			return true;
	return false;
}

void chat_books_read(struct chat_talk *t, void (*then)(struct chat_talk *t))
{
	struct chat_books *b = t->desk->books;

	t->then = then;
	t->is_for_runbooks = true;
	if (b->is_busy)
		return;
	if (b->knowledge && are_searched(t->desk, t)) {
		go_on(t);
		return;
	}
	b->is_busy = true;
	loop_work(t->desk->options.loop, load, loaded, b);
}
