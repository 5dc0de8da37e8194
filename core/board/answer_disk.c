/* See answer_disk.h. A job asks who is asking, goes to the pool, comes back. Pool
 * code sees its own job only; a job whose caller went away ends by itself. */
#include "board/answer_disk.h"

#include <stdlib.h>

#include "auth/token.h"
#include "azure/kinds.h"
#include "base/folder.h"
#include "base/vec.h"
#include "base/xalloc.h"
#include "board/answer_file.h"

enum {
	KEY_MAX_BYTES = 128 * 1024,
	TURN_MS = 10,
	TOKEN_TURNS = 50,
	/* A clock that was put back makes answers of the future. */
	AHEAD_MOST_MS = 60 * 1000,
};
#define AGE_MOST_MS (2 * 86400 * INT64_C(1000))

static const struct folder_limits limits = {.max_age_ms = AGE_MOST_MS,
					    .max_files = 4000,
					    .max_bytes = 64 << 20};

enum job_step { JOB_ASKS_WHO, JOB_ON_POOL };

struct job {
	struct answer_disk *disk;
	enum job_step step;
	struct credential *credential;
	const char *path; /* of the folder */
	struct strbuf key;
	int64_t now_ms;
	struct err err; /* ERR_NONE: done, or there is nothing to do */
	/* what is looked for; fn NULL: nobody waits any more */
	answer_kept_fn fn;
	struct answer_kept kept;
	/* what is kept */
	loop_fn done;
	const cJSON *json;
	void *ctx;
};

struct answer_disk {
	char *path;
	struct loop *loop;
	struct log *log;
	bool is_pruned;
	VEC(struct job *) jobs;
};

struct answer_disk *answer_disk_new(const char *path, struct loop *loop, struct log *log)
{
	struct answer_disk *d = xcalloc(1, sizeof(*d));

	*d = (struct answer_disk){.path = xstrdup(path), .loop = loop, .log = log};
	return d;
}

static void remove_job(struct job *job)
{
	struct answer_disk *d = job->disk;

	for (size_t i = 0; i < d->jobs.n; i++) {
		if (d->jobs.p[i] == job) {
			d->jobs.p[i] = d->jobs.p[--d->jobs.n];
			return;
		}
	}
}

/* The job is gone before anybody is told, so that the callback may do anything. */
static void end(struct job *job)
{
	struct job over = *job;

	remove_job(job);
	free(job);
	strbuf_fini(&over.key);
	/* That nothing is kept yet is no news. */
	if (over.err.code != ERR_NONE && over.err.code != ERR_NOT_FOUND)
		log_line(over.disk->log, LOG_WARN, "answers", "%s", over.err.text);
	if (over.done)
		over.done(over.ctx);
	if (over.fn)
		over.fn(&over.kept, over.ctx);
	cJSON_Delete(over.kept.json);
}

static void read_kept(struct job *job, const struct folder *folder, const char *name)
{
	struct strbuf text;
	int64_t age_ms;

	strbuf_init(&text, ANSWER_FILE_MAX_BYTES);
	job->kept.is_found =
		folder_read(folder, name, &text, &job->err) &&
		answer_file_parse(strbuf_str(&text), strbuf_str(&job->key),
				  &job->kept.fetched_ms, &job->kept.json, &job->err);
	strbuf_fini(&text);
	age_ms = job->now_ms - job->kept.fetched_ms;
	if (job->kept.is_found && (age_ms < -AHEAD_MOST_MS || age_ms > AGE_MOST_MS))
		job->kept.is_found = false;
	/* What cannot be read now will not be later. */
	if (job->err.code == ERR_PARSE)
		folder_remove(folder, name);
}

static void write_kept(struct job *job, const struct folder *folder, const char *name)
{
	struct strbuf text;

	strbuf_init(&text, ANSWER_FILE_MAX_BYTES);
	if (!answer_file_format(&text, strbuf_str(&job->key), job->now_ms, job->json))
		err_set(&job->err, ERR_TOO_LARGE,
			"an answer is too large to be kept for the next start");
	else if (!folder_write(folder, name, strbuf_str(&text), &job->err))
		err_wrap(&job->err, "an answer is not kept");
	strbuf_fini(&text);
}

static void work(void *ctx)
{
	struct job *job = ctx;
	char name[ANSWER_FILE_NAME_BYTES];
	struct folder folder;

	if (!folder_open(&folder, job->path, &job->err))
		return;
	answer_file_name(strbuf_str(&job->key), name);
	if (job->done)
		write_kept(job, &folder, name);
	else
		read_kept(job, &folder, name);
	folder_close(&folder);
}

