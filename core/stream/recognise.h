/* What a line says of itself: JSON, logfmt, klog, lines that begin with an ISO time,
 * syslog; else plain text in which at most a level is seen. Thread: any (no state). */
#ifndef AZ_STREAM_RECOGNISE_H
#define AZ_STREAM_RECOGNISE_H

#include "stream/line.h"

/* Only this much of a line is looked at. */
#define RECOGNISE_MOST_BYTES ((size_t)64 << 10)

/* now_ms decides which year a time without one is of: the one that brings it nearest,
 * and at most a day ahead. Times without a zone are UTC. */
void line_recognise(struct str raw, int64_t now_ms, struct line *line);

#endif
