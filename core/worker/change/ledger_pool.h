/* What a job of the ledger does with the disk. Private to core/worker/change/ledger*.c. Thread:
 * the pool, one job at a time; init and fini of the loop. */
#ifndef AZ_WORKER_LEDGER_POOL_H
#define AZ_WORKER_LEDGER_POOL_H

#include "act/audit_log.h"
#include "auth/file_lock.h"
#include "worker/change/ledger.h"

enum ledger_act {
	LEDGER_OPEN,
	LEDGER_LIST,
	LEDGER_CLAIM,
	LEDGER_RELEASE,
	LEDGER_WRITE,
	LEDGER_ASK_STOP,
};

struct ledger_held {
	char id[PLAN_ID_BYTES + 1];
	struct file_lock lock;
};

struct ledger_pool {
	struct keychain keychain;
	const struct clock *clock;
	char *by, *dir, *audit_path; /* dir NULL: nothing is kept */
	struct signer signer;
	struct audit_log log;
	bool has_log;
	VEC(struct ledger_held) held;
};

void ledger_pool_init(struct ledger_pool *p, const struct ledger_options *options,
		      const struct clock *clock);
void ledger_pool_fini(struct ledger_pool *p);
void ledger_pool_do(struct ledger_pool *p, enum ledger_act act, struct ledger_page *page,
		    struct ledger_answer *answer);

#endif
