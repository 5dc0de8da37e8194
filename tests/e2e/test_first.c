/* From no configuration to a live deck, with the simulator as Azure: signed in with a
 * code, chosen, read, written. And every way not to get there, after which nothing is
 * on the disk. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/run.h"
#include "e2e/program.h"

#define REST "budget-qodex"

static struct strbuf sim_url;
static int sim_pid;

static int set_up_all(void **state)
{
	if (run_setup(state) != 0)
		return -1;
	strbuf_init(&sim_url, 200);
	sim_pid = run_start(RUN_ARGS("sim", "--at", CHECK_AT), &sim_url);
	return 0;
}

static int tear_down_all(void **state)
{
	run_stop(sim_pid);
	strbuf_fini(&sim_url);
	return run_teardown(state);
}

struct home {
	struct pty *pty;
	char dir[64];
	char vars[5][160];
};

static int set_up(void **state)
{
	static const char *const names[] = {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
					    "XDG_DATA_HOME"};
	struct home *h = calloc(1, sizeof(*h));

	program_set_up((void **)&h->pty);
	strcpy(h->dir, "/tmp/azdeck-first-XXXXXX");
	if (!mkdtemp(h->dir))
		return -1;
	for (size_t i = 0; i < 4; i++)
		snprintf(h->vars[i], sizeof(h->vars[i]), "%s=%s", names[i], h->dir);
	snprintf(h->vars[4], sizeof(h->vars[4]), "AZDECK_SIM=%s", sim_url.p);
	*state = h;
	return 0;
}

static int tear_down(void **state)
{
	struct home *h = *state;
	char command[128];

	program_tear_down((void **)&h->pty);
	snprintf(command, sizeof(command), "rm -r %s", h->dir);
	if (system(command) != 0)
		return -1;
	free(h);
	return 0;
}

static void start(struct home *h, bool has_sim)
{
	const char *const env[] = {h->vars[0],
				   h->vars[1],
				   h->vars[2],
				   h->vars[3],
				   has_sim ? h->vars[4] : NULL,
				   NULL};
	char *path = program_path("azdeck");
	const char *const argv[] = {path, "--log", PTY_LOG, NULL};

	pty_stop(h->pty);
	assert_true(pty_start(h->pty, 30, 110, argv, env));
	h->pty->takes_frames = true;
	free(path);
}

static void path_of(const struct home *h, const char *name, char out[160])
{
	snprintf(out, 160, "%s/azdeck/%s", h->dir, name);
}

/* Whatever azdeck would have made. */
static bool is_empty(const struct home *h)
{
	DIR *dir = opendir(h->dir);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n == 2;
}

static char *read_config(const struct home *h)
{
	struct strbuf text;
	struct err err;
	char path[160];

	path_of(h, "config.json", path);
	strbuf_init(&text, 1 << 20);
	if (!file_read(path, &text, &err))
		fail_msg("%s", err.text);
	return strbuf_take(&text);
}

static void go_to_form(struct home *h)
{
	start(h, true);
	assert_true(pty_wait_text(h->pty, "Nothing is written before you say so."));
	program_press(h->pty, DOWN ENTER, "Get a code");
}

static void go_to_lists(struct home *h)
{
	go_to_form(h);
	program_press(h->pty, ENTER, "What to show");
	assert_true(pty_wait_text(h->pty, "Contoso Production"));
}

static void go_to_preview(struct home *h)
{
	go_to_lists(h);
	program_press(h->pty, ENTER, "aks-atlas-prod");
	program_press(h->pty, ENTER, "[x] contoso");
	program_press(h->pty, ENTER, "[x] Atlas");
	program_press(h->pty, ENTER, "enter writes");
}

