/* Bytes to lines, wherever the network cut them: LF, CRLF and (where told) lone CR
 * end a line. NDJSON is this and nothing more: one JSON text a line.
 * Thread: one owner. */
#ifndef AZ_NET_LINE_CUTTER_H
#define AZ_NET_LINE_CUTTER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

/* false stops: no more lines come and line_cutter_feed returns false. */
typedef bool (*line_cutter_fn)(struct str line, void *ctx);

struct line_cutter {
	struct strbuf pending; /* the line begun; its max caps a line */
	bool splits_at_cr;     /* a lone CR ends a line too (SSE) */
	bool after_cr;	       /* an LF now belongs to the CR before it */
	bool is_started;       /* a byte order mark can no longer come */
	bool is_stopped;       /* fn said so: nothing more comes */
	line_cutter_fn fn;
	void *ctx;
};

void line_cutter_init(struct line_cutter *l, size_t max_line, bool splits_at_cr,
		      line_cutter_fn fn, void *ctx);
void line_cutter_fini(struct line_cutter *l);
/* A line over the cap is ERR_TOO_LARGE; a stop by fn is ERR_CANCELLED. */
bool line_cutter_feed(struct line_cutter *l, struct str bytes,
		      struct err *err) MUST_CHECK;
/* The stream ended: what is pending is a line too, when there is any. */
bool line_cutter_end(struct line_cutter *l, struct err *err) MUST_CHECK;

#endif
