/* See hashed_vector.h. What is said often counts more, but never as often as it is said. */
#include "knowledge/hashed_vector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knowledge/words.h"

#define WEIGHT_WORD    1.0
#define WEIGHT_CODE    1.6
#define WEIGHT_PIECE   0.1
#define WEIGHT_MEANING 1.2

enum { WORDS_MOST = 2000, PIECE = 4 };

struct token {
	uint64_t hash;
	double weight;
};

struct reading {
	struct word *words;
	const char **stems; /* of each */
	size_t n;
	VEC(struct token) tokens;
};

void hashed_words_init(struct hashed_words *w)
{
	vocabulary_init(&w->known);
	phrasebook_init(&w->says, &w->known);
	phrasebook_init_means(&w->means, &w->known);
}

void hashed_words_fini(struct hashed_words *w)
{
	phrasebook_fini(&w->says);
	phrasebook_fini(&w->means);
	vocabulary_fini(&w->known);
}

static void put(struct reading *r, struct str text, uint64_t salt, double weight)
{
	vec_push(&r->tokens,
		 (struct token){.hash = str_hash(text) ^ salt, .weight = weight});
}

static void put_word(struct reading *r, const struct word *word)
{
	struct str stem = str_from(word->stem);

	if (words_is_stop(str_from(word->text)) || stem.n < 2)
		return;
	put(r, stem, 0, word->is_code ? WEIGHT_CODE : WEIGHT_WORD);
	for (size_t i = 0; i + PIECE <= stem.n; i++)
		put(r, str_sub(stem, i, PIECE), 1, WEIGHT_PIECE);
}

/* A row of the synonyms is one meaning, whichever side of it the text has. */
static void put_meanings(struct reading *r, const struct phrasebook *book, size_t at)
{
	const struct phrase *phrase = NULL;

	while ((phrase = phrasebook_next(book, r->stems + at, r->n - at, phrase)))
		put(r, str_from(phrase->row->says), 2, WEIGHT_MEANING);
}

static int compare(const void *a, const void *b)
{
	const struct token *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static void sum_up(struct reading *r, float *out, size_t dims)
{
	if (r->tokens.n)
		qsort(r->tokens.p, r->tokens.n, sizeof(*r->tokens.p), compare);
	for (size_t i = 0, next; i < r->tokens.n; i = next) {
		const struct token *t = &r->tokens.p[i];
		uint64_t mixed = t->hash * 0x9e3779b97f4a7c15u;
		double weight;

		for (next = i + 1; next < r->tokens.n; next++) {
			if (r->tokens.p[next].hash != t->hash)
				break;
		}
		weight = t->weight * (1 + log((double)(next - i)));
		out[(mixed >> 16) % dims] += (float)(mixed >> 63 ? weight : -weight);
	}
}

void hashed_vector(const struct hashed_words *w, struct str text, float *out, size_t dims)
{
	struct reading r = {.words = xcalloc(WORDS_MOST + 1, sizeof(*r.words)),
			    .stems = xcalloc(WORDS_MOST + 1, sizeof(*r.stems))};

	memset(out, 0, dims * sizeof(*out));
	for (; r.n < WORDS_MOST && words_next(&text, &r.words[r.n]); r.n++)
		r.stems[r.n] = r.words[r.n].stem;
	for (size_t i = 0; i < r.n; i++) {
		put_word(&r, &r.words[i]);
		put_meanings(&r, &w->says, i);
		put_meanings(&r, &w->means, i);
	}
	sum_up(&r, out, dims);
	vec_fini(&r.tokens);
	free(r.stems);
	free(r.words);
}
