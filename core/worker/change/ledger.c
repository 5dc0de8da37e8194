/* See ledger.h. One job is on the pool at a time, and what is under "pool" belongs to it
 * while it is. */
#include "worker/change/ledger.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "worker/change/ledger_pool.h"

struct job {
	struct job *next;
	struct ledger *ledger;
	enum ledger_act act;
	struct ledger_page page;
	struct ledger_answer answer;
	ledger_fn done; /* NULL: nobody waits */
	void *ctx;
};

struct ledger {
	struct loop *loop;
	struct ledger_pool pool; /* of the job that runs; else of the loop */
	struct job *first, **last;
	bool is_running, is_open, is_gone;
};

struct ledger *ledger_new(const struct ledger_options *options)
{
	struct ledger *l = xcalloc(1, sizeof(*l));

	l->loop = options->loop;
	l->last = &l->first;
	ledger_pool_init(&l->pool, options, loop_clock(options->loop));
	return l;
}

static void destroy(struct ledger *l)
{
	ledger_pool_fini(&l->pool);
	free(l);
}

void ledger_free(struct ledger *l)
{
	if (!l)
		return;
	l->is_gone = true;
	if (!l->is_running)
		destroy(l);
}

const struct signer *ledger_signer(const struct ledger *l)
{
	return l->is_open ? &l->pool.signer : NULL;
}

void ledger_page_add(struct ledger_page *page, enum audit_kind kind, cJSON *about)
{
	vec_push(&page->entries, (struct ledger_entry){kind, about});
}

void ledger_page_fini(struct ledger_page *page)
{
	struct ledger_entry *entry;

	vec_each (entry, &page->entries)
		cJSON_Delete(entry->about);
	vec_fini(&page->entries);
	secret_fini(&page->text);
	*page = (struct ledger_page){0};
}

static void free_job(struct job *job)
{
	for (size_t i = 0; i < job->answer.n_files; i++)
		secret_fini(&job->answer.files[i].text);
	free(job->answer.files);
	secret_fini(&job->answer.text);
	ledger_page_fini(&job->page);
	free(job);
}

static void work(void *ctx)
{
	struct job *job = ctx;

	err_clear(&job->answer.err);
	ledger_pool_do(&job->ledger->pool, job->act, &job->page, &job->answer);
}

static void start_next(struct ledger *l);

static void worked(void *ctx)
{
	struct job *job = ctx;
	struct ledger *l = job->ledger;

	l->is_running = false;
	l->is_open = secret_is_set(&l->pool.signer.secret);
	start_next(l);
	if (job->done)
		job->done(&job->answer, job->ctx);
	free_job(job);
	if (l->is_gone && !l->is_running)
		destroy(l);
}

static void start_next(struct ledger *l)
{
	struct job *job = l->first;

	if (!job || l->is_running)
		return;
	l->first = job->next;
	if (!l->first)
		l->last = &l->first;
	l->is_running = true;
	loop_work(l->loop, work, worked, job);
}

static struct job *add(struct ledger *l, enum ledger_act act, const char *id,
		       ledger_fn done, void *ctx)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->ledger = l;
	job->act = act;
	job->done = done;
	job->ctx = ctx;
	if (id)
		snprintf(job->page.id, sizeof(job->page.id), "%s", id);
	*l->last = job;
	l->last = &job->next;
	return job;
}

void ledger_open(struct ledger *l, ledger_fn done, void *ctx)
{
	add(l, LEDGER_OPEN, NULL, done, ctx);
	start_next(l);
}

void ledger_list(struct ledger *l, ledger_fn done, void *ctx)
{
	add(l, LEDGER_LIST, NULL, done, ctx);
	start_next(l);
}

void ledger_claim(struct ledger *l, const char *id, ledger_fn done, void *ctx)
{
	add(l, LEDGER_CLAIM, id, done, ctx);
	start_next(l);
}

void ledger_release(struct ledger *l, const char *id)
{
	add(l, LEDGER_RELEASE, id, NULL, NULL);
	start_next(l);
}

void ledger_ask_stop(struct ledger *l, const char *id, ledger_fn done, void *ctx)
{
	add(l, LEDGER_ASK_STOP, id, done, ctx);
	start_next(l);
}

void ledger_write(struct ledger *l, struct ledger_page *page, ledger_fn done, void *ctx)
{
	struct job *job = add(l, LEDGER_WRITE, NULL, done, ctx);

	job->page = *page;
	*page = (struct ledger_page){0};
	start_next(l);
}
