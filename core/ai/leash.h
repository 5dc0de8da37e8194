/* What goes to a model and what comes of outside texts on the way: secrets and configured
 * identifiers are taken out, and put back when an answer is shown; texts from outside are
 * fenced, so that a model can tell them from its orders; and words in them that try to
 * give orders are found and said. Thread: one at a time; what takes no leash: any. */
#ifndef AZ_AI_LEASH_H
#define AZ_AI_LEASH_H

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

struct leash;

enum { LEASH_PATTERNS_MOST = 64 };

/* Takes out mail addresses, addresses of hosts and GUIDs by itself. */
struct leash *leash_new(void);
void leash_free(struct leash *l); /* accepts NULL */
/* One more thing that is private, a PCRE2 pattern as "ai": {"redact": [...]} of the
 * configuration has them. False: it is no pattern, or matches the empty text. */
bool leash_add(struct leash *l, struct str pattern, struct err *err) MUST_CHECK;

/* Appends the text with what is private replaced by marks like "<ip-2>", the same mark for
 * the same thing as long as the leash lives. Secrets become "***" for good. */
void leash_redact(struct leash *l, struct str text, struct strbuf *out);
/* Marks back to what they stood for. */
void leash_restore(const struct leash *l, struct str text, struct strbuf *out);

/* The text between fences that it cannot close, sanitised: no escapes, no hidden or
 * turning characters, nothing longer than `most`. Says so where it is suspect. */
void leash_fence(struct str text, const char *source, size_t most, struct strbuf *out);

/* Whether the text tries to give orders to a model or its reader: what it tries, in words
 * ("asks to ignore what was said"), or NULL. */
const char *leash_suspects(struct str text);

#endif
