/* Everything that can be written to, by family. Thread: any (const). */
#ifndef AZ_SIM_WRITE_RULES_H
#define AZ_SIM_WRITE_RULES_H

#include "sim/write/write.h"

/* write_compute.c */
extern const struct write_rule write_vm_start, write_vm_deallocate;
extern const struct write_rule write_delete, write_node_pool;

/* write_sql.c */
extern const struct write_rule write_sql_pool;
extern const struct write_rule write_group_failover, write_group_forced;

/* write_pause.c */
extern const struct write_rule write_warehouse_pause, write_warehouse_resume;
extern const struct write_rule write_postgres_stop, write_postgres_start;
extern const struct write_rule write_capacity_suspend, write_capacity_resume;

/* write_dr.c */
extern const struct write_rule write_test_failover, write_test_cleanup;
extern const struct write_rule write_planned_failover, write_unplanned_failover;
extern const struct write_rule write_failover_commit, write_re_protect;

/* write_platform.c */
extern const struct write_rule write_alert_state, write_log_table, write_tags;

/* write_k8s.c */
extern const struct write_rule write_k8s_scale, write_k8s_deployment, write_k8s_scaled;

/* write_devops.c */
extern const struct write_rule write_elastic_pool, write_approvals, write_stage;

/* write_oncall.c */
extern const struct write_rule write_incident, write_silence, write_silence_end;

/* Reads that only those who write ask for. */
void alert_get(struct world *w, const struct request *req, struct reply *rep);
void tags_get(struct world *w, const struct request *req, struct reply *rep);
void provider_get(struct world *w, const struct request *req, struct reply *rep);
void k8s_get_scale(struct world *w, const struct request *req, struct reply *rep);
void devops_get_build(struct world *w, const struct request *req, struct reply *rep);
void pagerduty_get_incident(struct world *w, const struct request *req,
			    struct reply *rep);

void alertmanager_get_silence(struct world *w, const struct request *req,
			      struct reply *rep);

#endif
