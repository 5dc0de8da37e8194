/* What the files of the knowledge share. Private to core/knowledge/knowledge*.c.
 * Thread: one at a time. */
#ifndef AZ_KNOWLEDGE_KNOWLEDGE_PART_H
#define AZ_KNOWLEDGE_KNOWLEDGE_PART_H

#include <stdint.h>

#include "base/map.h"
#include "knowledge/knowledge.h"
#include "knowledge/knowledge_vectors.h"

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
	bool has_key;
	struct vector_key key; /* of what its vector is made of */
};

enum { KNOWLEDGE_REMEMBERED = 8 };

/* What vectors say of one question. */
struct nearest {
	char *text; /* NULL: free */
	size_t n;
	struct vector_hit hits[KNOWLEDGE_NEAREST];
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
	char *model; /* whose vectors they are; NULL: nobody's */
	struct vectors vectors;
	struct nearest nearest[KNOWLEDGE_REMEMBERED];
	size_t next_nearest;
};

/* Between text_index_begin and text_index_end. */
void knowledge_add_rows(struct knowledge *k, struct known_file *file);
void knowledge_remove_rows(struct knowledge *k, struct known_file *file);

/* NULL: nobody asked. */
const struct nearest *knowledge_find_nearest(const struct knowledge *k, struct str text);
void knowledge_forget_nearest(struct knowledge *k);

#endif
