/* A borrowed slice of bytes, for all parsing and look-ups. It owns nothing and
 * is not terminated. Thread: any (no state). */
#ifndef AZ_BASE_STR_H
#define AZ_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *p;
	size_t n;
};

#define STR(lit) ((struct str){.p = (lit), .n = sizeof(lit) - 1})
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* NULL gives the empty slice. */
static inline struct str str_from(const char *s)
{
	return (struct str){.p = s, .n = s ? strlen(s) : 0};
}

bool str_eq(struct str a, struct str b);
/* The same against a whole string, which is not measured for it. */
bool str_is(struct str s, const char *text);
bool str_is_among(struct str s, const char *const *texts, size_t n);
bool str_eq_nocase(struct str a, struct str b);
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_ends_nocase(struct str s, struct str suffix);
/* A pattern, where "*" stands for any letters, against the whole text. */
bool str_fits_nocase(struct str text, struct str pattern);
bool str_fits_any_nocase(struct str text, const char *const *patterns, size_t n);
/* Offset of the first match, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
ptrdiff_t str_find_nocase(struct str s, struct str needle);
ptrdiff_t str_find_char(struct str s, char c);
/* From offset a, n bytes; both are clipped to the slice. */
struct str str_sub(struct str s, size_t a, size_t n);
struct str str_trim(struct str s);
/* Cuts the part before `sep` off the front of *rest. False when *rest was
 * already used up (its p is NULL). The last part has no separator. */
bool str_next(struct str *rest, char sep, struct str *part);
/* Whole slice must be a number; no leading blanks, no locale. */
bool str_to_i64(struct str s, int64_t *out);
bool str_to_f64(struct str s, double *out);
/* 64-bit FNV-1a; stable across machines, so usable in seeds and fixtures. */
uint64_t str_hash(struct str s);

#endif
