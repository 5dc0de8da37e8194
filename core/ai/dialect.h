/* The ways in which model servers are spoken to: where, with what body, and how what comes
 * back is cut into events. A dialect is a row. Thread: any; a reader has one owner. */
#ifndef AZ_AI_DIALECT_H
#define AZ_AI_DIALECT_H

#include "ai/reply.h"
#include "ai/turn.h"
#include "net/line_cutter.h"
#include "net/sse.h"

/* id, word, path behind the base, who reads what comes back */
#define DIALECT_LIST(X)                                                                  \
	X(CHAT, "chat", "/chat/completions", ai_reply_take_chat)                         \
	X(RESPONSES, "responses", "/responses", ai_reply_take_responses)                 \
	X(OLLAMA, "ollama", "/api/chat", ai_reply_take_ollama)

enum dialect {
#define X(id, word, path, take) DIALECT_##id,
	DIALECT_LIST(X)
#undef X
		DIALECTS
};
const char *dialect_name(enum dialect dialect);
bool dialect_find(struct str name, enum dialect *out);
const char *dialect_path(enum dialect dialect);

/* The request's body. */
void dialect_body(enum dialect dialect, const struct turn *turn, struct strbuf *out);

/* Bytes as they come to a reply. Events are server-sent ones or a JSON text a line:
 * which of the two is seen by the first byte, because servers behind gateways do not
 * always do as they should. Something that is no event at all, such as a whole answer or
 * a page of HTML, is read when the connection ends. */
struct reply_reader {
	reply_take_fn take;
	struct reply *reply; /* borrowed */
	struct sse sse;
	struct line_cutter lines;
	struct strbuf whole; /* what came, until there was an event */
	enum { READER_NEW, READER_SSE, READER_LINES, READER_WHOLE } form;
	bool is_done; /* the service said so, or the reply has failed */
	size_t events;
};

void reply_reader_init(struct reply_reader *r, enum dialect dialect, struct reply *reply);
void reply_reader_fini(struct reply_reader *r);
/* False: the reply has ended, and the connection is not needed any more. */
bool reply_reader_feed(struct reply_reader *r, struct str bytes);
/* The connection is over. */
void reply_reader_over(struct reply_reader *r);

#endif
