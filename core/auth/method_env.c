/* A bearer token out of the environment, put there by whoever started us; and no
 * proof at all. Thread: core. */
#include "auth/methods.h"
#include "auth/token.h"
#include "config/env.h"

const struct method_setting method_env_settings[] = {
	{.name = "variable",
	 .is_required = true,
	 .help = "which variable holds the token"},
	{0},
};

/* Read again on every fetch, so that a new one is found. */
void method_env_fetch(struct slot *s)
{
	const char *name = credential_setting(s->owner, "variable");
	const char *value = env_get(name);
	int64_t now = clock_wall_ms(loop_clock(s->owner->host.loop)), expiry;
	struct secret token = {0};
	struct err err;

	if (!value) {
		err_set(&err, ERR_AUTH, "%s is not set; put a bearer token into it",
			name);
	} else if (token_expiry(str_from(value), &expiry) && expiry <= now) {
		err_set(&err, ERR_AUTH,
			"the token in %s has expired; put a new one into it", name);
	} else {
		secret_set(&token, str_trim(str_from(value)));
		slot_give(s, HTTP_AUTH_BEARER, &token, SLOT_AGAIN_MS);
		return;
	}
	slot_fail(s, &err);
}

void method_none_fetch(struct slot *s)
{
	struct secret nothing = {0};

	slot_give(s, HTTP_AUTH_NONE, &nothing, INT64_MAX);
}
