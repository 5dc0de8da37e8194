/* Microsoft Purview's scans: sources, their scans, and how the scans ran.
 * Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/cadence.h"
#include "sim/data/data.h"
#include "sim/rhythm.h"
#include "sim/service.h"

enum { RUNS_EACH = 6 };

static const struct source {
	const char *name, *kind, *scan, *ruleset;
	struct cadence cadence;
	int assets;
	const char *error;
} sources[] = {
	{"atlas-sql",
	 "AzureSqlDatabase",
	 "weekly",
	 "AzureSqlDatabase",
	 {"purview sql", 10080, 46, 60, 0, false},
	 1840,
	 NULL},
	{"atlas-lake",
	 "AdlsGen2",
	 "nightly",
	 "AdlsGen2",
	 {"purview lake", 1440, 130, 60, 100, false},
	 0,
	 "The managed identity has no right to read the storage account."},
	{"qodex-postgres",
	 "AzurePostgreSql",
	 "nightly",
	 "AzurePostgreSql",
	 {"purview postgres", 1440, 21, 60, 0, false},
	 312,
	 NULL},
	{"contoso-fabric",
	 "PowerBI",
	 "weekly",
	 "PowerBI",
	 {"purview fabric", 10080, 600, 60, 0, true},
	 4410,
	 NULL},
};

static void put_end(struct strbuf *out, size_t count)
{
	jw_list_end(out);
	jw_null(out, "nextLink");
	jw_int(out, "count", (int64_t)count);
	jw_object_end(out);
}

void purview_list_sources(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)w, (void)req;
	jw_object(out, NULL);
	jw_list(out, "value");
	for (size_t i = 0; i < COUNT(sources); i++) {
		jw_object(out, NULL);
		jw_text(out, "kind", sources[i].kind);
		jw_format(out, "id", "datasources/%s", sources[i].name);
		jw_text(out, "name", sources[i].name);
		jw_object(out, "properties");
		jw_text(out, "createdAt", "2024-05-02T08:00:12.4411Z");
		jw_object(out, "collection");
		jw_text(out, "referenceName", "contoso");
		jw_text(out, "type", "CollectionReference");
		jw_object_end(out);
		jw_object_end(out);
		jw_object_end(out);
	}
	put_end(out, COUNT(sources));
}

static const struct source *source_asked(const struct request *req, struct reply *rep)
{
	struct str name = request_param(req, "datasource");

	for (size_t i = 0; i < COUNT(sources); i++) {
		if (str_eq(name, str_from(sources[i].name)))
			return &sources[i];
	}
	service_error(req, rep, 404, "DataSource_NotFound", "Data source %.*s not found",
		      STR_ARG(name));
	return NULL;
}

void purview_list_scans(struct world *w, const struct request *req, struct reply *rep)
{
	const struct source *source = source_asked(req, rep);
	struct strbuf *out = &rep->body;

	(void)w;
	if (!source)
		return;
	jw_object(out, NULL);
	jw_list(out, "value");
	jw_object(out, NULL);
	jw_format(out, "kind", "%sMsi", source->kind);
	jw_format(out, "id", "datasources/%s/scans/%s", source->name, source->scan);
	jw_text(out, "name", source->scan);
	jw_object(out, "properties");
	jw_text(out, "scanRulesetName", source->ruleset);
	jw_text(out, "scanRulesetType", "System");
	jw_object_end(out);
	jw_object_end(out);
	put_end(out, 1);
}

static void put_run(struct strbuf *out, const struct world *w,
		    const struct source *source, int back)
{
	struct occurrence o = cadence_nth(w, &source->cadence, back);

	jw_object(out, NULL);
	jw_text(out, "id", guid_of(w->seed, source->name, (uint64_t)o.number).text);
	jw_text(out, "status",
		!o.started_ms  ? "Queued"
		: !o.ended_ms  ? "Running"
		: o.has_failed ? "Failed"
			       : "Succeeded");
	jw_int(out, "assetsDiscovered", o.ended_ms ? source->assets : source->assets / 3);
	jw_int(out, "assetsClassified", o.ended_ms ? source->assets * 9 / 10 : 0);
	jw_time(out, "queuedTime", o.queued_ms, 7);
	if (o.started_ms)
		jw_time(out, "startTime", o.started_ms, 7);
	else
		jw_null(out, "startTime");
	if (o.ended_ms)
		jw_time(out, "endTime", o.ended_ms, 7);
	else
		jw_null(out, "endTime");
	if (o.has_failed)
		jw_text(out, "errorMessage", source->error);
	jw_text(out, "runType", "Scheduled");
	jw_text(out, "scanRulesetType", "System");
	jw_object_end(out);
}

void purview_list_runs(struct world *w, const struct request *req, struct reply *rep)
{
	const struct source *source = source_asked(req, rep);

	if (!source)
		return;
	jw_object(&rep->body, NULL);
	jw_list(&rep->body, "value");
	for (int back = 0; back < RUNS_EACH; back++)
		put_run(&rep->body, w, source, back);
	put_end(&rep->body, RUNS_EACH);
}
