/* What readiness asks of a workload, and how much each answer is worth. The weights
 * say what a failover dies of first; they are compared with each other alone, for only
 * what applies to a workload counts. Thread: any (no state). */
#ifndef AZ_DR_CHECK_H
#define AZ_DR_CHECK_H

/* X(id, what a person reads, weight) */
#define DR_CHECK_LIST(X)                                                                 \
	X(GROUP_SIDES, "group sides", 6)                                                 \
	X(GROUP_STATE, "group state", 10)                                                \
	X(GROUP_LAG, "group lag", 8)                                                     \
	X(GROUP_POLICY, "group policy", 2)                                               \
	X(COPY, "database copy", 6)                                                      \
	X(REPLICATION, "replication", 10)                                                \
	X(MACHINE_RPO, "machine RPO", 8)                                                 \
	X(IN_PLAN, "in a plan", 3)                                                       \
	X(MACHINE_CLEAN, "test machine", 2)                                              \
	X(BACKUP, "backup", 6)                                                           \
	X(RESTORE_TEST, "restore test", 4)                                               \
	X(DRILL_AGE, "drill age", 8)                                                     \
	X(DRILL_RESULT, "drill result", 7)                                               \
	X(DRILL_RTO, "drill RTO", 6)                                                     \
	X(DRILL_RPO, "drill RPO", 3)                                                     \
	X(DRILL_CLEAN, "drill clean-up", 3)                                              \
	X(WAY_IN, "way in", 8)

enum dr_check {
#define X(id, name, weight) DR_##id,
	DR_CHECK_LIST(X)
#undef X
		DR_CHECKS
};

const char *dr_check_name(enum dr_check check);
int dr_check_weight(enum dr_check check);

/* Unknown and stale are not ready: nobody fails over on a guess. */
enum verdict { VERDICT_READY, VERDICT_STALE, VERDICT_UNKNOWN, VERDICT_NOT };
const char *verdict_word(enum verdict verdict); /* "ready", "not ready", ... */

#endif
