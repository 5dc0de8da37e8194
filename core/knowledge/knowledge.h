/* What is known for the on-call engineer: the runbooks that ship with azdeck and those of
 * the configured folders, kept in memory, and the sections that fit a question. A runbook
 * of one's own stands in for a shipped one of the same name, and a later folder's for an
 * earlier one's. Nothing is written anywhere. Thread: one at a time; it reads files. */
#ifndef AZ_KNOWLEDGE_KNOWLEDGE_H
#define AZ_KNOWLEDGE_KNOWLEDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "knowledge/question.h"
#include "knowledge/runbook.h"

struct knowledge;

enum { KNOWLEDGE_MOST_FILES = 5000, KNOWLEDGE_MOST_HITS = 20 };

struct knowledge_file {
	const char *path; /* of a shipped one: "runbooks/sql-slow.md" */
	bool is_shipped;
	bool is_hidden;		    /* another one of its name stands in for it */
	const struct runbook *book; /* NULL: it is hidden, or `err` says why */
	struct err err;
	const char *superseded_by; /* the name of a runbook; NULL: it counts */
};

struct knowledge_query {
	struct str text;
	size_t most; /* hits; 0: KNOWLEDGE_MOST_HITS */
	/* What is alight now: boards, states, kinds of resources. Runbooks that name it
	 * come first among those that fit as well. */
	const struct str *live;
	size_t n_live;
};

struct knowledge_hit {
	const struct knowledge_file *file;
	const struct md_section *section;
	struct str line; /* of the section: the one that fits best */
	double score;
	double cover; /* 0 to 1: how much of what was asked is in it */
};

/* Valid until the next refresh. */
struct knowledge_answer {
	enum question_shape shape;
	bool is_covered; /* false: no runbook is about this; the hits are only the nearest */
	size_t n;
	struct knowledge_hit hits[KNOWLEDGE_MOST_HITS];
};

/* `dirs` must live as long as it; only those that exist have anything. */
struct knowledge *knowledge_new(const char *const *dirs, size_t n_dirs,
				struct err *err) MUST_CHECK;
void knowledge_free(struct knowledge *k);
/* Reads what is new or was changed, and lets go of what is gone; *n_read says how many
 * were read. What is wrong with one file is told of that file; false is for the index. */
bool knowledge_refresh(struct knowledge *k, size_t *n_read, struct err *err) MUST_CHECK;

size_t knowledge_files(const struct knowledge *k);
const struct knowledge_file *knowledge_file_at(const struct knowledge *k, size_t i);
/* What is wrong with a folder as a whole; NULL: nothing. */
const struct err *knowledge_dir_error(const struct knowledge *k, size_t dir);
size_t knowledge_sections(const struct knowledge *k);

bool knowledge_search(struct knowledge *k, const struct knowledge_query *query,
		      struct knowledge_answer *out, struct err *err) MUST_CHECK;

#endif
