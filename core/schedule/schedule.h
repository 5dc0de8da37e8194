/* A business-hours schedule: the moments of a week at which something goes on or off,
 * by the clocks of a time zone. Plain data; tag.h makes one out of a tag's text,
 * evaluate.h says what it asks for. It borrows its zone. Thread: any (no state). */
#ifndef AZ_SCHEDULE_SCHEDULE_H
#define AZ_SCHEDULE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "schedule/zone.h"

enum {
	SCHEDULE_TAG_MAX = 256, /* as long as Azure lets a tag's value be */
	SCHEDULE_WORD_MAX = 31,
	SCHEDULE_COUNT_MAX = 1000,
	SCHEDULE_MAX_TIMES = 64,
	SCHEDULE_MAX_SKIPS = 64,
};

/* What is asked for besides on or off. Empty, and -1: it is not said. */
struct schedule_figures {
	char tier[SCHEDULE_WORD_MAX + 1]; /* of a database: "GeneralPurpose" */
	char size[SCHEDULE_WORD_MAX + 1]; /* "S3", "GP_Gen5_4" */
	int count;			  /* of a pool's agents or nodes */
};

struct schedule_time {
	bool is_on;
	uint8_t days;	 /* bit 0: Monday ... bit 6: Sunday */
	uint16_t minute; /* of the day */
	struct schedule_figures figures;
};

struct schedule {
	bool is_opted_out;	 /* always on, and nothing is to be done */
	const struct zone *zone; /* borrowed from the struct zones */
	struct schedule_time times[SCHEDULE_MAX_TIMES]; /* in order of minute */
	size_t n_times;
	int32_t skips[SCHEDULE_MAX_SKIPS]; /* local days since 1970 without edges */
	size_t n_skips;
	/* For times that say none themselves: off, on. */
	struct schedule_figures figures[2];
};

#endif
