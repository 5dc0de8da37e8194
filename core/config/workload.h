/* A workload: an application and the resources that are its own, wherever they show
 * up. Plain data. Thread: any. */
#ifndef AZ_CONFIG_WORKLOAD_H
#define AZ_CONFIG_WORKLOAD_H

#include <stddef.h>

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
};

#endif
