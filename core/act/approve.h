/* Approvals: a person's signature under exactly one plan, which goes from terminal to
 * terminal as a code. Whose keys count stands in the configuration; who asked for a plan
 * is never its second person. Nothing here runs anything. Thread: any (no state). */
#ifndef AZ_ACT_APPROVE_H
#define AZ_ACT_APPROVE_H

#include "act/plan.h"
#include "act/sign_key.h"
#include "act/signer.h"
#include "config/config_actions.h"

/* What every code begins with. */
#define APPROVAL_PREFIX "aza1"

enum { APPROVALS_MOST = 8 };

struct approval {
	struct sign_key_name key; /* whose */
	int64_t at_ms;
	struct signature signature;
};

void approval_make(const struct plan *plan, const struct signer *signer, int64_t now_ms,
		   struct approval *out);

/* "aza1..." */
void approval_format(struct strbuf *out, const struct approval *approval);
/* Somebody means it as one, whether it is good or not. */
bool approval_looks_like(struct str text);
bool approval_parse(struct str text, struct approval *out, struct err *err) MUST_CHECK;

/* Whose keys count: the configuration's people, and the user's own. */
struct approvers {
	const struct config_person *people;
	size_t n_people;
	const struct sign_key *own; /* NULL: there is none */
};

/* The person's name, "you" for the user's own key where it is in no list; NULL with err:
 * it is no good approval of this plan. */
const char *approval_by(const struct approval *approval, const struct plan *plan,
			const struct approvers *approvers, struct err *err);

/* Whether `who`, whose approval it is, is who asked for the plan: by the key, or by the
 * name when somebody has two. A plan that does not say whose it is, is everybody's own. */
bool approval_is_own(const struct approval *approval, const char *who,
		     const struct plan *plan);

/* Whether the plan may be run as far as it is known who gave each approval: as approval_by
 * says, NULL where it is none. */
bool approved_by(const struct plan *plan, const struct approval *approvals,
		 const char *const *who, size_t n, bool needs_second, int64_t now_ms,
		 struct err *err) MUST_CHECK;

/* Whether the plan may be run. Approvals that are no good are an error, not passed over:
 * somebody meant something else. */
bool approved(const struct plan *plan, const struct approval *approvals, size_t n,
	      bool needs_second, const struct approvers *approvers, int64_t now_ms,
	      struct err *err) MUST_CHECK;

#endif
