/* See chat_part.h: what is done with the files of conversations, on the pool, one after the
 * other. A job outlives the desk, because what was said is to be kept. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "base/timefmt.h"
#include "base/xalloc.h"
#include "worker/chat/chat_part.h"

enum { JUDGED_MOST = 500, FOUND_MOST = 40, FOUND_BYTES = 64 << 10 };

struct chat_store *chat_store_new(const struct chat_desk_options *options)
{
	struct chat_store *s = xcalloc(1, sizeof(*s));

	s->loop = options->loop;
	chat_files_init(&s->files, options->keychain, options->chats_dir);
	return s;
}

static void free_if_idle(struct chat_store *s)
{
	if (s->desk || s->running || s->waiting)
		return;
	chat_files_fini(&s->files);
	free(s);
}

void chat_store_leave(struct chat_store *s)
{
	s->desk = NULL;
	free_if_idle(s);
}

struct chat_job *chat_job_new(struct chat_desk *d, enum chat_job_kind kind, uint64_t id,
			      struct str name)
{
	struct chat_job *job = xcalloc(1, sizeof(*job));

	job->store = d->store;
	job->kind = kind;
	job->id = id;
	job->name = xstrndup(name.p, name.n);
	strbuf_init(&job->json, CHAT_FILE_MOST - 1);
	err_clear(&job->err);
	return job;
}

static void job_free(struct chat_job *job)
{
	strbuf_fini(&job->json);
	free(job->name);
	free(job);
}

/* The newest first, and no more than so many. */
static bool judge(struct chat_job *job)
{
	struct chat_files *files = &job->store->files;
	struct strbuf old, out;
	cJSON *list = NULL, *at;
	struct err ignored;
	size_t n = 0;
	bool ok;

	strbuf_init(&old, CHAT_FILE_MOST);
	strbuf_init(&out, CHAT_FILE_MOST - 1);
	if (chat_files_read(files, str_from(job->name), &old, &ignored))
		list = json_parse(strbuf_str(&old), &json_wire, NULL, &ignored);
	strbuf_printf(&out, "[%s", job->json.p);
	cJSON_ArrayForEach (at, list) {
		if (++n == JUDGED_MOST)
			break;
		strbuf_putc(&out, ',');
		json_print(&out, at);
	}
	strbuf_putc(&out, ']');
	ok = !out.overflow &&
	     chat_files_write(files, str_from(job->name), strbuf_str(&out), &job->err);
	if (out.overflow)
		err_set(&job->err, ERR_TOO_LARGE, "there are too many judgements");
	cJSON_Delete(list);
	strbuf_fini(&old);
	strbuf_fini(&out);
	return ok;
}

struct search {
	struct str words;
	struct strbuf out;
	size_t n;
};

/* Every turn whose question or answer has the words. */
static void look_through(struct str name, struct str json, void *ctx)
{
	struct search *s = ctx;
	struct err ignored;
	cJSON *root = json_parse(json, &json_wire, NULL, &ignored);
	const cJSON *turn;

	cJSON_ArrayForEach (turn, json_at(root, STR("turns"))) {
		const char *question = json_text(turn, "question");
		const char *prose = json_text(json_at(turn, STR("record")), "prose");
		double at = 0;

		if (!question || s->n == FOUND_MOST ||
		    (str_find_nocase(str_from(question), s->words) < 0 &&
		     str_find_nocase(str_from(prose ? prose : ""), s->words) < 0))
			continue;
		s->n++;
		json_number(turn, "at", &at);
		strbuf_puts(&s->out, "- **");
		sanitize_line(&s->out, name);
		strbuf_puts(&s->out, "**, ");
		time_format_iso(&s->out, (int64_t)at, false);
		strbuf_puts(&s->out, ": ");
		sanitize_line(&s->out, str_from(question));
		strbuf_putc(&s->out, '\n');
	}
	cJSON_Delete(root);
}

static void search(struct chat_job *job)
{
	struct search s = {.words = str_from(job->name)};
	size_t n_damaged;

	strbuf_init(&s.out, FOUND_BYTES);
	if (chat_files_each(&job->store->files, look_through, &s, &n_damaged,
			    &job->err)) {
		if (s.n == 0)
			strbuf_puts(&s.out, "No conversation that was kept has it.\n");
		else
			strbuf_puts(&s.out, "\n`/open NAME` goes on with one of them.\n");
		if (n_damaged)
			strbuf_printf(&s.out, "\n%zu could not be opened.\n", n_damaged);
	}
	strbuf_put(&job->json, strbuf_str(&s.out));
	strbuf_fini(&s.out);
}

/* On the pool. */
static void work(void *ctx)
{
	struct chat_job *job = ctx;
	struct chat_files *files = &job->store->files;
	bool ok = true;

	switch (job->kind) {
	case CHAT_JOB_READ:
		ok = chat_files_read(files, str_from(job->name), &job->json, &job->err);
		break;
	case CHAT_JOB_WRITE:
		ok = chat_files_write(files, str_from(job->name), strbuf_str(&job->json),
				      &job->err);
		break;
	case CHAT_JOB_JUDGE:
		ok = judge(job);
		break;
	case CHAT_JOB_SEARCH:
		search(job);
		return;
	case CHAT_JOB_NAMES:
		chat_files_names(files, &job->json);
		return;
	}
	if (ok)
		err_clear(&job->err);
}

static void run_next(struct chat_store *s);

static void done(void *ctx)
{
	struct chat_job *job = ctx;
	struct chat_store *s = job->store;

	s->running = NULL;
	if (s->desk)
		chat_job_done(s->desk, job);
	job_free(job);
	run_next(s);
	free_if_idle(s);
}

static void run_next(struct chat_store *s)
{
	struct chat_job *job = s->waiting;

	if (s->running || !job)
		return;
	s->waiting = job->next;
	s->running = job;
	loop_work(s->loop, work, done, job);
}

void chat_job_start(struct chat_job *job)
{
	struct chat_job **at = &job->store->waiting;

	while (*at)
		at = &(*at)->next;
	*at = job;
	run_next(job->store);
}
