/* A long-running operation: lines of "status told-seconds address {body}", the first
 * of them the answer to the write. After each, it has ended or knows an address of
 * its own cloud to ask and a sane time to wait, and survives being saved. */
#include <stdint.h>
#include <stdlib.h>

#include "azure/host.h"
#include "azure/lro.h"
#include "base/json.h"

#define RESOURCE "https://management.azure.com/r?api-version=1"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const struct lro *l)
{
	struct strbuf text;
	struct lro again;
	struct err err;

	if ((l->phase == LRO_ENDED) != (l->outcome != LRO_RUNNING))
		abort();
	if ((l->outcome == LRO_FAILED || l->outcome == LRO_UNKNOWN) &&
	    l->err.code == ERR_NONE)
		abort();
	if (l->phase == LRO_ENDED)
		return;
	if (!host_is_ours(str_from(l->poll_url), str_from(RESOURCE)) || l->wait_ms < 0 ||
	    l->wait_ms > 10 * 60 * 1000)
		abort();
	strbuf_init(&text, 1 << 20);
	lro_save(l, &text);
	if (text.n < 60000 && !lro_load(&again, strbuf_str(&text), &err))
		abort();
	if (text.n < 60000)
		lro_fini(&again);
	strbuf_fini(&text);
}

static void answer(struct lro *l, struct str line, bool is_first)
{
	struct api_answer a = {.retry_after_ms = -1};
	struct err ignored;
	struct str part;
	int64_t number;

	err_clear(&a.err);
	if (str_next(&line, ' ', &part) && str_to_i64(part, &number) && number >= 0 &&
	    number < 600)
		a.status = (int)number;
	if (str_next(&line, ' ', &part) && str_to_i64(part, &number) && number >= 0 &&
	    number < 1000000)
		a.retry_after_ms = number * 1000;
	if (str_next(&line, ' ', &part)) {
		a.async_operation = is_first ? part : (struct str){0};
		a.location = part;
	}
	a.json = json_parse(line, &json_wire, NULL, &ignored);
	if (a.status < 200 || a.status > 299)
		err_set(&a.err, a.status >= 500 ? ERR_SERVICE : ERR_REFUSED, "refused");
	if (is_first)
		lro_begin(l, &a, a.status);
	else
		lro_take(l, &a, a.status * INT64_C(300));
	cJSON_Delete(a.json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, line;
	static const enum http_method methods[] = {HTTP_PUT, HTTP_POST, HTTP_PATCH,
						   HTTP_DELETE};
	bool is_first = true;
	struct lro l;

	lro_init(&l, methods[n % 4], STR(RESOURCE), 0);
	while (str_next(&rest, '\n', &line)) {
		answer(&l, line, is_first);
		is_first = false;
		check(&l);
	}
	lro_fini(&l);
	return 0;
}
