/* Kubernetes objects that are patched: how many run, and when they begin anew.
 * Thread: core. */
#include "sim/write/write_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "sim/k8s/k8s.h"
#include "sim/one.h"

/* It says how the patch is meant; what is not said is no patch. */
static bool is_patch(struct write *wr)
{
	struct str type = wr->req->content_type;

	if (str_find(type, STR("merge-patch+json")) >= 0)
		return true;
	return write_refuse(wr, 415, "UnsupportedMediaType",
			    "the body of the request was in an unknown format - accepted "
			    "media types include: application/json-patch+json, "
			    "application/merge-patch+json, application/apply-patch+yaml, "
			    "application/strategic-merge-patch+json");
}

static bool is_current(struct write *wr)
{
	const char *asked = write_text(wr->body, "metadata.resourceVersion");
	const char *has = write_text(wr->doc, "metadata.resourceVersion");

	if (!asked || strcmp(asked, has) == 0)
		return true;
	return write_refuse(wr, 409, "Conflict",
			    "Operation cannot be fulfilled: the object has been "
			    "modified; please apply your changes to the latest version "
			    "and try again");
}

static double generation_of(const struct write *wr)
{
	double generation = 1;

	json_number(json_member(wr->doc, "metadata"), "generation", &generation);
	return generation + 1;
}

static cJSON *versioned(const struct write *wr, cJSON *patch)
{
	cJSON *metadata = cJSON_GetObjectItem(patch, "metadata");
	char version[32];

	if (!metadata)
		metadata = cJSON_AddObjectToObject(patch, "metadata");
	snprintf(version, sizeof(version), "%lld",
		 (long long)(200000000 + wr->w->written.n_made));
	cJSON_AddStringToObject(metadata, "resourceVersion", version);
	return patch;
}

static bool read_count(struct write *wr, const char *name, double *out)
{
	const cJSON *spec = json_member(wr->body, "spec");

	if (!json_number(spec, name, out) || *out < 0 || *out > 10000 ||
	    *out != (double)(int)*out)
		return write_refuse(wr, 422, "Invalid",
				    "spec.%s: Invalid value: must be greater than or "
				    "equal to 0",
				    name);
	return true;
}

/* The new number at once; the pods come and go. */
static void set_replicas(struct write *wr, double n)
{
	wr->op->ends_ms = wr->op->started_ms; /* taken; the rest is no operation */
	write_patch(wr, NULL,
		    versioned(wr, write_json("{\"metadata\":{\"generation\":%.0f},"
					     "\"spec\":{\"replicas\":%.0f},\"status\":{"
					     "\"observedGeneration\":%.0f}}",
					     generation_of(wr), n, generation_of(wr))));
}

static bool scale(struct write *wr)
{
	double n;

	if (!is_patch(wr) || !is_current(wr) || !read_count(wr, "replicas", &n))
		return false;
	set_replicas(wr, n);
	return true;
}

static cJSON *annotations_of(const struct write *wr)
{
	const cJSON *given = json_at(wr->body, STR("spec.template.metadata.annotations"));

	return given ? cJSON_Duplicate(given, true) : NULL;
}

static bool restart(struct write *wr, cJSON *annotations)
{
	cJSON *patch = write_json("{\"metadata\":{\"generation\":%.0f},\"status\":{"
				  "\"observedGeneration\":%.0f}}",
				  generation_of(wr), generation_of(wr));
	cJSON *template = cJSON_AddObjectToObject(cJSON_AddObjectToObject(patch, "spec"),
						  "template");

	cJSON_AddItemToObject(cJSON_AddObjectToObject(template, "metadata"),
			      "annotations", annotations);
	write_patch(wr, NULL, versioned(wr, patch));
	return true;
}

static bool patch_deployment(struct write *wr)
{
	double n;
	cJSON *annotations;

	if (!is_patch(wr) || !is_current(wr))
		return false;
	annotations = annotations_of(wr);
	if (annotations)
		return restart(wr, annotations);
	if (!read_count(wr, "replicas", &n))
		return false;
	set_replicas(wr, n);
	return true;
}

static bool patch_scaled(struct write *wr)
{
	double n, most = 100;

	if (!is_patch(wr) || !is_current(wr) || !read_count(wr, "minReplicaCount", &n))
		return false;
	json_number(json_member(wr->doc, "spec"), "maxReplicaCount", &most);
	if (n > most)
		return write_refuse(wr, 422, "Invalid",
				    "minReplicaCount=%.0f must be less than "
				    "maxReplicaCount=%.0f",
				    n, most);
	write_patch(wr, NULL,
		    versioned(wr, write_json("{\"metadata\":{\"generation\":%.0f},"
					     "\"spec\":{\"minReplicaCount\":%.0f}}",
					     generation_of(wr), n)));
	return true;
}

void k8s_get_scale(struct world *w, const struct request *req, struct reply *rep)
{
	double wanted = 0, has = 0;
	struct strbuf target;
	cJSON *doc;

	strbuf_init(&target, REQUEST_MAX_TARGET);
	strbuf_put(&target, request_above(req, 1));
	doc = world_read(w, req, target.p);
	strbuf_fini(&target);
	if (!doc) {
		k8s_error(rep, 404, "NotFound", "the deployment was not found");
		return;
	}
	json_number(json_member(doc, "spec"), "replicas", &wanted);
	json_number(json_member(doc, "status"), "replicas", &has);
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "kind", "Scale");
	jw_text(&rep->body, "apiVersion", "autoscaling/v1");
	strbuf_puts(&rep->body, ",\"metadata\":");
	json_print(&rep->body, json_member(doc, "metadata"));
	jw_object(&rep->body, "spec");
	jw_int(&rep->body, "replicas", (int64_t)wanted);
	jw_object_end(&rep->body);
	jw_object(&rep->body, "status");
	jw_int(&rep->body, "replicas", (int64_t)has);
	jw_format(&rep->body, "selector", "app.kubernetes.io/name=%.*s",
		  STR_ARG(request_param(req, "name")));
	jw_object_end(&rep->body);
	jw_object_end(&rep->body);
	cJSON_Delete(doc);
}

const struct write_rule write_k8s_scale = {
	.end = WRITE_DOCUMENT,
	.strip = 1,
	.shown = "/scale",
	.needs_body = true,
	.change = scale,
};
const struct write_rule write_k8s_deployment = {.end = WRITE_DOCUMENT,
						.needs_body = true,
						.change = patch_deployment};
const struct write_rule write_k8s_scaled = {.end = WRITE_DOCUMENT,
					    .needs_body = true,
					    .change = patch_scaled};
