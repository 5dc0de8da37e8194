/* Workload identity federation: a token that the platform (Kubernetes, a pipeline)
 * puts into a file and exchanges about hourly, so the file is read on every fetch.
 * Thread: core. */
#include "auth/entra.h"
#include "auth/methods.h"

const struct method_setting method_workload_settings[] = {
	ENTRA_TENANT,
	ENTRA_CLIENT,
	{.name = "token_file",
	 .is_required = true,
	 .is_file = true,
	 .help = "where the platform puts its token",
	 .variable = "AZURE_FEDERATED_TOKEN_FILE"},
	ENTRA_AUTHORITY,
	{0},
};

void method_workload_fetch(struct slot *s)
{
	entra_ask_by_assertion(s, slot_read(s, "token_file"));
}
