/* What a reference that is no field stands for: a section of a runbook, or a row that is
 * a record: a line, an alert, a change, a drill. Thread: one at a time. */
#ifndef AZ_ANSWER_GROUND_SOURCE_H
#define AZ_ANSWER_GROUND_SOURCE_H

#include "answer/answer.h"
#include "answer/evidence.h"

struct ground_source {
	/* A record. */
	const struct board *board;
	const struct row *row;
	/* A section of a runbook, and all of that heading's text. */
	const struct knowledge_file *file;
	const struct md_section *section;
};

/* "BOOK#SECTION", or "BOOK" for its first one; "KEY" on one of the boards where such
 * records stand, the newest of several, or "BOARD/KEY" on that board. False: there is no
 * such thing in the evidence. */
bool ground_source_find(const struct evidence *e, enum claim_kind kind, struct str target,
			struct ground_source *out);

#endif
