/* What the worker's files share: its state, the orders it gets and the news it tells.
 * Private to core/worker/worker*.c. Thread: core, but for what is fixed after init. */
#ifndef AZ_WORKER_WORKER_PART_H
#define AZ_WORKER_WORKER_PART_H

#include <pthread.h>

#include "auth/token_cache.h"
#include "board/poller.h"
#include "worker/access.h"
#include "worker/apart/apart_model.h"
#include "worker/change/audit_look.h"
#include "worker/change/change_desk.h"
#include "worker/chat/chat_desk.h"
#include "worker/log/log_desk.h"
#include "worker/mail.h"
#include "worker/chat/models.h"
#include "worker/past/past.h"
#include "worker/past/past_fill.h"
#include "worker/self.h"
#include "worker/watch.h"
#include "worker/worker.h"

struct worker {
	/* fixed after init */
	struct worker_options options;
	char *config_path, *boards_dir;
	pthread_t thread;
	struct loop *loop;
	struct mailbox *orders; /* to the worker */
	struct mailbox *news;	/* from it */
	uint64_t last_id;	/* the caller's thread only */
	bool is_finished;	/* likewise */
	/* core only */
	struct keychain keychain;
	struct access access;
	struct api *api;
	struct poller *poller;
	struct self *self;
	struct audit_look *audit;
	struct past *past;
	struct past_fill *past_fill; /* of the demo; NULL: only what is seen */
	struct gateway *models;
	struct spent *spent; /* of models; NULL: in memory */
	struct log_desk *logs;
	struct watch *config_watch, *boards_watch;
	struct loop_timer *settling; /* NULL: nothing came since the last time */
	struct counter touches;	     /* any thread */
	unsigned long touches_seen;  /* when boards settled last */
	int n_disturbed;	     /* so often somebody typed when they would have */
	struct first *first;	     /* NULL: there is a configuration */
	struct live *live;
	VEC(char *) wanted;	     /* boards that somebody looks at */
	VEC(const char *) held;	     /* boards that came, and nobody looks at */
	struct change_desk *changes; /* NULL: nobody changes anything */
	struct chat_desk *chat;	     /* NULL: nobody has asked */
	struct chat_model chat_model;
	struct apart_model apart_model; /* to that one, from the simulator's thread */
};

void worker_tell(struct worker *w, struct news *news);
/* What nothing stops for; ctx is the worker. */
void worker_tell_note(void *ctx, const struct err *err);
/* request_id: of the order that it answers; 0: of none. */
void worker_tell_problem(struct worker *w, uint64_t request_id, const struct err *err);

/* For whoever asks of boards or streams: the i-th connection of the kind, or NULL. */
const struct connection *worker_connection(void *worker, enum conn_kind kind, size_t i);

/* For loop_on_wake: does what was ordered so far. */
void worker_read_orders(void *worker);
/* The last order. */
void worker_order_quit(struct worker *w);

/* Opens the history: in memory, unless the user said that it may be kept. */
void worker_open_past(struct worker *w);
/* Something was polled: a while later, what that took is given back to the system. */
void worker_settle(void *worker);
/* For the poller: a board is new. */
/* Somebody asks for what was. */
void worker_ask_past(struct worker *w);
void worker_publish(void *worker, struct board *board);
/* Boards that came for a question or a run while nobody looked at them: those that
 * somebody looks at by now. */
void worker_show_held(struct worker *w);
/* For the poller: a board begins. True: its past is on its way. */
bool worker_seed(void *worker, const struct board_def *def);
/* Puts it into the history; `id` is the order's. */
void worker_note_acknowledged(struct worker *w, struct str board, struct str key,
			      bool is_on, uint64_t id);

/* Live log lines. */
void worker_open_live(struct worker *w);
void worker_open_changes(struct worker *w);
/* Boards are wanted besides those of the last order. */
void worker_want_more(void *worker);
/* Whether every kind of connection the board asks is there. */
bool worker_can_have(void *worker, const struct board_def *def);
void worker_forget_wanted(struct worker *w);
void worker_do_plan(struct worker *w, const struct order *order);
void worker_do_change(struct worker *w, const struct order *order);
void worker_do_chat(struct worker *w, const struct order *order);
/* Of the boards `ai` and `plans`. */
cJSON *worker_model_rows(void *worker);
cJSON *worker_stream_rows(void *worker);
cJSON *worker_plan_rows(void *worker);
void worker_do_keep(struct worker *w, const struct order *order);
void worker_do_follow(struct worker *w, const struct order *order);

#endif
