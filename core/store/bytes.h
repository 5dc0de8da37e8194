/* Numbers and texts as few bytes, and back. Reading takes from the front of a slice
 * and never beyond its end: a failed read empties it. Thread: any (no state). */
#ifndef AZ_STORE_BYTES_H
#define AZ_STORE_BYTES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

void bytes_put_size(struct strbuf *out, uint64_t value);
/* Small ones of either sign are short. */
void bytes_put_i64(struct strbuf *out, int64_t value);
void bytes_put_float(struct strbuf *out, float value);
void bytes_put_double(struct strbuf *out, double value);
void bytes_put_text(struct strbuf *out, struct str text);

bool bytes_get_byte(struct str *from, uint8_t *value);
bool bytes_get_size(struct str *from, uint64_t *value);
bool bytes_get_i64(struct str *from, int64_t *value);
bool bytes_get_float(struct str *from, float *value);
bool bytes_get_double(struct str *from, double *value);
bool bytes_get_text(struct str *from, struct str *text);

#endif
