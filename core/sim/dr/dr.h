/* Disaster recovery on the wire: vaults, Site Recovery and backup.
 * Thread: core. */
#ifndef AZ_SIM_DR_H
#define AZ_SIM_DR_H

#include "sim/world.h"

#define DR_VERSIONS "2024-10-01 2024-04-01 2023-08-01"

struct vault {
	const char *name;
	const char *group;
};
extern const struct vault dr_vaults[];
extern const size_t dr_n_vaults;

/* A virtual machine that is replicated, backed up, or both. */
struct machine {
	const char *name;
	const char *group;
	const char *health;	/* of replication; NULL: not replicated */
	double rpo_s;		/* usual; 0: none yet, still seeding */
	const char *test_state; /* "None" or what a test left behind */
	int tested_days_ago;	/* -1: never */
	const char *plan;
	const char *backup; /* last backup's status; NULL: not backed up */
};
extern const struct machine dr_machines[];
extern const size_t dr_n_machines;

/* A recovery plan that was tried without touching production. */
struct drill {
	const char *plan;
	int days_ago;
	int took_minutes; /* from the start until its machines served */
	bool is_open;	  /* nobody has cleaned up: the job waits */
	int lost_minutes; /* how old the oldest recovery point was it began with */
	bool is_failed;	  /* in its second step */
};
extern const struct drill dr_drills[]; /* newest first */
extern const size_t dr_n_drills;

int64_t dr_drill_ms(const struct world *w, const struct drill *drill);
struct guid dr_drill_job(const struct world *w, const struct drill *drill);
/* The newest of a plan; every plan has one. */
const struct drill *dr_last_drill(const char *plan);

/* From the path. NULL: not there, and the 404 is written. */
const struct vault *dr_vault_named(const struct request *req, struct reply *rep);
/* Site Recovery lives in the first vault, backup in the second. */
bool dr_replicates(const struct vault *vault);
/* "/Subscriptions/...": these services write it with a capital. */
void dr_put_vault_id(struct strbuf *out, const struct vault *vault);
void dr_put_machine_id(struct strbuf *out, const struct machine *m);

/* What one of the vaults keeps, row by row; a put may leave one out. */
struct dr_rows {
	size_t n;
	bool replicates; /* of the vault that does, else of the other */
	void (*put)(const struct world *w, struct strbuf *out, const char *vault,
		    size_t i);
};
void dr_list_rows(const struct world *w, const struct request *req, struct reply *rep,
		  const struct dr_rows *rows);

void dr_list_vaults(struct world *w, const struct request *req, struct reply *rep);
void dr_list_usages(struct world *w, const struct request *req, struct reply *rep);
void dr_list_items(struct world *w, const struct request *req, struct reply *rep);
extern const char *const dr_plans[];
extern const size_t dr_n_plans;
void dr_list_plans(struct world *w, const struct request *req, struct reply *rep);
void dr_list_jobs(struct world *w, const struct request *req, struct reply *rep);
void dr_vault_health(struct world *w, const struct request *req, struct reply *rep);
/* When the newest backup of a machine was made. */
int64_t dr_recovery_point_ms(const struct world *w, const struct machine *m);
void dr_list_recovery_points(struct world *w, const struct request *req,
			     struct reply *rep);
void dr_list_backup_items(struct world *w, const struct request *req, struct reply *rep);
/* Restores that were tried, newest first. */
void dr_list_restores(struct world *w, const struct request *req, struct reply *rep);
void dr_list_backup_jobs(struct world *w, const struct request *req, struct reply *rep);

#endif
