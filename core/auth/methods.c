/* The credential chain, one row a method. Sorted by name: the manual and the
 * configuration's schema list it as it stands. Thread: any (const). */
#include "auth/methods.h"

#include "auth/entra.h"
#include "base/count.h"

static const struct method_setting no_settings[] = {{0}};

static const struct method rows[] = {
	{.name = "api-key",
	 .help = "a key in a header of its own",
	 .settings = method_api_key_settings,
	 .open = method_api_key_open,
	 .fetch = method_api_key_fetch},
	{.name = "az",
	 .help = "the sign-in of the Azure CLI",
	 .settings = method_az_settings,
	 .open = method_az_open,
	 .fetch = method_az_fetch,
	 .cancel = method_az_cancel},
	{.name = "basic",
	 .help = "user and password",
	 .settings = method_user_settings,
	 .fetch = method_basic_fetch},
	{.name = "bearer",
	 .help = "a token that somebody made by hand",
	 .settings = method_bearer_settings,
	 .fetch = method_bearer_fetch},
	{.name = "certificate",
	 .help = "a service principal with a certificate",
	 .settings = method_certificate_settings,
	 .open = entra_open,
	 .make = method_certificate_make,
	 .key = entra_key,
	 .fetch = method_certificate_fetch},
	{.name = "device",
	 .help = "a person, with a browser anywhere and a code",
	 .settings = method_device_settings,
	 .open = method_device_open,
	 .close = method_device_close,
	 .sign_out = method_device_sign_out,
	 .key = entra_key,
	 .fetch = method_device_fetch,
	 .cancel = method_device_cancel},
	{.name = "digest",
	 .help = "user and password after a challenge (MongoDB Atlas keys)",
	 .settings = method_user_settings,
	 .fetch = method_digest_fetch},
	{.name = "env",
	 .help = "a bearer token in the environment",
	 .settings = method_env_settings,
	 .fetch = method_env_fetch},
	{.name = "google",
	 .help = "a Google service account",
	 .settings = method_google_settings,
	 .make = method_google_make,
	 .fetch = method_google_fetch},
	{.name = "kubeconfig",
	 .help = "the user of a kubeconfig's context",
	 .settings = method_kubeconfig_settings,
	 .make = method_kubeconfig_make,
	 .fetch = method_kubeconfig_fetch,
	 .cancel = method_kubeconfig_cancel},
	{.name = "managed-identity",
	 .help = "the identity that Azure gives to what runs on it",
	 .settings = method_managed_settings,
	 .open = method_managed_open,
	 .close = method_managed_close,
	 .fetch = method_managed_fetch,
	 .cancel = method_managed_cancel},
	{.name = "none",
	 .help = "nothing is sent",
	 .settings = no_settings,
	 .fetch = method_none_fetch},
	{.name = "oauth-client",
	 .help = "client credentials at any token endpoint (Atlas, HCP)",
	 .settings = method_oauth_settings,
	 .open = method_oauth_open,
	 .key = method_oauth_key,
	 .fetch = method_oauth_fetch},
	{.name = "pat",
	 .help = "a personal access token of Azure DevOps",
	 .settings = method_pat_settings,
	 .fetch = method_pat_fetch},
	{.name = "secret",
	 .help = "a service principal with a secret",
	 .settings = method_secret_settings,
	 .open = entra_open,
	 .key = entra_key,
	 .fetch = method_secret_fetch},
	{.name = "sigv4",
	 .help = "an AWS access key, that requests are signed with",
	 .settings = method_sigv4_settings,
	 .open = method_sigv4_open,
	 .make = method_sigv4_make,
	 .fetch = method_sigv4_fetch},
	{.name = "sim",
	 .help = "a token of the simulator",
	 .settings = method_sim_settings,
	 .fetch = method_sim_fetch},
	{.name = "workload",
	 .help = "a service principal by federation: Kubernetes, pipelines",
	 .settings = method_workload_settings,
	 .open = entra_open,
	 .key = entra_key,
	 .fetch = method_workload_fetch},
};

const struct method *method_at(size_t i)
{
	return i < COUNT(rows) ? &rows[i] : NULL;
}

const struct method *method_find(struct str name)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (str_eq(name, str_from(rows[i].name)))
			return &rows[i];
	}
	return NULL;
}
