/* One log as a screen knows it: what was asked of the thread that reads it, and what came
 * back. Several screens may show the same; it is counted. Thread: ui. */
#ifndef AZ_TUI_LOGS_LOG_CLIENT_H
#define AZ_TUI_LOGS_LOG_CLIENT_H

#include "live/live.h"
#include "tui/app.h"
#include "worker/log/log_talk.h"

struct log_client {
	/* fixed after init */
	struct app *app;
	uint32_t log;
	char *name;   /* as a person knows it; clean */
	char *path;   /* a file; NULL: none */
	char *source; /* a live stream, as log_source.h has it; NULL: none */

	unsigned holders;
	uint64_t last_id;
	uint64_t follow_id; /* of the live stream; 0: it is not followed */
	struct live_status live;
	bool is_open; /* LOG_OPEN was sent */
	struct log_state state;
	bool has_state;

	struct log_page *page; /* NULL: none came yet */
	uint64_t number;       /* of the page's meant row; 0: not known */
	uint64_t page_id;      /* asked for and not here; 0: none */
	bool is_page_partial;  /* more of it is still to come */
	uint64_t n_pages;      /* that came */

	struct wanted wanted;
	uint64_t n_wanted; /* how often that has changed */
	char *find;	   /* NULL: nothing is looked for */
	struct matcher *matcher;
	uint64_t hits;
	int64_t hits_done, hits_total;
	bool is_counting;
	uint64_t seek_id; /* 0: none is under way */
	int64_t seek_done, seek_total;
	int64_t place; /* what came last; see log_client_take_place */
	bool has_place;

	bool sums_on, clusters_on;
	struct histogram *histogram; /* NULL: none yet */
	VEC(struct log_cluster) clusters;
	uint64_t clusters_left_out;
	int64_t sums_done, sums_total;
	bool is_summing;

	struct log_news *line; /* LOG_NEWS_LINE; NULL: none yet */
	uint64_t line_id;
};

/* A file by its path; "-" is the descriptor `fd`, which it owns. */
struct log_client *log_client_new_file(struct app *app, const char *path, int fd);
struct log_client *log_client_new_live(struct app *app, const char *source);
struct log_client *log_client_get(struct log_client *c);
void log_client_put(struct log_client *c);

/* Asks again for all of it, of another thread. */
void log_client_reopen(struct log_client *c);
/* Takes what is told of this log or its stream; the others are left alone. */
void log_client_take(struct log_client *c, struct log_news *news);
void log_client_take_stream(struct log_client *c, uint64_t id,
			    const struct live_status *status, struct ring *ring);

void log_client_ask_page(struct log_client *c, const struct page_wish *wish);
/* Pages and sums are of these lines from here on. Takes what is in `wanted`. */
void log_client_want(struct log_client *c, struct wanted *wanted);
/* Looks for it; empty: for nothing. False and err: it is no pattern. */
bool log_client_find(struct log_client *c, struct str text, struct err *err) MUST_CHECK;
struct log_seek {
	int64_t from;
	bool is_back, skips_first;
	enum line_level level; /* LINE_UNKNOWN: what is looked for */
};
void log_client_seek(struct log_client *c, const struct log_seek *seek);
void log_client_stop_seek(struct log_client *c);
void log_client_ask_time(struct log_client *c, int64_t ms, bool has_no_date);
void log_client_ask_number(struct log_client *c, uint64_t number);
void log_client_ask_line(struct log_client *c, int64_t at);
void log_client_sum(struct log_client *c, bool is_on, bool has_clusters);
/* The place that was found, once; -1: there is none. False: nothing came. */
bool log_client_take_place(struct log_client *c, int64_t *at);

#endif
