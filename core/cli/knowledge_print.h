/* What `azdeck knowledge` prints. Thread: the main thread. */
#ifndef AZ_CLI_KNOWLEDGE_PRINT_H
#define AZ_CLI_KNOWLEDGE_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "knowledge/knowledge.h"

void knowledge_print_answer(struct strbuf *out, const struct knowledge_answer *answer,
			    int64_t now_ms);
void knowledge_print_answer_json(struct strbuf *out,
				 const struct knowledge_answer *answer,
				 struct str question);
void knowledge_print_status(struct strbuf *out, const struct knowledge *k,
			    const char *const *dirs, size_t n_dirs, int64_t now_ms);
void knowledge_print_status_json(struct strbuf *out, const struct knowledge *k,
				 const char *const *dirs, size_t n_dirs);

#endif
