/* See chat_books.h: vectors of runbooks, so that they are found by what they mean. They are
 * made a few sections at a time, while nobody waits, and written before they count; what is
 * on disk is never asked for again. A question's own vector is waited for as long as a
 * person does not notice; without it words alone are looked for. */
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

enum {
	BATCH = 16,
	BATCH_DEADLINE_MS = 30000,
	QUESTION_MS = 800,
	QUESTION_MOST = 4096,
	AGAIN_MS = 5000,
	AGAIN_MOST_MS = 15 * 60000,
	PASSAGE_LEAST = 500,
};

struct chat_vectors {
	struct chat_desk *desk; /* NULL: gone */
	struct chat_books *books;
	char *path, *model; /* NULL: in memory; nobody makes vectors */
	struct vector_store *store;
	struct err store_err;
	int64_t now_ms; /* for the pool */
	/* The batch that is asked for, or written. */
	uint64_t asked;
	struct loop_timer *again;
	int failures;
	size_t passage_most;
	struct knowledge_gap gaps[BATCH];
	size_t n_gaps;
	float *floats; /* they have come; NULL */
	size_t dims;
	bool is_written;
	struct err said, telling; /* why it failed last, or ERR_NONE; on the pool */
	size_t n_scans;		  /* on the pool: meanwhile nothing changes */
};

/* A question's nearest, looked for on the pool. */
struct chat_scan {
	struct chat_vectors *v;
	uint64_t talk;
	struct strbuf text;
	float *vector;
	size_t dims, n;
	struct vector_hit hits[KNOWLEDGE_NEAREST];
};

struct chat_vectors *chat_vectors_new(struct chat_desk *d, struct chat_books *b)
{
	struct chat_vectors *v = xcalloc(1, sizeof(*v));
	const char *model = gateway_embedder(d->options.gateway);

	v->desk = d;
	v->books = b;
	v->passage_most = KNOWLEDGE_PASSAGE_MOST;
	v->path = d->options.vectors_path ? xstrdup(d->options.vectors_path) : NULL;
	v->model = model ? xstrdup(model) : NULL;
	v->now_ms = clock_wall_ms(d->options.clock);
	err_clear(&v->said);
	err_clear(&v->telling);
	err_clear(&v->store_err);
	return v;
}

void chat_vectors_leave(struct chat_vectors *v)
{
	loop_timer_stop(v->again);
	v->again = NULL;
	if (v->asked)
		gateway_embed_stop(v->desk->options.gateway, v->asked);
	v->asked = 0;
	v->desk = NULL;
}

bool chat_vectors_is_idle(const struct chat_vectors *v)
{
	return v->n_scans == 0;
}

void chat_vectors_free(struct chat_vectors *v)
{
	vector_store_close(v->store);
	free(v->floats);
	free(v->path);
	free(v->model);
	free(v);
}

void chat_vectors_load(struct chat_vectors *v, struct knowledge *k)
{
	if (!v->model)
		return;
	if (!v->store)
		v->store = vector_store_open(v->path, &v->store_err);
	if (!v->store)
		return;
	vector_store_begin(v->store);
	knowledge_load_vectors(k, v->store, str_from(v->model));
	knowledge_use_vectors(k, v->store, v->now_ms);
	vector_store_prune(v->store, v->now_ms);
	(void)!vector_store_end(v->store, &v->store_err);
}

/* On the pool: what has come, or why nothing did. */
static void write_batch(void *ctx)
{
	struct chat_vectors *v = ctx;
	struct str model = str_from(v->model);

	vector_store_begin(v->store);
	for (size_t i = 0; v->floats && i < v->n_gaps; i++)
		vector_store_write(v->store, model, &v->gaps[i].key,
				   v->floats + i * v->dims, v->dims, v->now_ms);
	vector_store_say(v->store, model, v->floats ? NULL : &v->telling, v->now_ms);
	(void)!vector_store_end(v->store, &v->store_err);
}

static void try_again(void *ctx)
{
	struct chat_vectors *v = ctx;

	v->again = NULL;
	chat_vectors_go_on(v);
}

static void wait_a_while(struct chat_vectors *v, int64_t at_least_ms)
{
	int64_t ms = (int64_t)AGAIN_MS << (v->failures < 8 ? v->failures : 8);

	if (ms > AGAIN_MOST_MS)
		ms = AGAIN_MOST_MS;
	if (ms < at_least_ms)
		ms = at_least_ms;
	v->failures++;
	v->again = loop_timer_start(v->desk->options.loop, ms, try_again, v);
}

