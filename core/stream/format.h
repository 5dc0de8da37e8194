/* One function a format, for recognise.c. Each gives true when the text is of its form,
 * and then has filled what the text says; else it left the line alone. `s` is all or the
 * last part of line->raw. Thread: any (no state). */
#ifndef AZ_STREAM_FORMAT_H
#define AZ_STREAM_FORMAT_H

#include "stream/line.h"

bool format_json(struct str s, int64_t now_ms, struct line *line);
bool format_logfmt(struct str s, int64_t now_ms, struct line *line);
bool format_klog(struct str s, int64_t now_ms, struct line *line);
bool format_syslog(struct str s, int64_t now_ms, struct line *line);

/* 2026-11-21T04:05:06.123+01:00 and its kin (a blank for T, slashes, a comma, no zone)
 * at the front of a text: the bytes it takes, or 0. */
size_t format_iso_time(struct str s, int64_t *utc_ms);
/* Of a month and a day without a year; see recognise.h. */
int64_t format_without_year(int month, int day, int64_t of_day_ms, int64_t now_ms);
/* Two digits at s.p[at], or -1. */
int format_two(struct str s, size_t at);

/* Members that JSON and logfmt have alike. */
enum field_role { FIELD_OTHER, FIELD_TIME, FIELD_LEVEL, FIELD_SOURCE, FIELD_MESSAGE };
struct field {
	struct str value;
	bool is_quoted; /* it stood in quotes */
	int rank;	/* of its name; 0: there was none */
};
struct fields {
	struct field of[FIELD_MESSAGE + 1];
	int n; /* members in all */
};
/* Keeps the member whose name says it best. */
void fields_add(struct fields *fields, struct str name, struct str value, bool is_quoted);
/* False when neither time, level nor message was there. */
bool fields_fill(const struct fields *fields, struct line *line);

/* A level among the first words of a plain text: the bytes up to behind it, or 0. */
size_t format_level_word(struct str s, enum line_level *level);

#endif
