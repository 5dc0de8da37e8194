/* What Azure DevOps builds and merges: runs of pipelines, pull requests with their
 * policies, and approvals that hold a run. A build is a job of an agent seen from
 * the other side, so both boards tell the same story. Thread: core. */
#ifndef AZ_SIM_DEVOPS_BUILDS_H
#define AZ_SIM_DEVOPS_BUILDS_H

#include "sim/devops/devops.h"

struct build {
	int64_t id, number;
	int64_t queued_ms, started_ms, finished_ms; /* 0: not yet */
	const char *pipeline;
	const char *result; /* NULL: not finished */
	const struct agent_pool *pool;
	int pull; /* row of devops_pulls, -1: not of a pull request */
};

/* The project, "Atlas" or "Qodex", that a pipeline is in; its id. */
const char *devops_project_of(const char *pipeline);
struct guid devops_project_id(const struct world *w, const char *project);
/* NULL: there is no such project, and the 404 is written. */
const char *devops_project_named(const struct request *req, struct reply *rep);
int64_t devops_definition_id(const char *pipeline);
int64_t devops_build_id(int64_t number);
/* "20260311.5" */
struct build_name {
	char text[32];
};
struct build_name devops_build_name(int64_t number, int64_t queued_ms);

/* The project's builds of the last `slots` quarters of an hour, newest first; as
 * many as fit. */
size_t devops_builds(const struct world *w, const char *project, int slots,
		     struct build *out, size_t max);
/* {"id":...,"name":...,"url":...} */
void devops_put_project(struct strbuf *out, const char *key, const struct world *w,
			const struct request *req, const char *project);
void devops_put_person(struct strbuf *out, const char *key, const struct world *w,
		       const char *name);
/* Opens {"count":N,"value":[ ; end closes it. */
void devops_begin_list(struct strbuf *out, size_t count);
void devops_end_list(struct strbuf *out);

/* One that waits for a merge. */
struct pull {
	int id;
	const char *repository, *pipeline; /* that checks it */
	const char *title, *author, *branch;
	int age_hours;
	const char *merge_status;
	bool is_draft;
	int votes[2]; /* of the owners, who must approve, and of a reader */
};
extern const struct pull devops_pulls[];
extern const size_t devops_n_pulls;
/* The pull request that a run of the pipeline checks; -1: none. */
int devops_pull_of(const char *pipeline, int64_t number);

/* A run that has waited so long for somebody to let it go on. */
struct held {
	const char *pipeline, *stage, *approver, *instructions;
	int waits_minutes;
	int lives_minutes; /* then it times out */
};
extern const struct held devops_held[];
extern const size_t devops_n_held;
struct build devops_held_build(const struct world *w, const struct held *held);

/* Its stages, and the record of one in its timeline. */
extern const char *const devops_stages[];
extern const size_t devops_n_stages;
struct guid devops_stage_id(const struct world *w, int64_t build, size_t stage);

void devops_get_profile(struct world *w, const struct request *req, struct reply *rep);
void devops_list_accounts(struct world *w, const struct request *req, struct reply *rep);
void devops_list_projects(struct world *w, const struct request *req, struct reply *rep);
void devops_list_definitions(struct world *w, const struct request *req,
			     struct reply *rep);
void devops_list_builds(struct world *w, const struct request *req, struct reply *rep);
void devops_list_pulls(struct world *w, const struct request *req, struct reply *rep);
void devops_list_evaluations(struct world *w, const struct request *req,
			     struct reply *rep);
void devops_list_approvals(struct world *w, const struct request *req, struct reply *rep);
void devops_get_timeline(struct world *w, const struct request *req, struct reply *rep);

#endif
