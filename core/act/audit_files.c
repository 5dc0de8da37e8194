/* See audit_files.h. A log and its head are written one after the other, so they are
 * read under the writer's lock; a copy without one is nobody's to write. */
#include "act/audit_files.h"

#include <unistd.h>

#include "act/audit_head.h"
#include "auth/file_lock.h"
#include "base/file.h"
#include "config/env.h"

enum { MOST_LOG_BYTES = 1 << 29, LOCK_WAIT_MS = 5000 };

void audit_files_own_path(struct strbuf *out)
{
	env_state_path(out, "audit.log");
}

static bool read_one(const char *path, struct strbuf *out, bool *is_there,
		     struct err *err)
{
	*is_there = file_read(path, out, err);
	return *is_there || err->code == ERR_NOT_FOUND;
}

/* Only where a lock is: looking makes no file. */
static bool take_lock(struct file_lock *lock, const char *path, struct err *err)
{
	struct strbuf name;
	bool is_due;

	lock->fd = -1;
	strbuf_init(&name, 4096);
	strbuf_printf(&name, "%s.lock", path);
	is_due = access(name.p, R_OK | W_OK) == 0;
	strbuf_fini(&name);
	return !is_due || file_lock_take(lock, path, LOCK_WAIT_MS, err);
}

bool audit_files_read(struct audit_files *f, const char *log_path, struct err *err)
{
	struct file_lock lock;
	struct strbuf head_path;
	bool ok;

	*f = (struct audit_files){0};
	strbuf_init(&f->log, MOST_LOG_BYTES);
	strbuf_init(&f->head, AUDIT_HEAD_MAX);
	strbuf_init(&head_path, 4096);
	audit_head_path(&head_path, log_path);
	ok = take_lock(&lock, log_path, err) &&
	     read_one(log_path, &f->log, &f->has_log, err);
	if (ok) {
		struct err why;

		/* One that is too long is no head either. */
		f->has_head = file_read(head_path.p, &f->head, &why) ||
			      why.code == ERR_TOO_LARGE;
		if (!f->has_head && why.code != ERR_NOT_FOUND) {
			*err = why;
			ok = false;
		} else if (!f->has_head && !f->has_log) {
			ok = false; /* the log's error stands */
		}
	}
	file_lock_drop(&lock);
	strbuf_fini(&head_path);
	return ok;
}

void audit_files_fini(struct audit_files *f)
{
	strbuf_fini(&f->log);
	strbuf_fini(&f->head);
	*f = (struct audit_files){0};
}

struct str audit_files_head(const struct audit_files *f)
{
	return f->has_head ? strbuf_str(&f->head) : (struct str){0};
}
