/* See ledger_pool.h. */
#include "worker/change/ledger_pool.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/private_file.h"
#include "auth/seal.h"
#include "base/xalloc.h"
#include "worker/change/changes.h"

#define PURPOSE STR("changes")
#define STOP	".stop"

/* Whoever decides something has a change for some milliseconds; who runs it, for long. */
enum { CLAIM_WAIT_MS = 1000, MOST_FILES = 2048 };

void ledger_pool_init(struct ledger_pool *p, const struct ledger_options *options,
		      const struct clock *clock)
{
	*p = (struct ledger_pool){.clock = clock, .by = xstrdup(options->by)};
	keychain_copy(&p->keychain, options->keychain);
	if (options->dir)
		p->dir = xstrdup(options->dir);
	if (options->audit_path)
		p->audit_path = xstrdup(options->audit_path);
}

void ledger_pool_fini(struct ledger_pool *p)
{
	for (size_t i = 0; i < p->held.n; i++)
		file_lock_drop(&p->held.p[i].lock);
	vec_fini(&p->held);
	if (p->has_log)
		audit_log_close(&p->log);
	signer_fini(&p->signer);
	keychain_fini(&p->keychain);
	free(p->by);
	free(p->dir);
	free(p->audit_path);
}

static bool open_key(struct ledger_pool *p, bool makes, struct err *err)
{
	if (secret_is_set(&p->signer.secret))
		return true;
	if (!p->dir) {
		signer_draw(&p->signer);
		return true;
	}
	return makes ? signer_open_or_make(&p->signer, &p->keychain, err)
		     : signer_open(&p->signer, &p->keychain, err);
}

static bool open_log(struct ledger_pool *p, struct err *err)
{
	struct audit_author author = {
		.signer = &p->signer,
		.clock = p->clock,
		.by = str_from(p->by),
		.others = {.p = &p->signer.key, .n = 1},
	};

	if (p->has_log)
		return true;
	p->has_log = audit_log_open(&p->log, p->audit_path, &author, err);
	if (!p->has_log)
		audit_log_close(&p->log);
	return p->has_log;
}

static void put_path(const struct ledger_pool *p, const char *id, const char *mark,
		     struct strbuf *out)
{
	strbuf_init(out, 4096);
	strbuf_printf(out, "%s/%s%s" LEDGER_SUFFIX, p->dir, id, mark);
}

static bool read_file(struct ledger_pool *p, const char *id, struct secret *out,
		      struct err *err)
{
	struct strbuf path;
	bool ok;

	put_path(p, id, "", &path);
	ok = seal_file_read(path.p, &p->keychain.key, PURPOSE, out, err);
	strbuf_fini(&path);
	return ok;
}

static bool has_mark(const struct ledger_pool *p, const char *id)
{
	struct strbuf path;
	bool has;

	put_path(p, id, STOP, &path);
	has = access(path.p, F_OK) == 0;
	strbuf_fini(&path);
	return has;
}

static void remove_file(const struct ledger_pool *p, const char *id, const char *mark)
{
	struct strbuf path;

	put_path(p, id, mark, &path);
	unlink(path.p);
	strbuf_fini(&path);
}

static void add_file(struct ledger_pool *p, struct str name, struct ledger_answer *answer)
{
	struct str id = str_sub(name, 0, PLAN_ID_BYTES);
	struct ledger_file *file;

	/* Ids are of digests, so a name that is none of ours cannot lead elsewhere. */
	if (id.n != PLAN_ID_BYTES || !changes_is_id(id) ||
	    !str_eq(str_sub(name, PLAN_ID_BYTES, name.n), STR(LEDGER_SUFFIX)))
		return;
	file = &answer->files[answer->n_files++];
	*file = (struct ledger_file){0};
	memcpy(file->id, id.p, PLAN_ID_BYTES);
	err_clear(&file->err);
	if (answer->n_files > MOST_FILES) {
		err_set(&file->err, ERR_TOO_LARGE,
			"there are more than %d changes: forget some that are over",
			MOST_FILES);
		return;
	}
	if (!read_file(p, file->id, &file->text, &file->err))
		secret_fini(&file->text);
	file->is_to_stop = has_mark(p, file->id);
}

