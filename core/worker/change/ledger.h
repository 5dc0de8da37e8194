/* What is written down of changes: entries of the audit log, then the change's own sealed
 * file, which is its journal. All of it happens on the pool, one job after the other in
 * the order they were given, and each `done` comes from the loop once it is on the disk.
 * Audit before journal: a crash between the two leaves an entry of something that did not
 * happen yet, and will with another one; the other way round a run would believe that its
 * request may have left. Thread: core.
 *
 * Who changes a change has claimed it: a lock beside its file that goes with the process.
 * Jobs that were given are done even when the ledger is freed meanwhile. */
#ifndef AZ_WORKER_LEDGER_H
#define AZ_WORKER_LEDGER_H

#include "act/audit_entry.h"
#include "act/plan.h"
#include "act/signer.h"
#include "auth/keychain.h"
#include "base/vec.h"
#include "net/loop.h"

struct ledger;

struct ledger_options {
	struct loop *loop;
	const struct keychain *keychain; /* copied */
	const char *by;			 /* of entries; copied */
	/* Where the changes are; NULL: nothing is kept, and a key is drawn for the run. */
	const char *dir;
	const char *audit_path; /* NULL: the user's own */
};

/* One sealed file. */
struct ledger_file {
	char id[PLAN_ID_BYTES + 1];
	struct secret text; /* unset: err */
	struct err err;	    /* why it cannot be read */
	bool is_to_stop;    /* another process wants its run to stop */
};

struct ledger_answer {
	struct err err;
	/* Of ledger_list: borrowed for the call. */
	struct ledger_file *files;
	size_t n_files;
	/* Of ledger_claim: what the file holds now; unset: nothing is kept. */
	struct secret text;
};
typedef void (*ledger_fn)(const struct ledger_answer *answer, void *ctx);

struct ledger *ledger_new(const struct ledger_options *options);
void ledger_free(struct ledger *l);

/* The user's key is opened, and made when there is none. */
void ledger_open(struct ledger *l, ledger_fn done, void *ctx);
/* NULL until then. */
const struct signer *ledger_signer(const struct ledger *l);

/* Every change there is. Without a key there is none. */
void ledger_list(struct ledger *l, ledger_fn done, void *ctx);

/* ERR_CONFLICT: another azdeck has claimed it. Waits for that one for a moment. */
void ledger_claim(struct ledger *l, const char *id, ledger_fn done, void *ctx);
void ledger_release(struct ledger *l, const char *id);

struct ledger_entry {
	enum audit_kind kind;
	cJSON *about;
};
struct ledger_page {
	VEC(struct ledger_entry) entries;
	char id[PLAN_ID_BYTES + 1];
	struct secret text; /* of the change, which is claimed; unset: it stays */
	bool removes;	    /* the file instead */
};
/* `about` is taken. */
void ledger_page_add(struct ledger_page *page, enum audit_kind kind, cJSON *about);
void ledger_page_fini(struct ledger_page *page);
/* The page is taken. Where one part fails, nothing behind it is written. */
void ledger_write(struct ledger *l, struct ledger_page *page, ledger_fn done, void *ctx);

/* For the azdeck that has claimed it: its run is to stop. */
void ledger_ask_stop(struct ledger *l, const char *id, ledger_fn done, void *ctx);

/* Ends the names of what is in `dir`. */
#define LEDGER_SUFFIX ".change"

#endif
