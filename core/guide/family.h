/* The families of questions, a file each: of every kind what is told, or the function that
 * answers it. Thread: one at a time. */
#ifndef AZ_GUIDE_FAMILY_H
#define AZ_GUIDE_FAMILY_H

#include "guide/tell.h"

enum { FAMILY_TELLS = 6, FAMILY_FOLLOW_UPS = 3 };

struct family_row {
	enum guide_kind kind;
	enum answer_type type; /* unless it turns out otherwise */
	struct tell tells[FAMILY_TELLS];
	void (*answer)(struct wording *d); /* instead of the tells; NULL */
	const char *absent;  /* what it means that there is no such name; NULL: nothing */
	const char *runbook; /* what to look for, of one that is cited; NULL: none */
	const char *follow_ups[FAMILY_FOLLOW_UPS];
};

/* Each ends with a row without tells and function. */
extern const struct family_row family_cost[], family_hours[], family_sql[], family_dr[],
	family_logs[], family_agents[], family_certs[], family_runbooks[],
	family_across[], family_refuse[];

#endif
