/* What headers say of the pace: "status, then a header a line". Waits, spaces and
 * counts stay within what the client may be told; the retry that follows does too. */
#include <stdint.h>
#include <stdlib.h>

#include "azure/throttle.h"
#include "net/retry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MAX_HEADERS = 16 };
#define NOW_MS	INT64_C(1795233906000)
#define MOST_MS INT64_C(253402300800000) /* a date far off */

static void must(bool held)
{
	if (!held)
		abort();
}

static size_t read_headers(struct str text, struct http_header *headers)
{
	struct str line, name;
	size_t n = 0;

	while (n < MAX_HEADERS && str_next(&text, '\n', &line)) {
		str_next(&line, ':', &name);
		headers[n].name = name;
		headers[n++].value = str_trim(line.p ? line : STR(""));
	}
	return n;
}

static void check_retry(const struct http_response *r, int64_t told_ms)
{
	for (int tries = 1; tries <= RETRY_MAX_TRIES; tries++) {
		struct retry_decision d = retry_decide(&(struct retry_input){
			.response = r,
			.is_idempotent = true,
			.tries = tries,
			.told_ms = told_ms,
			.jitter = 0.5,
		});

		must(d.wait_ms >= 0 && d.wait_ms <= MOST_MS);
		must(!d.again || (r->status >= 400 && tries < RETRY_MAX_TRIES));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n}, first;
	struct http_header headers[MAX_HEADERS];
	struct http_response r = {.headers = headers};
	struct http_pace pace = {.retry_ms = -1, .left = -1};
	int64_t status, told;

	if (!n || !str_next(&text, '\n', &first))
		return 0;
	r.status = str_to_i64(first, &status) && status > 99 && status < 600 ? (int)status
									     : 429;
	r.n_headers = read_headers(text, headers);
	strbuf_init(&r.body, 100);
	told = retry_after_ms(&r, NOW_MS);
	throttle_read(&r, &pace);
	must(told >= -1 && told <= MOST_MS);
	must(pace.retry_ms >= -1 && pace.retry_ms <= MOST_MS);
	must(pace.pause_ms >= 0 && pace.pause_ms <= MOST_MS);
	must(pace.space_ms >= 0 && pace.space_ms <= 3600000);
	must(pace.left >= -1);
	check_retry(&r, told > pace.retry_ms ? told : pace.retry_ms);
	strbuf_fini(&r.body);
	return 0;
}
