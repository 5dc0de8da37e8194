/* Those who are called at night say that they are up: PagerDuty's incidents are taken
 * note of, Alertmanager's alerts are kept quiet for a while. Thread: core. */
#include "sim/write/write_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "sim/one.h"

/* Its list comes in pages by a count. */
static cJSON *incident_of(struct world *w, const struct request *req, struct str id)
{
	cJSON *found = NULL, *root, *list;
	bool has_more = true;
	char target[128];

	for (int offset = 0; has_more && !found; offset += 3) {
		cJSON *at;

		snprintf(target, sizeof(target),
			 "/_pagerduty/incidents?limit=3&offset=%d", offset);
		root = world_read(w, req, target);
		list = cJSON_GetObjectItemCaseSensitive(root, "incidents");
		has_more = json_bool(root, "more", false);
		cJSON_ArrayForEach (at, list) {
			if (str_eq(id, str_from(json_text(at, "id")))) {
				found = cJSON_DetachItemViaPointer(list, at);
				break;
			}
		}
		cJSON_Delete(root);
	}
	return found;
}

void pagerduty_get_incident(struct world *w, const struct request *req, struct reply *rep)
{
	cJSON *incident = incident_of(w, req, request_param(req, "incident")), *root;

	if (!incident) {
		rep->status = 404;
		strbuf_puts(&rep->body, "{\"error\":{\"message\":\"Not Found\",\"code\":"
					"2100}}");
		return;
	}
	root = cJSON_CreateObject();
	cJSON_AddItemToObject(root, "incident", incident);
	json_print(&rep->body, root);
	cJSON_Delete(root);
}

static bool change_incident(struct write *wr)
{
	const char *status = write_text(wr->body, "incident.status");
	const char *has = write_text(wr->doc, "incident.status");
	struct strbuf now;

	if (!status ||
	    (strcmp(status, "acknowledged") != 0 && strcmp(status, "triggered") != 0))
		return write_refuse(wr, 400, "2001", "Invalid Input Provided");
	if (strcmp(has, "resolved") == 0)
		return write_refuse(wr, 400, "2001", "Incident Already Resolved");
	strbuf_init(&now, 64);
	time_format_iso(&now, wr->w->now_ms, false);
	writes_patch(&wr->w->written, wr->op, "id incident_number",
		     str_from(write_text(wr->doc, "incident.id")), NULL,
		     write_json("{\"status\":\"%s\",\"last_status_change_at\":\"%s\"}",
				status, now.p));
	strbuf_fini(&now);
	return true;
}

const struct write_rule write_incident = {.end = WRITE_DOCUMENT,
					  .needs_body = true,
					  .change = change_incident};

static bool is_matched(const cJSON *alert, const cJSON *matchers)
{
	const cJSON *at;

	cJSON_ArrayForEach (at, matchers) {
		const char *name = json_text(at, "name"), *value = json_text(at, "value");
		const char *has =
			name ? json_text(json_member(alert, "labels"), name) : NULL;

		if (!value || !has || strcmp(has, value) != 0)
			return false;
	}
	return true;
}

static bool read_silence(struct write *wr, int64_t *ends_ms)
{
	const char *ends = json_text(wr->body, "endsAt");

	if (!cJSON_IsArray(json_member(wr->body, "matchers")) ||
	    !json_member(wr->body, "matchers")->child || !ends ||
	    !json_text(wr->body, "startsAt") || !json_text(wr->body, "createdBy") ||
	    !json_text(wr->body, "comment"))
		return write_refuse(wr, 400, "bad_data",
				    "silence invalid: at least one matcher required");
	if (!time_parse(str_from(ends), ends_ms) || *ends_ms <= wr->w->now_ms)
		return write_refuse(wr, 400, "bad_data",
				    "failed to create silence: end time can't be in the "
				    "past");
	return true;
}

static bool add_silence(struct write *wr)
{
	const char *id = wr->op->id.text;
	int64_t ends_ms = 0;
	struct strbuf now;
	cJSON *silence;
	const cJSON *at;

	if (!read_silence(wr, &ends_ms))
		return false;
	strbuf_init(&now, 64);
	time_format_iso(&now, wr->w->now_ms, true);
	silence = cJSON_Duplicate(wr->body, true);
	cJSON_AddStringToObject(silence, "id", id);
	cJSON_AddStringToObject(silence, "updatedAt", now.p);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(silence, "status"), "state",
				"active");
	writes_add(&wr->w->written, wr->op, "id matchers", str_from(id), wr->target,
		   silence);
	silence = world_read(wr->w, wr->req, "/_alertmanager/api/v2/alerts");
	cJSON_ArrayForEach (at, silence) {
		if (!is_matched(at, json_member(wr->body, "matchers")))
			continue;
		writes_patch(&wr->w->written, wr->op, "fingerprint",
			     str_from(json_text(at, "fingerprint")), NULL,
			     write_json("{\"status\":{\"state\":\"suppressed\","
					"\"silencedBy\":[\"%s\"]}}",
					id))
			->until_ms = ends_ms;
	}
	cJSON_Delete(silence);
	strbuf_fini(&now);
	strbuf_printf(&wr->rep->body, "{\"silenceID\":\"%s\"}", id);
	return true;
}

const struct write_rule write_silence = {.end = WRITE_EMPTY,
					 .needs_body = true,
					 .change = add_silence};

static void hear(struct write *wr, const char *fingerprint)
{
	writes_patch(&wr->w->written, wr->op, "fingerprint", str_from(fingerprint), NULL,
		     write_json("{\"status\":{\"state\":\"active\",\"silencedBy\":[]}}"))
		->until_ms = 0;
}

/* Whatever it kept quiet is heard again. */
static bool end_silence(struct write *wr)
{
	struct str id = request_param(wr->req, "silence");
	const cJSON *at, *by;
	cJSON *alerts;

	writes_patch(&wr->w->written, wr->op, "id matchers", id, NULL,
		     write_json("{\"status\":{\"state\":\"expired\"}}"));
	alerts = world_read(wr->w, wr->req, "/_alertmanager/api/v2/alerts");
	cJSON_ArrayForEach (at, alerts) {
		cJSON_ArrayForEach (by, json_at(at, STR("status.silencedBy"))) {
			if (str_eq(id, str_from(by->valuestring)))
				hear(wr, json_text(at, "fingerprint"));
		}
	}
	cJSON_Delete(alerts);
	return true;
}

const struct write_rule write_silence_end = {.end = WRITE_EMPTY, .change = end_silence};

void alertmanager_get_silence(struct world *w, const struct request *req,
			      struct reply *rep)
{
	cJSON *silence = one_of(w, req, "/_alertmanager/api/v2/silences", "id",
				request_param(req, "silence"));

	if (silence)
		json_print(&rep->body, silence);
	else
		rep->status = 404;
	cJSON_Delete(silence);
}
