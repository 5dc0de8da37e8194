/* What pods and workspaces send as lines. A first byte of '{' is a query's answer; all
 * else is a container's log, in pieces as long as the first byte says, broken off and
 * asked for again: however it is cut, the same lines come, once. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "live/kql_answer.h"
#include "stream/pod_lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct sum {
	uint64_t hash;
	size_t n;
};

static void take(void *ctx, int64_t time_ns, struct str text)
{
	struct sum *sum = ctx;

	if (text.n > POD_LINE_MOST_BYTES)
		abort();
	sum->hash = (sum->hash ^ str_hash(text) ^ (uint64_t)time_ns) * 31 + 1;
	sum->n++;
}

static struct sum read_log(struct str s, size_t piece)
{
	struct sum sum = {0};
	struct pod_lines p;

	pod_lines_init(&p, take, &sum);
	for (size_t at = 0; at < s.n; at += piece)
		pod_lines_feed(&p, str_sub(s, at, piece));
	pod_lines_end(&p);
	pod_lines_fini(&p);
	return sum;
}

/* The whole again after a break brings nothing that was there: but a clock set back
 * within it, or the server's own words, may. */
static void read_again(struct str s)
{
	struct sum sum = {0};
	struct pod_lines p;
	size_t before;

	pod_lines_init(&p, take, &sum);
	pod_lines_feed(&p, s);
	pod_lines_end(&p);
	before = sum.n;
	pod_lines_again(&p);
	pod_lines_feed(&p, s);
	pod_lines_end(&p);
	if (sum.n > 2 * before)
		abort();
	pod_lines_fini(&p);
}

static void read_answer(struct str s)
{
	struct err err;
	cJSON *json = json_parse(s, &json_wire, NULL, &err);
	struct kql_answer a;
	struct strbuf text;
	const cJSON *row;

	strbuf_init(&text, KQL_ROW_MOST_BYTES);
	if (kql_answer_open(&a, json, &err)) {
		cJSON_ArrayForEach (row, a.rows) {
			struct line line;

			kql_answer_hash(row);
			kql_answer_line(&a, row, INT64_C(1795240800000), &text, &line);
			if (line.message.n &&
			    (line.message.p < line.raw.p ||
			     line.message.p + line.message.n > line.raw.p + line.raw.n))
				abort();
		}
	}
	strbuf_fini(&text);
	cJSON_Delete(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {.p = (const char *)data, .n = n};
	struct sum whole, pieces;

	if (n == 0)
		return 0;
	if (s.p[0] == '{') {
		read_answer(s);
		return 0;
	}
	whole = read_log(str_sub(s, 1, n), n);
	pieces = read_log(str_sub(s, 1, n), (size_t)data[0] % 64 + 1);
	if (whole.n != pieces.n || whole.hash != pieces.hash)
		abort();
	read_again(str_sub(s, 1, n));
	return 0;
}
