/* See knowledge.h: ranking. A concept counts once for a section, with the best of the words
 * it may have; a section that has more of what was asked is better than one that has a
 * part of it often. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "knowledge/knowledge_part.h"

enum { ROWS_MOST = 1800, POOL = 64, MOST_OF_ONE = 2 };

/* Below it no runbook is about what was asked. Scores grow with the logarithm of how many
 * sections there are, so they are divided by it. Measured by test_knowledge_questions: of
 * what is not covered nine tenths are below, of what is covered hardly anything. */
#define SCORE_LEAST 0.93
/* A short question cannot score much; where all of it is in one section, it is about it. */
#define COVER_ENOUGH	0.85
#define LIVE_FACTOR	1.12
#define LIVE_MOST	1.4
#define SUPERSEDED	0.6
#define BELOW_SUCCESSOR 0.99

/* What words find and what vectors find is put together by rank, because the scores of one
 * say nothing about those of the other: each list gives 1 / (RANK + its place). */
#define RANK	      20.0
#define BY_VECTOR     0.4
#define BY_VECTOR_LOW 0.2 /* where there are codes too, which words know better */

struct score {
	double total, best, covered;
	size_t concept; /* that `best` is of, and one more */
};

struct ranking {
	struct knowledge *k;
	const struct knowledge_query *query;
	struct question question;
	struct score *scores; /* by slot */
	VEC(size_t) touched;
	size_t rows_most; /* of a term that is asked for */
	double all;	  /* rarities together */
	struct candidate {
		size_t slot;
		double score, cover;
		double plain; /* the score by itself, whatever is alight */
	} pool[POOL];
	size_t n;
};

static int compare_sizes(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* The frequent words are left out where all together are more rows than a person would
 * wait for; they say least. */
static void limit_rows(struct ranking *r)
{
	size_t rows[QUESTION_CONCEPTS * CONCEPT_TERMS], n = 0, sum = 0;

	for (size_t i = 0; i < r->question.n; i++) {
		for (size_t j = 0; j < r->question.concepts[i].n; j++)
			rows[n++] = r->question.concepts[i].terms[j].rows;
	}
	if (n)
		qsort(rows, n, sizeof(rows[0]), compare_sizes);
	for (size_t i = 0; i < n && (i == 0 || sum + rows[i] <= ROWS_MOST); i++) {
		sum += rows[i];
		r->rows_most = rows[i];
	}
}

static void give_points(struct ranking *r, size_t slot, size_t concept, double points)
{
	struct score *s = &r->scores[slot];

	if (!s->concept)
		vec_push(&r->touched, slot);
	if (s->concept != concept + 1) {
		s->concept = concept + 1;
		s->best = 0;
		s->covered += r->question.concepts[concept].rarity;
	}
	if (points > s->best) {
		s->total += points - s->best;
		s->best = points;
	}
}

static void rank_concept(struct ranking *r, size_t concept)
{
	const struct concept *c = &r->question.concepts[concept];

	r->all += c->rarity;
	for (size_t i = 0; i < c->n; i++) {
		const struct term *t = &c->terms[i];
		struct db_query q;
		int64_t id;
		double score;

		if (t->rows > r->rows_most)
			continue;
		q = text_index_find(r->k->ix, t->way, str_from(t->text));
		while (text_index_next(&q, &id, &score))
			give_points(r, (size_t)id - 1, concept, score * t->weight);
	}
}

static bool names(const struct text_list *list, struct str what)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq_nocase(list->p[i], what))
			return true;
	}
	return false;
}

static double live_factor(const struct ranking *r, const struct runbook *book)
{
	double factor = 1;

	for (size_t i = 0; i < r->query->n_live; i++) {
		struct str what = r->query->live[i];

		if (names(&book->tags, what) || names(&book->codes, what) ||
		    names(&book->boards, what))
			factor *= LIVE_FACTOR;
	}
	return factor < LIVE_MOST ? factor : LIVE_MOST;
}

/* The best, the first of two that are as good. */
static void put_in_pool(struct ranking *r, struct candidate c)
{
	size_t at = r->n;

	while (at > 0 &&
	       (r->pool[at - 1].score < c.score ||
		(r->pool[at - 1].score == c.score && r->pool[at - 1].slot > c.slot)))
		at--;
	if (at == POOL)
		return;
	if (r->n < POOL)
		r->n++;
	memmove(&r->pool[at + 1], &r->pool[at], (r->n - at - 1) * sizeof(r->pool[0]));
	r->pool[at] = c;
}

static void fill_pool(struct ranking *r)
{
	for (size_t i = 0; i < r->touched.n; i++) {
		size_t slot = r->touched.p[i];
		const struct score *s = &r->scores[slot];
		double cover = r->all > 0 ? s->covered / r->all : 0;

		double plain = s->total * (0.4 + 0.6 * cover);
		const struct runbook *book = &r->k->slots.p[slot].file->book;

		put_in_pool(r, (struct candidate){.slot = slot,
						  .cover = cover,
						  .plain = plain,
						  .score = plain * live_factor(r, book)});
	}
}

static struct candidate *find_in_pool(struct ranking *r, size_t slot)
{
	for (size_t i = 0; i < r->n; i++) {
		if (r->pool[i].slot == slot)
			return &r->pool[i];
	}
	return NULL;
}

