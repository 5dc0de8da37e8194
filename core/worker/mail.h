/* The messages between the deck and the core thread, made and freed. What the deck
 * sees of them stands in worker.h. Private to core/worker. Thread: any. */
#ifndef AZ_WORKER_MAIL_H
#define AZ_WORKER_MAIL_H

#include "base/vec.h"
#include "worker/log/follow.h"
#include "worker/worker.h"

enum order_kind {
	ORDER_WANT,
	ORDER_REFRESH,
	ORDER_ACKNOWLEDGE,
	ORDER_GO,
	ORDER_STEP,
	ORDER_FIRST,
	ORDER_FOLLOW,
	ORDER_UNFOLLOW,
	ORDER_LOG,
	ORDER_PLAN,
	ORDER_KEEP,
	ORDER_CHANGE,
	ORDER_CHAT,
	ORDER_QUIT,
};

struct order {
	struct mail mail;
	uint64_t id;
	VEC(char *) names;
	bool is_on;		      /* ORDER_ACKNOWLEDGE */
	int64_t at_ms;		      /* ORDER_GO */
	int by;			      /* ORDER_STEP; ORDER_CHANGE: enum change_verb */
	struct first_order *first;    /* ORDER_FIRST */
	struct follow_options follow; /* ORDER_FOLLOW; its text is in names */
	struct log_order *log;	      /* ORDER_LOG */
	uint64_t about;		      /* ORDER_CHAT: the question; its verb is `by` */
};

struct order *order_new(enum order_kind kind);
struct news *news_new(enum news_kind kind);

#endif