static bool list(struct ledger_pool *p, struct ledger_answer *answer)
{
	struct dirent *entry;
	DIR *dir;

	if (!p->dir || !open_key(p, false, &answer->err)) {
		/* Nothing was ever kept. */
		if (answer->err.code == ERR_NOT_FOUND)
			err_clear(&answer->err);
		return answer->err.code == ERR_NONE;
	}
	dir = opendir(p->dir);
	/* The last one says that there are more. */
	answer->files = xcalloc(MOST_FILES + 1, sizeof(*answer->files));
	while (dir && answer->n_files <= MOST_FILES && (entry = readdir(dir)))
		add_file(p, str_from(entry->d_name), answer);
	if (dir)
		closedir(dir);
	return true;
}

static struct ledger_held *find_held(struct ledger_pool *p, const char *id)
{
	struct ledger_held *held;

	vec_each (held, &p->held) {
		if (strcmp(held->id, id) == 0)
			return held;
	}
	return NULL;
}

/* Who wanted the run to stop has nothing to wait for any more. */
static void release(struct ledger_pool *p, const char *id)
{
	struct ledger_held *held = find_held(p, id);

	if (!held)
		return;
	remove_file(p, id, STOP);
	file_lock_drop(&held->lock);
	*held = p->held.p[--p->held.n];
}

static bool lock(struct ledger_pool *p, const char *id, struct err *err)
{
	struct ledger_held held = {0};
	struct strbuf path;
	bool ok;

	if (find_held(p, id))
		return true;
	memcpy(held.id, id, sizeof(held.id));
	put_path(p, id, "", &path);
	ok = file_lock_take(&held.lock, path.p, CLAIM_WAIT_MS, err);
	strbuf_fini(&path);
	if (ok)
		vec_push(&p->held, held);
	else if (err->code == ERR_CONFLICT)
		err_set(err, ERR_CONFLICT, "another azdeck has the change %s in hand",
			id);
	return ok;
}

/* What is new has no file yet. */
static bool claim(struct ledger_pool *p, const char *id, struct ledger_answer *answer)
{
	if (!p->dir)
		return true;
	if (!open_key(p, true, &answer->err) || !lock(p, id, &answer->err))
		return false;
	if (read_file(p, id, &answer->text, &answer->err))
		return true;
	if (answer->err.code == ERR_NOT_FOUND) {
		err_clear(&answer->err);
		return true;
	}
	release(p, id);
	return false;
}

static bool write_file(struct ledger_pool *p, const struct ledger_page *page,
		       struct err *err)
{
	struct strbuf path;
	bool ok;

	if (!find_held(p, page->id))
		return err_set(err, ERR_INTERNAL, "the change %s is not claimed",
			       page->id);
	put_path(p, page->id, "", &path);
	ok = seal_file_write(path.p, &p->keychain.key, PURPOSE,
			     secret_borrow(&page->text), err);
	strbuf_fini(&path);
	return ok;
}

static bool write_page(struct ledger_pool *p, const struct ledger_page *page,
		       struct err *err)
{
	const struct ledger_entry *entry;

	if (!open_key(p, true, err))
		return false;
	if (!p->dir)
		return true;
	if (page->entries.n && !open_log(p, err))
		return false;
	vec_each (entry, &page->entries) {
		if (!audit_log_append(&p->log, entry->kind, entry->about, err))
			return false;
	}
	if (page->removes) {
		remove_file(p, page->id, STOP);
		remove_file(p, page->id, "");
	}
	return !secret_is_set(&page->text) || write_file(p, page, err);
}

static bool ask_stop(struct ledger_pool *p, const char *id, struct err *err)
{
	struct strbuf path;
	bool ok;

	if (!p->dir)
		return true;
	put_path(p, id, STOP, &path);
	ok = private_file_write(path.p, STR(""), err);
	strbuf_fini(&path);
	return ok;
}

void ledger_pool_do(struct ledger_pool *p, enum ledger_act act, struct ledger_page *page,
		    struct ledger_answer *answer)
{
	bool ok = true;

	switch (act) {
	case LEDGER_OPEN:
		ok = open_key(p, true, &answer->err);
		break;
	case LEDGER_LIST:
		ok = list(p, answer);
		break;
	case LEDGER_CLAIM:
		ok = claim(p, page->id, answer);
		break;
	case LEDGER_RELEASE:
		release(p, page->id);
		break;
	case LEDGER_WRITE:
		ok = write_page(p, page, &answer->err);
		break;
	case LEDGER_ASK_STOP:
		ok = ask_stop(p, page->id, &answer->err);
		break;
	}
	if (ok)
		err_clear(&answer->err);
}
