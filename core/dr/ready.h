/* For the makers of readiness lines: which parts a workload has, and one line.
 * Thread: any (no state). */
#ifndef AZ_DR_READY_H
#define AZ_DR_READY_H

#include "base/map.h"
#include "dr/readiness.h"

enum { READY_BOARDS = 4 };

struct ready {
	const struct dr_boards *boards;
	const struct workload *workload;
	int64_t now_ms;
	struct dr_report *report;
};

/* A board, and its column that names parts. */
struct ready_voucher {
	const struct board *board;
	const char *column;
	/* Rows where this column has this word; NULL: all. */
	const char *where, *is;
	bool key_is_id; /* of a resource, whose group is the part's */
};

/* A part of the workload, and its row in each of the boards that know it; -1: none. */
struct ready_part {
	const char *name;
	ptrdiff_t rows[READY_BOARDS];
};

struct ready_parts {
	VEC(struct ready_part) list;
	bool is_complete; /* every board that would name some has come whole */
};

/* Parts that any of the boards names, once. `by_key`: a part is known by its row's key
 * and shown by its name, as databases are, for two servers have one of each name. */
void ready_gather(struct ready *r, const struct ready_voucher *vouchers, size_t n,
		  bool by_key, struct ready_parts *out);
void ready_parts_fini(struct ready_parts *parts);

/* What one line is made of. */
struct ready_fact {
	enum dr_check check;
	const char *subject;
	const struct board *board; /* that says it; NULL: none came */
	const char *where;	   /* its name */
	ptrdiff_t row;		   /* -1: the board does not have the part */
	const char *absent;	   /* what that means; NULL: it is unknown */
	int64_t known_ms;	   /* 0: as the board */
	bool is_known;
	bool is_good;
	const char *todo;
};
void ready_say(struct ready *r, const struct ready_fact *fact, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* What is asked of parts of which nobody knows whether there are any. */
void ready_unseen(struct ready *r, enum dr_check check, const char *subject,
		  const char *where);

/* A board that came whole: what is not in it is not there. */
bool ready_is_whole(const struct board *board);
/* As of lately enough to be believed. */
bool ready_is_fresh(const struct ready *r, const struct board *board);
/* "1h05m", or "unknown" for NAN. Of milliseconds. */
struct ready_span {
	char text[24];
};
struct ready_span ready_span(double ms);
/* What was promised: the configuration's word, else the board's (a tag); NAN: nobody
 * did. The first counts alone, so that a tag that is not read cannot help. */
double ready_promise(int64_t configured_ms, double tagged_ms);

void ready_sql(struct ready *r);
void ready_machines(struct ready *r);
void ready_plans(struct ready *r);
void ready_ways(struct ready *r);

#endif
