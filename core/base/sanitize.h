/* What every byte from outside passes before it is kept for drawing: control
 * characters, escape sequences, bidi controls, invisible and invalid bytes are
 * made visible or removed. Thread: any (no state). */
#ifndef AZ_BASE_SANITIZE_H
#define AZ_BASE_SANITIZE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/strbuf.h"

/* One line: newlines and tabs become a blank, runs of escape sequences vanish,
 * other controls become U+FFFD. The result is valid UTF-8 and is drawn as is. */
void sanitize_line(struct strbuf *out, struct str in);
/* Like sanitize_line, but keeps '\n' (texts of several lines). */
void sanitize_text(struct strbuf *out, struct str in);
/* Printable ASCII only, so sanitize_line would copy it as it is: the fast path. */
bool sanitize_is_clean(struct str in);
/* A terminated clean copy in an arena. */
struct str sanitize_to_arena(struct arena *a, struct str in);

#endif
