/* What the screen that shows a log and the thread that reads it say to one another. The
 * screen names a log by a number of its own; an answer has the number of the order it
 * answers. Thread: any makes them, ownership moves with the mail. */
#ifndef AZ_WORKER_LOG_TALK_H
#define AZ_WORKER_LOG_TALK_H

#include "base/mailbox.h"
#include "stream/clusters.h"
#include "stream/histogram.h"
#include "stream/page.h"
#include "stream/wanted.h"

enum log_order_kind {
	LOG_OPEN,   /* path; or fd, a pipe to be read; or ring: both are taken */
	LOG_MORE,   /* the ring has more */
	LOG_CLOSE,  /* nothing more is told of it */
	LOG_WANTED, /* wanted: pages, hits and sums are of these lines from here on */
	LOG_PAGE,   /* wish; a later one takes the place of an earlier */
	LOG_FIND,   /* text: lines with it are counted; "" or NULL: none */
	LOG_SEEK, /* from, is_back: the next line that is found, or is that bad (level) */
	LOG_TIME, /* ms; has_no_date: of the last day the log has */
	LOG_NUMBER, /* number, from 1: where that line begins */
	LOG_LINE,   /* from: all of that line */
	LOG_SUM,    /* is_on, has_clusters */
};

struct log_order {
	struct mail mail; /* kind: enum log_order_kind */
	uint32_t log;
	uint64_t id;
	char *path;
	int fd;		   /* -1: none */
	struct ring *ring; /* a share of it */
	struct wanted wanted;
	struct page_wish wish;
	char *text;
	int64_t from, ms;
	uint64_t number;
	enum line_level level; /* LINE_UNKNOWN: what LOG_FIND is looking for */
	bool skips_first;      /* LOG_SEEK forwards: not the line that begins at `from` */
	bool is_back, has_no_date, is_on, has_clusters;
};

enum log_news_kind {
	LOG_NEWS_STATE, /* state */
	LOG_NEWS_PAGE,	/* page, number */
	LOG_NEWS_PLACE, /* at, or -1: there is none; to LOG_SEEK, LOG_TIME, LOG_NUMBER */
	LOG_NEWS_SEEKS, /* done: how far it has looked for one */
	LOG_NEWS_HITS,	/* hits in what was looked through so far */
	LOG_NEWS_SUMS,	/* histogram, clusters */
	LOG_NEWS_LINE,	/* line */
	LOG_NEWS_ERROR, /* err: the order was not obeyed */
};

/* How it is with a log. */
struct log_state {
	int64_t begin, end; /* places */
	uint64_t lines;	    /* counted so far, see is_counted */
	uint64_t dropped_bytes;
	bool is_open;
	bool is_counted;
	bool is_ring;
	bool is_arriving;     /* a pipe, or gzip, that has not ended */
	unsigned n_new_files; /* how often another took its name, or it was cut back */
	bool is_gone;	      /* nothing has its name any more */
	struct err err;	      /* why it is not open, or what ended it early */
};

struct log_cluster {
	struct cluster sum;
	char *pattern; /* clean */
	char *text;    /* as a filter takes it */
};

struct log_field {
	char *name, *value; /* clean; several lines perhaps */
};

struct log_line {
	VEC(struct log_field) fields;
	int64_t time_ms;
	bool has_time;
	enum line_level level;
	char *source; /* clean; "" when it says none */
};

struct log_news {
	struct mail mail; /* kind: enum log_news_kind */
	uint32_t log;
	uint64_t id;
	struct log_state state;
	struct log_page *page; /* owned */
	uint64_t number;       /* of the line that was meant, from 1; 0: not known yet */
	int64_t at;
	uint64_t hits;
	int64_t done, total;
	bool is_done;
	struct histogram *histogram; /* owned; NULL: none */
	VEC(struct log_cluster) clusters;
	uint64_t clusters_left_out;
	struct log_line line;
	struct err err;
};

struct log_order *log_order_new(enum log_order_kind kind, uint32_t log);
void log_order_free(struct log_order *order);
struct log_news *log_news_new(enum log_news_kind kind, uint32_t log, uint64_t id);
struct log_page *log_news_take_page(struct log_news *news);
void log_news_free(struct log_news *news);

#endif
