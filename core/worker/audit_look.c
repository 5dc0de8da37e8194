/* See audit_look.h. A key that is closed stays closed: nobody is asked for a passphrase by
 * a board. Thread: core, and the pool for what reads. */
#include "worker/audit_look.h"

#include <stdlib.h>

#include "act/audit_changes.h"
#include "act/audit_files.h"
#include "act/signer.h"
#include "base/file.h"
#include "base/vec.h"
#include "base/xalloc.h"

struct audit_look {
	struct loop *loop;
	struct keychain keychain;
	VEC(struct sign_key) people;
	bool is_demo;
	struct look_job *job; /* on its way */
	cJSON *rows;	      /* as they came last */
	uint64_t stamp;	      /* of the file they are of */
	bool is_new;	      /* nobody has had them yet */
};

/* The pool's until it is done. */
struct look_job {
	struct audit_look *look; /* core; NULL: nobody wants it any more */
	struct keychain keychain;
	VEC(struct sign_key) keys;
	struct strbuf path;
	uint64_t stamp;
	cJSON *rows;
};

static void add_log(cJSON *rows, cJSON *log)
{
	cJSON_InsertItemInArray(rows, 0, log);
}

static cJSON *one_row(const char *state, const char *why)
{
	cJSON *rows = cJSON_CreateArray();

	add_log(rows, audit_changes_log(NULL, state, why));
	return rows;
}

static bool add_own_key(struct look_job *job, struct err *err)
{
	struct signer signer;
	bool ok = signer_open(&signer, &job->keychain, err);

	if (ok)
		vec_push(&job->keys, signer.key);
	signer_fini(&signer);
	return ok || job->keys.n > 0;
}

static cJSON *read_files(struct look_job *job, const struct audit_files *files)
{
	struct audit_how how = {.is_each = false};
	struct audit_report report;
	struct err err;
	cJSON *rows;

	if (!add_own_key(job, &err)) {
		rows = audit_changes(strbuf_str(&files->log), NULL);
		add_log(rows, audit_changes_log(NULL, "not checked", err.text));
		return rows;
	}
	how.keys = (struct sign_keys){job->keys.p, job->keys.n};
	audit_check(strbuf_str(&files->log), audit_files_head(files), &how, &report);
	rows = audit_changes(strbuf_str(&files->log), &report);
	add_log(rows, audit_changes_log(&report, NULL, NULL));
	audit_report_fini(&report);
	return rows;
}

static void work(void *ctx)
{
	struct look_job *job = ctx;
	struct audit_files files;
	struct err err;

	job->stamp = file_stamp(job->path.p, NULL);
	if (audit_files_read(&files, job->path.p, &err)) {
		job->rows = read_files(job, &files);
	} else {
		job->rows = err.code == ERR_NOT_FOUND
				    ? one_row("none", "the first action begins it")
				    : one_row("not readable", err.text);
	}
	audit_files_fini(&files);
}

static void done(void *ctx)
{
	struct look_job *job = ctx;
	struct audit_look *look = job->look;

	if (look) {
		cJSON_Delete(look->rows);
		look->rows = job->rows;
		look->stamp = job->stamp;
		look->is_new = true;
		look->job = NULL;
	} else {
		cJSON_Delete(job->rows);
	}
	keychain_fini(&job->keychain);
	vec_fini(&job->keys);
	strbuf_fini(&job->path);
	free(job);
}

static void begin(struct audit_look *look, struct strbuf *path)
{
	struct look_job *job = xcalloc(1, sizeof(*job));
	const struct sign_key *key;

	job->look = look;
	job->path = *path;
	keychain_copy(&job->keychain, &look->keychain);
	vec_each (key, &look->people)
		vec_push(&job->keys, *key);
	look->job = job;
	loop_work(look->loop, work, done, job);
}

/* Rows that came are given once without another look at the file. */
cJSON *audit_look_rows(void *ctx)
{
	struct audit_look *look = ctx;
	struct strbuf path;

	if (look->job)
		return NULL;
	if (look->is_demo)
		return one_row("none", "the demo keeps none");
	strbuf_init(&path, 4096);
	audit_files_own_path(&path);
	if (look->rows && (look->is_new || file_stamp(path.p, NULL) == look->stamp)) {
		look->is_new = false;
		strbuf_fini(&path);
		return cJSON_Duplicate(look->rows, true);
	}
	begin(look, &path);
	return NULL;
}

struct audit_look *audit_look_new(const struct audit_look_options *options)
{
	struct audit_look *look = xcalloc(1, sizeof(*look));
	const struct config_actions *actions = &options->config->actions;
	struct sign_key key;
	struct err ignored;

	look->loop = options->loop;
	look->is_demo = options->is_demo;
	keychain_copy(&look->keychain, options->keychain);
	for (size_t i = 0; i < actions->n_people; i++) {
		if (sign_key_parse(str_from(actions->people[i].key), &key, &ignored))
			vec_push(&look->people, key);
	}
	return look;
}

void audit_look_free(struct audit_look *look)
{
	if (!look)
		return;
	if (look->job)
		look->job->look = NULL;
	keychain_fini(&look->keychain);
	vec_fini(&look->people);
	cJSON_Delete(look->rows);
	free(look);
}
