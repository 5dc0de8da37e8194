/* What a server is sent that makes vectors of texts, and what it answers: as OpenAI has it,
 * floats in base64 or written out, or as Ollama has it. An answer counts when it has one
 * whole vector for each text, all of one length. Thread: any (no state). */
#ifndef AZ_AI_EMBED_H
#define AZ_AI_EMBED_H

#include "ai/model_error.h"
#include "base/strbuf.h"

enum embed_form { EMBED_OPENAI, EMBED_OLLAMA };

enum { EMBED_TEXTS_MOST = 64, EMBED_DIMS_LEAST = 8, EMBED_DIMS_MOST = 4096 };

struct embed_request {
	enum embed_form form;
	const char *model;
	int dims;		 /* that are asked for; 0: the model's own */
	bool no_base64, no_dims; /* the server refused the word */
	const struct str *texts;
	size_t n; /* at most EMBED_TEXTS_MOST */
};
void embed_put_body(const struct embed_request *request, struct strbuf *out);

struct embed_answer {
	size_t n, dims;
	float *floats; /* n times dims, in the order of the texts; the caller's to free */
	int64_t asked; /* tokens; -1: not said */
};
/* The body of a 200. False: it is none that can be used, and there is nothing to free. */
bool embed_read(enum embed_form form, struct str body, size_t n_texts, int dims,
		struct embed_answer *out, struct model_error *error) MUST_CHECK;

#endif
