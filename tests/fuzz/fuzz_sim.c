/* The simulated Azure under any requests, one after the other: method, target and body,
 * parted by line ends, requests by a record separator. A minute passes between two, so
 * that what is written goes on and ends. Whatever is asked, the answer is one of HTTP's,
 * JSON or nothing, and an error has one of the envelopes a client knows. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "sim/world.h"

#define NOW_MS	  1781776800000LL
#define SEPARATOR '\x1e'
#define MOST	  12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_error(const cJSON *json)
{
	const cJSON *inner = json_member(json, "error");

	/* ARM, the token endpoint and Monitor, DevOps. */
	if (json_text(inner, "code") || json_text(json, "error") ||
	    json_text(json, "code") || json_text(json, "typeKey"))
		return;
	abort();
}

static void check(const struct reply *rep)
{
	struct err err;
	cJSON *json = NULL;

	if (rep->status < 200 || rep->status > 599)
		abort();
	if (rep->body.n) {
		json = json_parse(strbuf_str(&rep->body), &json_wire, NULL, &err);
		if (!json)
			abort();
	}
	if (rep->status >= 400)
		check_error(json);
	for (size_t i = 0; i < rep->n_headers; i++)
		for (const char *c = rep->headers[i].value; *c; c++)
			if (*c == '\r' || *c == '\n')
				abort();
	cJSON_Delete(json);
}

static void ask(struct world *world, const struct strbuf *bearer, struct str method,
		struct str target, struct str body)
{
	struct request req;
	struct reply rep;

	if (request_init(&req, sim_method_parse(method), target)) {
		req.base = STR("http://sim.test");
		req.authorization = strbuf_str(bearer);
		req.content_type = STR("application/merge-patch+json");
		req.body = body;
		reply_init(&rep, &req.arena);
		world_answer(world, &req, &rep);
		check(&rep);
		reply_fini(&rep);
	}
	request_fini(&req);
}

static void ask_all(struct str rest)
{
	struct clock clock;
	struct world world;
	struct strbuf bearer;
	struct str record, method, target;

	clock_init_manual(&clock, NOW_MS);
	world_init(&world, 1, &clock);
	strbuf_init(&bearer, 8192);
	strbuf_puts(&bearer, "Bearer ");
	token_issue(&bearer, &world.key, STR("fuzz"), STR("a"), ESTATE_TENANT, NOW_MS);
	for (int i = 0; i < MOST && rest.n && str_next(&rest, SEPARATOR, &record); i++) {
		if (!str_next(&record, '\n', &method) || !record.n ||
		    !str_next(&record, '\n', &target))
			continue;
		ask(&world, &bearer, method, target, record.p ? record : STR(""));
		clock_advance(&clock, 60000);
	}
	strbuf_fini(&bearer);
	world_fini(&world);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	ask_all((struct str){.p = (const char *)data, .n = n});
	return 0;
}
