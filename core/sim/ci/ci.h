/* Systems that build and deliver, beside Azure DevOps: GitHub, GitLab, Jenkins and
 * HCP Terraform on the wire. Thread: core. */
#ifndef AZ_SIM_CI_H
#define AZ_SIM_CI_H

#include "sim/world.h"

void github_list_repos(struct world *w, const struct request *req, struct reply *rep);
void github_list_runs(struct world *w, const struct request *req, struct reply *rep);
void github_list_jobs(struct world *w, const struct request *req, struct reply *rep);

/* Of contoso/atlas-mobile, and of project 41: addresses that exist now. */
int64_t github_newest_run(const struct world *w);
int64_t gitlab_newest_run(const struct world *w);

void gitlab_list_projects(struct world *w, const struct request *req, struct reply *rep);
void gitlab_list_pipelines(struct world *w, const struct request *req, struct reply *rep);
void gitlab_list_jobs(struct world *w, const struct request *req, struct reply *rep);

void jenkins_list_jobs(struct world *w, const struct request *req, struct reply *rep);
void jenkins_list_queue(struct world *w, const struct request *req, struct reply *rep);

void hcp_list_workspaces(struct world *w, const struct request *req, struct reply *rep);
void hcp_list_runs(struct world *w, const struct request *req, struct reply *rep);

#endif
