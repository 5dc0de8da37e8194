/* A question as the index is asked it: what it is about, one concept each, and the words
 * under which runbooks may have that. Its shape says who should answer: ids and codes are
 * for text search alone, and prose is where meaning could be asked besides.
 * Thread: one at a time (reads the index). */
#ifndef AZ_KNOWLEDGE_QUESTION_H
#define AZ_KNOWLEDGE_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "knowledge/phrasebook.h"
#include "knowledge/text_index.h"
#include "knowledge/vocabulary.h"

enum {
	QUESTION_WORDS = 40,
	QUESTION_CONCEPTS = 24,
	CONCEPT_TERMS = 24,
	TERM_MOST = 96,
};

enum question_shape {
	QUESTION_EMPTY, /* nothing but words that every question has */
	QUESTION_CODES,
	QUESTION_PROSE,
	QUESTION_MIXED,
};

struct term {
	char text[TERM_MOST];
	enum index_way way;
	double weight; /* 1: as it was asked; less for what it may also be called */
	size_t rows;   /* that have it, or an estimate */
};

struct concept {
	struct term terms[CONCEPT_TERMS];
	size_t n; /* 0: no runbook has anything like it */
	double rarity;
};

struct question {
	enum question_shape shape;
	struct concept concepts[QUESTION_CONCEPTS];
	size_t n;
};

/* What questions are read with. */
struct question_words {
	struct vocabulary known; /* of the sections, and of the synonyms */
	struct phrasebook phrases;
};

void question_parse(struct question *q, struct str text, const struct question_words *w,
		    struct text_index *ix, size_t sections);

#endif
