/* Vectors of the sections, so that prose is found by what it means too. They come from a
 * model, which somebody else asks: here it is known which sections have none yet, what of
 * them is sent, and what is near to a question. Until nearly all of them have one, a
 * question is asked of words alone, because what has none could not be found.
 * Thread: one at a time; knowledge_nearest: any, while nobody changes it. */
#ifndef AZ_KNOWLEDGE_KNOWLEDGE_VECTORS_H
#define AZ_KNOWLEDGE_KNOWLEDGE_VECTORS_H

#include "knowledge/knowledge.h"
#include "knowledge/vector_store.h"
#include "knowledge/vectors.h"

enum { KNOWLEDGE_NEAREST = 64, KNOWLEDGE_PASSAGE_MOST = 8 << 10 };

/* A section that has no vector yet, valid until the next refresh. */
struct knowledge_gap {
	size_t slot;
	struct vector_key key; /* of its text: another text, another vector */
};

/* What is kept of `model` already; others' vectors are let go. */
void knowledge_load_vectors(struct knowledge *k, struct vector_store *store,
			    struct str model);
/* Says there that they are used today. */
void knowledge_use_vectors(struct knowledge *k, struct vector_store *store,
			   int64_t now_ms);
size_t knowledge_with_vectors(const struct knowledge *k);
/* Whether questions may be asked by vector. */
bool knowledge_has_meaning(const struct knowledge *k);
/* Of those that have none, from slot *at on, which moves behind them. */
size_t knowledge_gaps(struct knowledge *k, size_t *at, struct knowledge_gap *out,
		      size_t most);
/* What a model is to make the section's vector of: `out` holds KNOWLEDGE_PASSAGE_MOST. */
void knowledge_put_passage(const struct knowledge *k, size_t slot, struct strbuf *out);
/* False: it cannot be one (vectors.h), or the section is another one by now. */
bool knowledge_give_vector(struct knowledge *k, const struct knowledge_gap *gap,
			   const float *vector, size_t dims) MUST_CHECK;

/* Where those there are have another length: none counts any more. */
bool knowledge_drop_vectors(struct knowledge *k, size_t dims);

/* The slots nearest to a question's vector; all are looked at. */
size_t knowledge_nearest(const struct knowledge *k, const float *vector, size_t dims,
			 struct vector_hit out[KNOWLEDGE_NEAREST]);
/* Searches for this text take them into account from now on, until the next refresh. */
void knowledge_remember_nearest(struct knowledge *k, struct str text,
				const struct vector_hit *hits, size_t n);
bool knowledge_remembers(const struct knowledge *k, struct str text);
/* Whether vectors would say anything of it: a question of ids and codes has none. */
bool knowledge_is_prose(struct knowledge *k, struct str text);

#endif
