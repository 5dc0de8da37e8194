/* See version.h. The libraries are those it was built with: asking them would
 * mean loading all of them for two lines of text. */
#include "cli/version.h"

#include <cjson/cJSON.h>
#include <sodium.h>
#include <stdio.h>
#include <uv.h>

#include "config.h"

static const struct cli_option options[] = {{.name = NULL}};

static int run(int argc, char **argv, const struct clock *clock)
{
	(void)argc;
	(void)argv;
	(void)clock;
	printf("azdeck %s\n", PACKAGE_VERSION);
	printf("libuv %d.%d.%d, cJSON %d.%d.%d, libsodium %s\n", UV_VERSION_MAJOR,
	       UV_VERSION_MINOR, UV_VERSION_PATCH, CJSON_VERSION_MAJOR,
	       CJSON_VERSION_MINOR, CJSON_VERSION_PATCH, SODIUM_VERSION_STRING);
	return 0;
}

const struct cli_command cli_version_command = {
	.name = "version",
	.usage = "",
	.help = "which azdeck this is",
	.options = options,
	.run = run,
};
