/* What is in sight of a log and some rows around it, clean for a terminal: made off the
 * loop, handed over as a whole, never changed. Thread: any (plain data); page_make off
 * the loop. */
#ifndef AZ_STREAM_PAGE_H
#define AZ_STREAM_PAGE_H

#include "base/strbuf.h"
#include "base/vec.h"
#include "stream/line_scan.h"

enum {
	PAGE_ROW_BYTES = 16 << 10, /* of a row's text; PAGE_SKIP cells may be left out */
	/* A page has as many rows as are asked for, but not many more bytes than this:
	 * those on both sides that are not in sight go first. */
	PAGE_BYTES = 512 << 10,
	/* Rows it is asked to move by at most. */
	PAGE_MOVE_MOST = 100000,
};

enum page_text {
	PAGE_RAW,  /* as the line stands */
	PAGE_NEAT, /* time, source and message, where the line says them */
};

struct page_wish {
	int64_t at;  /* a place; INT64_MAX: the end */
	int64_t by;  /* rows to go on from there; negative: back */
	size_t rows; /* in sight */
	size_t more; /* on each side of these */
	/* Of the rows in sight before the one at `at`, which is then the one that was
	 * meant. */
	size_t lead;
	enum page_text text;
	size_t skip; /* cells at the front of each text that are not wanted */
};

struct page_row {
	int64_t at;
	int64_t time_ms; /* see has_time */
	uint32_t text, n;
	uint32_t source, source_n; /* what it is from; see page_source */
	uint8_t level;		   /* enum line_level */
	bool has_time;
	bool is_cut; /* the row has more text, or some is left out at its front */
};

struct log_page {
	VEC(struct page_row) rows;
	struct strbuf text;
	size_t meant;	    /* the row that was meant; 0 when there is none */
	size_t skip;	    /* as wished */
	int64_t begin, end; /* of all there is */
	bool has_before, has_behind;
	/* Not all was looked through: the page is what was found so far. */
	bool is_unfinished;
	int64_t looked_from, looked_to;
};

struct str page_text(const struct log_page *page, size_t row);
/* Clean; empty when the line does not say. */
struct str page_source(const struct log_page *page, size_t row);
void page_free(struct log_page *page);

/* Made in steps; the wish stays as it is. */
struct page_maker {
	struct page_wish wish; /* fixed after init */
	struct lines *lines;
	struct line_filter *filter;
	/* private */
	int state;
	int64_t at;
	uint64_t left; /* rows still to go */
	struct line_scan scan;
	VEC(int64_t) before, behind; /* nearest first */
	bool has_before, has_behind;
};

/* The filter may be NULL. All is borrowed. */
void page_maker_init(struct page_maker *m, const struct page_wish *wish,
		     struct lines *lines, struct line_filter *filter);
void page_maker_fini(struct page_maker *m);
/* True when no more is needed than page_maker_take. */
bool page_maker_step(struct page_maker *m, int64_t work);
/* What was found. */
struct log_page *page_maker_take(struct page_maker *m);

#endif
