/* Jenkins: jobs in folders, and the queue. A job that runs says so in its colour.
 * Thread: core. */
#include <stdio.h>

#include "base/count.h"
#include "sim/cadence.h"
#include "sim/ci/ci.h"
#include "sim/rhythm.h"

#define HOST "https://jenkins.contoso.example"

enum job_trait { JOB_DISABLED = 1, JOB_NEVER_BUILT = 2, JOB_UNSTABLE = 4 };

static const struct job {
	const char *folder, *name;
	struct cadence cadence;
	unsigned traits;
} jobs[] = {
	{"Atlas", "legacy-billing", {"jenkins billing", 90, 14, 5, 100, false}, 0},
	{"Atlas", "warehouse-export", {"jenkins export", 60, 22, 5, 5, false}, 0},
	{"Atlas", "price-import", {"jenkins import", 240, 35, 5, 0, false}, JOB_UNSTABLE},
	{"Qodex", "license-scan", {"jenkins licenses", 720, 8, 5, 0, false}, 0},
	{"Qodex", "old-search", {"jenkins search", 5000, 5, 5, 100, false}, JOB_DISABLED},
	{NULL, "backup-agents", {"jenkins backup", 1440, 12, 5, 0, false}, 0},
	{NULL, "macos-build", {"jenkins macos", 200, 20, 5, 0, true}, 0},
	{NULL, "try-new-agents", {"jenkins try", 1440, 1, 5, 0, false}, JOB_NEVER_BUILT},
};

static const char *result_of(const struct job *job, const struct occurrence *o)
{
	return !o->ended_ms		    ? NULL
	       : o->has_failed		    ? "FAILURE"
	       : job->traits & JOB_UNSTABLE ? "UNSTABLE"
					    : "SUCCESS";
}

static const char *color_of(const struct job *job, const char *result)
{
	return job->traits & JOB_DISABLED	 ? "disabled"
	       : job->traits & JOB_NEVER_BUILT	 ? "notbuilt"
	       : !result			 ? "grey"
	       : strcmp(result, "FAILURE") == 0	 ? "red"
	       : strcmp(result, "UNSTABLE") == 0 ? "yellow"
						 : "blue";
}

static void put_build(struct strbuf *out, const char *key, const struct job *job,
		      const struct occurrence *o)
{
	jw_object(out, key);
	jw_text(out, "_class", "org.jenkinsci.plugins.workflow.job.WorkflowRun");
	jw_bool(out, "building", !o->ended_ms);
	jw_int(out, "duration", o->ended_ms ? o->ended_ms - o->started_ms : 0);
	jw_int(out, "estimatedDuration", job->cadence.takes_minutes * MINUTE_MS);
	jw_int(out, "number", o->number % 3000);
	jw_text(out, "result", result_of(job, o));
	jw_int(out, "timestamp", o->started_ms ? o->started_ms : o->queued_ms);
	jw_object_end(out);
}

static void put_builds(struct strbuf *out, const struct world *w, const struct job *job)
{
	struct occurrence newest =
		cadence_nth(w, &job->cadence, job->cadence.never_started ? 1 : 0);
	struct occurrence ended = newest, good;
	int back = job->cadence.never_started ? 1 : 0;

	while (!ended.ended_ms)
		ended = cadence_nth(w, &job->cadence, ++back);
	good = ended;
	for (int i = 0; good.has_failed && i < 200; i++)
		good = cadence_nth(w, &job->cadence, ++back);
	put_build(out, "lastBuild", job, &newest);
	put_build(out, "lastCompletedBuild", job, &ended);
	if (good.has_failed)
		jw_null(out, "lastSuccessfulBuild");
	else
		put_build(out, "lastSuccessfulBuild", job, &good);
	jw_format(out, "color", "%s%s", color_of(job, result_of(job, &ended)),
		  newest.ended_ms ? "" : "_anime");
}

static void put_job(struct strbuf *out, const struct world *w, const struct job *job)
{
	jw_object(out, NULL);
	jw_text(out, "_class", "org.jenkinsci.plugins.workflow.job.WorkflowJob");
	jw_text(out, "name", job->name);
	jw_format(out, "fullName", "%s%s%s", job->folder ? job->folder : "",
		  job->folder ? "/" : "", job->name);
	jw_format(out, "url", HOST "/job/%s%s%s/", job->folder ? job->folder : "",
		  job->folder ? "/job/" : "", job->name);
	jw_bool(out, "buildable", !(job->traits & JOB_DISABLED));
	jw_bool(out, "inQueue", job->cadence.never_started);
	if (job->traits & JOB_NEVER_BUILT) {
		jw_null(out, "lastBuild");
		jw_null(out, "lastCompletedBuild");
		jw_null(out, "lastSuccessfulBuild");
		jw_text(out, "color", "notbuilt");
	} else {
		put_builds(out, w, job);
	}
	jw_object_end(out);
}

static bool is_in(const struct job *job, const char *folder)
{
	return folder ? job->folder && strcmp(job->folder, folder) == 0 : !job->folder;
}

static void put_jobs_of(struct strbuf *out, const struct world *w, const char *folder)
{
	for (size_t i = 0; i < COUNT(jobs); i++) {
		if (is_in(&jobs[i], folder))
			put_job(out, w, &jobs[i]);
	}
}

void jenkins_list_jobs(struct world *w, const struct request *req, struct reply *rep)
{
	static const char *const folders[] = {"Atlas", "Qodex"};
	struct strbuf *out = &rep->body;

	(void)req;
	reply_header(rep, "X-Jenkins", "2.492.1");
	jw_object(out, NULL);
	jw_text(out, "_class", "hudson.model.Hudson");
	jw_list(out, "jobs");
	for (size_t i = 0; i < COUNT(folders); i++) {
		jw_object(out, NULL);
		jw_text(out, "_class", "com.cloudbees.hudson.plugins.folder.Folder");
		jw_text(out, "name", folders[i]);
		jw_text(out, "fullName", folders[i]);
		jw_format(out, "url", HOST "/job/%s/", folders[i]);
		jw_list(out, "jobs");
		put_jobs_of(out, w, folders[i]);
		jw_list_end(out);
		jw_object_end(out);
	}
	put_jobs_of(out, w, NULL);
	jw_list_end(out);
	jw_object_end(out);
}

void jenkins_list_queue(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;

	(void)req;
	reply_header(rep, "X-Jenkins", "2.492.1");
	jw_object(out, NULL);
	jw_text(out, "_class", "hudson.model.Queue");
	jw_list(out, "items");
	for (size_t i = 0; i < COUNT(jobs); i++) {
		struct occurrence o;

		if (!jobs[i].cadence.never_started)
			continue;
		o = cadence_nth(w, &jobs[i].cadence, 0);
		jw_object(out, NULL);
		jw_text(out, "_class", "hudson.model.Queue$BuildableItem");
		jw_bool(out, "blocked", false);
		jw_bool(out, "buildable", true);
		jw_int(out, "id", o.number % 9000);
		jw_int(out, "inQueueSince", o.queued_ms);
		jw_bool(out, "stuck", true);
		jw_object(out, "task");
		jw_text(out, "_class", "org.jenkinsci.plugins.workflow.job.WorkflowJob");
		jw_text(out, "name", jobs[i].name);
		jw_format(out, "url", HOST "/job/%s/", jobs[i].name);
		jw_object_end(out);
		jw_text(out, "why",
			"There are no nodes with the label "
			"\xe2\x80\x98macos\xe2\x80\x99");
		jw_object_end(out);
	}
	jw_list_end(out);
	jw_object_end(out);
}
