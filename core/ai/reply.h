/* What a model says in one turn, put together from the events it comes in, whichever
 * service sends them. Nothing of it has been checked: texts and arguments are bytes from
 * outside, to be sanitised before they are drawn and validated before they are used. What
 * a service leaves out is unknown, never 0. Thread: one owner. */
#ifndef AZ_AI_REPLY_H
#define AZ_AI_REPLY_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ai/model_error.h"
#include "base/str.h"
#include "base/strbuf.h"

/* id, word, what it says to a person */
#define REPLY_END_LIST(X)                                                                \
	X(OPEN, "open", "it is still coming")                                            \
	X(STOP, "stop", "the model said all it wanted to")                               \
	X(CALLS, "calls", "the model wants to look something up")                        \
	X(LENGTH, "length", "it reached the longest answer allowed")                     \
	X(FILTERED, "filtered", "the service's content filter stopped it")               \
	X(CUT, "cut", "the connection ended in the middle of it")                        \
	X(FAILED, "failed", "the service failed in the middle of it")

enum reply_end {
#define X(id, word, help) REPLY_##id,
	REPLY_END_LIST(X)
#undef X
		REPLY_ENDS
};
const char *ai_reply_end_name(enum reply_end end);
const char *ai_reply_end_help(enum reply_end end);

enum {
	REPLY_TEXT_MOST = 256 << 10,
	REPLY_CALLS_MOST = 16,
	REPLY_ARGUMENTS_MOST = 64 << 10,
};

/* The model asks for one of the tools it was offered. */
struct reply_call {
	int64_t index; /* the service's own: pieces are put together by it */
	char id[96];   /* made up where the service has none */
	char name[64];
	struct strbuf arguments; /* JSON text, whole once the reply has ended */
};

/* Tokens; -1: not said. */
struct reply_usage {
	int64_t asked, answered, total;
	int64_t cached;	 /* of those asked */
	int64_t thought; /* of those answered */
};

struct reply {
	struct strbuf text;
	struct strbuf thought; /* what it says to itself; shown on request only */
	struct strbuf refusal; /* why it will not answer, where it says so by form */
	struct reply_call calls[REPLY_CALLS_MOST];
	size_t n_calls;
	enum reply_end end;
	struct reply_usage usage;
	char model[96]; /* what answered, as it calls itself */
	/* Bytes of the text that the service's filter has looked at. Behind it the text
	 * is condemned where the filter stopped the reply. */
	size_t checked;
	int64_t filter_from;	  /* where the text begins by the filter's count; -1 */
	bool has_finish;	  /* the service said that it ends */
	struct model_error error; /* FAILED, FILTERED */
};

void ai_reply_init(struct reply *r);
void ai_reply_fini(struct reply *r);

/* One event, or the whole answer where it did not come in events. False: the reply has
 * failed, and nothing more is wanted. Events of kinds that are not known are passed
 * over. */
typedef bool (*reply_take_fn)(struct reply *r, const cJSON *event);
/* Chat completions: OpenAI, Azure OpenAI, llama.cpp, vLLM, and who speaks like them. */
bool ai_reply_take_chat(struct reply *r, const cJSON *event);
/* Ollama's own. */
bool ai_reply_take_ollama(struct reply *r, const cJSON *event);
/* OpenAI's responses. */
bool ai_reply_take_responses(struct reply *r, const cJSON *event);

/* The connection is over: what was not ended by then was cut off. */
void ai_reply_over(struct reply *r);

/* What of the text may be shown: all of it, unless the filter condemned its end. */
struct str ai_reply_kept(const struct reply *r);

/* For the takers. */
/* Appends; what is too long is an end of its own. */
void ai_reply_add(struct reply *r, struct strbuf *to, const char *text);
/* The call of that index, begun where there is none; NULL: there are too many, and the
 * reply has failed. */
struct reply_call *ai_reply_call_at(struct reply *r, int64_t index);
/* Its name or id, where the service says it (some do again with each piece). */
void ai_reply_call_named(struct reply_call *call, const char *name, const char *id);
/* A piece of its arguments. False: they are too long, and the reply has failed. */
bool ai_reply_call_with(struct reply *r, struct reply_call *call, const cJSON *arguments);
/* What answers calls itself so; NULL and "": it does not say. */
void ai_reply_by(struct reply *r, const char *model);
/* As the service says it. Returns false. */
bool ai_reply_fail(struct reply *r, const cJSON *error);
/* A whole number of the object, or what it is already. */
void ai_reply_count(const cJSON *object, const char *name, int64_t *out);

#endif
