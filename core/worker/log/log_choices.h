/* What can be followed: the sources that the configuration names, and the workloads of each
 * cluster that have pods. Thread: any (no state). */
#ifndef AZ_WORKER_LOG_CHOICES_H
#define AZ_WORKER_LOG_CHOICES_H

#include "base/vec.h"
#include "board/board.h"
#include "config/config.h"

struct connections;

struct log_choice {
	char *name;		/* in the configuration; NULL: of a cluster */
	char *source;		/* "pods:atlas/checkout@aks-atlas-prod" */
	size_t pods;		/* of it now; 0 for named ones */
	enum severity severity; /* of the worst of them */
};

struct log_choices {
	VEC(struct log_choice) list;
};

/* `pods` is the board k8s-pods; both may be NULL. Named ones first, then by cluster,
 * namespace and name. */
void log_choices_init(struct log_choices *c, const struct config *config,
		      const struct board *pods);
void log_choices_fini(struct log_choices *c);

/* The source of a name or, of what is written as a source, itself. NULL with err. */
const char *log_choices_resolve(const struct config *config, const char *text,
				struct err *err) MUST_CHECK;
/* Every source of the configuration is one, on a connection that is there. */
bool log_choices_check(const struct config *config, const struct connections *connections,
		       struct err *err) MUST_CHECK;

#endif
