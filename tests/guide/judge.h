/* Holds answers of the guide against the rows of boards as JSON, which knows nothing of
 * fields, references or phrases. Thread: the main thread. */
#ifndef AZ_TESTS_GUIDE_JUDGE_H
#define AZ_TESTS_GUIDE_JUDGE_H

#include <cjson/cJSON.h>

#include "guide/guide.h"

/* As somebody asks it with nothing under the cursor; answer_fini is due. */
void judge_ask(const char *question, const struct evidence *e, struct guide_plan *plan,
	       struct answer *out);
/* A question with the name in place of "%s". */
void judge_put_question(char *out, size_t n, const char *with, const char *name);

/* Borrowed, and kept until they are forgotten. */
const cJSON *judge_rows(const struct board *board);
void judge_forget_rows(void);

bool judge_is_value(const char *claimed, const cJSON *cell);
/* Every claim is what its row says, nothing was struck, and what it admits is said; else
 * it prints what is not so. */
bool judge_is_sound(const struct evidence *e, const struct answer *a);
bool judge_says_its_phrases(const struct answer *a);
/* A figure in the prose that is in no claim, between marks or a command. */
bool judge_has_loose_figure(const struct answer *a);

/* A file below tests/, the caller's to delete; it exits where there is none. */
cJSON *judge_read_questions(const char *path);

#endif
