/* Who may change what: the built-in roles, who has them where, and what a request needs.
 * Those who are assigned nothing by name may do everything, so that a deck needs no
 * preparation; the others may what their roles say, and see all there is, as readers of
 * the management group above the subscriptions do. Thread: core. */
#ifndef AZ_SIM_RIGHTS_H
#define AZ_SIM_RIGHTS_H

#include "sim/world.h"

struct sim_role {
	const char *id, *name, *about;
	const char *actions, *not_actions; /* patterns, blank-separated */
	bool is_let_into_clusters;
};
enum { RIGHTS_ROLES = 8 };
extern const struct sim_role rights_roles[RIGHTS_ROLES];

struct sim_assignment {
	enum sub sub;
	const char *group; /* NULL: all of the subscription */
	int role;
	const char *type;
	const char *who;
	const char *why; /* NULL */
	int made;	 /* year and month, 202401 */
};
extern const struct sim_assignment rights_assignments[];
extern const size_t rights_n_assignments;

/* Whether somebody of that name is assigned something. */
bool rights_know(struct str who);
/* "/subscriptions/ID/resourceGroups/NAME" */
void rights_put_scope(struct strbuf *out, const struct sim_assignment *a);
/* {"actions": [...], ...} */
void rights_put_role(struct strbuf *out, const struct sim_role *role);
/* Whether who asks may; else the refusal is in the reply, as the service words it. */
bool rights_let(const struct world *w, const struct request *req, struct reply *rep);
/* GET of Microsoft.Authorization/permissions: of who asks, there. */
void rights_list(struct world *w, const struct request *req, struct reply *rep);

#endif
