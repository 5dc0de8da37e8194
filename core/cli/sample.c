/* See sample.h. It goes to standard output: nothing is written that is not asked for. */
#include "cli/sample.h"

#include "config/draft.h"

static const struct cli_option options[] = {{.name = NULL}};

static int run(int argc, char **argv, const struct clock *clock)
{
	struct strbuf out;
	int code = cli_walk(&cli_config_command, argc, argv, NULL);

	(void)clock;
	if (code != 0)
		return code;
	strbuf_init(&out, DRAFT_MAX_BYTES);
	draft_put_sample(&out);
	cli_write(&out, &code);
	strbuf_fini(&out);
	return code;
}

const struct cli_command cli_config_command = {
	.name = "config",
	.usage = "",
	.help = "print a configuration to start from, with comments",
	.options = options,
	.words = {.extra = "what is"},
	.run = run,
};
