/* See question.h. Words that a synonym's phrase spans become one concept, so that a section
 * need not have all of them. */
#include "knowledge/question.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WEIGHT_SYNONYM 0.7
#define WEIGHT_SLIP    0.9
#define WEIGHT_PART    0.6
/* A word that nobody has says no more than one that few have. */
#define RARITY_MOST 3.0

enum { PART_LEAST = 4, CODE_PART_LEAST = 3, NO_CONCEPT = -1, ROW_HITS = 64 };

struct asked {
	struct word word;
	char meant[WORD_MOST]; /* the stem, without a slip */
	int concept;	       /* NO_CONCEPT: it says nothing */
};

struct parser {
	struct question *q;
	const struct vocabulary *v;
	const struct phrasebook *phrases;
	struct text_index *ix;
	size_t sections;
	struct asked asked[QUESTION_WORDS];
	const char *meant[QUESTION_WORDS]; /* of each */
	size_t n;
	int next_concept;
	struct row_hit {
		const struct synonym *row;
		size_t at, n; /* the words that say it */
	} rows[ROW_HITS];
	size_t n_rows;
};

static void put_term(struct concept *c, enum index_way way, struct str text,
		     double weight, size_t rows)
{
	struct term *t;

	if (c->n == CONCEPT_TERMS || text.n >= TERM_MOST || !rows)
		return;
	for (size_t i = 0; i < c->n; i++) {
		if (c->terms[i].way == way && str_is(text, c->terms[i].text))
			return;
	}
	t = &c->terms[c->n++];
	*t = (struct term){.way = way, .weight = weight, .rows = rows};
	memcpy(t->text, text.p, text.n);
}

/* The rows of a phrase are at most those of its rarest word. */
static size_t rows_of(const struct parser *p, struct str text)
{
	size_t least = SIZE_MAX;
	struct word word;

	while (words_next(&text, &word)) {
		const struct known_word *known =
			vocabulary_find(p->v, str_from(word.stem));
		size_t n = known ? known->sections : 0;

		least = n < least ? n : least;
	}
	return least == SIZE_MAX ? 0 : least;
}

static void put_words(struct parser *p, struct concept *c, struct str text, double weight)
{
	put_term(c, INDEX_WORDS, text, weight, rows_of(p, text));
}

static void put_part(struct parser *p, struct concept *c, const struct word *word)
{
	struct str text = str_from(word->text);

	if (text.n >= (word->is_code ? CODE_PART_LEAST : PART_LEAST))
		put_term(c, INDEX_PART, text, WEIGHT_PART,
			 text_index_count(p->ix, INDEX_PART, text));
}

/* "keyvault": two words that are known. */
static bool split_known(const struct parser *p, const struct word *word,
			struct strbuf *out)
{
	struct str text = str_from(word->text);

	for (size_t i = 3; i + 3 <= text.n; i++) {
		strbuf_reset(out);
		strbuf_put(out, str_sub(text, 0, i));
		strbuf_putc(out, ' ');
		strbuf_put(out, str_sub(text, i, text.n));
		if (rows_of(p, strbuf_str(out)))
			return true;
	}
	return false;
}

/* What the word was meant to be: itself, where anybody knows it. */
static void correct(struct parser *p, struct asked *a)
{
	const struct known_word *near;
	struct strbuf two;

	memcpy(a->meant, a->word.stem, sizeof(a->meant));
	if (words_is_stop(str_from(a->word.text)) ||
	    vocabulary_find(p->v, str_from(a->word.stem)))
		return;
	strbuf_init(&two, TERM_MOST);
	if (!split_known(p, &a->word, &two) &&
	    (near = vocabulary_nearest(p->v, str_from(a->word.stem))))
		snprintf(a->meant, sizeof(a->meant), "%s", near->stem);
	strbuf_fini(&two);
}

static void read_words(struct parser *p, struct str text)
{
	struct asked *a = p->asked;

	while (p->n < QUESTION_WORDS && words_next(&text, &a->word)) {
		bool says_nothing =
			words_is_stop(str_from(a->word.text)) || !a->word.text[1];

		a->concept = says_nothing ? NO_CONCEPT : p->next_concept++;
		correct(p, a);
		p->meant[p->n] = a->meant;
		a = &p->asked[++p->n];
	}
}

/* The words [at, at + n) are one concept from now on. */
static void join(struct parser *p, size_t at, size_t n)
{
	int to = NO_CONCEPT;

	for (size_t i = at; i < at + n && to == NO_CONCEPT; i++)
	to = p->asked[i].concept;
	if (to == NO_CONCEPT)
		to = p->next_concept++;
	for (size_t i = at; i < at + n; i++) {
		int from = p->asked[i].concept;

		if (from == NO_CONCEPT && i > at)
			continue;
		p->asked[i].concept = to;
		for (size_t j = 0; from != NO_CONCEPT && j < p->n; j++) {
			if (p->asked[j].concept == from)
			p->asked[j].concept = to;
		}
	}
}

