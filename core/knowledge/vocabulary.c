/* See vocabulary.h. All words are looked through for one that is not known; the letters
 * they have in common leave few to be compared. */
#include "knowledge/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { SHORT = 4, LONG = 8 };

void vocabulary_init(struct vocabulary *v)
{
	*v = (struct vocabulary){.words = {0}};
	map_init(&v->by_stem);
}

void vocabulary_fini(struct vocabulary *v)
{
	for (size_t i = 0; i < v->words.n; i++) {
		free(v->words.p[i]->stem);
		free(v->words.p[i]->text);
		free(v->words.p[i]);
	}
	vec_fini(&v->words);
	map_fini(&v->by_stem);
}

static uint32_t letters_of(struct str s)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < s.n; i++)
		bits |= 1u << ((unsigned char)s.p[i] & 31);
	return bits;
}

void vocabulary_add(struct vocabulary *v, const struct word *word, int64_t section)
{
	struct str stem = str_from(word->stem);
	struct known_word *known = map_find(&v->by_stem, stem);

	if (!known) {
		known = xcalloc(1, sizeof(*known));
		known->stem = xstrdup(word->stem);
		known->text = xstrdup(word->text);
		known->letters = letters_of(stem);
		known->length = stem.n;
		map_put(&v->by_stem, stem, known);
		vec_push(&v->words, known);
	}
	known->sections += section && known->last != section;
	known->last = section;
}

void vocabulary_remove(struct vocabulary *v, const struct word *word, int64_t section)
{
	struct known_word *known = map_find(&v->by_stem, str_from(word->stem));

	if (!known || known->last == -section)
		return;
	known->last = -section;
	if (known->sections)
		known->sections--;
}

const struct known_word *vocabulary_find(const struct vocabulary *v, struct str stem)
{
	return map_find(&v->by_stem, stem);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t vocabulary_slips(struct str a, struct str b)
{
	size_t rows[3][WORD_MOST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.n; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			bool same = a.p[i - 1] == b.p[j - 1];

			row[j] = least(above[j - 1] + !same,
				       least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[b.n];
}

static size_t allowed_slips(size_t length)
{
	return length < SHORT ? 0 : length < LONG ? 1 : 2;
}

static bool may_be_near(const struct known_word *w, struct str stem, uint32_t letters,
			size_t most)
{
	size_t apart = w->length > stem.n ? w->length - stem.n : stem.n - w->length;

	/* A wrong letter costs two bits: the one that is and the one that is not. */
	return apart <= most && w->length >= SHORT &&
	       (size_t)__builtin_popcount(w->letters ^ letters) <= 2 * most;
}

const struct known_word *vocabulary_nearest(const struct vocabulary *v, struct str stem)
{
	const struct known_word *nearest = NULL;
	uint32_t letters = letters_of(stem);
	size_t most = allowed_slips(stem.n), least_slips = most + 1;

	if (!most || stem.n >= WORD_MOST)
		return NULL;
	for (size_t i = 0; i < v->words.n; i++) {
		const struct known_word *w = v->words.p[i];
		size_t n;

		if (!may_be_near(w, stem, letters, most))
			continue;
		n = vocabulary_slips(stem, str_from(w->stem));
		if (n > most || n > least_slips)
			continue;
		if (n < least_slips || !nearest || w->sections > nearest->sections) {
			nearest = w;
			least_slips = n;
		}
	}
	return nearest;
}
