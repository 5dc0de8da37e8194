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

/* One of the files by name, from the user's folder of them or the built-in ones. */
typedef bool (*data_put_fn)(struct strbuf *out, const struct data_request *r,
			    const char *dir, struct err *err);
struct data_command {
	const char *noun; /* "theme"; the user's own are in the folder "themes" */
	const struct embedded_file *built_in;
	data_put_fn put;
};
/* Prints the list, or what is asked for; the exit code. */
int data_run(const struct data_command *c, const struct data_request *r);

/* ,"name":"text" without the comma before the first. */
void data_put_member(struct strbuf *out, bool is_first, const char *name,
		     struct str text);

#endif
