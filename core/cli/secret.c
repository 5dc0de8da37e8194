/* See secret.h. A value comes from standard input or from a question on the
 * terminal, never from the command line, which everyone on the machine can read; and
 * nothing here prints one. */
#include "cli/secret.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auth/keychain.h"
#include "auth/vault.h"
#include "base/count.h"
#include "base/json.h"
#include "base/timefmt.h"
#include "cli/aligned.h"
#include "cli/prompt.h"

enum { PASSPHRASE_LEAST = 8 };

struct request {
	const char *act, *name; /* what to do, and with which */
	bool is_json, is_remove;
	int64_t now_ms;
	struct keychain keychain;
};

static const struct cli_option options[] = {
	{"--output", "table|json", "list: how to print it (-o)",
	 CLI_INTO_JSON(struct request, is_json), .refusal = "there is no format"},
	{"--remove", NULL, "passphrase: keep the key without one",
	 CLI_INTO(struct request, is_remove)},
	{.name = NULL},
};

struct act {
	const char *name;
	size_t n_words;
	bool (*run)(struct request *r, struct strbuf *out, struct err *err);
};

/* Asks where somebody sits at the terminal, else takes standard input. */
static bool get_value(const char *question, size_t max, struct secret *out,
		      struct err *err)
{
	if (isatty(STDIN_FILENO))
		return cli_ask(question, max, out, err);
	return cli_read_secret(max, out, err);
}

static bool run_set(struct request *r, struct strbuf *out, struct err *err)
{
	struct str name = str_from(r->name);
	struct secret value = {0};
	char question[128];
	bool ok;

	/* Before anybody types a long one in vain. */
	if (!vault_name_is_fine(name))
		return vault_set(&r->keychain, name, (struct str){0}, 0, err);
	snprintf(question, sizeof(question), "Value of %s (not shown): ", name.p);
	ok = get_value(question, VAULT_VALUE_MAX, &value, err) &&
	     vault_set(&r->keychain, name, secret_borrow(&value), r->now_ms, err);
	secret_fini(&value);
	if (ok)
		strbuf_printf(out, "%s is set; write secret:%s where it belongs\n",
			      name.p, name.p);
	return ok;
}

static bool run_remove(struct request *r, struct strbuf *out, struct err *err)
{
	if (!vault_remove(&r->keychain, str_from(r->name), err))
		return false;
	strbuf_printf(out, "%s is removed\n", r->name);
	return true;
}

static void put_age(struct strbuf *out, int64_t age_ms)
{
	if (age_ms < 1000)
		strbuf_puts(out, "now");
	else
		duration_format(out, age_ms);
}

static void put_table(struct strbuf *out, const struct vault *v, int64_t now_ms)
{
	struct vault_entry entry;
	struct aligned *aligned = aligned_new("<>>");
	size_t at = 0;

	aligned_put(aligned, "NAME");
	aligned_put(aligned, "AGE");
	aligned_put(aligned, "BYTES");
	while (vault_next(v, &at, &entry)) {
		struct strbuf age;

		strbuf_init(&age, 64);
		put_age(&age, now_ms - entry.changed_ms);
		aligned_put(aligned, "%.*s", STR_ARG(entry.name));
		aligned_put(aligned, "%s", age.p);
		aligned_put(aligned, "%zu", entry.value.n);
		strbuf_fini(&age);
	}
	aligned_end(aligned, out);
}

static void put_json(struct strbuf *out, const struct vault *v)
{
	struct vault_entry entry;
	bool is_first = true;
	size_t at = 0;

	strbuf_puts(out, "{\"schema\":\"azdeck.secrets/1\",\"secrets\":[");
	while (vault_next(v, &at, &entry)) {
		strbuf_puts(out, is_first ? "{\"name\":" : ",{\"name\":");
		json_print_text(out, entry.name);
		strbuf_puts(out, ",\"changed\":\"");
		time_format_iso(out, entry.changed_ms, false);
		strbuf_printf(out, "\",\"bytes\":%zu}", entry.value.n);
		is_first = false;
	}
	strbuf_puts(out, "]}\n");
}

static bool run_list(struct request *r, struct strbuf *out, struct err *err)
{
	struct vault v;

	if (!vault_load(&v, &r->keychain, err))
		return false;
	if (r->is_json)
		put_json(out, &v);
	else
		put_table(out, &v, r->now_ms);
	vault_fini(&v);
	return true;
}

