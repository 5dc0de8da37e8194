/* The time zones of this machine, read from its tzdata when first asked for and kept.
 * A zone that was found stays valid and unchanged until zones_fini. What is easily got
 * wrong: looking one up reads files, so it is not for the loop or the deck; using one
 * is. Thread: one owner; the zones themselves may be shared. */
#ifndef AZ_SCHEDULE_ZONES_H
#define AZ_SCHEDULE_ZONES_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "schedule/zone.h"

struct zones {
	const char *folder; /* borrowed; NULL: where systems keep tzdata */
	VEC(struct zone *) loaded;
};

/* The folder is for tests and for TZDIR; it must outlive the struct. */
void zones_init(struct zones *zones, const char *folder);
void zones_fini(struct zones *zones);
/* By its name in tzdata in upper or lower case, a short name or one of Windows (see
 * zone_name.h). NULL with ERR_NOT_FOUND when there is no such zone, ERR_IO when this
 * machine has no tzdata, ERR_PARSE when its file is damaged. UTC needs no file. */
const struct zone *zones_find(struct zones *zones, struct str name,
			      struct err *err) MUST_CHECK;

#endif
