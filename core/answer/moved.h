/* Whether what an answer cites is another by now: it was asked of boards as they were when
 * it began, and a model takes its time. Thread: any. */
#ifndef AZ_ANSWER_MOVED_H
#define AZ_ANSWER_MOVED_H

#include "answer/answer.h"
#include "answer/evidence.h"

/* Says so at its end, with the first board of which that holds. What is not in `now` has
 * not moved. */
void answer_note_moved(struct answer *a, const struct evidence *now);

#endif
