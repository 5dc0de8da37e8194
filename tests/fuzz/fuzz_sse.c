/* Server-sent events: a stream fed whole and fed in pieces gives the same events,
 * and nothing passes the cap. The first byte says how large the pieces are. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "net/sse.h"

enum { CAP = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool fold(const struct sse_event *e, void *ctx)
{
	uint64_t *sum = ctx;

	if (e->data.n > CAP)
		abort();
	*sum = *sum * 31 + str_hash(e->data);
	*sum = *sum * 31 + str_hash(e->type) + str_hash(e->id);
	return true;
}

static bool feed(struct str in, size_t piece, uint64_t *sum)
{
	struct sse sse;
	struct err err;
	bool ok = true;

	sse_init(&sse, CAP, fold, sum);
	for (size_t i = 0; ok && i < in.n; i += piece)
		ok = sse_feed(&sse, str_sub(in, i, piece), &err);
	sse_fini(&sse);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {.p = (const char *)data + 1, .n = n ? n - 1 : 0};
	uint64_t whole = 0, pieces = 0;

	if (!n || !in.n)
		return 0;
	if (feed(in, in.n, &whole) != feed(in, data[0] % 16 + 1u, &pieces))
		abort();
	if (whole != pieces)
		abort();
	return 0;
}
