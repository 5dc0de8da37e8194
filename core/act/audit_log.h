/* The audit log of this user on this machine: a file to which entries are only ever
 * added, and its head beside it. An entry is on the disk, and the head signed over it,
 * before audit_log_append returns. Several processes add to one log; each takes over
 * what the others added before it adds its own, and refuses to go on where the log is
 * not what its head was signed for. What a crash leaves (a piece of a line, a head that
 * is one entry behind) is put right, and an entry says so. Thread: one owner, on the pool
 * or headless, never on the loop: it waits for the disk and for other processes. */
#ifndef AZ_ACT_AUDIT_LOG_H
#define AZ_ACT_AUDIT_LOG_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "act/audit_entry.h"
#include "act/merkle.h"
#include "act/sign_key.h"
#include "act/signer.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

/* Who writes. All of it is borrowed and outlives the log. */
struct audit_author {
	const struct signer *signer;
	const struct clock *clock;
	struct str by;		 /* as whom the user is signed in */
	struct str host;	 /* empty: this machine's name */
	struct sign_keys others; /* whose entries may be in the log besides */
};

struct audit_log {
	struct audit_author author;
	struct strbuf path, head_path;
	char host[256];
	int fd; /* -1: there is no file yet */
	/* What was read and checked of it. */
	struct merkle tree;
	struct merkle before; /* the tree without the last entry */
	struct merkle_hash last;
	int64_t bytes, last_bytes; /* of all lines, of the last one */
};

/* Reads the log that is there, checks it against its head and puts right what a crash
 * left. Makes no file. `path` NULL: the user's own. ERR_CONFLICT: it was tampered with,
 * and the text says how to go on. audit_log_close is due, whatever comes of it. */
bool audit_log_open(struct audit_log *log, const char *path,
		    const struct audit_author *author, struct err *err) MUST_CHECK;
void audit_log_close(struct audit_log *log);

/* False: the entry does not count, and nothing may be done that relies on it. It may be
 * found in the log all the same when only its head could not be written. */
bool audit_log_append(struct audit_log *log, enum audit_kind kind, const cJSON *about,
		      struct err *err) MUST_CHECK;
/* How many entries there are; the number of the one just added. */
uint64_t audit_log_size(const struct audit_log *log);

#endif
