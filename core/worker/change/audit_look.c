/* See audit_look.h. A key that is closed stays closed: nobody is asked for a passphrase by
 * a board. Thread: core, and the pool for what reads. */
#include "worker/change/audit_look.h"

#include <stdlib.h>

#include "act/audit_changes.h"
#include "act/audit_entries.h"
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
	struct listing {
		cJSON *rows; /* as they came last */
		bool is_new; /* nobody has had them yet */
	} changes, entries;
	uint64_t stamp; /* of the file they are of */
};

/* The pool's until it is done. */
struct look_job {
	struct audit_look *look; /* core; NULL: nobody wants it any more */
	struct keychain keychain;
	VEC(struct sign_key) keys;
	struct strbuf path;
	uint64_t stamp;
	cJSON *changes, *entries;
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

static void read_files(struct look_job *job, const struct audit_files *files)
{
	struct audit_how how = {.is_each = false};
	struct str log = strbuf_str(&files->log);
	struct audit_report report;
	struct err err;

	if (!add_own_key(job, &err)) {
		job->changes = audit_changes(log, NULL);
		job->entries = audit_entries(log, NULL);
		add_log(job->changes, audit_changes_log(NULL, "not checked", err.text));
		return;
	}
	how.keys = (struct sign_keys){job->keys.p, job->keys.n};
	audit_check(log, audit_files_head(files), &how, &report);
	job->changes = audit_changes(log, &report);
	job->entries = audit_entries(log, &report);
	add_log(job->changes, audit_changes_log(&report, NULL, NULL));
	audit_report_fini(&report);
}

static void work(void *ctx)
{
	struct look_job *job = ctx;
	struct audit_files files;
	struct err err;

	job->stamp = file_stamp(job->path.p, NULL);
	if (audit_files_read(&files, job->path.p, &err)) {
		read_files(job, &files);
	} else {
		job->entries = cJSON_CreateArray();
		job->changes = err.code == ERR_NOT_FOUND
				       ? one_row("none", "the first action begins it")
				       : one_row("not readable", err.text);
	}
	audit_files_fini(&files);
}

static void take(struct listing *list, cJSON *rows)
{
	cJSON_Delete(list->rows);
	*list = (struct listing){.rows = rows, .is_new = true};
}

static void done(void *ctx)
{
	struct look_job *job = ctx;
	struct audit_look *look = job->look;

	if (look) {
		take(&look->changes, job->changes);
		take(&look->entries, job->entries);
		look->stamp = job->stamp;
		look->job = NULL;
	} else {
		cJSON_Delete(job->changes);
		cJSON_Delete(job->entries);
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
static cJSON *rows_of(struct audit_look *look, struct listing *list)
{
	struct strbuf path;

	if (look->job)
		return NULL;
	strbuf_init(&path, 4096);
	audit_files_own_path(&path);
	if (list->rows && (list->is_new || file_stamp(path.p, NULL) == look->stamp)) {
		list->is_new = false;
		strbuf_fini(&path);
		return cJSON_Duplicate(list->rows, true);
	}
	begin(look, &path);
	return NULL;
}

cJSON *audit_look_rows(void *ctx)
{
	struct audit_look *look = ctx;

	return look->is_demo ? one_row("none", "the demo keeps none")
			     : rows_of(look, &look->changes);
}

cJSON *audit_look_entries(void *ctx)
{
	struct audit_look *look = ctx;

	return look->is_demo ? cJSON_CreateArray() : rows_of(look, &look->entries);
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
	cJSON_Delete(look->changes.rows);
	cJSON_Delete(look->entries.rows);
	free(look);
}
