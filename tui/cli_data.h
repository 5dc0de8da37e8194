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

#define DATA_WORDS                                                                       \
	{                                                                                \
		.slots = {CLI_SLOT(struct data_request, name)}, .n_slots = 1,            \
		.extra = "one name is enough, not also"                                  \
	}

extern const struct cli_command cli_keys_command, cli_themes_command;

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
