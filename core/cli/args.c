/* The one way headless commands read their options; see cli.h. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"

struct walk {
	const struct cli_command *command;
	int argc, at; /* the next word */
	char **argv;
	void *into;
	bool is_after_dashes;
};

bool cli_set_flag(const char *value, struct err *err, void *to)
{
	(void)value;
	(void)err;
	*(bool *)to = true;
	return true;
}

bool cli_set_text(const char *value, struct err *err, void *to)
{
	(void)err;
	*(const char **)to = value;
	return true;
}

bool cli_set_json(const char *value, struct err *err, void *to)
{
	(void)err;
	*(bool *)to = strcmp(value, "json") == 0;
	return true;
}

/* "text|json" is all there is; any other word stands for whatever fits. */
static bool can_be(const struct cli_option *option, const char *value)
{
	struct str rest = str_from(option->arg ? option->arg : ""), word;

	if (str_find_char(rest, '|') < 0)
		return true;
	while (str_next(&rest, '|', &word)) {
		if (str_is(word, value))
			return true;
	}
	return false;
}

bool cli_option_set(const struct cli_option *option, const char *value, struct err *err,
		    void *into)
{
	err_clear(err);
	return can_be(option, value) &&
	       option->set(value, err, (char *)into + option->at);
}

static int set(const struct walk *w, const struct cli_option *option, const char *value)
{
	struct err err;

	if (cli_option_set(option, value, &err, w->into))
		return 0;
	if (err.code != ERR_NONE)
		return cli_fail(&err);
	return option->refusal ? cli_usage(w->command->name, option->refusal, value)
			       : cli_wrong_value(w->command->name, option->name, value);
}

static int fail(const struct walk *w, const char *what, struct str name)
{
	const char *command = w->command->name;
	struct err err;

	err_set(&err, ERR_USAGE, "%s: %s \"%.*s\"; `azdeck help %s` lists what there is",
		command, what, (int)(name.n < 80 ? name.n : 80), name.p, command);
	return cli_fail(&err);
}

/* "-o" stands for the row whose long name begins with that letter. */
static bool is_named(const struct cli_option *row, struct str name)
{
	if (name.n == 2 && name.p[0] == '-' && name.p[1] != '-')
		return row->name[2] == name.p[1];
	return str_eq(str_from(row->name), name);
}

static int take_option(struct walk *w, const char *word)
{
	const struct cli_option *row = w->command->options;
	struct str name = str_from(word);
	ptrdiff_t equals = word[1] == '-' ? str_find_char(name, '=') : -1;
	const char *value = equals < 0 ? NULL : word + equals + 1;

	if (equals >= 0)
		name = str_sub(name, 0, (size_t)equals);
	while (row->name && !is_named(row, name))
		row++;
	if (!row->name)
		return fail(w, "there is no option", name);
	if (row->arg && !value && w->at < w->argc)
		value = w->argv[w->at++];
	if (row->arg && !value)
		return fail(w, "a value is missing after", name);
	if (!row->arg && value)
		return fail(w, "no value belongs after", name);
	return set(w, row, value);
}

static int take_word(const struct walk *w, const char *word)
{
	const struct cli_words *words = &w->command->words;
	struct err err;

	for (size_t i = 0; i < words->n_slots; i++) {
		const char **slot = (void *)((char *)w->into + words->slots[i]);

		if (*slot)
			continue;
		*slot = word;
		return 0;
	}
	err_clear(&err);
	if (words->take && words->take(word, &err, w->into))
		return 0;
	if (err.code != ERR_NONE)
		return cli_fail(&err);
	return cli_usage(w->command->name, words->extra, word);
}

int cli_walk(const struct cli_command *command, int argc, char **argv, void *into)
{
	struct walk w = {
		.command = command, .argc = argc, .at = 1, .argv = argv, .into = into};
	int code = 0;

	while (code == 0 && w.at < argc) {
		const char *word = argv[w.at++];

		if (w.is_after_dashes || word[0] != '-' || !word[1])
			code = take_word(&w, word);
		else if (strcmp(word, "--") == 0)
			w.is_after_dashes = true;
		else
			code = take_option(&w, word);
	}
	return code;
}

int cli_usage(const char *command, const char *what, const char *value)
{
	struct err err;

	err_set(&err, ERR_USAGE, "%s: %s \"%.80s\"; `azdeck help %s` says more", command,
		what, value, command);
	return cli_fail(&err);
}

int cli_wrong_value(const char *command, const char *option, const char *value)
{
	char what[80];

	snprintf(what, sizeof(what), "%s cannot be", option);
	return cli_usage(command, what, value);
}
