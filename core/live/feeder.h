/* What the kinds of live streams share: the ring they fill, what is told, how failures
 * are waited out. Private to core/live. Thread: core. */
#ifndef AZ_LIVE_FEEDER_H
#define AZ_LIVE_FEEDER_H

#include "live/live.h"
#include "stream/line_filter.h"
#include "stream/log_source.h"

enum {
	LIVE_RING_BYTES = 16 << 20,
	LIVE_SINCE_MS = 10 * 60 * 1000,
	LIVE_TELL_MS = 40, /* lines within it are one call */
};

struct feeder;

/* One row a kind of source. */
struct feeder_ops {
	/* The feeder's fields are filled in. False: it cannot be had, err says why. */
	bool (*start)(struct feeder *f, struct err *err);
	/* Lets go of everything of its own; nothing of it may come after. */
	void (*stop)(struct feeder *f);
};
extern const struct feeder_ops feeder_pods, feeder_kql, feeder_file;

struct feeder {
	struct feeder *next;
	struct live *live;
	uint64_t id;
	const struct feeder_ops *ops;
	char *text; /* what source is parts of */
	struct log_source source;
	int64_t since_ms, until_ms;
	bool is_once;
	struct ring *ring;
	struct line_filter span; /* since and until */
	struct live_status status;
	struct loop_timer *telling;
	bool has_told;
	void *own; /* the kind's */
};

/* NULL: nothing is followed. */
struct feeder *live_first(const struct live *l);
const struct live_options *feeder_options(const struct feeder *f);
int64_t feeder_now_ms(const struct feeder *f); /* wall */
int64_t feeder_mono_ms(const struct feeder *f);
/* A duration of the clock on the machine's: shorter when the clock runs fast. */
int64_t feeder_pace(const struct feeder *f, int64_t ms);

/* Into the ring, unless it is outside of the span that was asked for. */
void feeder_put(struct feeder *f, const struct line *line);
/* After lines were put off the loop: they are told soon. */
void feeder_note_lines(struct feeder *f);
/* Told at once, when it is another one. err NULL: nothing is wrong. */
void feeder_set_state(struct feeder *f, enum live_state state, const struct err *err);
void feeder_note_gap(struct feeder *f);
/* "" or NULL: all is whole. */
void feeder_set_note(struct feeder *f, const char *note);
void feeder_set_origins(struct feeder *f, size_t n);

/* Queries that may be on their way at once, over all streams: the service allows five to
 * a person, and boards ask, too. False: not now. Each that began is ended. */
enum { LIVE_QUERIES_MOST = 3 };
bool feeder_begin_query(struct feeder *f);
void feeder_end_query(struct feeder *f);

/* The connection a source names, or the only one. NULL with err. */
const struct connection *feeder_connection(const struct feeder *f, enum conn_kind kind,
					   struct err *err) MUST_CHECK;

#endif
