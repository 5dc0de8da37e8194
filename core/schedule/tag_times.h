/* The parts of the grammar that stand behind a key: lists of times, figures, dates.
 * Thread: any (no state). */
#ifndef AZ_SCHEDULE_TAG_TIMES_H
#define AZ_SCHEDULE_TAG_TIMES_H

#include "schedule/schedule.h"
#include "schedule/tag_reader.h"

/* Where each time stands in the text, for errors that are found later. */
struct tag_times {
	struct schedule_time times[SCHEDULE_MAX_TIMES];
	size_t places[SCHEDULE_MAX_TIMES];
	size_t n;
};

extern const struct schedule_figures no_figures;

/* (m-f,19), [(m-f,19:30),(s,12)], [m-f,19], (m-f,7,size=S3) */
bool tag_read_times(struct tag_reader *r, bool is_on, struct tag_times *out);

enum tag_figure { FIGURE_TIER, FIGURE_SIZE, FIGURE_COUNT };
/* One value of that kind. */
bool tag_read_figure(struct tag_reader *r, enum tag_figure kind, bool is_on,
		     struct schedule_figures *out);
/* 2026-12-25, or several in brackets; added to the schedule's. */
bool tag_read_skips(struct tag_reader *r, struct schedule *out);

#endif
