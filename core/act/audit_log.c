/* See audit_log.h. The order of a write is: line, fsync, head (which syncs itself and
 * its folder). So a crash leaves the head at most one entry behind, and whatever the
 * head covers was on the disk before. */
#include "act/audit_log.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/audit_files.h"
#include "act/audit_head.h"
#include "act/audit_read.h"
#include "auth/file_lock.h"
#include "auth/private_file.h"

enum { LOCK_WAIT_MS = 5000, LOG_ID_BYTES = 16 };

static int64_t now_ms(const struct audit_log *log)
{
	return clock_wall_ms(log->author.clock);
}

/* Adds the line to the file and takes it over; a longer rest of a torn line goes. */
static bool put_line(struct audit_log *log, struct str line, struct err *err)
{
	size_t done = 0;

	while (done < line.n) {
		ssize_t n = pwrite(log->fd, line.p + done, line.n - done,
				   (off_t)(log->bytes + (int64_t)done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (done == line.n && ftruncate(log->fd, log->bytes + (int64_t)line.n) == 0 &&
	    fsync(log->fd) == 0)
		return true;
	err_errno(err, ERR_IO, errno, "cannot write %s, so nothing is done", log->path.p);
	/* Where this fails too, the next one to read it finds a torn line. */
	if (ftruncate(log->fd, log->bytes) != 0 || fsync(log->fd) != 0)
		audit_read_forget(log);
	return false;
}

static bool put_head(struct audit_log *log, struct err *err)
{
	struct strbuf head;
	bool ok;

	strbuf_init(&head, AUDIT_HEAD_MAX);
	audit_head_format(&head, &log->tree, now_ms(log), log->author.signer);
	ok = private_file_write(log->head_path.p, strbuf_str(&head), err);
	strbuf_fini(&head);
	return ok;
}

static bool put_entry(struct audit_log *log, enum audit_kind kind, const cJSON *about,
		      struct err *err)
{
	const struct audit_draft draft = {
		.n = log->tree.n + 1,
		.at_ms = now_ms(log),
		.prev = log->last,
		.kind = kind,
		.by = log->author.by,
		.host = str_from(log->host),
		.about = about,
	};
	struct strbuf line;
	bool ok;

	strbuf_init(&line, AUDIT_LINE_MAX + 1);
	ok = audit_entry_format(&line, &draft, log->author.signer, err);
	if (ok) {
		strbuf_putc(&line, '\n');
		ok = put_line(log, strbuf_str(&line), err);
	}
	if (ok) {
		audit_read_take(log, str_sub(strbuf_str(&line), 0, line.n - 1));
		ok = put_head(log, err);
		/* Whether the head is there is only known by looking. */
		if (!ok)
			audit_read_forget(log);
	}
	strbuf_fini(&line);
	return ok;
}

static bool begin(struct audit_log *log, struct err *err)
{
	unsigned char id[LOG_ID_BYTES];
	char hex[2 * LOG_ID_BYTES + 1];
	struct strbuf key;
	cJSON *about;
	bool ok;

	if (log->fd < 0)
		log->fd = open(log->path.p, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
			       0600);
	if (log->fd < 0)
		return err_errno(err, ERR_IO, errno, "cannot make %s, so nothing is done",
				 log->path.p);
	randombytes_buf(id, sizeof(id));
	sodium_bin2hex(hex, sizeof(hex), id, sizeof(id));
	strbuf_init(&key, 128);
	sign_key_format(&key, &log->author.signer->key);
	about = cJSON_CreateObject();
	cJSON_AddStringToObject(about, "log", hex);
	cJSON_AddStringToObject(about, "public_key", key.p);
	ok = put_entry(log, AUDIT_BEGUN, about, err);
	cJSON_Delete(about);
	strbuf_fini(&key);
	return ok;
}

/* What a crash left is put right: first the head, so that never two entries are without
 * one, then the torn line, over which the entry that tells of it is written. */
static bool recover(struct audit_log *log, const struct audit_found *found,
		    struct err *err)
{
	cJSON *about;
	bool ok = !found->is_head_behind || put_head(log, err);

	if (!ok)
		return false;
	about = cJSON_CreateObject();
	if (found->is_head_behind)
		cJSON_AddNumberToObject(about, "head_renewed_for", (double)log->tree.n);
	if (found->torn_bytes) {
		struct strbuf hash;

		strbuf_init(&hash, 2 * MERKLE_BYTES);
		for (size_t i = 0; i < sizeof(found->torn_hash); i++)
			strbuf_printf(&hash, "%02x", found->torn_hash[i]);
		cJSON_AddNumberToObject(about, "cut_bytes", (double)found->torn_bytes);
		cJSON_AddStringToObject(about, "cut_sha256", hash.p);
		cJSON_AddStringToObject(about, "cut_begins", found->torn_begins);
		strbuf_fini(&hash);
	}
	ok = (log->tree.n || begin(log, err)) &&
	     put_entry(log, AUDIT_RECOVERED, about, err);
	cJSON_Delete(about);
	return ok;
}

/* Takes over what is there. The lock is held. */
static bool catch_up(struct audit_log *log, struct err *err)
{
	struct audit_found found;

	if (!audit_read(log, &found, err)) {
		audit_read_forget(log);
		return false;
	}
	return (!found.is_head_behind && !found.torn_bytes) || recover(log, &found, err);
}

static bool set_paths(struct audit_log *log, const char *path, struct err *err)
{
	strbuf_init(&log->path, 4096);
	strbuf_init(&log->head_path, 4096);
	if (path)
		strbuf_puts(&log->path, path);
	else
		audit_files_own_path(&log->path);
	audit_head_path(&log->head_path, log->path.p);
	if (log->path.overflow || log->head_path.overflow)
		return err_set(err, ERR_USAGE, "the path of the audit log is too long");
	return log->path.n != 0 ||
	       err_set(err, ERR_CONFIG,
		       "there is no place for an audit log; set HOME or XDG_STATE_HOME");
}

static void set_host(struct audit_log *log)
{
	struct str given = log->author.host;

	if (given.n) {
		given = str_sub(given, 0, sizeof(log->host) - 1);
		memcpy(log->host, given.p, given.n);
	} else if (gethostname(log->host, sizeof(log->host) - 1) != 0) {
		log->host[0] = '\0';
	}
}

bool audit_log_open(struct audit_log *log, const char *path,
		    const struct audit_author *author, struct err *err)
{
	struct file_lock lock;
	bool ok;

	*log = (struct audit_log){.author = *author, .fd = -1};
	set_host(log);
	if (!set_paths(log, path, err))
		return false;
	/* Without either there is nothing to read, and nothing is made. */
	if (access(log->path.p, F_OK) != 0 && access(log->head_path.p, F_OK) != 0)
		return true;
	if (!file_lock_take(&lock, log->path.p, LOCK_WAIT_MS, err))
		return false;
	ok = catch_up(log, err);
	file_lock_drop(&lock);
	return ok;
}

void audit_log_close(struct audit_log *log)
{
	audit_read_forget(log);
	strbuf_fini(&log->path);
	strbuf_fini(&log->head_path);
}

bool audit_log_append(struct audit_log *log, enum audit_kind kind, const cJSON *about,
		      struct err *err)
{
	struct file_lock lock;
	bool ok;

	if (!file_lock_take(&lock, log->path.p, LOCK_WAIT_MS, err))
		return false;
	ok = catch_up(log, err) && (log->tree.n || begin(log, err)) &&
	     put_entry(log, kind, about, err);
	file_lock_drop(&lock);
	return ok;
}

uint64_t audit_log_size(const struct audit_log *log)
{
	return log->tree.n;
}
