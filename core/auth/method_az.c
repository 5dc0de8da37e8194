/* The Azure CLI's sign-in: az is asked for a token. It takes its time, and keeps its
 * tokens itself. Thread: core. */
#include "auth/az_answer.h"
#include "auth/methods.h"
#include "net/program.h"

enum { DEADLINE_MS = 30000, MAX_BYTES = 64 * 1024 };

const struct method_setting method_az_settings[] = {
	{.name = "tenant", .help = "the tenant's id or domain, where it is not az's own"},
	{.name = "subscription",
	 .help = "the subscription whose account is meant, in place of a tenant"},
	{0},
};

bool method_az_open(struct credential *c, struct err *err)
{
	static const char *const names[] = {"tenant", "subscription"};

	for (size_t i = 0; i < 2; i++) {
		const char *value = credential_setting(c, names[i]);

		if (value && !az_word_is_fine(str_from(value)))
			return err_set(err, ERR_CONFIG,
				       "%s: letters, digits and .:/_- alone", names[i]);
	}
	if (credential_setting(c, "tenant") && credential_setting(c, "subscription"))
		return err_set(err, ERR_CONFIG,
			       "subscription: az takes this or a tenant, not both");
	return true;
}

static void printed(struct program_result *r, void *ctx)
{
	struct slot *s = ctx;
	int64_t now = clock_wall_ms(loop_clock(s->owner->host.loop));
	struct token_answer token = {0};
	struct err err = r->err;

	s->fetching = NULL;
	if (err.code == ERR_NOT_FOUND)
		err_set(&err, ERR_AUTH,
			"az is not on the PATH; install the Azure CLI, or sign in "
			"another way");
	else if (err.code != ERR_NONE)
		err_wrap(&err, "az");
	else if (r->exit_code != 0)
		az_error(strbuf_str(&r->errs), r->exit_code, &err);
	else if (az_answer_parse(strbuf_str(&r->out), now, &token, &err))
		slot_give(s, HTTP_AUTH_BEARER, &token.token, token.lifetime_ms);
	token_answer_fini(&token);
	if (err.code != ERR_NONE)
		slot_fail(s, &err);
}

void method_az_fetch(struct slot *s)
{
	const char *tenant = credential_setting(s->owner, "tenant");
	const char *subscription = credential_setting(s->owner, "subscription");
	const char *argv[] = {
		"az",	"account", "get-access-token", "--output",
		"json", "--scope", s->scope,	       NULL,
		NULL,	NULL,
	};
	struct err err;

	if (tenant || subscription) {
		argv[7] = tenant ? "--tenant" : "--subscription";
		argv[8] = tenant ? tenant : subscription;
	}
	if (az_word_is_fine(str_from(s->scope))) {
		s->fetching =
			program_start(s->owner->host.loop,
				      &(struct program_spec){.argv = argv,
							     .deadline_ms = DEADLINE_MS,
							     .max_bytes = MAX_BYTES},
				      printed, s);
		return;
	}
	err_set(&err, ERR_CONFIG,
		"the connection's scope cannot be given to az: letters, digits and .:/_- "
		"alone");
	slot_fail(s, &err);
}

void method_az_cancel(struct slot *s)
{
	program_stop(s->fetching);
	s->fetching = NULL;
}