/* The pool by place instead of by score, with what vectors say of the question. */
static void fuse(struct ranking *r)
{
	const struct nearest *near = knowledge_find_nearest(r->k, r->query->text);
	double by_vector = r->question.shape == QUESTION_PROSE	 ? BY_VECTOR
			   : r->question.shape == QUESTION_MIXED ? BY_VECTOR_LOW
								 : 0;
	struct candidate both[2 * POOL];
	size_t n = 0;

	if (!near || by_vector == 0)
		return;
	for (size_t i = 0; i < r->n; i++)
		r->pool[i].score = 1 / (RANK + (double)i);
	for (size_t i = 0; i < near->n; i++) {
		struct candidate *c = find_in_pool(r, near->hits[i].row);
		double points = by_vector / (RANK + (double)i);

		if (c)
			c->score += points;
		else
			both[n++] = (struct candidate){.slot = near->hits[i].row,
						       .score = points};
	}
	memcpy(both + n, r->pool, r->n * sizeof(*both));
	n += r->n;
	r->n = 0;
	for (size_t i = 0; i < n; i++)
		put_in_pool(r, both[i]);
}

static const struct known_file *file_of(const struct ranking *r, size_t i)
{
	return r->k->slots.p[r->pool[i].slot].file;
}

static double best_of(const struct ranking *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++) {
		if (str_is(file_of(r, i)->name, name))
			return r->pool[i].score;
	}
	return 0;
}

/* What is superseded comes after what stands in for it, wherever that is. */
static void lower_superseded(struct ranking *r)
{
	struct candidate pool[POOL];
	size_t n = r->n;

	memcpy(pool, r->pool, n * sizeof(pool[0]));
	for (size_t i = 0; i < n; i++) {
		const char *by = file_of(r, i)->shown.superseded_by;
		double successor = by ? best_of(r, by) : 0;

		if (!by)
			continue;
		pool[i].score *= SUPERSEDED;
		if (successor > 0 && pool[i].score >= successor)
			pool[i].score = successor * BELOW_SUCCESSOR;
	}
	r->n = 0;
	for (size_t i = 0; i < n; i++)
		put_in_pool(r, pool[i]);
}

static void gather_stems(const struct ranking *r, struct map *stems)
{
	static char is_there;

	for (size_t i = 0; i < r->question.n; i++) {
		const struct concept *c = &r->question.concepts[i];

		for (size_t j = 0; j < c->n; j++) {
			struct str text = str_from(c->terms[j].text);
			struct word word;

			while (words_next(&text, &word))
				map_put(stems, str_from(word.stem), &is_there);
		}
	}
}

static struct str best_line(struct str text, const struct map *stems)
{
	struct str line, best = {.p = ""};
	size_t most = 0;

	while (text.n && str_next(&text, '\n', &line)) {
		struct str rest = line;
		struct word word;
		size_t n = 0;

		while (words_next(&rest, &word))
			n += map_find(stems, str_from(word.stem)) != NULL;
		if (n > most || (!best.n && str_trim(line).n)) {
			best = str_trim(line);
			most = n;
		}
	}
	return best;
}

static size_t count_of(const struct knowledge_answer *out, const struct known_file *file)
{
	size_t n = 0;

	for (size_t i = 0; i < out->n; i++)
		n += out->hits[i].file == &file->shown;
	return n;
}

static void give_hits(const struct ranking *r, struct knowledge_answer *out)
{
	size_t most = r->query->most && r->query->most < KNOWLEDGE_MOST_HITS
			      ? r->query->most
			      : KNOWLEDGE_MOST_HITS;
	struct map stems;

	map_init(&stems);
	gather_stems(r, &stems);
	for (size_t i = 0; i < r->n && out->n < most; i++) {
		const struct slot *slot = &r->k->slots.p[r->pool[i].slot];
		const struct md_section *section =
			&slot->file->book.page.sections.p[slot->section];

		if (count_of(out, slot->file) == MOST_OF_ONE)
			continue;
		out->hits[out->n++] =
			(struct knowledge_hit){.file = &slot->file->shown,
					       .section = section,
					       .line = best_line(section->text, &stems),
					       .score = r->pool[i].score,
					       .cover = r->pool[i].cover};
	}
	map_fini(&stems);
}

static bool is_covered(const struct ranking *r)
{
	double least = SCORE_LEAST * log((double)r->k->sections + 1);

	for (size_t i = 0; i < r->n; i++) {
		if (r->pool[i].plain >= least || r->pool[i].cover >= COVER_ENOUGH)
			return true;
	}
	return false;
}

bool knowledge_search(struct knowledge *k, const struct knowledge_query *query,
		      struct knowledge_answer *out, struct err *err)
{
	struct ranking r = {.k = k, .query = query};

	*out = (struct knowledge_answer){.shape = QUESTION_EMPTY};
	question_parse(&r.question, query->text, &k->words, k->ix, k->sections);
	out->shape = r.question.shape;
	r.scores = xcalloc(k->slots.n + 1, sizeof(*r.scores));
	limit_rows(&r);
	for (size_t i = 0; i < r.question.n; i++)
		rank_concept(&r, i);
	fill_pool(&r);
	fuse(&r);
	lower_superseded(&r);
	give_hits(&r, out);
	out->is_covered = is_covered(&r);
	free(r.scores);
	vec_fini(&r.touched);
	return text_index_is_fine(k->ix, err);
}
