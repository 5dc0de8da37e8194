/* See audit_read.h. */
#include "act/audit_read.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/audit_check.h"
#include "act/audit_head.h"
#include "auth/private_file.h"
#include "base/secret.h"

enum { PIECE_BYTES = 64 << 10 };

static bool fail(const struct audit_log *log, enum audit_fault what, uint64_t n,
		 struct err *err)
{
	return err_set(
		err, ERR_CONFLICT,
		"%s, entry %llu: %s (%s), so nothing is done; `azdeck audit verify` "
		"says more; to begin a new log, keep this one and its head aside",
		log->path.p, (unsigned long long)n, audit_fault_name(what),
		audit_fault_help(what));
}

void audit_read_forget(struct audit_log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
	log->tree = log->before = (struct merkle){0};
	log->last = (struct merkle_hash){0};
	log->bytes = log->last_bytes = 0;
}

void audit_read_take(struct audit_log *log, struct str line)
{
	log->before = log->tree;
	log->last = merkle_leaf(line);
	merkle_push(&log->tree, &log->last);
	log->last_bytes = (int64_t)line.n + 1;
	log->bytes += log->last_bytes;
}

/* The one file that the path names now, a plain one of the user's own. Without one,
 * fd stays -1. */
static bool open_file(struct audit_log *log, int64_t *size, struct err *err)
{
	struct stat now, own;

	*size = 0;
	if (lstat(log->path.p, &now) != 0) {
		audit_read_forget(log);
		return errno == ENOENT ||
		       err_errno(err, ERR_IO, errno, "cannot look at %s", log->path.p);
	}
	if (log->fd >= 0 && (fstat(log->fd, &own) != 0 || own.st_ino != now.st_ino ||
			     own.st_dev != now.st_dev))
		audit_read_forget(log);
	if (log->fd < 0)
		log->fd = open(log->path.p, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (log->fd < 0 || fstat(log->fd, &own) != 0)
		return err_errno(err, ERR_IO, errno, "cannot open %s", log->path.p);
	if (!S_ISREG(own.st_mode) || own.st_uid != geteuid())
		return err_set(err, ERR_CONFIG,
			       "%s is not a plain file of your own; move it away",
			       log->path.p);
	*size = own.st_size;
	return true;
}

static bool read_at(const struct audit_log *log, int64_t at, struct strbuf *out, size_t n,
		    struct err *err)
{
	static const char failed[] = "cannot read %s";
	char piece[4096];

	while (n) {
		ssize_t got = pread(log->fd, piece, n < sizeof(piece) ? n : sizeof(piece),
				    (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_errno(err, ERR_IO, got ? errno : EIO, failed,
					 log->path.p);
		strbuf_put(out, (struct str){piece, (size_t)got});
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* The last line is still the one that was read; whoever changes another one changes
 * what `azdeck audit verify` finds, but nothing that is relied on here. */
static bool check_last(const struct audit_log *log, int64_t size, struct err *err)
{
	struct merkle_hash hash;
	struct strbuf line;
	bool ok;

	if (size < log->bytes)
		return fail(log, AUDIT_FAULT_TRUNCATED, log->tree.n, err);
	if (!log->last_bytes)
		return true;
	strbuf_init(&line, AUDIT_LINE_MAX + 1);
	ok = read_at(log, log->bytes - log->last_bytes, &line, (size_t)log->last_bytes,
		     err);
	if (ok) {
		hash = merkle_leaf(str_sub(strbuf_str(&line), 0, line.n - 1));
		ok = memcmp(hash.p, log->last.p, sizeof(hash.p)) == 0 ||
		     fail(log, AUDIT_FAULT_EDITED, log->tree.n, err);
	}
	strbuf_fini(&line);
	return ok;
}

static const struct sign_key *find_key(const struct audit_log *log, struct str name)
{
	if (str_eq(name, str_from(log->author.signer->name.p)))
		return &log->author.signer->key;
	return sign_keys_find(&log->author.others, name);
}

static bool check_signature(const struct audit_log *log, struct str line, struct err *err)
{
	const struct sign_key *key;
	struct audit_entry entry;

	if (!audit_entry_parse(line, &entry))
		return fail(log, AUDIT_FAULT_EDITED, log->tree.n, err);
	key = find_key(log, entry.key);
	if (!key)
		return fail(log, AUDIT_FAULT_UNKNOWN_KEY, log->tree.n, err);
	return audit_entry_is_signed(&entry, key) ||
	       fail(log, AUDIT_FAULT_EDITED, log->tree.n, err);
}

/* The newest of the lines that are read, whose signature is due: at the end, and where
 * another key goes on. */
struct newest {
	struct strbuf line;
	char key[SIGN_KEY_NAME_BYTES + 1];
};

/* Follows the entry before. */
static bool take_line(struct audit_log *log, struct str line, struct newest *newest,
		      struct err *err)
{
	struct audit_entry entry;
	uint64_t n = log->tree.n + 1;

	if (!audit_entry_parse(line, &entry))
		return fail(log, AUDIT_FAULT_EDITED, n, err);
	if (entry.n != n)
		return fail(log, entry.n > n ? AUDIT_FAULT_DELETED : AUDIT_FAULT_INSERTED,
			    n, err);
	if (memcmp(entry.prev.p, log->last.p, sizeof(entry.prev.p)) != 0)
		return fail(log, AUDIT_FAULT_EDITED, n - 1, err);
	if (newest->line.n && !str_eq(str_from(newest->key), entry.key) &&
	    !check_signature(log, strbuf_str(&newest->line), err))
		return false;
	audit_read_take(log, line);
	memcpy(newest->key, entry.key.p, entry.key.n);
	newest->key[entry.key.n] = '\0';
	strbuf_reset(&newest->line);
	strbuf_put(&newest->line, line);
	return true;
}

static void note_torn(struct audit_found *found, struct str torn)
{
	struct str begins = str_sub(torn, 0, AUDIT_TORN_SHOWN);

	found->torn_bytes = (int64_t)torn.n;
	crypto_hash_sha256(found->torn_hash, (const unsigned char *)torn.p, torn.n);
	for (size_t i = 0; i < begins.n; i++)
		found->torn_begins[i] = begins.p[i] ? begins.p[i] : ' ';
}

/* All lines behind those that are known. */
static bool read_lines(struct audit_log *log, int64_t size, struct audit_found *found,
		       struct err *err)
{
	struct newest newest;
	struct strbuf rest;
	int64_t at = log->bytes;
	bool ok = true;

	strbuf_init(&rest, AUDIT_LINE_MAX + PIECE_BYTES + 1);
	strbuf_init(&newest.line, AUDIT_LINE_MAX);
	while (ok && at < size) {
		int64_t n = size - at < PIECE_BYTES ? size - at : PIECE_BYTES;
		struct str lines;
		ptrdiff_t end;

		ok = read_at(log, at, &rest, (size_t)n, err);
		at += n;
		lines = strbuf_str(&rest);
		while (ok && (end = str_find_char(lines, '\n')) >= 0) {
			ok = take_line(log, str_sub(lines, 0, (size_t)end), &newest, err);
			lines = str_sub(lines, (size_t)end + 1, lines.n);
		}
		strbuf_consume(&rest, rest.n - lines.n);
		if (ok && rest.n > AUDIT_LINE_MAX)
			ok = fail(log, AUDIT_FAULT_EDITED, log->tree.n + 1, err);
	}
	if (ok && rest.n)
		note_torn(found, strbuf_str(&rest));
	if (ok && newest.line.n)
		ok = check_signature(log, strbuf_str(&newest.line), err);
	strbuf_fini(&rest);
	strbuf_fini(&newest.line);
	return ok;
}

static bool is_root(const struct merkle *tree, const struct merkle_hash *root)
{
	struct merkle_hash own = merkle_root(tree);

	return memcmp(own.p, root->p, sizeof(own.p)) == 0;
}

static bool judge_head(const struct audit_log *log, struct str file,
		       struct audit_found *found, struct err *err)
{
	uint64_t n = log->tree.n;
	const struct sign_key *key;
	struct audit_head head;

	if (!audit_head_parse(file, &head))
		return fail(log, AUDIT_FAULT_HEAD_EDITED, n, err);
	key = find_key(log, head.key);
	if (!key)
		return fail(log, AUDIT_FAULT_UNKNOWN_KEY, n, err);
	if (!audit_head_signer(&head, &(struct sign_keys){key, 1}))
		return fail(log, AUDIT_FAULT_HEAD_EDITED, n, err);
	if (head.n > n)
		return fail(log, AUDIT_FAULT_TRUNCATED, n + 1, err);
	found->is_head_behind = head.n + 1 == n;
	if (head.n != n && !found->is_head_behind)
		return fail(log, AUDIT_FAULT_HEAD_OLD, n, err);
	return is_root(found->is_head_behind ? &log->before : &log->tree, &head.root) ||
	       fail(log, AUDIT_FAULT_OTHER, head.n, err);
}

static bool check_head(const struct audit_log *log, struct audit_found *found,
		       struct err *err)
{
	struct secret file = {0};
	bool ok;

	if (!private_file_read(log->head_path.p, AUDIT_HEAD_MAX, &file, err)) {
		if (err->code != ERR_NOT_FOUND)
			return false;
		/* The very first head could not be written any more. */
		found->is_head_behind = log->tree.n == 1;
		return log->tree.n <= 1 ||
		       fail(log, AUDIT_FAULT_HEAD_MISSING, log->tree.n, err);
	}
	ok = judge_head(log, secret_borrow(&file), found, err);
	secret_fini(&file);
	return ok;
}

bool audit_read(struct audit_log *log, struct audit_found *found, struct err *err)
{
	int64_t size;

	*found = (struct audit_found){0};
	return open_file(log, &size, err) && check_last(log, size, err) &&
	       read_lines(log, size, found, err) && check_head(log, found, err);
}
