/* Words of a text as the look-up sees them: small letters, without marks, with a stem
 * that several forms share; and which of them are words that every question has. Thread:
 * any (no state). */
#ifndef AZ_KNOWLEDGE_WORDS_H
#define AZ_KNOWLEDGE_WORDS_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

enum { WORD_MOST = 48 };

struct word {
	char text[WORD_MOST]; /* "queries"; a longer one is cut */
	char stem[WORD_MOST]; /* "query": for comparing, not for reading */
	struct str raw;	      /* in the text it was read from */
	bool is_code;	      /* an id or a code: digits, or capitals inside */
};

/* The next run of letters and digits. Characters beyond ASCII are letters. */
bool words_next(struct str *rest, struct word *out);
/* Stands in every question, and says nothing of what it is about. */
bool words_is_stop(struct str text);
/* "CrashLoopBackOff" to "crash loop back off". False: it is one word. */
bool words_split_name(struct str raw, struct strbuf *out);

#endif
