/* Commands in a draft that would change something, if somebody ran them. Thread: any (no
 * state). */
#ifndef AZ_ANSWER_GROUND_COMMAND_H
#define AZ_ANSWER_GROUND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The first at or behind `from`: from the tool's name to the end of its line, of the code
 * it is in, or of the sentence. */
bool command_next(struct str text, size_t from, size_t *begin, size_t *end);

#endif
