/* Client credentials at the simulator's own token endpoint. Thread: core. */
#include "auth/entra.h"
#include "auth/methods.h"

const struct method_setting method_sim_settings[] = {
	{.name = "url", .is_required = true, .help = "where the simulator listens"},
	{0},
};

void method_sim_fetch(struct slot *s)
{
	struct strbuf url, form;

	strbuf_init(&url, 2048);
	strbuf_init(&form, 2048);
	strbuf_printf(&url, "%s/contoso.example/oauth2/v2.0/token",
		      credential_setting(s->owner, "url"));
	entra_form_put(&form, "grant_type", STR("client_credentials"));
	entra_form_put(&form, "client_id", STR("azdeck"));
	entra_form_put(&form, "client_secret", STR("demo"));
	entra_form_put(&form, "scope", str_from(s->scope));
	entra_post(s, strbuf_str(&url), &form);
	strbuf_fini(&form);
	strbuf_fini(&url);
}