static void check_modes(const struct home *h)
{
	struct stat st;
	char path[160];

	path_of(h, "config.json", path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	path_of(h, "", path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

/* The same process, and the next one, which is asked for a code over its boards. */
static void test_to_a_live_deck(void **state)
{
	struct home *h = *state;
	char *code, *config;

	go_to_form(h);
	program_press(h->pty, ENTER, "https://microsoft.com/devicelogin");
	code = program_copy(h->pty, "c");
	assert_int_equal(strlen(code), 8);
	assert_true(pty_wait_text(h->pty, "What to show"));
	free(code);
	assert_true(pty_wait_text(h->pty, "Contoso Production"));
	program_press(h->pty, ENTER, "aks-atlas-prod");
	assert_true(pty_has(h->pty, "[ ] aks-test")); /* it is stopped */
	program_press(h->pty, ENTER, "[x] contoso");
	program_press(h->pty, ENTER, "[x] Atlas");
	program_press(h->pty, ENTER, "enter writes");
	assert_true(is_empty(h));
	program_press(h->pty, ENTER, REST);
	assert_true(pty_wait_text(h->pty, "atlas-audit"));
	check_modes(h);
	config = read_config(h);
	assert_non_null(strstr(config, "\"aks-qodex-prod\""));
	assert_non_null(strstr(config, "\"organization\": \"contoso\""));
	assert_null(strstr(config, "\"subscriptions\": [\n"));
	free(config);
	program_press(h->pty, ":board k8s-nodes" ENTER, "aks-atlas-prod");
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
	start(h, false);
	assert_true(pty_wait_text(h->pty, "Sign in as me"));
	assert_true(pty_wait_text(h->pty, "https://microsoft.com/devicelogin"));
	assert_true(pty_wait_gone(h->pty, "Sign in as me"));
	assert_true(pty_wait_text(h->pty, REST));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

static void test_some_subscriptions(void **state)
{
	struct home *h = *state;
	char *config;

	go_to_lists(h);
	program_press(h->pty, " ", "Subscriptions 2/3");
	/* In one write: what is marked is what the filter leaves, drawn or not. */
	program_press(h->pty, "/shared" ENTER " ", "Subscriptions 1/3");
	program_press_away(h->pty, ESCAPE, "/shared");
	program_press(h->pty, ENTER, "aks-atlas-prod");
	assert_false(pty_has(h->pty, "aks-test")); /* of one that was left out */
	program_press(h->pty, "a", "Clusters 0/2");
	program_press(h->pty, ENTER, "[x] contoso");
	program_press(h->pty, " ", "DevOps 0/1");
	program_press(h->pty, ENTER, "enter writes");
	program_press(h->pty, ENTER, "written; an edit");
	config = read_config(h);
	assert_non_null(strstr(config, "\"subscriptions\": [\n"));
	assert_null(strstr(config, "{\"name\": \"contoso\""));
	free(config);
	program_press(h->pty, ":board subscriptions" ENTER, "1/1");
	assert_false(pty_has(h->pty, "Contoso Shared"));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

static void test_refused(void **state)
{
	static const struct {
		const char *tenant, *says;
	} cases[] = {{"declined.example", "declined in the browser"},
		     {"expired.example", "the code expired"},
		     {"blocked.example", "Conditional Access"},
		     {"missing.example", "check the tenant"}};
	struct home *h = *state;

	go_to_form(h);
	pty_send(h->pty, DOWN DOWN);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char keys[100];

		snprintf(keys, sizeof(keys), ENTER CTRL_U "%s" ENTER, cases[i].tenant);
		program_press(h->pty, keys, cases[i].tenant);
		program_press(h->pty, UP UP ENTER, "did not come about");
		assert_true(pty_wait_text(h->pty, cases[i].says));
		program_press(h->pty, ESCAPE, "Get a code");
		pty_send(h->pty, DOWN DOWN);
	}
	/* Another try, with the person's own tenant. */
	program_press(h->pty, ENTER CTRL_U ENTER, "your own");
	program_press(h->pty, UP UP ENTER, "What to show");
	assert_true(is_empty(h));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
	assert_true(is_empty(h));
}

static void test_demo(void **state)
{
	struct home *h = *state;

	start(h, false);
	program_press(h->pty, ":board sql" ENTER, "comes once there is a configuration");
	program_press(h->pty, ENTER, "DEMO");
	assert_true(pty_wait_text(h->pty, REST));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
	assert_true(is_empty(h));
}

static void test_sample(void **state)
{
	struct home *h = *state;
	char *config, path[160];
	struct err err;

	start(h, false);
	program_press(h->pty, END ENTER, "A sample");
	assert_true(pty_has(h->pty, "enter writes"));
	assert_true(is_empty(h));
	program_press(h->pty, ENTER, "The sample is written");
	check_modes(h);
	config = read_config(h);
	assert_non_null(strstr(config, "// {\"name\": \"azure\""));
	free(config);
	/* It is edited; the deck takes the page's place. */
	path_of(h, "config.json", path);
	assert_true(file_write(path, STR("{\"connections\": []}"), &err));
	assert_true(pty_wait_gone(h->pty, "The sample is written"));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

static void test_left(void **state)
{
	static const struct {
		void (*go)(struct home *h);
		const char *key;
	} cases[] = {{go_to_form, "q"}, {go_to_lists, CTRL_C}, {go_to_preview, "q"}};
	struct home *h = *state;

	start(h, true);
	assert_true(pty_wait_text(h->pty, "First run"));
	pty_send(h->pty, CTRL_C);
	program_ends(h->pty, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cases[i].go(h);
		pty_send(h->pty, cases[i].key);
		program_ends(h->pty, 0);
		assert_true(is_empty(h));
	}
	go_to_form(h);
	program_press(h->pty, ENTER, "Enter this code");
	pty_send(h->pty, CTRL_C);
	program_ends(h->pty, 0);
	assert_true(is_empty(h));
}

/* Where there is no room for it; then there is. */
static void test_not_written(void **state)
{
	struct home *h = *state;
	char path[160];

	snprintf(path, sizeof(path), "%s/azdeck", h->dir);
	assert_int_equal(symlink("nowhere", path), 0);
	start(h, false);
	program_press(h->pty, END ENTER, "enter writes");
	program_press(h->pty, ENTER, "Not written: cannot");
	assert_int_equal(unlink(path), 0);
	program_press(h->pty, ENTER, "The sample is written");
	check_modes(h);
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

/* In another terminal, with an editor. */
static void test_written_by_another(void **state)
{
	struct home *h = *state;
	char path[160];
	struct err err;

	start(h, false);
	assert_true(pty_wait_text(h->pty, "First run"));
	snprintf(path, sizeof(path), "%s/azdeck", h->dir);
	assert_int_equal(mkdir(path, 0700), 0);
	path_of(h, "config.json", path);
	assert_true(file_write(path, STR("{\"connections\": []}"), &err));
	assert_true(pty_wait_gone(h->pty, "First run"));
	pty_send(h->pty, "q");
	program_ends(h->pty, 0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_to_a_live_deck), TEST(test_some_subscriptions),
		TEST(test_refused),	   TEST(test_demo),
		TEST(test_sample),	   TEST(test_left),
		TEST(test_not_written),	   TEST(test_written_by_another),
	};

	return cmocka_run_group_tests_name("first", tests, set_up_all, tear_down_all);
}
