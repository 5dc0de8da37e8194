/* What the files of `azdeck act` share. Private to core/cli/act*.c. Thread: the main
 * thread. */
#ifndef AZ_CLI_ACT_PART_H
#define AZ_CLI_ACT_PART_H

#include "base/vec.h"
#include "cli/headless.h"
#include "cli/world.h"
#include "worker/change/changes.h"

/* Beside those of errors: it was done, and what was hoped for is not to be seen, or a
 * person stopped it; nobody can tell whether it was done. */
enum { EXIT_NOT_HELPED = 1, EXIT_UNKNOWN = 7 };

struct act {
	VEC(const char *) words; /* what to do, and of what */
	const char *config_path;
	const char *confirm; /* the name of the target; NULL */
	const char *code;    /* of who approves; NULL */
	const char *why;     /* NULL: nothing was said */
	bool is_json, is_demo;
	bool is_report; /* show: Markdown */
	bool is_read_only;
	bool waits; /* for somebody to approve it */
	struct cli_world world;
	struct headless headless;
};

/* One verb each, with the worker started or not as it needs: the exit code. */
int act_propose(struct act *a);
int act_approve(struct act *a);
int act_run(struct act *a);
int act_show(struct act *a);
int act_stop(struct act *a);
int act_reject(struct act *a);
int act_forget(struct act *a);

/* The worker with somebody who changes things; headless_fini is due. */
bool act_start(struct act *a, struct err *err) MUST_CHECK;
/* Plans what words[1...] say. NULL with err; the caller's. */
struct plan *act_make_plan(struct act *a, bool *needs_second, struct err *err) MUST_CHECK;
/* Waits for what comes of an order. */
bool act_wait_order(struct act *a, uint64_t id, struct err *err) MUST_CHECK;

/* act_sign.c: somebody else's plan in a file, or "-", is approved with this user's key:
 * prints the code. */
int act_sign(struct act *a, const char *path);

#endif
