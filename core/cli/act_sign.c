/* `azdeck act approve FILE`: the second person, on whatever machine. What is signed is
 * shown first, and the name of its target is typed; what comes out is the code that who
 * asked for the plan gives to theirs. Nothing is sent from here. Thread: the main
 * thread. */
#include <stdio.h>
#include <string.h>

#include "act/approve.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/act_part.h"
#include "cli/act_print.h"
#include "cli/cli.h"
#include "cli/prompt.h"

enum { PLAN_FILE_MAX = 512 << 10 };

/* The plan itself, or what `azdeck act plan -o json` and `show` print around it. */
static struct plan *read_plan(const char *path, struct err *err)
{
	static const struct json_limits limits = {.max_bytes = PLAN_FILE_MAX,
						  .max_depth = 48};
	struct strbuf text;
	struct plan *plan = NULL;
	cJSON *root = NULL;

	strbuf_init(&text, PLAN_FILE_MAX);
	if (file_read(path, &text, err))
		root = json_parse(strbuf_str(&text), &limits, NULL, err);
	if (root) {
		const cJSON *member = json_member(root, "plan");

		plan = plan_from_json(member ? member : root, err);
	}
	if (!plan)
		err_wrap(err, "%s is no plan", path);
	cJSON_Delete(root);
	strbuf_fini(&text);
	return plan;
}

static bool may_sign(const struct act *a, const struct plan *plan,
		     const struct signer *signer, int64_t now_ms, struct err *err)
{
	if (!plan->by_key[0] || strcmp(plan->by_key, signer->name.p) == 0)
		return err_set(err, ERR_REFUSED,
			       "this plan is your own: somebody else has to approve it");
	if (plan_is_over(plan, now_ms))
		return plan_refuse_over(plan, now_ms, err);
	if (!a->confirm)
		return err_set(err, ERR_USAGE,
			       "to approve it say --confirm with the name of its target");
	return strcmp(a->confirm, plan->target) == 0 ||
	       err_set(err, ERR_REFUSED, "\"%.60s\" is not the name of its target",
		       a->confirm);
}

static int print_code(const struct act *a, const struct plan *plan,
		      const struct signer *signer, int64_t now_ms)
{
	struct approval approval;
	struct strbuf out, code;
	int exit_code = 0;

	strbuf_init(&out, 4000);
	strbuf_init(&code, 1000);
	approval_make(plan, signer, now_ms, &approval);
	approval_format(&code, &approval);
	if (a->is_json)
		strbuf_printf(&out, "{\"change\":\"%s\",\"code\":\"%s\"}\n", plan->id,
			      code.p);
	else
		strbuf_printf(&out, "%s\n", code.p);
	cli_write(&out, &exit_code);
	strbuf_fini(&code);
	strbuf_fini(&out);
	return exit_code;
}

static void show(const struct plan *plan)
{
	struct strbuf out;

	strbuf_init(&out, 1 << 20);
	act_print_plan(&out, plan, true, false);
	fputs(out.p, stderr);
	strbuf_fini(&out);
}

static int sign(struct act *a, const struct plan *plan)
{
	struct keychain keychain;
	struct signer signer;
	struct clock clock;
	struct err err;
	int code;

	clock_init_real(&clock);
	keychain_init(&keychain);
	keychain.ask = cli_ask_passphrase;
	if (signer_open_or_make(&signer, &keychain, &err) &&
	    may_sign(a, plan, &signer, clock_wall_ms(&clock), &err))
		code = print_code(a, plan, &signer, clock_wall_ms(&clock));
	else
		code = cli_fail(&err);
	signer_fini(&signer);
	keychain_fini(&keychain);
	return code;
}

int act_sign(struct act *a, const char *path)
{
	struct err err;
	struct plan *plan = read_plan(path, &err);
	int code;

	if (!plan)
		return cli_fail(&err);
	show(plan);
	secret_forbid_core();
	if (secret_setup()) {
		code = sign(a, plan);
	} else {
		err_set(&err, ERR_INTERNAL, "libsodium does not start");
		code = cli_fail(&err);
	}
	plan_free(plan);
	return code;
}
