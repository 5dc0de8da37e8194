/* What the files of the check share. Thread: one owner. */
#ifndef AZ_ANSWER_GROUND_PART_H
#define AZ_ANSWER_GROUND_PART_H

#include "answer/field.h"
#include "answer/figure_scan.h"
#include "answer/ground.h"
#include "answer/ground_names.h"
#include "answer/ground_ref.h"
#include "answer/ground_source.h"

#define GROUND_UNCHECKED "(unchecked)"

enum { GROUND_DRAFT_MOST = 64 << 10, GROUND_REFS_MOST = 256 };

/* A reference and what it stands for. */
struct ground_cited {
	struct ground_ref ref;
	struct field *field;	     /* FIELD; its own */
	struct ground_source source; /* the others */
	bool is_there;
};

struct grounding {
	const struct evidence *e;
	const struct ground_options *options;
	struct ground_options own; /* what they point to where it was begun */
	struct answer *out;
	size_t seen; /* bytes of the draft */
	bool is_cut; /* there were more */
	struct ground_names names;
	VEC(struct scan) asked; /* figures of the question */
	struct strbuf quoted;	/* sections that were cited, as ground_fold has them */
	struct strbuf told;	/* texts of records that were cited, likewise */
	struct strbuf titles;	/* of boards that were cited, likewise */
	const struct board *derived;   /* that was cited for a figure in this block */
	VEC(struct ground_cited) refs; /* of this block */
	struct str block;
};

/* A stretch of the block with nothing in it that is filled in, and the reference behind
 * it, whose value it may have said already; NULL: none. */
struct stretch {
	size_t begin, end;
	const struct ground_cited *cited;
	bool has_value;	    /* out: it said the value */
	size_t value_begin; /* out: where that stands in the prose */
};
/* Appends the stretch to the prose, without what is not so or has no reference. */
void ground_stretch(struct grounding *g, struct stretch *stretch);

/* Appends what the reference stands for, and the number of its citation. */
void ground_cite(struct grounding *g, const struct ground_cited *cited,
		 const struct stretch *before);

/* Letters small, one blank between words, no marks of Markdown: to find a quotation. */
void ground_fold(struct strbuf *out, struct str text);
/* Of a runbook, whose steps are ours; what a record says is from outside. */
bool ground_is_quoted(const struct grounding *g, struct str text);
bool ground_is_told(const struct grounding *g, struct str text);
/* Of boards: "SQL load of two weeks". */
bool ground_is_title(const struct grounding *g, struct str text);
/* Text from outside, so that it is read as text: no mark in it begins anything. */
void ground_put_text(struct strbuf *out, struct str text, bool is_code);

#endif
