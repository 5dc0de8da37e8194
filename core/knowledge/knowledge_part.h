/* What the files of the knowledge share. Private to core/knowledge/knowledge*.c.
 * Thread: one at a time. */
#ifndef AZ_KNOWLEDGE_KNOWLEDGE_PART_H
#define AZ_KNOWLEDGE_KNOWLEDGE_PART_H

#include <stdint.h>

#include "base/map.h"
#include "knowledge/knowledge.h"

struct known_file {
	struct knowledge_file shown;
	char *path;
	struct str name;  /* in the path, without ".md" */
	const char *text; /* of a shipped one */
	uint64_t stamp;
	bool is_seen;	/* in this refresh */
	bool is_loaded; /* or tried, which `shown.err` says */
	struct runbook book;
	size_t *slots; /* one a section; NULL: it has none */
};

/* A row of the index: its id is its place in the list and one more. */
struct slot {
	struct known_file *file; /* NULL: spare */
	size_t section;
};

struct knowledge {
	const char *const *dirs;
	size_t n_dirs;
	struct err *dir_errs;
	VEC(struct known_file *) files; /* shipped ones, then by folder */
	struct text_index *ix;
	struct question_words words;
	VEC(struct slot) slots;
	VEC(size_t) spare;
	size_t sections;
};

/* Between text_index_begin and text_index_end. */
void knowledge_add_rows(struct knowledge *k, struct known_file *file);
void knowledge_remove_rows(struct knowledge *k, struct known_file *file);

#endif
