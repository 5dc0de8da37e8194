/* Patterns that are nothing but words: "Failed|Unhealthy", "TestFailover$", "(?i)prod".
 * Most are, and then no engine of regular expressions need be started. What matches is
 * what PCRE2 would match. Thread: any (immutable). */
#ifndef AZ_QUERY_PLAIN_H
#define AZ_QUERY_PLAIN_H

#include "base/str.h"

struct plain;

/* NULL: it takes more than words. The text is borrowed. */
struct plain *plain_new(struct str pattern);
void plain_free(struct plain *p);
/* Of UTF-8 text. */
bool plain_match(const struct plain *p, struct str text);

#endif
