/* What `azdeck keys` and `azdeck themes` share: their arguments, and the list of the
 * files there are. Thread: the main thread. */
#ifndef AZ_TUI_CLI_DATA_H
#define AZ_TUI_CLI_DATA_H

#include <stdbool.h>

#include "base/embed.h"
#include "base/strbuf.h"
#include "cli/cli.h"

struct data_request {
	const char *name; /* NULL: none was given */
	bool is_list, is_json;
};

extern const struct cli_option data_options[];

int cli_keys_run(int argc, char **argv, const struct clock *clock);
int cli_themes_run(int argc, char **argv, const struct clock *clock);

/* 0, or the exit code of an error that was told. */
int data_read_arguments(struct data_request *r, int argc, char **argv);

/* Those built in, then the user's own in this folder of the configuration; `noun` is
 * "theme". Their own are told by where they are. */
void data_put_list(struct strbuf *out, const struct embedded_file *built_in,
		   const char *noun, bool is_json);

/* ,"name":"text" without the comma before the first. */
void data_put_member(struct strbuf *out, bool is_first, const char *name,
		     struct str text);

#endif
