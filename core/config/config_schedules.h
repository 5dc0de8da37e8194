/* The configuration's "schedules": how tags of business hours are read, and what holds
 * where they say nothing. Whether a tag or zone can be understood only core/schedule can
 * tell; here they are texts. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_SCHEDULES_H
#define AZ_CONFIG_CONFIG_SCHEDULES_H

#include <stdbool.h>
#include <stddef.h>

struct config_schedules {
	const char *tag;      /* its name on resources; default "businessHours" */
	const char *timezone; /* of tags that name none; NULL: the grammar's */
	const char *untagged; /* the tag of what has none; NULL: no schedule */
	const char *off_size; /* of databases whose "off" names none; NULL: paused */
	const char *currency; /* of prices; default "USD" */
	double price_factor;  /* list prices times this; default 1 */
	/* Patterns of names, alone or behind their server's, cluster's or group's and a
	 * slash: which serverless databases "on" keeps from sleeping, whose edges become
	 * proposals, and whose are done without anybody. None: nobody's. */
	const char *const *keep_awake;
	size_t n_keep_awake;
	const char *const *propose;
	size_t n_propose;
	const char *const *unattended;
	size_t n_unattended;
};

extern const struct config_schedules config_schedules_default;

/* Whether one of the patterns is for that name, alone or as place/name. */
bool config_names_fit(const char *const *patterns, size_t n, const char *place,
		      const char *name);

#endif
