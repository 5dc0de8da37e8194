/* A tag's value with its escapes undone. Where a service takes no brackets or signs in a
 * tag's value, people write "u28" for "(" and so on, as cloud-custodian reads it. Each
 * character remembers where it stood, so that errors point into what was written.
 * Thread: any (no state). */
#ifndef AZ_SCHEDULE_ESCAPE_H
#define AZ_SCHEDULE_ESCAPE_H

#include <stdint.h>

#include "base/str.h"
#include "schedule/schedule.h"

struct plain_tag {
	char text[SCHEDULE_TAG_MAX + 1];
	uint16_t places[SCHEDULE_TAG_MAX + 1]; /* one more: the end */
	size_t n;
};

/* The tag has SCHEDULE_TAG_MAX bytes at most. */
void tag_unescape(struct str tag, struct plain_tag *out);

#endif
