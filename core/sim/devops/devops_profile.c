/* Who asks Azure DevOps, and in which organizations that person is: what lies above
 * them all, on a host of its own. Thread: core. */
#include "sim/devops/devops_builds.h"

void devops_get_profile(struct world *w, const struct request *req, struct reply *rep)
{
	struct strbuf *out = &rep->body;
	struct guid id = guid_of(w->seed, "me", 0);

	(void)req;
	jw_object(out, NULL);
	jw_text(out, "displayName", "Atlas on call");
	jw_text(out, "publicAlias", id.text);
	jw_text(out, "emailAddress", "on-call@contoso.com");
	jw_int(out, "coreRevision", 422);
	jw_text(out, "timeStamp", "2025-09-02T11:32:42.21+00:00");
	jw_text(out, "id", id.text);
	jw_int(out, "revision", 422);
	jw_object_end(out);
}

static void put_account(struct strbuf *out, const struct world *w, const char *name)
{
	jw_object(out, NULL);
	jw_text(out, "accountId", guid_of(w->seed, name, 0).text);
	jw_format(out, "accountUri", "https://vssps.dev.azure.com:443/%s/", name);
	jw_text(out, "accountName", name);
	jw_object(out, "properties");
	jw_object_end(out);
	jw_object_end(out);
}

void devops_list_accounts(struct world *w, const struct request *req, struct reply *rep)
{
	bool is_me = str_eq_nocase(request_query(req, "memberId"),
				   str_from(guid_of(w->seed, "me", 0).text));

	if (!is_me) {
		reply_devops_error(rep, 401, "AccessCheckException",
				   "VS403283: Could not find the member.");
		return;
	}
	devops_begin_list(&rep->body, 1);
	put_account(&rep->body, w, "contoso");
	devops_end_list(&rep->body);
}