static bool get_new_passphrase(struct secret *out, struct err *err)
{
	struct secret again = {0};
	bool ok;

	if (!get_value("New passphrase (not shown): ", PASSPHRASE_MAX, out, err))
		return false;
	if (out->n < PASSPHRASE_LEAST)
		return err_set(err, ERR_USAGE,
			       "a passphrase has %d bytes at least; nothing was changed",
			       PASSPHRASE_LEAST);
	if (!isatty(STDIN_FILENO))
		return true;
	ok = cli_ask("The same again: ", PASSPHRASE_MAX, &again, err);
	if (ok && !str_eq(secret_borrow(out), secret_borrow(&again)))
		ok = err_set(err, ERR_USAGE, "these are two; nothing was changed");
	secret_fini(&again);
	return ok;
}

static bool run_passphrase(struct request *r, struct strbuf *out, struct err *err)
{
	struct secret passphrase = {0};
	bool ok;

	/* The old one is asked for first. */
	ok = keychain_open_or_make(&r->keychain, err) &&
	     (r->is_remove || get_new_passphrase(&passphrase, err)) &&
	     keychain_wrap(&r->keychain, &passphrase, err);
	secret_fini(&passphrase);
	if (ok)
		strbuf_puts(out, r->is_remove
					 ? "the key has no passphrase now\n"
					 : "the key is locked with this passphrase\n");
	return ok;
}

static const struct act acts[] = {
	{"list", 1, run_list},
	{"passphrase", 1, run_passphrase},
	{"rm", 2, run_remove},
	{"set", 2, run_set},
};

enum { N_ACTS = COUNT(acts) };

/* The word is not repeated when it may be a value. */
static bool refuse_word(const char *word, struct err *err, void *to)
{
	const struct request *r = to;

	(void)word;
	return strcmp(r->act, "set") == 0 &&
	       err_set(err, ERR_USAGE,
		       "secret: everyone on this machine can read a command line, so no "
		       "value is taken from it; hand it over on standard input, and "
		       "change it where it came from");
}

static const struct act *find_act(const struct request *r, struct err *err)
{
	const char *names[N_ACTS], *nearest;
	size_t n_words = r->act ? r->name ? 2 : 1 : 0;

	for (size_t i = 0; i < N_ACTS; i++) {
		names[i] = acts[i].name;
		if (!r->act || strcmp(acts[i].name, r->act) != 0)
			continue;
		if (acts[i].n_words == n_words)
			return &acts[i];
		err_set(err, ERR_USAGE,
			acts[i].n_words > n_words ? "secret %s: which? give its name"
						  : "secret %s takes no name",
			acts[i].name);
		return NULL;
	}
	nearest = r->act ? cli_nearest(r->act, names, N_ACTS) : NULL;
	if (nearest)
		err_set(err, ERR_USAGE, "secret: \"%.60s\"? did you mean \"%s\"?", r->act,
			nearest);
	else
		err_set(err, ERR_USAGE,
			"secret: say what to do: set, list, rm or passphrase");
	return NULL;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct request r = {.now_ms = clock_wall_ms(clock)};
	const struct act *act;
	struct strbuf out;
	struct err err;
	int code = cli_walk(&cli_secret_command, argc, argv, &r);

	if (code != 0)
		return code;
	act = find_act(&r, &err);
	if (!act)
		return cli_fail(&err);
	if (!secret_setup()) {
		err_set(&err, ERR_INTERNAL, "libsodium does not start");
		return cli_fail(&err);
	}
	secret_forbid_core();
	keychain_init(&r.keychain);
	r.keychain.ask = cli_ask_passphrase;
	strbuf_init(&out, 1 << 20);
	if (act->run(&r, &out, &err))
		cli_write(&out, &code);
	else
		code = cli_fail(&err);
	strbuf_fini(&out);
	keychain_fini(&r.keychain);
	return code;
}

const struct cli_command cli_secret_command = {
	.name = "secret",
	.usage = "set|list|rm|passphrase [NAME] [OPTION...]",
	.help = "keep secrets sealed: set NAME, list, rm NAME, passphrase",
	.options = options,
	.words = {.slots = {CLI_SLOT(struct request, act),
			    CLI_SLOT(struct request, name)},
		  .n_slots = 2,
		  .take = refuse_word,
		  .extra = "one word too many:"},
	.run = run,
};
