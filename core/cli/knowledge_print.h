/* What `azdeck knowledge` prints. Thread: the main thread. */
#ifndef AZ_CLI_KNOWLEDGE_PRINT_H
#define AZ_CLI_KNOWLEDGE_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "knowledge/knowledge.h"
#include "knowledge/vector_store.h"

void knowledge_print_answer(struct strbuf *out, const struct knowledge_answer *answer,
			    int64_t now_ms);
void knowledge_print_answer_json(struct strbuf *out,
				 const struct knowledge_answer *answer,
				 struct str question);
/* What is on disk of the configured model. */
struct knowledge_vector_state {
	const char *model; /* "": nobody makes them */
	size_t sections;   /* that have one */
	struct vector_status status;
	struct err err; /* they cannot be looked at */
};
struct knowledge_status {
	const struct knowledge *k;
	const char *const *dirs;
	size_t n_dirs;
	struct knowledge_vector_state vectors;
};
void knowledge_print_status(struct strbuf *out, const struct knowledge_status *status,
			    int64_t now_ms);
void knowledge_print_status_json(struct strbuf *out,
				 const struct knowledge_status *status);

#endif