/* They count from here on. Vectors of another length are another model's under the same
 * name: all of them are made anew. */
static void give_batch(struct chat_vectors *v)
{
	struct knowledge *k = chat_books_knowledge(v->books);

	for (size_t i = 0; k && i < v->n_gaps; i++)
		if (!knowledge_give_vector(k, &v->gaps[i], v->floats + i * v->dims,
					   v->dims) &&
		    knowledge_drop_vectors(k, v->dims))
			break;
	free(v->floats);
	v->floats = NULL;
	v->is_written = false;
	v->n_gaps = 0;
}

static void batch_written(void *ctx)
{
	struct chat_vectors *v = ctx;

	v->is_written = v->floats != NULL;
	chat_vectors_go_on(v);
}

static void batch_came(const struct gateway_embedded *got, void *ctx)
{
	struct chat_vectors *v = ctx;

	v->asked = 0;
	v->said = *got->err;
	if (got->err->code == ERR_NONE) {
		v->failures = 0;
		v->dims = got->dims;
		v->floats = xcalloc(got->n * got->dims, sizeof(*v->floats));
		memcpy(v->floats, got->floats, got->n * got->dims * sizeof(*v->floats));
	} else if (got->trouble == TROUBLE_TOO_LONG && v->passage_most > PASSAGE_LEAST) {
		v->passage_most /= 2;
	} else {
		wait_a_while(v, got->retry_ms);
	}
	chat_vectors_go_on(v);
}

/* Up to where a character begins. */
static struct str begin_of(struct str text, size_t most)
{
	if (text.n <= most)
		return text;
	while (most && ((unsigned char)text.p[most] & 0xc0) == 0x80)
		most--;
	return str_sub(text, 0, most);
}

static void ask_batch(struct chat_vectors *v, struct knowledge *k)
{
	struct chat_desk *d = v->desk;
	struct strbuf passage, sent[BATCH];
	struct str texts[BATCH];

	strbuf_init(&passage, KNOWLEDGE_PASSAGE_MOST);
	for (size_t i = 0; i < v->n_gaps; i++) {
		strbuf_reset(&passage);
		knowledge_put_passage(k, v->gaps[i].slot, &passage);
		strbuf_init(&sent[i], 2 * KNOWLEDGE_PASSAGE_MOST);
		leash_redact(d->leash, strbuf_str(&passage), &sent[i]);
		texts[i] = begin_of(strbuf_str(&sent[i]), v->passage_most);
	}
	v->asked =
		gateway_embed(d->options.gateway,
			      &(struct gateway_embed){.texts = texts,
						      .n = v->n_gaps,
						      .kind = guide_kind_name(
							      GUIDE_RUNBOOK_HOW),
						      .deadline_ms = BATCH_DEADLINE_MS},
			      batch_came, v);
	for (size_t i = 0; i < v->n_gaps; i++)
		strbuf_fini(&sent[i]);
	strbuf_fini(&passage);
}

/* Where the pool is busy it is called again when it is not. */
static void write_soon(struct chat_vectors *v)
{
	struct err said = v->said;

	v->telling = said;
	err_clear(&v->said);
	v->now_ms = clock_wall_ms(v->desk->options.clock);
	if (!chat_books_lend(v->books, write_batch, batch_written))
		v->said = said;
}

void chat_vectors_go_on(struct chat_vectors *v)
{
	struct knowledge *k = chat_books_knowledge(v->books);
	size_t at = 0;

	if (!v->desk || !v->model || v->asked || v->n_scans ||
	    chat_books_is_busy(v->books))
		return;
	if (v->store_err.code != ERR_NONE)
		log_line(v->desk->options.log, LOG_ERROR, "chat", "vectors: %s",
			 v->store_err.text);
	err_clear(&v->store_err);
	if (!k || !v->store)
		return;
	if (v->is_written)
		give_batch(v);
	if (v->floats || v->said.code != ERR_NONE) {
		write_soon(v);
		return;
	}
	if (v->again)
		return;
	v->n_gaps = knowledge_gaps(k, &at, v->gaps, BATCH);
	if (v->n_gaps)
		ask_batch(v, k);
}

