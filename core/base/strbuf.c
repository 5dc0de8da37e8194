/* See strbuf.h. */
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/xalloc.h"

/* What an empty buffer points to; never written, because cap is 0. */
static char empty[1];

void strbuf_init(struct strbuf *sb, size_t max)
{
	*sb = (struct strbuf){.p = empty, .max = max};
}

void strbuf_fini(struct strbuf *sb)
{
	if (sb->cap && sb->is_secret)
		secret_wipe(sb->p, sb->cap);
	if (sb->cap)
		free(sb->p);
	strbuf_init(sb, sb->max);
}

void strbuf_reset(struct strbuf *sb)
{
	sb->n = 0;
	sb->overflow = false;
	if (sb->cap)
		sb->p[0] = '\0';
}

/* realloc would leave what it moved from. */
static void move(struct strbuf *sb, size_t cap)
{
	char *p = xmalloc(cap);

	memcpy(p, sb->p, sb->n + 1);
	if (sb->cap) {
		secret_wipe(sb->p, sb->cap);
		free(sb->p);
	}
	sb->p = p;
}

/* Room for n more bytes; false (and overflow) when that passes the ceiling. */
static bool grow(struct strbuf *sb, size_t n)
{
	size_t cap;

	if (sb->overflow || n > sb->max - sb->n) {
		sb->overflow = true;
		return false;
	}
	if (sb->n + n < sb->cap)
		return true;
	cap = sb->cap < 64 ? 64 : sb->cap + sb->cap / 2;
	if (cap < sb->n + n + 1)
		cap = sb->n + n + 1;
	if (cap > sb->max + 1)
		cap = sb->max + 1;
	if (sb->is_secret)
		move(sb, cap);
	else
		sb->p = xreallocarray(sb->cap ? sb->p : NULL, cap, 1);
	sb->cap = cap;
	return true;
}

void strbuf_put(struct strbuf *sb, struct str s)
{
	if (s.n == 0 || !grow(sb, s.n))
		return;
	memcpy(sb->p + sb->n, s.p, s.n);
	sb->n += s.n;
	sb->p[sb->n] = '\0';
}

void strbuf_puts(struct strbuf *sb, const char *s)
{
	strbuf_put(sb, str_from(s));
}

void strbuf_putc(struct strbuf *sb, char c)
{
	if (!grow(sb, 1))
		return;
	sb->p[sb->n++] = c;
	sb->p[sb->n] = '\0';
}

void strbuf_pad(struct strbuf *sb, char c, size_t count)
{
	if (count == 0 || !grow(sb, count))
		return;
	memset(sb->p + sb->n, c, count);
	sb->n += count;
	sb->p[sb->n] = '\0';
}

void strbuf_put_i64(struct strbuf *sb, int64_t value, int min_digits)
{
	char text[24], *p = text + sizeof(text);
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	if (min_digits > 20)
		min_digits = 20;
	for (int n = 0; left || n < min_digits || n == 0; n++) {
		*--p = (char)('0' + left % 10);
		left /= 10;
	}
	if (value < 0)
		*--p = '-';
	strbuf_put(sb, (struct str){.p = p, .n = (size_t)(text + sizeof(text) - p)});
}

void strbuf_vprintf(struct strbuf *sb, const char *fmt, va_list ap)
{
	char small[256];
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	if (n < 0) {
		sb->overflow = true;
	} else if ((size_t)n < sizeof(small)) {
		strbuf_put(sb, (struct str){small, (size_t)n});
	} else if (grow(sb, (size_t)n)) {
		vsnprintf(sb->p + sb->n, (size_t)n + 1, fmt, again);
		sb->n += (size_t)n;
	}
	va_end(again);
}

void strbuf_printf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strbuf_vprintf(sb, fmt, ap);
	va_end(ap);
}

void strbuf_cut(struct strbuf *sb, size_t n)
{
	if (n >= sb->n)
		return;
	sb->n = n;
	sb->p[n] = '\0';
}

void strbuf_consume(struct strbuf *sb, size_t n)
{
	if (n == 0)
		return;
	if (n > sb->n)
		n = sb->n;
	memmove(sb->p, sb->p + n, sb->n - n + 1);
	sb->n -= n;
}

char *strbuf_take(struct strbuf *sb)
{
	char *text = sb->cap ? sb->p : xstrdup("");

	strbuf_init(sb, sb->max);
	return text;
}
