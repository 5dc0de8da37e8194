/* Conversations that somebody gave a name, and what people thought of answers: sealed files
 * under the user's key, one each. In the demo there is no folder, and they are in memory.
 * Thread: the pool, one job at a time. */
#ifndef AZ_WORKER_CHAT_FILE_H
#define AZ_WORKER_CHAT_FILE_H

#include "auth/keychain.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "base/vec.h"

enum { CHAT_NAME_MOST = 80, CHAT_FILE_MOST = 1 << 20 };

struct chat_kept {
	char *name, *json;
};

struct chat_files {
	struct keychain keychain;
	char *dir; /* NULL: in memory */
	VEC(struct chat_kept) memory;
};

void chat_files_init(struct chat_files *f, const struct keychain *keychain,
		     const char *dir);
void chat_files_fini(struct chat_files *f);

/* Takes the place of what is there. `json` is at most CHAT_FILE_MOST bytes. */
bool chat_files_write(struct chat_files *f, struct str name, struct str json,
		      struct err *err) MUST_CHECK;
/* ERR_NOT_FOUND: there is none of that name. */
bool chat_files_read(struct chat_files *f, struct str name, struct strbuf *json,
		     struct err *err) MUST_CHECK;
/* "/open NAME", a line each: those that a command can name. Nothing is opened for it. */
void chat_files_names(struct chat_files *f, struct strbuf *out);
/* Each in turn, by name. One that cannot be opened is passed over and counted. */
typedef void (*chat_files_fn)(struct str name, struct str json, void *ctx);
bool chat_files_each(struct chat_files *f, chat_files_fn fn, void *ctx, size_t *n_damaged,
		     struct err *err) MUST_CHECK;

#endif
