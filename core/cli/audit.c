/* See audit.h. Looking at a log changes nothing; only `key` makes something, the user's
 * signing key, when there is none. */
#include "cli/audit.h"

#include <stdlib.h>
#include <string.h>

#include "act/audit_entry.h"
#include "act/audit_files.h"
#include "act/signer.h"
#include "auth/keychain.h"
#include "base/count.h"
#include "base/vec.h"
#include "base/when.h"
#include "cli/audit_print.h"
#include "cli/prompt.h"

enum { EXIT_NOT_SOUND = 1, MOST_OUTPUT = 1 << 29 };

struct request {
	const char *act, *file;
	struct audit_filter filter;
	struct checkpoint checkpoint;
	bool has_checkpoint, is_each;
	VEC(struct sign_key) keys;
	int64_t now_ms;
	struct strbuf path;
	int code; /* when all went well */
};

static bool set_checkpoint(const char *value, struct err *err, void *to)
{
	struct request *r = to;

	r->has_checkpoint = true;
	return checkpoint_parse(str_from(value), &r->checkpoint, err);
}

static bool add_key(const char *value, struct err *err, void *to)
{
	struct request *r = to;
	struct sign_key key;

	if (!sign_key_parse(str_from(value), &key, err))
		return false;
	vec_push(&r->keys, key);
	return true;
}

static bool set_kind(const char *value, struct err *err, void *to)
{
	const char *names[AUDIT_KINDS], *nearest;
	struct request *r = to;
	enum audit_kind kind;

	r->filter.kind = value;
	if (audit_kind_find(str_from(value), &kind))
		return true;
	for (size_t i = 0; i < AUDIT_KINDS; i++)
		names[i] = audit_kind_name((enum audit_kind)i);
	nearest = cli_nearest(value, names, AUDIT_KINDS);
	return err_set(err, ERR_USAGE, "audit: there is no kind \"%.60s\"%s%s%s", value,
		       nearest ? "; did you mean \"" : "; azdeck(1) lists them",
		       nearest ? nearest : "", nearest ? "\"?" : "");
}

static bool set_since(const char *value, struct err *err, void *to)
{
	struct request *r = to;

	(void)err;
	return when_parse(str_from(value), r->now_ms, r->now_ms, &r->filter.since_ms);
}

enum option_id { OPT_CHECKPOINT, OPT_EACH, OPT_KEY, OPT_KIND, OPT_OUTPUT, OPT_SINCE };

static const struct cli_option options[] = {
	[OPT_CHECKPOINT] = {"--checkpoint", "CODE",
			    "verify: the log begins with the entries of this one",
			    .set = set_checkpoint},
	[OPT_EACH] = {"--each", NULL, "verify: check the signature of every entry",
		      CLI_INTO(struct request, is_each)},
	[OPT_KEY] = {"--key", "KEY", "whose signatures count, instead of one's own",
		     .set = add_key},
	[OPT_KIND] = {"--kind", "KIND", "show: only entries of this kind",
		      .set = set_kind},
	[OPT_OUTPUT] = {"--output", "text|json", "how to print it (-o)",
			CLI_INTO_JSON(struct request, filter.is_json),
			.refusal = "there is no format"},
	[OPT_SINCE] = {"--since", "TIME", "show: only entries since then",
		       .set = set_since, .refusal = "a time is " WHEN_FORMS ", not"},
	{.name = NULL},
};

/* The user's own key is only opened where none is named: it may ask for a passphrase. */
static bool find_keys(struct request *r, struct err *err)
{
	struct keychain keychain;
	struct signer signer;
	bool ok;

	if (r->keys.n)
		return true;
	keychain_init(&keychain);
	keychain.ask = cli_ask_passphrase;
	ok = signer_open(&signer, &keychain, err);
	if (ok)
		vec_push(&r->keys, signer.key);
	else if (err->code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND,
			"there is no signing key of yours here; name the writer's with "
			"--key, as `azdeck audit key` printed it there");
	signer_fini(&signer);
	keychain_fini(&keychain);
	return ok;
}

static bool read_files(struct request *r, struct audit_files *files, struct err *err)
{
	if (r->file)
		strbuf_puts(&r->path, r->file);
	else
		audit_files_own_path(&r->path);
	if (audit_files_read(files, r->path.p, err))
		return true;
	if (err->code == ERR_NOT_FOUND && !r->file)
		err_set(err, ERR_NOT_FOUND,
			"there is no audit log yet (%s); the first action begins it",
			r->path.p);
	return false;
}

static bool show(struct request *r, struct strbuf *out, struct err *err)
{
	struct audit_files files;
	bool ok = read_files(r, &files, err);

	if (ok && !audit_print_entries(out, strbuf_str(&files.log), &r->filter))
		r->code = EXIT_NOT_SOUND;
	audit_files_fini(&files);
	return ok;
}

/* The files first, so that nobody is asked for a passphrase in vain. The report is the
 * caller's. */
static bool check(struct request *r, struct audit_how *how, struct audit_report *report,
		  struct err *err)
{
	struct audit_files files;
	bool ok = read_files(r, &files, err) && find_keys(r, err);

	*report = (struct audit_report){0};
	if (ok) {
		how->keys = (struct sign_keys){r->keys.p, r->keys.n};
		audit_check(strbuf_str(&files.log), audit_files_head(&files), how,
			    report);
	}
	audit_files_fini(&files);
	return ok;
}

static bool verify(struct request *r, struct strbuf *out, struct err *err)
{
	struct audit_how how = {.is_each = r->is_each,
				.checkpoint = r->has_checkpoint ? &r->checkpoint : NULL};
	struct audit_report report;
	bool ok = check(r, &how, &report, err);

	if (ok) {
		audit_print_report(out, &report, &how, r->path.p, r->filter.is_json);
		r->code = audit_report_is_sound(&report) ? 0 : EXIT_NOT_SOUND;
	}
	audit_report_fini(&report);
	return ok;
}

