/* What the files of the log reader share. A lane is a queue of work on one log, with a
 * handle and a filter of its own; while it is busy both belong to the pool. Private to
 * core/worker/log_*.c. Thread: core, but for what is marked as the pool's. */
#ifndef AZ_WORKER_LOG_READER_PART_H
#define AZ_WORKER_LOG_READER_PART_H

#include "stream/line_index.h"
#include "stream/log_search.h"
#include "worker/log/log_reader.h"
#include "worker/log/log_spool.h"
#include "worker/log/log_unpack.h"
#include "worker/log/log_watch.h"

/* Work of one step on the pool, in bytes: what a page may have to wait for. */
#define LOG_STEP_BYTES ((int64_t)2 << 20)
/* News of what goes on come at most so often. */
#define LOG_TELL_MS 100

struct log_lane {
	struct log_reader *reader;
	bool is_busy;
	bool has_to_look; /* the file may have changed since this handle looked */
	uint64_t wanted;  /* version of what the filter was made of */
	int64_t told_ms;  /* monotonic */
	/* the pool's while it is busy */
	struct lines lines;
	struct line_filter filter;
	enum log_file_change change;
};

/* Pages, places by time and number, whole lines, the index. */
enum log_page_job { JOB_OPEN, JOB_LOOK, JOB_LINE, JOB_PLACE, JOB_PAGE, JOB_INDEX };
struct log_pages {
	struct log_lane lane;
	enum log_page_job job;
	struct log_order *line, *place, *page; /* the latest of each; NULL: none */
	struct log_order *making;	       /* the page that is being made */
	bool has_to_begin;		       /* with it */
	struct log_order *doing;	       /* the line or place that is looked up */
	bool has_to_open;
	/* the pool's while it is busy */
	struct line_index index;
	bool is_indexed;
	struct page_maker maker; /* zeroed: none */
	struct log_news *answer;
	struct log_file *first, *second; /* JOB_OPEN: new handles for both lanes */
	bool is_packed;			 /* JOB_OPEN: `first` is gzip */
	bool is_pipe;			 /* JOB_OPEN: nothing to go back in */
	struct err err;
};

/* Searches and sums. */
enum log_sum_job { JOB_SEEK, JOB_COUNT, JOB_SUM };
struct log_sums {
	struct log_lane lane;
	enum log_sum_job job;
	struct log_order *seek;	    /* the latest; NULL: none */
	struct log_order *seeking;  /* what the scan is for */
	struct log_file *next_file; /* to be read from here on; NULL: the same */
	uint64_t find, wanted;	    /* versions of what `found` was made of */
	bool has_to_count, has_to_sum, has_to_begin, is_looking;
	int64_t counted_end, summed_end; /* what the log had when that began */
	/* the pool's while it is busy */
	struct line_filter found; /* wanted, and what is looked for */
	struct line_scan scan;
	enum line_scan_result result;
	int64_t sought_from, place;
	bool is_counting;
	struct log_search search; /* a file without a filter */
	struct line_scan count;	  /* else */
	int64_t counted_to;	  /* where it goes on */
	uint64_t hits;
	uint64_t unended_hits; /* of the row it goes on with */
	bool is_summing;
	struct line_scan sum;
	int64_t summed_to;
	struct histogram histogram;
	struct clusters *clusters;
	struct log_news *answer;
};

struct log_reader {
	struct loop *loop;
	log_tell_fn tell;
	void *ctx;
	uint32_t log;
	struct log_order *open;
	struct log_state state;
	bool is_closing;
	struct wanted wanted;
	uint64_t wanted_version; /* from 1 */
	char *find;		 /* NULL: nothing is looked for */
	uint64_t find_version;	 /* from 1 */
	bool wants_sums, wants_clusters;
	struct log_pages pages;
	struct log_sums sums;
	struct log_watch *watch;   /* NULL: it is no file */
	struct log_spool *spool;   /* NULL: it is read where it is */
	struct log_unpack *unpack; /* NULL: it is no gzip, or a pipe of it */
	struct loop_timer *later;  /* state to be told */
	int64_t told_ms;
};

/* Before work on the pool begins: false when it cannot now. A ring gets a new view
 * unless the work goes on with what it has. */
bool log_lane_begin(struct log_lane *lane, bool goes_on);
/* After it. False: the reader is closing, and may be gone. */
bool log_lane_end(struct log_lane *lane);
/* Nothing is to be done: a ring is not held on to. */
void log_lane_rest(struct log_lane *lane);
/* Whether it is time to tell again how far something is. */
bool log_lane_may_tell(struct log_lane *lane);

void log_reader_tell(struct log_reader *r, struct log_news *news);
/* Tells the state, soon and not too often. */
void log_reader_tell_state(struct log_reader *r);
/* The log is another: all that was learned of it goes. */
void log_reader_begin_anew(struct log_reader *r);
/* A pipe: its text gets a descriptor that both lanes read. */
void log_reader_begin_spool(struct log_reader *r);
/* A file of gzip: both lanes read its text from the points that are found. */
void log_reader_begin_unpack(struct log_reader *r, int fd);
/* Something may have been added. */
void log_reader_look(struct log_reader *r);
void log_reader_refuse(struct log_reader *r, uint64_t id, const struct err *err);

/* The next piece of work, if there is any and the lane is free. */
void log_pages_go(struct log_pages *p);
void log_pages_fini(struct log_pages *p);
void log_sums_go(struct log_sums *s);
void log_sums_reset(struct log_sums *s);
void log_sums_fini(struct log_sums *s);
/* What was looked for, or is wanted, is another. */
void log_sums_recount(struct log_sums *s);

/* On the pool: all of a line, field by field. */
void log_line_read(struct lines *lines, int64_t at, struct log_line *out);

#endif
