/* See sample.h. It goes to standard output: nothing is written that is not asked for. */
#include "cli/sample.h"

#include "base/err.h"
#include "config/draft.h"

static const struct cli_option options[] = {{NULL, NULL, NULL}};

static int run(int argc, char **argv, const struct clock *clock)
{
	struct cli_args words = {.argc = argc, .argv = argv, .options = options, .at = 1};
	struct strbuf out;
	struct err err;
	int code = 0, got = cli_next(&words);

	(void)clock;
	if (got == CLI_ERROR)
		return err_exit_code(ERR_USAGE);
	if (got == CLI_WORD) {
		err_set(&err, ERR_USAGE, "config: what is \"%.60s\"?", words.value);
		return cli_fail(&err);
	}
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
	.run = run,
};
