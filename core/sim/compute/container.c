/* See container.h. Lists of container groups leave out how the containers are; only
 * one group, asked for by itself, has its instanceView. Thread: core. */
#include "sim/compute/container.h"

#include "base/count.h"
#include "base/json.h"
#include "base/xalloc.h"
#include "sim/resource.h"
#include "sim/rhythm.h"

static const struct container {
	const char *name;
	const char *state; /* Running, Waiting, Terminated */
	const char *detail;
	int restarts_an_hour;
	int restarts;
	int exit_code; /* of the last end; -1: it never ended */
	int hours;     /* since this state began */
} containers[] = {
	{"sftp", "Running", "", 0, 0, -1, 612},
	{"virus-scan", "Running", "", 0, 1, 137, 51},
	{"crawler", "Waiting", "CrashLoopBackOff", 9, 40, 1, 0},
	{"migrate", "Terminated", "Completed", 0, 0, 0, 5},
	{"plan", "Terminated", "Error", 0, 3, 2, 2},
	{"mock", "Running", "", 0, 0, -1, 96},
};

static const struct container *container_named(const char *name)
{
	for (size_t i = 0; i < COUNT(containers); i++)
		if (strcmp(name, containers[i].name) == 0)
			return &containers[i];
	fatal("simulator: a container group has a container that is not known");
}

static void put_events(struct strbuf *out, const struct container *c, int64_t hour_ms,
		       int restarts)
{
	jw_list(out, "events");
	if (restarts > 0) {
		jw_object(out, NULL);
		jw_int(out, "count", restarts);
		jw_time(out, "firstTimestamp", hour_ms - 30 * HOUR_MS, 0);
		jw_time(out, "lastTimestamp", hour_ms, 0);
		jw_text(out, "name", "Killing");
		jw_format(out, "message", "Killing container with id %s.", c->name);
		jw_text(out, "type", "Normal");
		jw_object_end(out);
	}
	jw_list_end(out);
}

static void put_view(const struct world *w, struct strbuf *out, const struct container *c)
{
	int64_t hour_ms = w->now_ms - w->now_ms % HOUR_MS;
	int64_t since_ms = hour_ms - c->hours * HOUR_MS;
	int hours_today = (int)(w->now_ms % DAY_MS / HOUR_MS);
	int restarts = c->restarts + c->restarts_an_hour * hours_today;
	bool is_over = strcmp(c->state, "Terminated") == 0;

	jw_object(out, NULL);
	jw_int(out, "restartCount", restarts);
	jw_object(out, "currentState");
	jw_text(out, "state", c->state);
	jw_time(out, "startTime", since_ms, 0);
	if (is_over) {
		jw_int(out, "exitCode", c->exit_code);
		jw_time(out, "finishTime", since_ms + 17 * MINUTE_MS, 0);
	}
	jw_text(out, "detailStatus", c->detail);
	jw_object_end(out);
	if (restarts > 0 && c->exit_code >= 0) {
		jw_object(out, "previousState");
		jw_text(out, "state", "Terminated");
		jw_int(out, "exitCode", c->exit_code);
		jw_time(out, "finishTime", since_ms - MINUTE_MS, 0);
		jw_text(out, "detailStatus", c->exit_code == 137 ? "OOMKilled" : "Error");
		jw_object_end(out);
	}
	put_events(out, c, hour_ms, restarts);
	jw_object_end(out);
}

/* The body as a tree, with a view in each container. */
static cJSON *group_tree(const struct world *w, const struct resource *r)
{
	const struct resource_row *row = r->what;
	cJSON *tree, *list, *one;
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 256 * 1024);
	jw_object(&text, NULL);
	jw_str(&text, "id", r->id);
	jw_text(&text, "name", r->name);
	jw_text(&text, "type", r->type);
	jw_text(&text, "location", r->group->location);
	estate_put_tags(&text, r->group, NULL);
	strbuf_putc(&text, ',');
	resource_fill(&text, w, r, row->body);
	jw_object_end(&text);
	tree = json_parse(strbuf_str(&text), &json_wire, NULL, &err);
	if (!tree)
		fatal("simulator: a container group is no JSON");
	list = cJSON_GetObjectItem(cJSON_GetObjectItem(tree, "properties"), "containers");
	cJSON_ArrayForEach (one, list) {
		strbuf_reset(&text);
		put_view(w, &text, container_named(json_text(one, "name")));
		cJSON_AddItemToObject(cJSON_GetObjectItem(one, "properties"),
				      "instanceView",
				      json_parse(strbuf_str(&text), &json_wire, NULL,
						 &err));
	}
	strbuf_fini(&text);
	return tree;
}

static const struct resource_row *row_of(const struct request *req, struct reply *rep,
					 const char *type, const char *param,
					 struct resource *r)
{
	const struct group *group = estate_asked_group(req);
	struct str name = request_param(req, param);
	const struct resource_row *row = resource_find(group, type, name);

	if (!row)
		reply_error(rep, 404, "ResourceNotFound",
			    "The Resource '%s/%.*s' under resource group '%s' was not "
			    "found.",
			    type, STR_ARG(name), group->name);
	else
		*r = (struct resource){.id = req->path,
				       .name = row->path,
				       .type = type,
				       .group = group,
				       .what = row};
	return row;
}

void aci_get_group(struct world *w, const struct request *req, struct reply *rep)
{
	struct resource r;
	cJSON *tree;

	if (!row_of(req, rep, "Microsoft.ContainerInstance/containerGroups", "group_name",
		    &r))
		return;
	tree = group_tree(w, &r);
	json_print(&rep->body, tree);
	cJSON_Delete(tree);
}

/* Gigabytes, of what the tier includes. */
static const struct fullness {
	const char *registry;
	double used, limit;
} fullnesses[] = {
	{"crcontososhared", 412.6, 500},
	{"crqodexprod", 108.9, 100},
	{"crqodexdev", 6.1, 10},
	{"crcontosopublic", 2.2, 100},
};

static void put_usage(struct strbuf *out, const char *name, int64_t limit, int64_t value,
		      const char *unit)
{
	jw_object(out, NULL);
	jw_text(out, "name", name);
	jw_int(out, "limit", limit);
	jw_int(out, "currentValue", value);
	jw_text(out, "unit", unit);
	jw_object_end(out);
}

void acr_list_usages(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	struct resource r;
	double grown = 1 + 0.01 * (double)(w->now_ms % DAY_MS) / DAY_MS;

	if (!row_of(req, rep, "Microsoft.ContainerRegistry/registries", "registry", &r))
		return;
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = 0; i < COUNT(fullnesses); i++) {
		const struct fullness *f = &fullnesses[i];

		if (strcmp(f->registry, r.name) != 0)
			continue;
		put_usage(out, "Size", (int64_t)(f->limit * (1 << 30)),
			  (int64_t)(f->used * grown * (1 << 30)), "Bytes");
		put_usage(out, "Webhooks", 100, 2, "Count");
	}
	jw_list_end(out);
	jw_object_end(out);
}
