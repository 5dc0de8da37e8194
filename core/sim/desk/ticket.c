/* Customers who write: Zendesk's tickets and Intercom's conversations. Tickets come
 * and are solved at moments that follow from their number. Thread: core. */
#include "base/count.h"
#include "base/json.h"
#include "sim/desk/desk.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { PER_PAGE = 6 };

static const struct ticket {
	const char *subject;
	const char *status, *priority; /* priority NULL: nobody has said */
	const char *tag;
	int hours, quiet_min; /* since it came, since somebody wrote */
	bool is_assigned;
} tickets[] = {
	{"Checkout fails for every customer in Germany", "open", "urgent", "atlas", 1, 4,
	 true},
	{"Search results are from last week", "new", "high", "qodex", 3, 170, false},
	{"Export of orders stays at 0 %", "open", "high", "atlas", 22, 95, true},
	{"Cannot invite a colleague", "pending", "normal", "atlas", 49, 610, true},
	{"Webhook signature is wrong since the update", "open", "normal", "qodex", 7, 31,
	 true},
	{"Invoice shows the old address", "hold", "low", "billing", 120, 2900, true},
	{"API answers 429 far below our limit", "new", NULL, "qodex", 2, 121, false},
	{"Please delete our test workspace", "open", "low", "atlas", 73, 1440, true},
	{"Login page is blank in Safari", "new", "urgent", "identity", 1, 12, false},
};
#define N_TICKETS (COUNT(tickets))

static void put_ticket(struct strbuf *out, const struct world *w, size_t i)
{
	const struct ticket *t = &tickets[i];
	int64_t minute_ms = w->now_ms - w->now_ms % MINUTE_MS;
	long long id = 48211 - (long long)i * 37;

	jw_object(out, NULL);
	jw_format(out, "url", "https://contoso.zendesk.com/api/v2/tickets/%lld.json", id);
	jw_int(out, "id", id);
	jw_null(out, "external_id");
	jw_time(out, "created_at", minute_ms - t->hours * HOUR_MS - 13 * MINUTE_MS, 0);
	jw_time(out, "updated_at", minute_ms - t->quiet_min * MINUTE_MS, 0);
	jw_null(out, "type");
	jw_text(out, "subject", t->subject);
	jw_text(out, "raw_subject", t->subject);
	jw_text(out, "priority", t->priority);
	jw_text(out, "status", t->status);
	jw_int(out, "requester_id", 377922500012 + (int64_t)i);
	if (t->is_assigned)
		jw_int(out, "assignee_id", 377922500900 + (int64_t)i % 3);
	else
		jw_null(out, "assignee_id");
	jw_int(out, "group_id", 360004077472);
	jw_list(out, "tags");
	jw_text(out, NULL, t->tag);
	jw_list_end(out);
	jw_text(out, "result_type", "ticket");
	jw_object_end(out);
}

void zendesk_search(struct world *w, const struct request *req, struct reply *rep)
{
	struct service_page page = service_page_of(req, "per_page", PER_PAGE, N_TICKETS);
	struct strbuf *out = &rep->body;

	if (!request_has_query(req, "query")) {
		service_error(req, rep, 422, "InvalidQuery", "A query is needed");
		return;
	}
	jw_object(out, NULL);
	jw_list(out, "results");
	for (size_t i = page.from; i < page.to; i++)
		put_ticket(out, w, i);
	jw_list_end(out);
	jw_null(out, "facets");
	jw_text(out, "next_page",
		page.next ? service_page_link(req, rep->arena, "page", page.next) : NULL);
	jw_null(out, "previous_page");
	jw_int(out, "count", N_TICKETS);
	jw_object_end(out);
}

static const struct talk {
	const char *title, *body;
	int waiting_min; /* 0: the customer does not wait */
	const char *sla; /* NULL: none is applied */
	bool is_priority, is_snoozed;
} talks[] = {
	{"Checkout", "<p>We cannot take payments, is this known?</p>", 41, "missed", true,
	 false},
	{NULL, "<p>Where do I find the audit log?</p>", 6, "active", false, false},
	{NULL, "<p>The widget is slow on our site</p>", 33, "active", false, false},
	{"Trial", "<p>Could you extend our trial?</p>", 0, "hit", false, false},
	{NULL, "<p>Thanks, that worked</p>", 0, NULL, false, true},
};
#define N_TALKS (COUNT(talks))

static void put_seconds(struct strbuf *out, const char *key, int64_t utc_ms)
{
	jw_int(out, key, rhythm_floor_div(utc_ms, 1000));
}

static void put_talk(struct strbuf *out, const struct world *w, size_t i)
{
	const struct talk *t = &talks[i];
	int64_t since_ms = w->now_ms - w->now_ms % MINUTE_MS - t->waiting_min * MINUTE_MS;

	jw_object(out, NULL);
	jw_text(out, "type", "conversation");
	jw_format(out, "id", "%d", 90211 + (int)i * 3);
	put_seconds(out, "created_at", since_ms - 50 * MINUTE_MS);
	put_seconds(out, "updated_at", since_ms);
	if (t->waiting_min)
		put_seconds(out, "waiting_since", since_ms);
	else
		jw_null(out, "waiting_since");
	jw_object(out, "source");
	jw_text(out, "type", "conversation");
	jw_text(out, "subject", "");
	jw_text(out, "body", t->body);
	jw_object_end(out);
	jw_int(out, "admin_assignee_id", i % 2 ? 991267715 : 0);
	jw_int(out, "team_assignee_id", 5017691);
	jw_bool(out, "open", !t->is_snoozed);
	jw_text(out, "state", t->is_snoozed ? "snoozed" : "open");
	jw_bool(out, "read", i % 2 == 1);
	jw_text(out, "priority", t->is_priority ? "priority" : "not_priority");
	if (t->sla) {
		jw_object(out, "sla_applied");
		jw_text(out, "type", "conversation_sla_summary");
		jw_text(out, "sla_name", "First answer in 30 minutes");
		jw_text(out, "sla_status", t->sla);
		jw_object_end(out);
	} else {
		jw_null(out, "sla_applied");
	}
	jw_text(out, "title", t->title);
	jw_object_end(out);
}

/* Where the body says to go on: the token is a place in the list. */
static size_t start_of(const struct request *req)
{
	struct err ignored;
	cJSON *body = json_parse(req->body, &json_wire, NULL, &ignored);
	const char *token = json_text(json_member(body, "pagination"), "starting_after");
	int64_t at = 0;

	if (!token || !str_to_i64(str_from(token), &at) || at < 0 ||
	    at > (int64_t)N_TALKS)
		at = 0;
	cJSON_Delete(body);
	return (size_t)at;
}

void intercom_search(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	size_t from = start_of(req), to = from + 3 < N_TALKS ? from + 3 : N_TALKS;

	jw_object(out, NULL);
	jw_text(out, "type", "conversation.list");
	jw_object(out, "pages");
	jw_text(out, "type", "pages");
	if (to < N_TALKS) {
		jw_object(out, "next");
		jw_int(out, "page", 2);
		jw_format(out, "starting_after", "%zu", to);
		jw_object_end(out);
	}
	jw_int(out, "page", from ? 2 : 1);
	jw_int(out, "per_page", 3);
	jw_int(out, "total_pages", 2);
	jw_object_end(out);
	jw_int(out, "total_count", N_TALKS);
	jw_list(out, "conversations");
	for (size_t i = from; i < to; i++)
		put_talk(out, w, i);
	jw_list_end(out);
	jw_object_end(out);
}
