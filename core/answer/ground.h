/* From a draft to an answer. Whoever drafts, the guide or a model, writes references in
 * place of values; here they are filled in from the evidence, and everything that looks
 * like a fact and has no reference is struck out:
 *
 *   The budget of Atlas is at [S:cost.budget[budget-atlas].pct_used].
 *   Follow [R:budget-alert#First steps].
 *
 * [S:PATH] becomes the field's value with the number of its citation; [R:..], [L:..],
 * [A:..], [C:..] and [D:..] become the citation alone, and are struck where there is no
 * such thing. A model may also write the value and cite it, "87 % [S:...]": it is compared,
 * and struck where it differs. Numbers, times, and names of resources that follow from no
 * reference are struck: the words stay, the figure becomes "(unchecked)".
 *
 * A draft is bytes from outside. Thread: any. */
#ifndef AZ_ANSWER_GROUND_H
#define AZ_ANSWER_GROUND_H

#include "answer/answer.h"
#include "answer/evidence.h"

struct ground_options {
	/* What the person asked: figures and names they used may be said again. */
	struct str question;
	/* Of the guide: its words are ours, so only its references are looked at. */
	bool is_ours;
	/* A whole line that is ours, whoever writes it; NULL: none is. */
	bool (*is_saying)(struct str line);
};

/* Adds prose and claims to the answer, and what it admits and does not know; type and the
 * rest are its maker's. What it proposes already may be named. */
void ground(struct str draft, const struct evidence *e,
	    const struct ground_options *options, struct answer *out);

/* The same of a draft that comes in pieces, each of whole blocks: what is behind a piece
 * costs nothing again. The evidence stays as it is meanwhile; the question is borrowed. */
struct grounding;
struct grounding *ground_begin(const struct evidence *e,
			       const struct ground_options *options, struct answer *out);
void ground_more(struct grounding *g, struct str piece);
void ground_end(struct grounding *g); /* accepts NULL */

/* How much of a draft that is still coming may be grounded: up to the last whole block,
 * so that settled lines never change. */
size_t ground_settled(struct str draft);

#endif