static void go_on_with(struct chat_talk *t)
{
	void (*then)(struct chat_talk * t) = t->vector_then;

	loop_timer_stop(t->vector_wait);
	t->vector_wait = NULL;
	t->vector_asked = 0;
	t->vector_then = NULL;
	free(t->vector_text);
	t->vector_text = NULL;
	then(t);
}

static void scan_free(struct chat_scan *s)
{
	strbuf_fini(&s->text);
	free(s->vector);
	free(s);
}

static void scan(void *ctx)
{
	struct chat_scan *s = ctx;

	s->n = knowledge_nearest(chat_books_knowledge(s->v->books), s->vector, s->dims,
				 s->hits);
}

static struct chat_talk *talk_of(const struct chat_scan *s)
{
	struct chat_talk *t = s->v->desk ? s->v->desk->talks : NULL;

	while (t && (t->id != s->talk || !t->vector_then))
		t = t->next;
	return t;
}

static void scanned(void *ctx)
{
	struct chat_scan *s = ctx;
	struct chat_vectors *v = s->v;
	struct chat_talk *t = talk_of(s);

	v->n_scans--;
	if (t)
		knowledge_remember_nearest(chat_books_knowledge(v->books),
					   strbuf_str(&s->text), s->hits, s->n);
	scan_free(s);
	chat_vectors_go_on(v);
	if (t)
		go_on_with(t);
	chat_books_go_on(v->books);
}

static void begin_scan(struct chat_talk *t, const struct gateway_embedded *got)
{
	struct chat_vectors *v = chat_books_vectors(t->desk->books);
	struct chat_scan *s = xcalloc(1, sizeof(*s));

	*s = (struct chat_scan){.v = v, .talk = t->id, .dims = got->dims};
	strbuf_init(&s->text, QUESTION_MOST);
	strbuf_puts(&s->text, t->vector_text);
	s->vector = xcalloc(got->dims, sizeof(*s->vector));
	memcpy(s->vector, got->floats, got->dims * sizeof(*s->vector));
	v->n_scans++;
	loop_work(t->desk->options.loop, scan, scanned, s);
}

static void question_came(const struct gateway_embedded *got, void *ctx)
{
	struct chat_talk *t = ctx;

	t->vector_asked = 0;
	loop_timer_stop(t->vector_wait);
	t->vector_wait = NULL;
	if (got->err->code == ERR_NONE)
		begin_scan(t, got);
	else
		go_on_with(t);
}

/* Words alone, then. */
static void too_late(void *ctx)
{
	struct chat_talk *t = ctx;

	t->vector_wait = NULL;
	gateway_embed_stop(t->desk->options.gateway, t->vector_asked);
	go_on_with(t);
}

static bool is_worth_it(const struct chat_talk *t, struct str text)
{
	struct knowledge *k = t->e.knowledge;

	/* Who wants the guide alone wants nobody else to read it. */
	if (t->route && strcmp(t->route, "guide") == 0)
		return false;
	return k && gateway_embedder(t->desk->options.gateway) && text.n &&
	       text.n < QUESTION_MOST && knowledge_has_meaning(k) &&
	       !knowledge_remembers(k, text) && knowledge_is_prose(k, text);
}

void chat_vectors_ask(struct chat_talk *t, struct str text,
		      void (*then)(struct chat_talk *t))
{
	struct chat_desk *d = t->desk;
	struct strbuf sent;
	struct str one;

	if (!is_worth_it(t, text)) {
		then(t);
		return;
	}
	t->vector_then = then;
	t->vector_text = xstrndup(text.p, text.n);
	strbuf_init(&sent, 2 * QUESTION_MOST);
	leash_redact(d->leash, text, &sent);
	one = strbuf_str(&sent);
	t->vector_asked =
		gateway_embed(d->options.gateway,
			      &(struct gateway_embed){.texts = &one,
						      .n = 1,
						      .kind = guide_kind_name(
							      t->plan.kind),
						      .deadline_ms = QUESTION_MS},
			      question_came, t);
	strbuf_fini(&sent);
	t->vector_wait = loop_timer_start(d->options.loop, QUESTION_MS, too_late, t);
}

void chat_vectors_stop(struct chat_talk *t)
{
	loop_timer_stop(t->vector_wait);
	t->vector_wait = NULL;
	if (t->vector_asked)
		gateway_embed_stop(t->desk->options.gateway, t->vector_asked);
	t->vector_asked = 0;
	t->vector_then = NULL;
	free(t->vector_text);
	t->vector_text = NULL;
}
