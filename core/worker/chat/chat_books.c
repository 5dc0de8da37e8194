/* See chat_books.h. */
#include "worker/chat/chat_books.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

enum { DIRS_MOST = 16, PATH_BYTES = 4096 };

struct chat_books {
	struct chat_desk *desk; /* NULL: gone */
	struct knowledge *knowledge;
	struct chat_vectors *vectors;
	char *dirs[DIRS_MOST];
	size_t n_dirs;
	bool is_busy;	    /* the pool has them */
	loop_fn work, done; /* of whom they are lent to */
	struct err err;
};

struct chat_books *chat_books_new(struct chat_desk *d)
{
	const struct config *config = d->options.config;
	struct chat_books *b = xcalloc(1, sizeof(*b));
	struct strbuf own;

	b->desk = d;
	b->vectors = chat_vectors_new(d, b);
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

static bool free_if_idle(struct chat_books *b)
{
	if (b->desk || b->is_busy || !chat_vectors_is_idle(b->vectors))
		return false;
	chat_vectors_free(b->vectors);
	knowledge_free(b->knowledge);
	for (size_t i = 0; i < b->n_dirs; i++)
		free(b->dirs[i]);
	free(b);
	return true;
}

void chat_books_free(struct chat_books *b)
{
	b->desk = NULL;
	chat_vectors_leave(b->vectors);
	free_if_idle(b);
}

struct knowledge *chat_books_knowledge(const struct chat_books *b)
{
	return b->knowledge;
}

struct chat_vectors *chat_books_vectors(const struct chat_books *b)
{
	return b->vectors;
}

bool chat_books_is_busy(const struct chat_books *b)
{
	return b->is_busy;
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
	if (b->knowledge)
		chat_vectors_load(b->vectors, b->knowledge);
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
	if (free_if_idle(b) || !b->desk)
		return;
	if (b->err.code != ERR_NONE)
		log_line(b->desk->options.log, LOG_ERROR, "chat", "runbooks: %s",
			 b->err.text);
	for (struct chat_talk *t = b->desk->talks; t; t = next) {
		next = t->next;
		if (t->is_for_runbooks)
			go_on(t);
	}
	chat_vectors_go_on(b->vectors);
}

/* Not while the pool looks at them; chat_books_go_on comes then. */
static void read_all(struct chat_books *b)
{
	if (b->is_busy || !chat_vectors_is_idle(b->vectors))
		return;
	b->is_busy = true;
	loop_work(b->desk->options.loop, load, loaded, b);
}

static void work_lent(void *ctx)
{
	struct chat_books *b = ctx;

	b->work(b->vectors);
}

static void was_lent(void *ctx)
{
	struct chat_books *b = ctx;

	b->is_busy = false;
	if (b->desk)
		b->done(b->vectors);
	chat_books_go_on(b);
}

void chat_books_go_on(struct chat_books *b)
{
	if (free_if_idle(b) || !b->desk)
		return;
	for (struct chat_talk *t = b->desk->talks; t; t = t->next)
		if (t->is_for_runbooks)
			read_all(b);
}

bool chat_books_lend(struct chat_books *b, loop_fn work, loop_fn done)
{
	if (b->is_busy)
		return false;
	b->is_busy = true;
	b->work = work;
	b->done = done;
	loop_work(b->desk->options.loop, work_lent, was_lent, b);
	return true;
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
	if (b->knowledge && are_searched(t->desk, t))
		go_on(t);
	else
		read_all(b);
}

void chat_books_warm(struct chat_books *b)
{
	if (!b->knowledge)
		read_all(b);
}
