/* A question read: its words, with slips of the keys put right, the names in it as they
 * were written, and what it is about. Thread: one at a time. */
#ifndef AZ_GUIDE_READING_H
#define AZ_GUIDE_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "guide/lexicon.h"

enum {
	READING_MOST_BYTES = 4000,
	READING_WORDS = 400,
	READING_NAMES = 16,
	NAME_MOST = 128
};

struct reading_word {
	struct word word;
	const char *stem; /* that counts: its own, or of what was meant */
	bool is_name;	  /* part of one */
	size_t sentence;  /* which one of the question's */
};

struct reading_name {
	char text[NAME_MOST];
	bool is_number;	 /* "4312" */
	bool is_quoted;	 /* somebody set it between marks */
	bool is_certain; /* no word looks like this */
};

struct reading {
	struct strbuf text; /* folded to plain letters */
	bool has_unseen;    /* letters that cannot be seen were in it */
	struct lexicon lexicon;
	struct reading_word words[READING_WORDS];
	size_t n_words;
	size_t n_sentences;
	struct reading_name names[READING_NAMES];
	size_t n_names;
	/* 0 to 1: how surely it is about it; less for what only a name says. */
	double concepts[LEXICON_CONCEPTS];
	bool has_here, has_trace, has_size, has_number;
};

/* More than READING_MOST_BYTES are not looked at. */
void reading_init(struct reading *r, struct str question);
void reading_fini(struct reading *r);

#endif
