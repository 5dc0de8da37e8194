/* A kubeconfig as somebody was sent it: what it names, or why it is not heeded; never a
 * context half read. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "auth/kubeconfig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static void look(const char *path, const char *context)
{
	struct kubeconfig k;
	struct err err;

	err_clear(&err);
	if (kubeconfig_load(&k, path, context, &err)) {
		must(k.context && k.server && k.server[0]);
		must(!k.argv || k.argv[0]);
	} else {
		must(err.code != ERR_NONE && err.text[0]);
	}
	kubeconfig_fini(&k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int fd = memfd_create("kubeconfig", MFD_CLOEXEC);
	char path[64];

	must(fd >= 0);
	if (n <= 65536 && write(fd, data, n) == (ssize_t)n) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		must(secret_setup());
		look(path, NULL);
		look(path, "dev");
	}
	close(fd);
	return 0;
}
