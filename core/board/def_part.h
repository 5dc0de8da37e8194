/* The parts a definition is read from, one file each; def.c puts them together.
 * Thread: any; one reader at a time. */
#ifndef AZ_BOARD_DEF_PART_H
#define AZ_BOARD_DEF_PART_H

#include "board/def.h"
#include "board/def_read.h"

/* Each reads one member of the file's object into the definition. */
void def_read_requests(struct def_reader *r, const cJSON *root, struct board_def *def);
/* Bit i: the expression names requests[i]. */
uint32_t def_requests_in(const struct board_def *def, const struct query *query);
void def_read_columns(struct def_reader *r, const cJSON *root, struct board_def *def);
/* Value map or list of predicates at "severity" of the object. */
const struct sev_rule *def_read_rules(struct def_reader *r, const cJSON *object,
				      bool allow_words, size_t *n);

#endif
