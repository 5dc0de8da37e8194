/* See imds.h. The waits are those that the vendor asks for:
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token */
#include "auth/imds.h"

#include <stdbool.h>

#include "base/count.h"

/* 410 says that the endpoint is being updated, which takes up to 70 s. */
enum { UPDATE_MS = 70000 };

static bool is_transient(const struct http_response *r)
{
	if (r->err.code != ERR_NONE)
		return r->err.code == ERR_NETWORK || r->err.code == ERR_TIMEOUT;
	return r->status == 404 || r->status == 410 || r->status == 429 ||
	       r->status >= 500;
}

int64_t imds_wait_ms(const struct http_response *r, int tries, int64_t elapsed_ms)
{
	static const int waits_ms[] = {0, 2000, 6000, 14000, 30000};
	const int n = (int)(COUNT(waits_ms));

	if (!is_transient(r))
		return -1;
	if (tries <= n)
		return waits_ms[tries - 1];
	return r->status == 410 && elapsed_ms < UPDATE_MS ? waits_ms[n - 1] : -1;
}