static void find_phrases(struct parser *p, size_t at)
{
	const struct phrase *phrase = NULL;

	while (p->n_rows < ROW_HITS &&
	       (phrase = phrasebook_next(p->phrases, p->meant + at, p->n - at, phrase)))
		p->rows[p->n_rows++] =
			(struct row_hit){.row = phrase->row, .at = at, .n = phrase->n};
}

static bool is_within_longer(const struct parser *p, const struct row_hit *hit)
{
	for (size_t i = 0; i < p->n_rows; i++) {
		const struct row_hit *other = &p->rows[i];

		if (other->n > hit->n && other->at <= hit->at &&
		    hit->at + hit->n <= other->at + other->n)
			return true;
	}
	return false;
}

/* A word inside a phrase does not say what it says alone: "at any price". */
static void find_rows(struct parser *p)
{
	struct row_hit kept[ROW_HITS];
	size_t n = 0;

	for (size_t at = 0; at < p->n; at++)
		find_phrases(p, at);
	for (size_t i = 0; i < p->n_rows; i++) {
		if (!is_within_longer(p, &p->rows[i]))
			kept[n++] = p->rows[i];
	}
	memcpy(p->rows, kept, n * sizeof(kept[0]));
	p->n_rows = n;
	for (size_t i = 0; i < n; i++)
		join(p, kept[i].at, kept[i].n);
}

/* "fail over" as "failover", whichever words they are. */
static void put_joined(struct parser *p, size_t i, struct concept *c)
{
	char joined[2 * WORD_MOST];

	if (i + 1 >= p->n)
		return;
	snprintf(joined, sizeof(joined), "%s%s", p->asked[i].word.text,
		 p->asked[i + 1].word.text);
	put_words(p, c, str_from(joined), 1);
}

static void put_asked(struct parser *p, size_t i, struct concept *c)
{
	const struct asked *a = &p->asked[i];
	const struct known_word *known = vocabulary_find(p->v, str_from(a->meant));
	bool is_slip = strcmp(a->meant, a->word.stem) != 0;
	struct strbuf parts;

	strbuf_init(&parts, TERM_MOST);
	if (known)
		put_words(p, c, str_from(is_slip ? known->text : a->word.text),
			  is_slip ? WEIGHT_SLIP : 1);
	if (words_split_name(a->word.raw, &parts))
		put_words(p, c, strbuf_str(&parts), 1);
	else if (!known && split_known(p, &a->word, &parts))
		put_words(p, c, strbuf_str(&parts), 1);
	put_joined(p, i, c);
	if (!c->n)
		put_part(p, c, &a->word);
	strbuf_fini(&parts);
}

static void put_synonyms(struct parser *p, int concept, struct concept *c)
{
	for (size_t i = 0; i < p->n_rows; i++) {
		struct str means = str_from(p->rows[i].row->means), text;

		if (p->asked[p->rows[i].at].concept != concept)
			continue;
		while (str_next(&means, '|', &text))
			put_words(p, c, text, WEIGHT_SYNONYM);
	}
}

static double rarity(const struct concept *c, size_t sections)
{
	double all = (double)sections, with = 0;

	for (size_t i = 0; i < c->n; i++)
		with += (double)c->terms[i].rows;
	if (with > all * 0.8)
		with = all * 0.8;
	return fmin(log((all - with + 0.5) / (with + 0.5) + 1), RARITY_MOST);
}

static void put_concept(struct parser *p, int concept)
{
	struct concept *c = &p->q->concepts[p->q->n];
	bool is_asked = false;

	if (p->q->n == QUESTION_CONCEPTS)
		return;
	*c = (struct concept){.n = 0};
	for (size_t i = 0; i < p->n; i++) {
		if (p->asked[i].concept != concept)
			continue;
		is_asked = true;
		put_asked(p, i, c);
	}
	put_synonyms(p, concept, c);
	c->rarity = rarity(c, p->sections);
	p->q->n += is_asked;
}

static enum question_shape shape_of(const struct parser *p)
{
	size_t codes = 0, prose = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (p->asked[i].concept == NO_CONCEPT)
			continue;
		codes += p->asked[i].word.is_code;
		prose += !p->asked[i].word.is_code;
	}
	if (!codes)
		return prose ? QUESTION_PROSE : QUESTION_EMPTY;
	return prose > 1 ? QUESTION_MIXED : QUESTION_CODES;
}

void question_parse(struct question *q, struct str text, const struct question_words *w,
		    struct text_index *ix, size_t sections)
{
	struct parser p = {.q = q,
			   .v = &w->known,
			   .phrases = &w->phrases,
			   .ix = ix,
			   .sections = sections};

	q->n = 0;
	read_words(&p, text);
	find_rows(&p);
	q->shape = shape_of(&p);
	for (int concept = 0; concept < p.next_concept; concept ++)
		put_concept(&p, concept);
}
