/* Writes JSON straight into a buffer, in order: no tree is built, so a page of
 * a list costs its own bytes and nothing else. Keys are NULL inside lists.
 * Thread: any (no state but the buffer). */
#ifndef AZ_SIM_JW_H
#define AZ_SIM_JW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

void jw_object(struct strbuf *out, const char *key);
void jw_object_end(struct strbuf *out);
void jw_list(struct strbuf *out, const char *key);
void jw_list_end(struct strbuf *out);

/* NULL text writes null. */
void jw_text(struct strbuf *out, const char *key, const char *text);
void jw_str(struct strbuf *out, const char *key, struct str text);
void jw_format(struct strbuf *out, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void jw_int(struct strbuf *out, const char *key, int64_t value);
/* At most `decimals` behind the point. */
void jw_number(struct strbuf *out, const char *key, double value, int decimals);
void jw_bool(struct strbuf *out, const char *key, bool value);
void jw_null(struct strbuf *out, const char *key);
/* 2026-11-21T04:05:06.1230000Z with 7 digits as .NET writes it; 0, 3 or 7. */
void jw_time(struct strbuf *out, const char *key, int64_t utc_ms, int digits);

#endif
