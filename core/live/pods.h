/* Pods that are followed: which there are (live_pods_list.c), the log of one container
 * (live_pod.c), and how they are doing (live_pods_tell.c). Private to core/live. Thread: core. */
#ifndef AZ_LIVE_PODS_H
#define AZ_LIVE_PODS_H

#include "azure/api_flow.h"
#include "live/feeder.h"
#include "stream/merge.h"
#include "stream/pod_lines.h"

enum {
	PODS_STREAMS_MOST = 60,
	PODS_CLUSTERS_MOST = 16,
	POD_NAME_BYTES = 254,
	POD_LABEL_BYTES = 2 * POD_NAME_BYTES,
};

/* As the last list has it. */
struct container_now {
	char namespace[POD_NAME_BYTES], pod[POD_NAME_BYTES], uid[64];
	char name[POD_NAME_BYTES];
	bool is_running, is_init, is_alone; /* no other container in the pod is meant */
	int64_t restarts;
	int64_t ended_ms; /* of the life before this one; 0: there was none */
};

struct pods;

enum container_state {
	CONTAINER_ASKING,  /* a flow is open */
	CONTAINER_RESTING, /* it does not run: the list says when it does */
	CONTAINER_PAUSING, /* before it is asked again */
	CONTAINER_DONE,	   /* nothing more will come */
};

struct container_log {
	struct container_log *next;
	struct pods *pods;
	const struct connection *connection;
	struct container_now now;
	bool is_listed; /* by the list that is read */
	enum container_state state;
	struct api_flow *flow;
	struct loop_timer *pause;
	struct pod_lines lines;
	struct merge_input *input;
	bool wants_previous; /* of its life before, first */
	bool is_previous;    /* the flow is of that */
	bool is_followed;    /* the flow goes on, and may well be silent */
	bool has_spoken;     /* its lines say a time or a level themselves */
	int64_t since_ms;    /* where it begins */
	int64_t restarts;    /* of the life that was asked for last */
	int64_t asked_ms;    /* wall */
	int64_t heard_ms;    /* monotonic */
	uint64_t n_before;   /* lines given before this flow */
	int tries;	     /* in vain, one after the other */
	struct err err;	     /* why it cannot be read; ERR_NONE: it can */
};

struct cluster {
	struct pods *pods;
	const struct connection *connection;
	uint64_t call; /* of its list; 0: none is open */
	struct loop_timer *again;
	bool has_answered;
	bool is_over; /* asked once, and answered */
	int tries;
	struct err err; /* of the last list */
};

struct pods {
	struct feeder *f;
	struct cluster clusters[PODS_CLUSTERS_MOST];
	size_t n_clusters;
	struct container_log *first;
	struct merge *merge;
	struct loop_timer *running; /* of the merge */
	size_t left_out;	    /* containers beyond what is followed at once */
};

/* A container that is new, or as it is now. */
void container_log_start(struct pods *p, const struct connection *connection,
			 const struct container_now *now);
void container_log_update(struct container_log *c, const struct container_now *now);
/* It is in no list any more. */
void container_log_gone(struct container_log *c);
void container_log_free(struct container_log *c);

/* Lines wait in the merge. */
void pods_run_merge(struct pods *p);
/* Something about a container changed. */
void pods_tell(struct pods *p);
/* Asks one cluster; then again and again. */
void pods_list(void *cluster);
/* The list would know more. */
void pods_look_again(struct pods *p, const struct connection *connection);

#endif
