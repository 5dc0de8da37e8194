/* Every answer passes here: one moment in time for all of it, and the headers
 * that Azure's front door adds. Thread: core. */
#include "sim/world.h"

#include <stdio.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/route.h"

#define READ_BUCKET  250
#define READ_REFILL  25
#define WRITE_BUCKET 200
#define WRITE_REFILL 10

void world_init(struct world *w, uint64_t seed, const struct clock *clock)
{
	int64_t now_ms = clock_wall_ms(clock);

	*w = (struct world){.seed = seed,
			    .clock = clock,
			    .now_ms = now_ms,
			    .qpu = QPU_GENEROUS,
			    .faults = {.began_ms = now_ms}};
	token_key_init(&w->key, seed);
	for (size_t i = 0; i < SUB_COUNT; i++) {
		bucket_init(&w->reads[i], READ_BUCKET, READ_REFILL, now_ms);
		bucket_init(&w->writes[i], WRITE_BUCKET, WRITE_REFILL, now_ms);
	}
}

void world_fini(struct world *w)
{
	writes_fini(&w->written);
}

static void put_ids(const struct world *w, const struct request *req, struct reply *rep)
{
	struct guid own = guid_of(w->seed, "request", w->n_requests);
	struct guid correlation = guid_of(w->seed, "correlation", w->n_requests);
	struct utc t = utc_from_ms(w->now_ms);

	reply_header(rep, "x-ms-request-id", "%s", own.text);
	if (req->correlation_id.n)
		reply_header(rep, "x-ms-correlation-request-id", "%.*s",
			     STR_ARG(req->correlation_id));
	else
		reply_header(rep, "x-ms-correlation-request-id", "%s", correlation.text);
	reply_header(rep, "x-ms-routing-request-id",
		     "WESTEUROPE:%04d%02d%02dT%02d%02d%02dZ:%s", t.year, t.month, t.day,
		     t.hour, t.minute, t.second, own.text);
}

static void put_common(const struct world *w, struct reply *rep)
{
	struct strbuf date;

	strbuf_init(&date, 64);
	time_format_rfc1123(&date, w->now_ms);
	if (!reply_find_header(rep, "Date"))
		reply_header(rep, "Date", "%s", date.p);
	strbuf_fini(&date);
	reply_header(rep, "Cache-Control", "no-cache");
	reply_header(rep, "X-Content-Type-Options", "nosniff");
	if (rep->body.n && !reply_find_header(rep, "Content-Type"))
		reply_header(rep, "Content-Type", "application/json; charset=utf-8");
}

/* Over the estate by itself: what was written to it. */
static void put_writes(const struct world *w, const struct request *req,
		       struct reply *rep)
{
	struct err ignored;
	cJSON *root;

	if (!w->written.list.n || rep->status / 100 != 2 || rep->flow.read ||
	    !writes_touch(&w->written, req->path, strbuf_str(&rep->body)))
		return;
	root = json_parse(strbuf_str(&rep->body), &json_wire, NULL, &ignored);
	if (!root)
		return;
	if (writes_apply(&w->written, req->path, w->now_ms, root)) {
		strbuf_reset(&rep->body);
		json_print(&rep->body, root);
	} else {
		reply_error(rep, 404, "ResourceNotFound", "The Resource was not found.");
	}
	cJSON_Delete(root);
}

cJSON *world_read(struct world *w, const struct request *as, const char *target)
{
	struct request req;
	struct err ignored;
	struct reply rep;
	cJSON *root = NULL;

	if (request_init(&req, SIM_GET, str_from(target))) {
		req.base = as->base;
		reply_init(&rep, &req.arena);
		route_read(w, &req, &rep);
		put_writes(w, &req, &rep);
		if (rep.status == 200)
			root = json_parse(strbuf_str(&rep.body), &json_wire, NULL,
					  &ignored);
		reply_fini(&rep);
	}
	request_fini(&req);
	return root;
}

static void note(const struct world *w, const struct request *req,
		 const struct reply *rep)
{
	static const char *const methods[] = {
		[SIM_GET] = "GET",     [SIM_POST] = "POST",	[SIM_PUT] = "PUT",
		[SIM_PATCH] = "PATCH", [SIM_DELETE] = "DELETE", [SIM_OTHER] = "OTHER"};

	log_line(w->log, LOG_INFO, "sim", "%s %d %.*s", methods[req->method], rep->status,
		 STR_ARG(req->target));
}

void world_answer(struct world *w, struct request *req, struct reply *rep)
{
	struct fault *fault;

	w->now_ms = clock_wall_ms(w->clock);
	w->n_requests++;
	put_ids(w, req, rep);
	fault = faults_find(&w->faults, req, w->now_ms);
	if (!fault || !fault_refuse(fault, req, w->now_ms, rep))
		route_dispatch(w, req, rep);
	put_writes(w, req, rep);
	if (rep->body.overflow)
		reply_error(rep, 500, "ResponseTooLarge",
			    "The answer passed its ceiling.");
	put_common(w, rep);
	if (fault)
		fault_spoil(fault, req, w->now_ms, rep);
	if (w->log)
		note(w, req, rep);
}
