/* Two services of AWS, in its JSON 1.1: one address, the header X-Amz-Target says
 * what is wanted, and moments are seconds with a fraction. Thread: core. */
#include "base/count.h"
#include "base/json.h"
#include "sim/desk/desk.h"
#include "sim/rhythm.h"
#include "sim/service.h"

static const struct endpoint {
	const char *name, *status;
	int days, hours; /* since it was made, and changed */
} endpoints[] = {
	{"qodex-rerank-prod", "InService", 210, 70},
	{"qodex-embed-prod", "Updating", 180, 1},
	{"atlas-fraud-v3", "RollingBack", 95, 2},
	{"atlas-fraud-v2", "InService", 402, 900},
	{"qodex-ocr-test", "Failed", 12, 31},
};
#define N_ENDPOINTS (COUNT(endpoints))

static void put_seconds(struct strbuf *out, const char *key, int64_t utc_ms)
{
	jw_number(out, key, (double)utc_ms / 1000, 3);
}

static void refuse(const struct request *req, struct reply *rep)
{
	service_error(req, rep, 400, "UnknownOperationException",
		      "The operation is not known");
}

/* The token is a place in the list. */
static size_t start_of(const struct request *req)
{
	struct err ignored;
	cJSON *body = json_parse(req->body, &json_wire, NULL, &ignored);
	const char *token = json_text(body, "NextToken");
	int64_t at = 0;

	if (!token || !str_to_i64(str_from(token), &at) || at < 0 ||
	    at > (int64_t)N_ENDPOINTS)
		at = 0;
	cJSON_Delete(body);
	return (size_t)at;
}

void sagemaker_answer(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;
	size_t from = start_of(req), to = from + 3 < N_ENDPOINTS ? from + 3 : N_ENDPOINTS;

	if (!str_eq(req->operation, STR("SageMaker.ListEndpoints"))) {
		refuse(req, rep);
		return;
	}
	reply_header(rep, "Content-Type", "application/x-amz-json-1.1");
	jw_object(out, NULL);
	jw_list(out, "Endpoints");
	for (size_t i = from; i < to; i++) {
		const struct endpoint *e = &endpoints[i];

		jw_object(out, NULL);
		jw_text(out, "EndpointName", e->name);
		jw_format(out, "EndpointArn",
			  "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/%s",
			  e->name);
		put_seconds(out, "CreationTime", hour_ms - e->days * DAY_MS + 797);
		put_seconds(out, "LastModifiedTime", hour_ms - e->hours * HOUR_MS + 13);
		jw_text(out, "EndpointStatus", e->status);
		jw_object_end(out);
	}
	jw_list_end(out);
	if (to < N_ENDPOINTS)
		jw_format(out, "NextToken", "%zu", to);
	jw_object_end(out);
}

static void put_subscription(struct strbuf *out, const struct world *w)
{
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS;

	jw_object(out, "Subscription");
	put_seconds(out, "StartTime", day_ms - 341 * DAY_MS);
	put_seconds(out, "EndTime", day_ms + 24 * DAY_MS);
	jw_int(out, "TimeCommitmentInSeconds", 31536000);
	jw_text(out, "AutoRenew", "DISABLED");
	jw_text(out, "ProactiveEngagementStatus", "ENABLED");
	jw_text(out, "SubscriptionArn", "arn:aws:shield::111122223333:subscription");
	jw_object_end(out);
}

static void put_attack(struct strbuf *out, const char *id, const char *resource,
		       const char *vector, int64_t from_ms, int64_t to_ms)
{
	jw_object(out, NULL);
	jw_text(out, "AttackId", id);
	jw_text(out, "ResourceArn", resource);
	put_seconds(out, "StartTime", from_ms);
	if (to_ms)
		put_seconds(out, "EndTime", to_ms);
	jw_list(out, "AttackVectors");
	jw_object(out, NULL);
	jw_text(out, "VectorType", vector);
	jw_object_end(out);
	jw_list_end(out);
	jw_object_end(out);
}

static void put_attacks(struct strbuf *out, const struct world *w)
{
	int64_t round_ms = rhythm_floor_div(w->now_ms, 6 * HOUR_MS) * 6 * HOUR_MS;
	int64_t from_ms = round_ms + 47 * MINUTE_MS, to_ms = from_ms + 95 * MINUTE_MS;

	jw_list(out, "AttackSummaries");
	if (w->now_ms >= from_ms)
		put_attack(out, guid_of(w->seed, "attack", 1).text,
			   "arn:aws:elasticloadbalancing:eu-west-1:111122223333:"
			   "loadbalancer/app/qodex-edge/50dc6c495c0c9188",
			   "HTTP_REFLECTION", from_ms, w->now_ms < to_ms ? 0 : to_ms);
	put_attack(out, guid_of(w->seed, "attack", 2).text,
		   "arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1",
		   "SYN_FLOOD", round_ms - 31 * HOUR_MS, round_ms - 30 * HOUR_MS);
	jw_list_end(out);
}

static void put_protection(struct strbuf *out, const struct world *w, const char *name,
			   const char *resource)
{
	jw_object(out, NULL);
	jw_text(out, "Id", guid_of(w->seed, name, 7).text);
	jw_text(out, "Name", name);
	jw_text(out, "ResourceArn", resource);
	jw_object_end(out);
}

void shield_answer(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	struct str operation = req->operation;
	struct str prefix = STR("AWSShield_20160616.");

	if (str_starts(operation, prefix))
		operation = str_sub(operation, prefix.n, operation.n);
	jw_object(out, NULL);
	if (str_eq(operation, STR("DescribeSubscription"))) {
		put_subscription(out, w);
	} else if (str_eq(operation, STR("ListAttacks"))) {
		put_attacks(out, w);
	} else if (str_eq(operation, STR("ListProtections"))) {
		jw_list(out, "Protections");
		put_protection(out, w, "edge",
			       "arn:aws:elasticloadbalancing:eu-west-1:111122223333:"
			       "loadbalancer/app/qodex-edge/50dc6c495c0c9188");
		put_protection(
			out, w, "site",
			"arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1");
		jw_list_end(out);
	} else {
		refuse(req, rep);
		return;
	}
	jw_object_end(out);
	reply_header(rep, "Content-Type", "application/x-amz-json-1.1");
}
