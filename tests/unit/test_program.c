/* Other programs, run for real: what they print, how they end, and that nothing of
 * them stays. */
#include "unit/check.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/xalloc.h"
#include "net/program.h"
#include "unit/scratch.h"

struct run {
	struct clock clock;
	struct loop *loop;
	int n;
	int exit_code;
	char out[200], errs[200];
	struct err err;
};

static int setup(void **state)
{
	struct run *r = xcalloc(1, sizeof(*r));
	struct err err;

	clock_init_real(&r->clock);
	r->loop = loop_new(&r->clock, &err);
	*state = r;
	return r->loop && secret_setup() ? 0 : -1;
}

static int teardown(void **state)
{
	struct run *r = *state;

	loop_free(r->loop);
	free(r);
	return 0;
}

static void ended(struct program_result *result, void *ctx)
{
	struct run *r = ctx;

	r->n++;
	r->exit_code = result->exit_code;
	r->err = result->err;
	snprintf(r->out, sizeof(r->out), "%s", result->out.p);
	snprintf(r->errs, sizeof(r->errs), "%s", result->errs.p);
}

static struct program *start(struct run *r, const char *script, int64_t deadline_ms)
{
	const char *argv[] = {"sh",  "-c",	script, "argument zero",
			      "a b", "$HOME;*", NULL};

	return program_start(r->loop,
			     &(struct program_spec){.argv = argv,
						    .deadline_ms = deadline_ms,
						    .max_bytes = 100},
			     ended, r);
}

static void wait_for_end(struct run *r)
{
	for (int i = 0; i < 400 && !r->n; i++)
		loop_turn(r->loop, 25);
	assert_int_equal(r->n, 1);
}

static void test_what_it_prints(void **state)
{
	static const struct {
		const char *name, *script;
		int exit_code;
		const char *out, *errs;
		enum err_code code;
	} rows[] = {
		{"both, and its arguments as they are",
		 "printf '%s|%s' \"$1\" \"$2\"; printf oops >&2", 0, "a b|$HOME;*",
		 "oops", ERR_NONE},
		{"nothing", ":", 0, "", "", ERR_NONE},
		{"a failure", "echo no >&2; exit 3", 3, "", "no\n", ERR_NONE},
		{"a signal", "kill -TERM $$", 128 + SIGTERM, "", "", ERR_NONE},
		{"no input to wait for", "cat; echo done", 0, "done\n", "", ERR_NONE},
		{"the pipe is closed before the end", "exec >&-; echo late >&2", 0, "",
		 "late\n", ERR_NONE},
	};
	struct run *r = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		r->n = 0;
		start(r, rows[i].script, 10000);
		assert_int_equal(r->n, 0); /* never within the call */
		wait_for_end(r);
		check_case(rows[i].name, r->err.code == rows[i].code);
		check_case(rows[i].name, r->exit_code == rows[i].exit_code);
		check_text(rows[i].name, str_from(r->out), rows[i].out);
		check_text(rows[i].name, str_from(r->errs), rows[i].errs);
	}
}

static void test_too_much(void **state)
{
	struct run *r = *state;

	start(r, "while :; do echo 0123456789; done", 10000);
	wait_for_end(r);
	assert_int_equal(r->err.code, ERR_TOO_LARGE);
	assert_string_equal(r->err.text, "it prints more than 100 bytes");
	assert_int_equal(r->exit_code, 128 + SIGKILL);
}

static void test_not_there(void **state)
{
	const char *argv[] = {"azdeck-no-such-program", NULL};
	struct run *r = *state;
	struct program_spec spec = {.argv = argv, .deadline_ms = 1000, .max_bytes = 10};

	program_start(r->loop, &spec, ended, r);
	wait_for_end(r);
	assert_int_equal(r->err.code, ERR_NOT_FOUND);
	assert_string_equal(r->err.text, "azdeck-no-such-program is not on the PATH");
	/* Stopped before it could be told. */
	r->n = 0;
	program_stop(program_start(r->loop, &spec, ended, r));
	loop_turn(r->loop, 1);
	assert_int_equal(r->n, 0);
}

/* Whether the process that a script wrote down is gone. */
static bool is_gone(const char *path)
{
	struct strbuf text;
	struct err err;
	int64_t pid = 0;
	bool ok;

	strbuf_init(&text, 100);
	ok = file_read(path, &text, &err) &&
	     str_to_i64(str_trim(strbuf_str(&text)), &pid);
	strbuf_fini(&text);
	assert_true(ok && pid > 1);
	return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static void wait_for_file(struct run *r, const char *path)
{
	for (int i = 0; i < 400 && access(path, R_OK) != 0; i++)
		loop_turn(r->loop, 5);
	loop_turn(r->loop, 20);
}

/* A script that leaves the work to a child: that ends with it. */
static const char *child_script(const char *path)
{
	static char script[400];

	snprintf(script, sizeof(script),
		 "sh -c 'echo $$ >%s.new; mv %s.new %s; exec cat' </dev/zero >/dev/null "
		 "& wait",
		 path, path, path);
	return script;
}

static void test_too_long(void **state)
{
	struct run *r = *state;
	char path[200];

	snprintf(path, sizeof(path), "%s", scratch_path("pid-long"));
	start(r, child_script(path), 300);
	wait_for_end(r);
	assert_int_equal(r->err.code, ERR_TIMEOUT);
	for (int i = 0; i < 400 && !is_gone(path); i++)
		loop_turn(r->loop, 5);
	assert_true(is_gone(path));
}

static void test_stopped(void **state)
{
	struct run *r = *state;
	struct program *p;
	char path[200];

	snprintf(path, sizeof(path), "%s", scratch_path("pid-stopped"));
	p = start(r, child_script(path), 60000);
	wait_for_file(r, path);
	program_stop(p);
	for (int i = 0; i < 400 && !is_gone(path); i++)
		loop_turn(r->loop, 5);
	assert_true(is_gone(path));
	assert_int_equal(r->n, 0);
}

/* The loop ends right after: the process is still waited for. */
static void test_stopped_at_the_end(void **state)
{
	struct run *r = *state;

	program_stop(start(r, "cat </dev/zero >/dev/null", 60000));
	assert_int_equal(r->n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_it_prints, setup, teardown),
		cmocka_unit_test_setup_teardown(test_too_much, setup, teardown),
		cmocka_unit_test_setup_teardown(test_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(test_too_long, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stopped, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stopped_at_the_end, setup, teardown),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
