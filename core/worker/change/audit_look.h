/* The audit log as rows of the board "audit", read and checked on the pool when somebody
 * asks, and not again while its file is the same. Nothing is made or changed. Thread:
 * core. */
#ifndef AZ_WORKER_AUDIT_LOOK_H
#define AZ_WORKER_AUDIT_LOOK_H

#include <cjson/cJSON.h>

#include "auth/keychain.h"
#include "config/config.h"
#include "net/loop.h"

struct audit_look;

struct audit_look_options {
	struct loop *loop;
	const struct keychain *keychain; /* copied */
	const struct config *config;	 /* whose people's signatures count, too */
	bool is_demo;			 /* it keeps no log */
};

struct audit_look *audit_look_new(const struct audit_look_options *options);
void audit_look_free(struct audit_look *look);
/* For self_add_rows: the rows, the caller's; NULL: not yet. `look` is that. */
cJSON *audit_look_rows(void *look);
/* Likewise, of the board "audit-entries". */
cJSON *audit_look_entries(void *look);

#endif
