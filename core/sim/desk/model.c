/* Models that run elsewhere: Vertex AI's endpoints, and an Ollama on somebody's
 * machine. Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/desk/desk.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { PER_PAGE = 2 };

static const struct vertex {
	const char *id, *name;
	const char *model; /* NULL: none is deployed */
	int share, days;   /* percent of the traffic */
} vertices[] = {
	{"4511608470067216384", "qodex-summary", "gemini-tuned-summary", 100, 44},
	{"6220118470067216384", "atlas-forecast", "forecast-2026-02", 100, 18},
	{"7093308470067216384", "qodex-ranker-canary", NULL, 0, 3},
	{"8100608470067216384", "atlas-vision", "vision-defects", 0, 61},
};
#define N_VERTICES (COUNT(vertices))

static void put_deployed(struct strbuf *out, const struct vertex *v, int64_t made_ms)
{
	char id[16];

	if (!v->model)
		return;
	jw_list(out, "deployedModels");
	jw_object(out, NULL);
	jw_format(out, "id", "%.12s", v->id);
	jw_format(out, "model", "projects/301/locations/europe-west4/models/%s",
		  v->model);
	jw_text(out, "displayName", v->model);
	jw_time(out, "createTime", made_ms, 3);
	jw_object(out, "dedicatedResources");
	jw_object(out, "machineSpec");
	jw_text(out, "machineType", "g2-standard-12");
	jw_object_end(out);
	jw_int(out, "minReplicaCount", 1);
	jw_int(out, "maxReplicaCount", 4);
	jw_object_end(out);
	jw_object_end(out);
	jw_list_end(out);
	if (!v->share)
		return;
	snprintf(id, sizeof(id), "%.12s", v->id);
	jw_object(out, "trafficSplit");
	jw_int(out, id, v->share);
	jw_object_end(out);
}

void vertex_list_endpoints(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	int64_t day_ms = w->now_ms - w->now_ms % DAY_MS, from = 0;

	if (!str_to_i64(request_query(req, "pageToken"), &from) || from < 0 ||
	    from > (int64_t)N_VERTICES)
		from = 0;
	jw_object(out, NULL);
	jw_list(out, "endpoints");
	for (size_t i = (size_t)from; i < N_VERTICES && i < (size_t)from + PER_PAGE;
	     i++) {
		const struct vertex *v = &vertices[i];
		int64_t made_ms = day_ms - v->days * DAY_MS;

		jw_object(out, NULL);
		jw_format(out, "name", "projects/301/locations/europe-west4/endpoints/%s",
			  v->id);
		jw_text(out, "displayName", v->name);
		put_deployed(out, v, made_ms);
		jw_text(out, "etag", "AMEw9yN2");
		jw_time(out, "createTime", made_ms - DAY_MS, 3);
		jw_time(out, "updateTime", made_ms + HOUR_MS, 3);
		jw_object_end(out);
	}
	jw_list_end(out);
	if ((size_t)from + PER_PAGE < N_VERTICES)
		jw_format(out, "nextPageToken", "%d", (int)from + PER_PAGE);
	jw_object_end(out);
}

static const struct local {
	const char *name, *family, *size, *level;
	int64_t bytes;
	int days;
	bool is_loaded;
	int on_gpu; /* percent */
} locals[] = {
	{"llama3.1:8b", "llama", "8.0B", "Q4_K_M", 4920753328, 120, true, 100},
	{"qwen2.5-coder:14b", "qwen2", "14.8B", "Q4_K_M", 8988124069, 60, true, 62},
	{"nomic-embed-text:latest", "nomic-bert", "137M", "F16", 274302450, 200, false,
	 0},
};
#define N_LOCALS (COUNT(locals))

static void put_local(struct strbuf *out, const struct local *l)
{
	struct guid a = guid_of(1, l->name, 0), b = guid_of(1, l->name, 1);

	jw_text(out, "name", l->name);
	jw_text(out, "model", l->name);
	jw_int(out, "size", l->bytes);
	jw_format(out, "digest", "%.8s%.12s%.8s%.12s", a.text, a.text + 24, b.text,
		  b.text + 24);
	jw_object(out, "details");
	jw_text(out, "parent_model", "");
	jw_text(out, "format", "gguf");
	jw_text(out, "family", l->family);
	jw_list(out, "families");
	jw_text(out, NULL, l->family);
	jw_list_end(out);
	jw_text(out, "parameter_size", l->size);
	jw_text(out, "quantization_level", l->level);
	jw_object_end(out);
}

void ollama_tags(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_list(out, "models");
	for (size_t i = 0; i < N_LOCALS; i++) {
		jw_object(out, NULL);
		put_local(out, &locals[i]);
		jw_time(out, "modified_at",
			w->now_ms - w->now_ms % DAY_MS - locals[i].days * DAY_MS, 3);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

void ollama_ps(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	jw_object(out, NULL);
	jw_list(out, "models");
	for (size_t i = 0; i < N_LOCALS; i++) {
		const struct local *l = &locals[i];

		if (!l->is_loaded)
			continue;
		jw_object(out, NULL);
		put_local(out, l);
		jw_time(out, "expires_at",
			w->now_ms - w->now_ms % MINUTE_MS + (int64_t)(i + 3) * MINUTE_MS,
			3);
		jw_int(out, "size_vram", l->bytes / 100 * l->on_gpu);
		jw_int(out, "context_length", 4096);
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}

void ollama_version(struct world *w, const struct request *req, struct reply *rep)
{
	(void)w;
	(void)req;
	jw_object(&rep->body, NULL);
	jw_text(&rep->body, "version", "0.5.7");
	jw_object_end(&rep->body);
}
