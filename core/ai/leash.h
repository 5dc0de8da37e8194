/* What goes to a model and what comes of outside texts on the way: secrets and configured
 * identifiers are taken out, and put back when an answer is shown; texts from outside are
 * fenced, so that a model can tell them from its orders; and words in them that try to
 * give orders are found and said. Thread: one at a time. */
#ifndef AZ_AI_LEASH_H
#define AZ_AI_LEASH_H

#include "base/str.h"
#include "base/strbuf.h"
#include "config/config.h"

struct leash;

/* `config` names what else is private: "ai": {"redact": ["PATTERN", ...]}. */
struct leash *leash_new(const struct config *config);
void leash_free(struct leash *l);

/* Appends the text with what is private replaced by marks like "<ip-2>", the same mark for
 * the same thing as long as the leash lives. Secrets become "<secret>" for good. */
void leash_redact(struct leash *l, struct str text, struct strbuf *out);
/* Marks back to what they stood for. */
void leash_restore(const struct leash *l, struct str text, struct strbuf *out);

/* The text between fences that it cannot close, sanitised: no escapes, no hidden or
 * turning characters, nothing longer than `most`. */
void leash_fence(struct str text, const char *source, size_t most, struct strbuf *out);

/* Whether the text tries to give orders to a model or its reader: what it tries, in words
 * ("asks to ignore what was said"), or NULL. */
const char *leash_suspects(struct str text);

#endif
