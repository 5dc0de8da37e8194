/* A growing text with a ceiling: never NULL, always terminated. An append past
 * the ceiling is dropped and sets `overflow`, which is checked once, where the
 * text is used. Thread: any (no state). */
#ifndef AZ_BASE_STRBUF_H
#define AZ_BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct strbuf {
	char *p;	/* terminated; points to a static "" while empty */
	size_t n;	/* bytes used, without the terminator */
	size_t cap;	/* bytes allocated */
	size_t max;	/* n never passes this */
	bool overflow;	/* something was dropped */
	bool is_secret; /* set after init: no copy of it is left behind, by growing or
			 * when it goes; the caller still sees to what he takes */
};

void strbuf_init(struct strbuf *sb, size_t max);
void strbuf_fini(struct strbuf *sb);
void strbuf_reset(struct strbuf *sb);
void strbuf_put(struct strbuf *sb, struct str s);
void strbuf_puts(struct strbuf *sb, const char *s);
void strbuf_putc(struct strbuf *sb, char c);
void strbuf_pad(struct strbuf *sb, char c, size_t count);
/* In decimal, with zeros in front up to so many digits: for the many figures of a
 * board, where printf would be most of the work. */
void strbuf_put_i64(struct strbuf *sb, int64_t value, int min_digits);
void strbuf_printf(struct strbuf *sb, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void strbuf_vprintf(struct strbuf *sb, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/* Cuts back to n bytes; n must not be larger than the text. */
void strbuf_cut(struct strbuf *sb, size_t n);
/* Removes n bytes from the front. */
void strbuf_consume(struct strbuf *sb, size_t n);
/* The caller owns the text and frees it; the buffer is empty again. */
char *strbuf_take(struct strbuf *sb);
static inline struct str strbuf_str(const struct strbuf *sb)
{
	return (struct str){.p = sb->p, .n = sb->n};
}

#endif
