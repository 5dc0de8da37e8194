/* A service principal with a secret. Thread: core. */
#include "auth/entra.h"
#include "auth/methods.h"

const struct method_setting method_secret_settings[] = {
	ENTRA_TENANT,
	ENTRA_CLIENT,
	{.name = "secret",
	 .is_required = true,
	 .is_secret = true,
	 .help = "the application's secret",
	 .variable = "AZURE_CLIENT_SECRET"},
	ENTRA_AUTHORITY,
	{0},
};

void method_secret_fetch(struct slot *s)
{
	struct strbuf form;

	strbuf_init(&form, 16 * 1024);
	entra_form_put(&form, "grant_type", STR("client_credentials"));
	entra_form_put(&form, "client_id",
		       str_from(credential_setting(s->owner, "client_id")));
	entra_form_put(&form, "client_secret", slot_read(s, "secret"));
	entra_form_put(&form, "scope", str_from(s->scope));
	entra_ask(s, &form);
	strbuf_fini(&form);
}
