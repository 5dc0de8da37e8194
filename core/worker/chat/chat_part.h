/* A question on its way. Private to core/worker/chat/.
 *
 *   chat_desk.c   orders in, boards in, news out
 *   chat_read.c   the boards a question needs, and waiting for them
 *   chat_books.c  runbooks
 *   chat_vectors.c their vectors, and those of questions
 *   chat_ask.c    a model is asked, again after each look-up, and what it says is checked
 *   chat_prompt.c what a model is told
 *   chat_model.c  the simulator's model
 *   chat_keep.c   turns that were, and what people thought of the answers
 *   chat_job.c    their files
 *
 * Thread: core. */
#ifndef AZ_WORKER_CHAT_PART_H
#define AZ_WORKER_CHAT_PART_H

#include "ai/gateway.h"
#include "ai/tools.h"
#include "base/vec.h"
#include "guide/guide.h"
#include "worker/chat/chat_books.h"
#include "worker/chat/chat_desk.h"
#include "worker/chat/chat_file.h"

enum {
	CHAT_READ_MS = 8000,	   /* boards that have not come by then are unknown */
	CHAT_READ_MOST_MS = 40000, /* where one whole answer is wanted, and some come */
	CHAT_LATE_MS = 500,
	CHAT_WAITS_MOST = 24,
	CHAT_REMEMBERED = 6, /* turns that a model is told of */
	CHAT_TURNS_MOST = 200,
	CHAT_SENT_MOST = 64 << 10,
	CHAT_GROWS_MS = 30, /* between two tellings of a text that grows */
};

/* A message of a turn, with texts of its own. */
struct chat_message {
	enum turn_role role;
	char *text;
	VEC(struct turn_call) calls;
	char *call_id, *call_name;
};

struct chat_talk {
	struct chat_talk *next;
	struct chat_desk *desk;
	uint64_t id;
	char *text, *board, *key, *route, *model;
	struct guide_plan plan;
	struct evidence e;
	/* Boards it waits for, and what goes on then. */
	const char *waits[CHAT_WAITS_MOST];
	size_t n_waits;
	void (*then)(struct chat_talk *t);
	struct loop_timer *wait;
	int64_t waits_since_ms; /* monotonic */
	bool is_for_runbooks;	/* it waits for */
	bool is_late;		/* only what is about all boards is left to wait for */
	/* A vector it waits for, of this text. */
	char *vector_text;
	uint64_t vector_asked; /* of the gateway; 0 */
	struct loop_timer *vector_wait;
	void (*vector_then)(struct chat_talk *t); /* NULL: for none */
	char looks_for[TOOL_QUESTION_MOST + 1];	  /* in runbooks, by a call; "" */
	/* Of a model: */
	VEC(struct chat_message) messages;
	struct tool_budget budget;
	uint64_t asked;		     /* of the gateway; 0: nothing is under way */
	VEC(struct turn_call) calls; /* not answered yet */
	size_t call_at;
	VEC(char *) proposals;
	struct strbuf draft;
	bool is_quoting; /* some text from outside tries to give orders */
	struct loop_timer *grows;
	/* What has settled of the draft, checked; NULL: nothing yet. */
	struct grounding *grounding;
	struct answer grown;
	size_t settled, told_prose, told_claims; /* bytes of the draft; what was told */
	bool has_grown;
	int rounds; /* times a model was asked */
	struct strbuf sent;
	char endpoint[64], served[96], why[240];
	double money;
	int64_t tokens_in, tokens_out;
};

/* A turn that was. */
struct chat_turn {
	uint64_t id;
	char *question, *prose, *route;
	char *record; /* JSON */
	int64_t at_ms;
	int rated; /* -1, 0: not, 1 */
};

/* How the answers of one were taken. */
struct chat_score {
	char route[64];
	int64_t answers, refused, unanswered, helped, not_helped;
};

enum chat_job_kind {
	CHAT_JOB_READ,
	CHAT_JOB_WRITE,
	CHAT_JOB_JUDGE,
	CHAT_JOB_SEARCH,
	CHAT_JOB_NAMES,
};

struct chat_job {
	struct chat_job *next;
	struct chat_store *store;
	enum chat_job_kind kind;
	uint64_t id; /* of the order; 0: nobody waits */
	char *name;  /* of the conversation; SEARCH: the words */
	struct strbuf json;
	struct err err;
};

/* Files, and the jobs that are done with them. */
struct chat_store {
	struct chat_desk *desk; /* NULL: gone */
	struct loop *loop;
	struct chat_files files;
	struct chat_job *running, *waiting;
};

struct chat_desk {
	struct chat_desk_options options;
	struct chat_books *books;
	struct chat_store *store;
	struct leash *leash;
	struct ai_tools *tools;
	struct chat_talk *talks;
	VEC(struct chat_turn) turns;
	VEC(struct chat_score) scores;
	char *conversation; /* NULL: it has no name, and is not kept */
	uint64_t n_old;
};

struct chat_news *chat_news_new(enum chat_step step, uint64_t question);
void chat_tell(struct chat_talk *t, struct chat_news *news);
void chat_tell_text(struct chat_talk *t, enum chat_step step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* To an order that is no question. */
void chat_told(struct chat_desk *d, uint64_t id, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* CHAT_NAMES, soon. */
void chat_keep_names(struct chat_desk *d, uint64_t id);
/* The question is over: told, remembered, and gone. Takes what is in the answer. */
void chat_end(struct chat_talk *t, struct answer *answer);
/* Likewise, without an answer. */
void chat_fail(struct chat_talk *t, const struct err *err);

/* Into the evidence, waiting where one has not come; `then` may be called at once. */
void chat_read(struct chat_talk *t, const char *const *names, size_t n,
	       void (*then)(struct chat_talk *t));
/* On with what was waited for. */
void chat_read_on(struct chat_talk *t);
void chat_read_saw(struct chat_talk *t, struct board *board);

/* `why` NULL: because the question asks for it. */
void chat_by_guide(struct chat_talk *t, const char *why);
void chat_by_model(struct chat_talk *t);
/* Nothing of it comes any more. */
void chat_ask_stop(struct chat_talk *t);
/* As it stands, checked. */
void chat_ask_answer(struct chat_talk *t, bool is_whole, struct answer *out);

/* The messages a question begins with. */
void chat_prompt(struct chat_talk *t, bool is_small);
struct chat_message *chat_add(struct chat_talk *t, enum turn_role role, struct str text);
void chat_messages_clear(struct chat_talk *t);

void chat_remember(struct chat_desk *d, const struct chat_talk *t,
		   const struct answer *answer);
void chat_forget(struct chat_desk *d);
struct chat_score *chat_score(struct chat_desk *d, const char *route);

struct chat_store *chat_store_new(const struct chat_desk_options *options);
/* What is still to be written is written. */
void chat_store_leave(struct chat_store *s);
struct chat_job *chat_job_new(struct chat_desk *d, enum chat_job_kind kind, uint64_t id,
			      struct str name);
/* Behind those that wait. */
void chat_job_start(struct chat_job *job);
void chat_job_done(struct chat_desk *d, struct chat_job *job);

#endif