static void put_checkpoint(struct strbuf *out, const struct checkpoint *c, bool is_json)
{
	if (is_json)
		strbuf_printf(
			out,
			"{\"schema\":\"azdeck.audit-checkpoint/1\",\"entries\":%llu,"
			"\"code\":\"",
			(unsigned long long)c->n);
	checkpoint_format(out, c);
	strbuf_puts(out, is_json ? "\"}\n" : "\n");
}

static bool checkpoint(struct request *r, struct strbuf *out, struct err *err)
{
	struct audit_how how = {.is_each = false};
	struct audit_report report;
	bool ok = check(r, &how, &report, err);

	if (ok && !audit_report_is_sound(&report))
		ok = err_set(
			err, ERR_CONFLICT,
			"%s is not sound, so nobody should vouch for it; `azdeck audit "
			"verify` says why",
			r->path.p);
	if (ok)
		put_checkpoint(out, &report.now, r->filter.is_json);
	audit_report_fini(&report);
	return ok;
}

static bool key(struct request *r, struct strbuf *out, struct err *err)
{
	struct keychain keychain;
	struct signer signer;
	bool ok;

	if (r->file)
		return err_set(err, ERR_USAGE, "audit key takes no file");
	keychain_init(&keychain);
	keychain.ask = cli_ask_passphrase;
	ok = signer_open_or_make(&signer, &keychain, err);
	if (ok && r->filter.is_json)
		strbuf_printf(out,
			      "{\"schema\":\"azdeck.audit-key/1\",\"name\":\"%s\","
			      "\"key\":\"",
			      signer.name.p);
	if (ok)
		sign_key_format(out, &signer.key);
	if (ok)
		strbuf_puts(out, r->filter.is_json ? "\"}\n" : "\n");
	signer_fini(&signer);
	keychain_fini(&keychain);
	return ok;
}

static const struct act {
	const char *name;
	bool (*run)(struct request *r, struct strbuf *out, struct err *err);
	unsigned takes; /* bits of option_id */
} acts[] = {
	{"checkpoint", checkpoint, 1 << OPT_KEY | 1 << OPT_OUTPUT},
	{"key", key, 1 << OPT_OUTPUT},
	{"show", show, 1 << OPT_KIND | 1 << OPT_OUTPUT | 1 << OPT_SINCE},
	{"verify", verify,
	 1 << OPT_CHECKPOINT | 1 << OPT_EACH | 1 << OPT_KEY | 1 << OPT_OUTPUT},
};

static const struct act *find_act(const struct request *r, struct err *err)
{
	const char *names[COUNT(acts)], *nearest;

	for (size_t i = 0; i < COUNT(acts); i++) {
		names[i] = acts[i].name;
		if (r->act && strcmp(r->act, acts[i].name) == 0)
			return &acts[i];
	}
	nearest = r->act ? cli_nearest(r->act, names, COUNT(acts)) : NULL;
	if (nearest)
		err_set(err, ERR_USAGE, "audit: \"%.60s\"? did you mean \"%s\"?", r->act,
			nearest);
	else
		err_set(err, ERR_USAGE,
			"audit: say what to do: show, verify, checkpoint or key");
	return NULL;
}

static bool answer(struct request *r, struct strbuf *out, struct err *err)
{
	const struct act *act = find_act(r, err);
	unsigned given = (r->has_checkpoint ? 1u << OPT_CHECKPOINT : 0) |
			 (r->is_each ? 1u << OPT_EACH : 0) |
			 (r->keys.n ? 1u << OPT_KEY : 0) |
			 (r->filter.kind ? 1u << OPT_KIND : 0) |
			 (r->filter.since_ms > INT64_MIN ? 1u << OPT_SINCE : 0);

	if (!act)
		return false;
	for (size_t i = 0; i < OPT_SINCE + 1; i++) {
		if (given >> i & 1 && !(act->takes >> i & 1))
			return err_set(err, ERR_USAGE, "audit %s takes no %s", act->name,
				       options[i].name);
	}
	secret_forbid_core();
	return act->run(r, out, err);
}

static int run(int argc, char **argv, const struct clock *clock)
{
	struct request r = {.now_ms = clock_wall_ms(clock),
			    .filter = {.since_ms = INT64_MIN}};
	struct err err = {.code = ERR_NONE};
	struct strbuf out;
	int code = 0;

	strbuf_init(&out, MOST_OUTPUT);
	strbuf_init(&r.path, 4096);
	/* First of all: options are checked with it. */
	if (!secret_setup())
		err_set(&err, ERR_INTERNAL, "libsodium does not start");
	else
		code = cli_walk(&cli_audit_command, argc, argv, &r);
	if (code == 0 && err.code == ERR_NONE && answer(&r, &out, &err)) {
		code = r.code;
		cli_write(&out, &code);
	} else if (code == 0) {
		code = cli_fail(&err);
	}
	vec_fini(&r.keys);
	strbuf_fini(&r.path);
	strbuf_fini(&out);
	return code;
}

const struct cli_command cli_audit_command = {
	.name = "audit",
	.usage = "show|verify|checkpoint|key [FILE] [OPTION...]",
	.help = "the signed log of what was done: show, verify, checkpoint, key",
	.options = options,
	.words = {.slots = {CLI_SLOT(struct request, act),
			    CLI_SLOT(struct request, file)},
		  .n_slots = 2,
		  .extra = "one word too many:"},
	.run = run,
};
