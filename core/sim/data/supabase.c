/* Supabase's management: projects, and the health of their services. Thread: core. */
#include "base/count.h"
#include "sim/data/data.h"
#include "sim/rhythm.h"
#include "sim/service.h"

static const struct project {
	const char *ref, *name, *region, *status, *version;
	const char *broken, *error; /* one of its services, or NULL */
} projects[] = {
	{"qzxkvbnmasdfghjklpoi", "qodex-accounts", "eu-central-1", "ACTIVE_HEALTHY",
	 "15.8.1.040", "realtime", "tenant is suspended: too many channel joins"},
	{"atlpqowieurytalskdjf", "atlas-loyalty", "eu-west-1", "ACTIVE_HEALTHY",
	 "17.4.1.011", NULL, NULL},
	{"mznxbcvlaksjdhfgqpwo", "qodex-playground", "eu-central-1", "INACTIVE",
	 "15.1.0.147", NULL, NULL},
};

static void put_limits(const struct world *w, struct reply *rep)
{
	reply_header(rep, "X-RateLimit-Limit", "120");
	reply_header(rep, "X-RateLimit-Remaining", "%d", 119 - (int)(w->n_requests % 40));
	reply_header(rep, "X-RateLimit-Reset", "%d",
		     60 - (int)(w->now_ms % MINUTE_MS / 1000));
}

void supabase_list_projects(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	put_limits(w, rep);
	strbuf_putc(out, '[');
	for (size_t i = 0; i < COUNT(projects); i++) {
		jw_object(out, NULL);
		jw_text(out, "id", projects[i].ref);
		jw_text(out, "ref", projects[i].ref);
		jw_text(out, "organization_id", "contoso");
		jw_text(out, "name", projects[i].name);
		jw_text(out, "region", projects[i].region);
		jw_text(out, "status", projects[i].status);
		jw_object(out, "database");
		jw_format(out, "host", "db.%s.supabase.co", projects[i].ref);
		jw_text(out, "version", projects[i].version);
		jw_text(out, "postgres_engine",
			projects[i].version[1] == '7' ? "17" : "15");
		jw_text(out, "release_channel", "ga");
		jw_object_end(out);
		jw_text(out, "created_at", "2024-11-19T13:20:41.441Z");
		jw_object_end(out);
	}
	strbuf_putc(out, ']');
}

static bool is_asked(const struct request *req, const char *service)
{
	for (size_t i = 0; i < req->n_query; i++) {
		if (str_eq(req->query[i].name, STR("services")) &&
		    str_eq(req->query[i].value, str_from(service)))
			return true;
	}
	return false;
}

void supabase_health(struct world *w, const struct request *req, struct reply *rep)
{
	static const char *const services[] = {"auth",	   "db",      "rest",
					       "realtime", "storage", "pooler"};
	const struct project *project = NULL;
	struct strbuf *out = &rep->body;

	for (size_t i = 0; i < COUNT(projects); i++) {
		if (str_eq(request_param(req, "ref"), str_from(projects[i].ref)))
			project = &projects[i];
	}
	if (!project) {
		service_error(req, rep, 404, "NotFound", "Project not found");
		return;
	}
	put_limits(w, rep);
	strbuf_putc(out, '[');
	for (size_t i = 0; i < COUNT(services); i++) {
		bool is_broken =
			project->broken && strcmp(services[i], project->broken) == 0;

		if (!is_asked(req, services[i]))
			continue;
		jw_object(out, NULL);
		jw_text(out, "name", services[i]);
		jw_bool(out, "healthy", !is_broken);
		jw_text(out, "status", is_broken ? "UNHEALTHY" : "ACTIVE_HEALTHY");
		if (is_broken)
			jw_text(out, "error", project->error);
		jw_object_end(out);
	}
	strbuf_putc(out, ']');
}