static void worked(void *ctx)
{
	end(ctx);
}

/* Once a run, when the folder is needed anyway. */
static void prune(void *ctx)
{
	struct job *job = ctx;
	struct folder folder;

	if (!folder_open(&folder, job->path, &job->err))
		return;
	folder_prune(&folder, ".answer", &limits, job->now_ms);
	/* Left behind by a crash in the middle of a write. */
	folder_prune(&folder, ".new",
		     &(struct folder_limits){.max_age_ms = 3600 * 1000,
					     .max_files = limits.max_files,
					     .max_bytes = limits.max_bytes},
		     job->now_ms);
	folder_close(&folder);
}

static void to_pool(struct job *job, loop_fn fn)
{
	job->step = JOB_ON_POOL;
	loop_work(job->disk->loop, fn, worked, job);
}

static void who_came(const struct http_auth *auth, const struct err *err, void *ctx)
{
	struct job *job = ctx;

	if (err->code == ERR_NONE && auth->kind == HTTP_AUTH_BEARER &&
	    token_put_identity(&job->key, auth->secret) && !job->key.overflow)
		to_pool(job, work);
	else
		end(job);
}

static struct job *new_job(struct answer_disk *d, int64_t now_ms, void *ctx)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->disk = d;
	job->path = d->path;
	job->now_ms = now_ms;
	job->ctx = ctx;
	err_clear(&job->err);
	strbuf_init(&job->key, KEY_MAX_BYTES);
	vec_push(&d->jobs, job);
	return job;
}

static void start(struct job *job, const struct api_call *call)
{
	const struct connection *conn = call->connection;
	struct answer_disk *d = job->disk;

	if (!d->is_pruned) {
		d->is_pruned = true;
		to_pool(new_job(d, clock_wall_ms(loop_clock(d->loop)), NULL), prune);
	}
	strbuf_printf(&job->key, "%s %s %.*s %d %d %.*s\n%.*s\n", conn->name,
		      conn->base_url, STR_ARG(credential_name(conn->credential)),
		      (int)call->method, call->max_pages, STR_ARG(call->path),
		      STR_ARG(call->body));
	for (size_t i = 0; i < call->n_headers; i++)
		strbuf_printf(&job->key, "%.*s: %.*s\n", STR_ARG(call->headers[i].name),
			      STR_ARG(call->headers[i].value));
	job->step = JOB_ASKS_WHO;
	job->credential = conn->credential;
	credential_ask(conn->credential, connection_scope(conn), who_came, job);
}

void answer_disk_find(struct answer_disk *d, const struct api_call *call,
		      answer_kept_fn fn, void *ctx)
{
	struct job *job = new_job(d, clock_wall_ms(loop_clock(d->loop)), ctx);

	job->fn = fn;
	start(job, call);
}

void answer_disk_put(struct answer_disk *d, const struct api_call *call,
		     const cJSON *json, int64_t fetched_ms, loop_fn done, void *ctx)
{
	struct job *job = new_job(d, fetched_ms, ctx);

	job->done = done;
	job->json = json;
	start(job, call);
}

static void drop(struct job *job)
{
	job->fn = NULL;
	if (job->step != JOB_ASKS_WHO)
		return;
	credential_forget(job->credential, job);
	end(job);
}

void answer_disk_forget(struct answer_disk *d, void *ctx)
{
	for (size_t i = 0; i < d->jobs.n; i++) {
		if (d->jobs.p[i]->fn && d->jobs.p[i]->ctx == ctx) {
			drop(d->jobs.p[i]);
			return;
		}
	}
}

/* Ending a job moves the last one to its place. */
static void drop_all(struct answer_disk *d, bool writes_too)
{
	for (size_t i = d->jobs.n; i-- > 0;) {
		if (d->jobs.p[i]->fn || writes_too)
			drop(d->jobs.p[i]);
	}
}

void answer_disk_free(struct answer_disk *d)
{
	if (!d)
		return;
	drop_all(d, false);
	/* A token that has just been used comes at once; one that does not come now
	 * may need a person. */
	for (int i = 0; i < TOKEN_TURNS && d->jobs.n; i++)
		loop_turn(d->loop, TURN_MS);
	drop_all(d, true);
	while (d->jobs.n)
		loop_turn(d->loop, TURN_MS);
	vec_fini(&d->jobs);
	free(d->path);
	free(d);
}
