/* See program.h. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <sodium.h>

#include "base/xalloc.h"

/* The row of each pane that is always there: the estate is the same for a seed. */
static const char *const always[] = {"budget-qodex", "atlas-audit", "fog-qodex",
				     "unmet demand"};

enum { SETTLED_MS = 150, ARGS_MAX = 16 };

int program_set_up(void **state)
{
	struct pty *p = xcalloc(1, sizeof(*p));

	p->fd = p->slave = p->log = -1;
	*state = p;
	return 0;
}

int program_tear_down(void **state)
{
	pty_stop(*state);
	free(*state);
	return 0;
}

char *program_path(const char *name)
{
	const char *dir = getenv("AZ_BUILDDIR");
	struct strbuf path;

	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/%s", dir ? dir : ".", name);
	return strbuf_take(&path);
}

void program_begin(struct pty *p, int rows, int cols, const char *const more[],
		   const char *const env[])
{
	char *path = program_path("azdeck");
	const char *argv[ARGS_MAX] = {path,	 "--demo", "--at",  CHECK_AT,
				      "--speed", "0.0001", "--log", PTY_LOG};
	size_t n = 8;

	for (size_t i = 0; more && more[i]; i++) {
		assert_true(n + 1 < ARGS_MAX);
		argv[n++] = more[i];
	}
	assert_true(pty_start(p, rows, cols, argv, env));
	p->takes_frames = true;
	free(path);
}

static size_t count_begun(struct pty *p)
{
	return pty_count_logged(p, " asking\n") + pty_count_logged(p, " is to derive\n") +
	       pty_count_logged(p, " tells news\n");
}

/* Each board says that it asks, and that it rests before and after it is published;
 * the worker that it will work out a board, and that it does, and how many boards it
 * told of; the deck how many of them it has drawn. The log grows while it is counted:
 * what was begun meanwhile is not over. */
static bool is_fetched(struct pty *p, const void *ctx)
{
	size_t begun = count_begun(p), asked = pty_count_logged(p, " asking\n");
	char shown[60];

	(void)ctx;
	snprintf(shown, sizeof(shown), " shows news %zu\n",
		 pty_count_logged(p, " tells news\n"));
	return asked > 0 && pty_count_logged(p, " resting\n") >= 2 * asked &&
	       pty_count_logged(p, " is to derive\n") ==
		       pty_count_logged(p, " derives\n") &&
	       pty_count_logged(p, shown) > 0 && count_begun(p) == begun;
}

void program_wait_live(struct pty *p)
{
	for (size_t i = 0; i < sizeof(always) / sizeof(*always); i++)
		assert_true(pty_wait_text(p, always[i]));
	/* A board that came while another was worked out of it is worked in a moment
	 * later, and all of them rest in between. */
	do {
		assert_true(pty_wait(p, is_fetched, NULL, "not all boards were fetched"));
		pty_wait_quiet(p, SETTLED_MS);
	} while (!is_fetched(p, NULL));
}

void program_start_live(struct pty *p)
{
	program_begin(p, 40, 120, NULL, NULL);
	program_wait_live(p);
}

void program_start_table(struct pty *p)
{
	program_start_live(p);
	program_press(p, ":board sql" ENTER, "SQL databases");
	program_press_to(p, HOME, 1);
}

void program_press(struct pty *p, const char *keys, const char *brings)
{
	pty_send(p, keys);
	assert_true(pty_wait_text(p, brings));
}

void program_press_away(struct pty *p, const char *keys, const char *removes)
{
	pty_send(p, keys);
	assert_true(pty_wait_gone(p, removes));
}

/* Reads backwards: the last word of the screen. */
bool program_position(struct pty *p, int *at, int *of)
{
	struct strbuf text;
	struct str all;
	const char *space;
	bool ok;

	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	all = str_trim(strbuf_str(&text));
	strbuf_cut(&text, (size_t)(all.p + all.n - text.p));
	space = strrchr(text.p, ' ');
	ok = space && sscanf(space, " %d/%d", at, of) == 2;
	strbuf_fini(&text);
	return ok;
}

static bool is_at(struct pty *p, const void *ctx)
{
	const int *want = ctx;
	int at, of;

	return program_position(p, &at, &of) && at == *want;
}

void program_press_to(struct pty *p, const char *keys, int at)
{
	char what[60];

	snprintf(what, sizeof(what), "never at row %d", at);
	pty_send(p, keys);
	assert_true(pty_wait(p, is_at, &at, what));
}

static bool is_away(struct pty *p, const void *ctx)
{
	const int *from = ctx;
	int at, of;

	return program_position(p, &at, &of) && at != *from;
}

int program_press_moves(struct pty *p, const char *keys)
{
	int at, of;

	assert_true(program_position(p, &at, &of));
	pty_send(p, keys);
	assert_true(pty_wait(p, is_away, &at, "it never moved"));
	assert_true(program_position(p, &at, &of));
	return at;
}

/* The base64 of the last complete OSC 52 behind the bytes that are old. */
static struct str copied(const struct pty *p, size_t old)
{
	struct str rest = {p->raw.p + old, p->raw.n - old};
	ptrdiff_t at = str_find(rest, STR("\033]52;c;")), end;

	if (at < 0)
		return (struct str){0};
	rest = str_sub(rest, (size_t)at + 7, rest.n);
	end = str_find(rest, STR("\033\\"));
	return end < 0 ? (struct str){0} : str_sub(rest, 0, (size_t)end);
}

static bool has_copied(struct pty *p, const void *old)
{
	return copied(p, *(const size_t *)old).p != NULL;
}

char *program_copy(struct pty *p, const char *keys)
{
	size_t old = p->raw.n, n = 0;
	struct str base64;
	char *text;

	pty_send(p, keys);
	assert_true(pty_wait(p, has_copied, &old, "nothing was copied"));
	base64 = copied(p, old);
	text = xcalloc(base64.n + 1, 1);
	assert_int_equal(sodium_base642bin((unsigned char *)text, base64.n, base64.p,
					   base64.n, NULL, &n, NULL,
					   sodium_base64_VARIANT_ORIGINAL),
			 0);
	return text;
}

char *program_screen(struct pty *p)
{
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	return strbuf_take(&text);
}

static bool is_screen(struct pty *p, const void *want)
{
	char *text = program_screen(p);
	bool is_same = strcmp(text, want) == 0;

	free(text);
	return is_same;
}

/* The lines it should have had. */
static void print_missing(struct pty *p, const char *text)
{
	char *now = program_screen(p);
	struct str want = str_from(text), is = str_from(now), a, b;

	while (str_next(&want, '\n', &a)) {
		if (!str_next(&is, '\n', &b) || !str_eq(a, b))
			printf("# not |%.*s\n", STR_ARG(a));
	}
	free(now);
}

void program_wait_screen(struct pty *p, const char *text)
{
	bool is_so = pty_wait(p, is_screen, text, "it is not the screen it was");

	if (!is_so)
		print_missing(p, text);
	assert_true(is_so);
}

static void check_end(struct pty *p, bool is_right)
{
	if (!is_right) {
		printf("# wait status %#x\n", (unsigned)p->status);
		pty_print(p, "it ended otherwise");
	}
	assert_true(is_right);
	assert_true(pty_is_restored(p));
}

void program_ends(struct pty *p, int code)
{
	assert_true(pty_wait_exit(p));
	check_end(p, WIFEXITED(p->status) && WEXITSTATUS(p->status) == code);
}

void program_dies(struct pty *p, int signal)
{
	assert_true(pty_wait_exit(p));
	check_end(p, WIFSIGNALED(p->status) && WTERMSIG(p->status) == signal);
}
