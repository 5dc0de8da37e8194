/* `azdeck logs` at a terminal, as a pager: files that grow, are cut back and replaced, odd
 * files, pipes, odd sizes. What a log holds never reaches the terminal as more than
 * text. */
#include "e2e/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit/scratch.h"

static void start(struct pty *p, const char *path)
{
	char *program = program_path("azdeck");

	assert_true(pty_start(p, 24, 80,
			      (const char *const[]){program, "logs", path, NULL}, NULL));
	free(program);
}

static const char *write_lines(const char *name, int n)
{
	struct strbuf text;
	const char *path;

	strbuf_init(&text, (size_t)64 << 20);
	for (int i = 1; i <= n; i++)
		strbuf_printf(&text, "2026-03-11T10:%02d:%02dZ %s order %d\n",
			      i / 60 % 60, i % 60, i % 50 == 0 ? "ERROR" : "INFO", i);
	path = scratch_write(name, strbuf_str(&text), 0600);
	strbuf_fini(&text);
	return path;
}

static void append(const char *path, const char *text)
{
	FILE *file = fopen(path, "a");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_looks_and_finds(void **state)
{
	struct pty *p = *state;

	start(p, write_lines("a.log", 3000));
	assert_true(pty_wait_text(p, "order 3000"));
	assert_true(pty_wait_text(p, "3000/3000"));
	program_press(p, "/order 77" ENTER, "11 hits");
	assert_true(pty_wait_text(p, "779/3000"));
	program_press(p, "N", "778/3000");
	program_press(p, "n", "779/3000");
	program_press(p, "e", "800/3000");
	program_press(p, "LLL", "level>=error");
	assert_true(pty_wait_gone(p, "INFO"));
	program_press_away(p, ESCAPE, "hits");
	program_press_away(p, ESCAPE, "level>=error");
	program_press(p, "T10:05" ENTER, "300/3000");
	program_press(p, ENTER, "level");
	program_press(p, ESCAPE, "300/3000");
	program_press(p, HOME, "1/3000");
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_follows(void **state)
{
	struct pty *p = *state;
	const char *path = write_lines("b.log", 100), *other;

	start(p, path);
	assert_true(pty_wait_text(p, "order 100"));
	append(path, "one more\n");
	assert_true(pty_wait_text(p, "one more"));
	program_press(p, "kk", "99/101");
	append(path, "and two\nand three\n");
	assert_true(pty_wait_text(p, "following paused, 2 new, F to go on"));
	assert_false(pty_has(p, "and three"));
	program_press(p, "F", "and three");
	/* Cut back; replaced, as by rotation; gone. */
	scratch_write("b.log", STR("begun anew\n"), 0600);
	assert_true(pty_wait_text(p, "begun anew"));
	assert_true(pty_wait_gone(p, "order 100"));
	other = scratch_write("c.log", STR("another file\n"), 0600);
	assert_int_equal(rename(other, path), 0);
	assert_true(pty_wait_text(p, "another file"));
	assert_int_equal(unlink(path), 0);
	assert_true(pty_wait_text(p, "the file is gone"));
	assert_true(pty_has(p, "another file"));
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_any_size(void **state)
{
	static const int sizes[][2] = {{1, 1},	{3, 12},   {2, 80},
				       {50, 7}, {60, 200}, {24, 80}};
	struct pty *p = *state;

	start(p, write_lines("d.log", 500));
	assert_true(pty_wait_text(p, "order 500"));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		pty_resize(p, sizes[i][0], sizes[i][1]);
		pty_send(p, "kj");
		pty_wait_quiet(p, 20);
	}
	assert_true(pty_wait_text(p, "order 500"));
	program_press(p, "k", "499/500");
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_odd_files(void **state)
{
	struct pty *p = *state;
	size_t n = (size_t)10 << 20;
	char *line = malloc(n);
	const char *path;

	memset(line, 'x', n);
	memcpy(line + n - 7, "the end", 7);
	path = scratch_write("long.log", (struct str){line, n}, 0600);
	free(line);
	start(p, path);
	assert_true(pty_wait_text(p, "xxxxxxxx"));
	assert_true(pty_wait_text(p, "long line"));
	program_press(p, "/the end" ENTER, "1 hit");
	program_press(p, "S", "xxxx");
	pty_send(p, "q");
	program_ends(p, 0);
}

static void test_empty(void **state)
{
	struct pty *p = *state;
	const char *path = scratch_write("empty.log", STR(""), 0600);

	start(p, path);
	assert_true(pty_wait_text(p, "the file is empty"));
	pty_send(p, "jkG/x" ENTER "nNe\r" PAGE_UP);
	append(path, "at last\n");
	assert_true(pty_wait_text(p, "at last"));
	pty_send(p, "q");
	program_ends(p, 0);
}

/* Bytes of any kind, and what would be obeyed if it got through. */
static void test_hostile(void **state)
{
	struct pty *p = *state;
	struct strbuf text;

	strbuf_init(&text, 1 << 20);
	for (int i = 0; i < 4000; i++)
		strbuf_putc(&text, (char)(i * 37 + i / 7));
	strbuf_puts(&text, "\n\033]0;owned\007\033[2J\033[31mred\033[0m \xc2\x9b"
			   "31m \033]52;c;b3duZWQ=\007 done\n");
	start(p, scratch_write("hostile.log", strbuf_str(&text), 0600));
	strbuf_fini(&text);
	assert_true(pty_wait_text(p, "done"));
	pty_send(p, "kkkS");
	pty_wait_quiet(p, 50);
	pty_send(p, "q");
	program_ends(p, 0);
	assert_null(strstr(p->raw.p, "owned"));
	assert_null(strstr(p->raw.p, "b3duZWQ"));
}

static void test_none(void **state)
{
	struct pty *p = *state;

	start(p, scratch_path("none.log"));
	assert_true(pty_wait_exit(p));
	assert_int_equal(WEXITSTATUS(p->status), 6);
}

/* Lines by standard input, keys from the terminal. */
static void test_pipe(void **state)
{
	struct pty *p = *state;
	char *program = program_path("azdeck"), command[5000];

	snprintf(command, sizeof(command),
		 "(echo one; echo two; read -r key </dev/null; echo three) | '%s' logs",
		 program);
	assert_true(pty_start(p, 24, 80,
			      (const char *const[]){"/bin/sh", "-c", command, NULL},
			      NULL));
	free(program);
	assert_true(pty_wait_text(p, "three"));
	program_press(p, "g", "1/3");
	pty_send(p, "q");
	assert_true(pty_wait_exit(p));
	assert_int_equal(WEXITSTATUS(p->status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROGRAM_TEST(test_looks_and_finds),
		PROGRAM_TEST(test_follows),
		PROGRAM_TEST(test_any_size),
		PROGRAM_TEST(test_odd_files),
		PROGRAM_TEST(test_empty),
		PROGRAM_TEST(test_hostile),
		PROGRAM_TEST(test_none),
		PROGRAM_TEST(test_pipe),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
