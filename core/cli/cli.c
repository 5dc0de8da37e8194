/* See cli.h: the table of headless commands, and what is derived from it. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cli/decode.h"
#include "cli/query.h"
#include "cli/sim.h"

int cli_fail(const struct err *err)
{
	fprintf(stderr, "azdeck: %s\n", err->text);
	return err_exit_code(err->code);
}

int cli_main(int argc, char **argv, const struct cli_command *extra,
	     const struct clock *clock)
{
	const struct cli_command *const own[] = {&cli_decode_command, &cli_query_command,
						 &cli_sim_command};
	struct err err;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		if (strcmp(own[i]->name, argv[1]) == 0)
			return own[i]->run(argc - 1, argv + 1, clock);
	}
	for (; extra->name; extra++) {
		if (strcmp(extra->name, argv[1]) == 0)
			return extra->run(argc - 1, argv + 1, clock);
	}
	err_set(&err, ERR_USAGE, "there is no command \"%.60s\"", argv[1]);
	return cli_fail(&err);
}
