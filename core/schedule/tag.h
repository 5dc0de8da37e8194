/* From the text of a tag to a schedule: the off-hours grammar of cloud-custodian, with
 * minutes, tiers, sizes and counts besides; azdeck-schedule(7) describes it. A tag
 * that is not wholly understood is an error and no schedule, because what acts on a
 * guess turns off what somebody needs. Thread: any (no state). */
#ifndef AZ_SCHEDULE_TAG_H
#define AZ_SCHEDULE_TAG_H

#include "base/err.h"
#include "base/str.h"
#include "schedule/schedule.h"
#include "schedule/zones.h"

struct schedule_error {
	size_t at;	 /* where in the tag; its size for the end */
	bool is_machine; /* the tag may be fine; this machine lacks its zone */
	char text[320];	 /* one line, terminated */
};

/* What the tag does not say is as in `defaults`, itself made of such a text; NULL is
 * Monday to Friday from 7 to 19 in New York, as the grammar has it, and so are defaults
 * that opt out. A resource without
 * the tag has no schedule; where all take part unless they opt out, give the empty
 * text for it. Reads a zone's file when it is met first. */
bool schedule_parse(struct str tag, const struct schedule *defaults, struct zones *zones,
		    struct schedule *out, struct schedule_error *error) MUST_CHECK;

#endif
