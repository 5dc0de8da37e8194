/* Server-sent events, fed in pieces of any size. Thread: one owner. */
#ifndef AZ_NET_SSE_H
#define AZ_NET_SSE_H

#include <stdbool.h>
#include <stdint.h>

#include "net/line_cutter.h"

struct sse_event {
	struct str type; /* "message" when the stream names none */
	struct str data; /* lines joined with '\n' */
	struct str id;	 /* the last one seen */
};

/* false stops the stream. */
typedef bool (*sse_fn)(const struct sse_event *event, void *ctx);

struct sse {
	struct line_cutter lines;
	struct strbuf type, data, id;
	bool has_data;
	int64_t retry_ms; /* what the stream asked for; -1: nothing */
	sse_fn fn;
	void *ctx;
	bool is_too_large;
};

/* max_event caps a line and the data of one event. */
void sse_init(struct sse *sse, size_t max_event, sse_fn fn, void *ctx);
void sse_fini(struct sse *sse);
bool sse_feed(struct sse *sse, struct str bytes, struct err *err) MUST_CHECK;

#endif
