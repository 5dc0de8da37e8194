/* A workload: an application and the resources that are its own, wherever they show
 * up. Plain data. Thread: any. */
#ifndef AZ_CONFIG_WORKLOAD_H
#define AZ_CONFIG_WORKLOAD_H

#include <stddef.h>
#include <stdint.h>

struct workload_tag {
	const char *name, *value;
};

/* A row is the workload's when one of these holds; letters compare without case. */
struct workload {
	const char *name;	   /* "Atlas" */
	const char *const *groups; /* resource groups; "*" stands for any letters */
	size_t n_groups;
	const struct workload_tag *tags; /* of the resource behind the row */
	size_t n_tags;
	const char *const *words; /* in a text of the row: "atlas" */
	size_t n_words;
	/* What was promised of it; 0 or NULL: nothing was. */
	double slo;	   /* percent of the window: 99.99 */
	int64_t window_ms; /* of the promise */
	int64_t rto_ms;	   /* time to recover */
	int64_t rpo_ms;	   /* what may be lost */
	int64_t drill_every_ms;
	const char *home, *pair;    /* regions: where it runs, where it can run instead */
	const char *const *recover; /* groups that have to come back; none: all of it */
	size_t n_recover;
};

#endif
