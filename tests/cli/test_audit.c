/* `azdeck audit` as scripts run it: on a log that was written here, sound and tampered
 * with, with the keys and codes it prints itself. Thread: the test's. */
#include "unit/audit_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "act/audit_log.h"
#include "act/checkpoint.h"
#include "base/file.h"
#include "cli/run.h"
#include "unit/scratch.h"

static struct signer signer;
static char key[128];

static int begin(void **state)
{
	struct strbuf text;

	signer = fixture_signer(1);
	strbuf_init(&text, sizeof(key) - 1);
	sign_key_format(&text, &signer.key);
	memcpy(key, text.p, text.n + 1);
	strbuf_fini(&text);
	return run_setup(state) || scratch_make(state);
}

static int end(void **state)
{
	signer_fini(&signer);
	return run_teardown(state) || scratch_drop(state);
}

/* Four entries; the path is the caller's until the eighth call after. */
static const char *make_log(const char *name)
{
	const char *path = scratch_path(name);
	struct audit_author author = {.signer = &signer, .by = STR("ana@contoso.com")};
	struct clock clock;
	struct audit_log log;
	struct err err;

	clock_init_manual(&clock, FIXTURE_AT_MS);
	author.clock = &clock;
	assert_true(audit_log_open(&log, path, &author, &err));
	for (int i = 0; i < 3; i++) {
		cJSON *about = cJSON_CreateObject();

		cJSON_AddStringToObject(about, "target", i ? "sql-atlas" : "sql-qodex");
		cJSON_AddNumberToObject(about, "capacity", 2 * i);
		clock_advance(&clock, 3600 * 1000);
		assert_true(audit_log_append(&log, i == 2 ? AUDIT_RESULT : AUDIT_PLAN,
					     about, &err));
		cJSON_Delete(about);
	}
	audit_log_close(&log);
	return path;
}

static void expect(const char *const *args, int code, const char *says)
{
	struct run r = {.args = args};

	/* What is not sound is an answer, not an error. */
	if (code == 1) {
		run_now(&r);
		assert_int_equal(r.code, 1);
		assert_string_equal(r.err.p, "");
	} else {
		run_expect(&r, code);
	}
	if (!strstr(code > 1 ? r.err.p : r.out.p, says))
		fail_msg("want \"%s\", got %s%s", says, r.out.p, r.err.p);
	run_fini(&r);
}

static void take(const char *const *args, struct strbuf *out)
{
	struct run r = {.args = args};

	run_expect(&r, 0);
	strbuf_reset(out);
	strbuf_put(out, str_trim(strbuf_str(&r.out)));
	run_fini(&r);
}

static void a_sound_log(void **state)
{
	const char *path = make_log("sound.log");
	struct strbuf code, again;

	(void)state;
	strbuf_init(&code, 4096);
	strbuf_init(&again, 4096);
	expect(RUN_ARGS("audit", "verify", "--key", key, path), 0,
	       "sound: 4 entries, 2026-03-11T11:20:30Z to 2026-03-11T13:20:30Z\n");
	expect(RUN_ARGS("audit", "verify", "--each", "--key", key, "-o", "json", path), 0,
	       "\"sound\":true,\"lines\":4,\"soundEntries\":4,\"signaturesChecked\":4");
	take(RUN_ARGS("audit", "checkpoint", "--key", key, path), &code);
	assert_int_equal(code.n, 35);
	expect(RUN_ARGS("audit", "verify", "--key", key, "--checkpoint", code.p, path), 0,
	       "checkpoint: the log begins with its 4 entries\n");
	take(RUN_ARGS("audit", "checkpoint", "--key", key, "-o", "json", path), &again);
	assert_non_null(strstr(again.p, code.p));
	assert_non_null(strstr(again.p, "\"entries\":4"));
	strbuf_fini(&code);
	strbuf_fini(&again);
}

static void what_is_shown(void **state)
{
	const char *path = make_log("shown.log");
	struct run r = {.args = RUN_ARGS("audit", "show", "-o", "json", path)};
	const cJSON *entries;
	cJSON *root;

	(void)state;
	expect(RUN_ARGS("audit", "show", path), 0,
	       "     2  2026-03-11T11:20:30Z plan      ana@contoso.com  target=sql-qodex "
	       " "
	       "capacity=0\n");
	expect(RUN_ARGS("audit", "show", "--kind", "result", path), 0,
	       "     4  2026-03-11T13:20:30Z result    ana@contoso.com  target=sql-atlas "
	       " "
	       "capacity=4\n");
	expect(RUN_ARGS("audit", "show", "--since", "2026-03-11 12:00", "--kind", "plan",
			path),
	       0, "     3  2026-03-11T12:20:30Z plan");
	run_expect(&r, 0);
	root = cJSON_Parse(r.out.p);
	assert_non_null(root);
	assert_string_equal(cJSON_GetObjectItem(root, "schema")->valuestring,
			    "azdeck.audit/1");
	entries = cJSON_GetObjectItem(root, "entries");
	assert_int_equal(cJSON_GetArraySize(entries), 4);
	for (int i = 0; i < 4; i++) {
		const cJSON *one = cJSON_GetArrayItem(entries, i);

		assert_true(cJSON_IsTrue(cJSON_GetObjectItem(one, "follows")));
		assert_true(cJSON_GetObjectItem(cJSON_GetObjectItem(one, "entry"), "n")
				    ->valuedouble == i + 1);
	}
	cJSON_Delete(root);
	run_fini(&r);
}

static void what_is_not_sound(void **state)
{
	const char *path = make_log("bad.log"), *head = scratch_path("bad.head");
	struct strbuf text, code;
	struct err err;
	ptrdiff_t at;

	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_init(&code, 128);
	take(RUN_ARGS("audit", "checkpoint", "--key", key, path), &code);
	assert_true(file_read(path, &text, &err));
	at = str_find(strbuf_str(&text), STR("sql-qodex"));
	assert_true(at > 0);
	text.p[at + 4] = 'Q';
	assert_true(file_write(path, strbuf_str(&text), &err));
	expect(RUN_ARGS("audit", "verify", "--key", key, path), 1,
	       "line 2, entry 2: edited: it is not what was signed\n"
	       "sound: 1 to 1 (from line 1), 3 to 4 (from line 3)\n");
	expect(RUN_ARGS("audit", "verify", "--key", key, "-o", "json", path), 1,
	       "\"firstBad\":{\"line\":2,\"entry\":2,\"due\":2,\"what\":\"edited\"}");
	expect(RUN_ARGS("audit", "verify", "--key", key, "--checkpoint", code.p, path), 1,
	       "checkpoint: other: it was made of other entries than these (it was made");
	expect(RUN_ARGS("audit", "show", path), 1,
	       "     3! 2026-03-11T12:20:30Z plan      ana@contoso.com  target=sql-atlas "
	       " "
	       "capacity=2\n");
	expect(RUN_ARGS("audit", "checkpoint", "--key", key, path), 5,
	       "is not sound, so nobody should vouch for it");
	text.p[at + 4] = 'q';
	strbuf_puts(&text, "what is this?\n");
	assert_true(file_write(path, strbuf_str(&text), &err));
	expect(RUN_ARGS("audit", "show", path), 1, "     !  line 5 is no entry\n");
	/* The last line goes: only the head knows. */
	strbuf_cut(&text, text.n - 14);
	at = str_find(strbuf_str(&text), STR("{\"n\":4"));
	strbuf_cut(&text, (size_t)at);
	assert_true(file_write(path, strbuf_str(&text), &err));
	expect(RUN_ARGS("audit", "verify", "--key", key, path), 1,
	       "head: truncated: entries are missing at the end (it speaks of 4 entries, "
	       "there are 3)\n");
	assert_int_equal(unlink(head), 0);
	expect(RUN_ARGS("audit", "verify", "--key", key, path), 1, "head: head-missing");
	strbuf_fini(&text);
	strbuf_fini(&code);
}

/* The key is made once; without a log there is nothing to show. */
static void ones_own(void **state)
{
	struct strbuf mine, again;
	const char *path = make_log("others.log");

	(void)state;
	strbuf_init(&mine, 4096);
	strbuf_init(&again, 4096);
	expect(RUN_ARGS("audit", "verify", path), 6, "name the writer's with --key");
	take(RUN_ARGS("audit", "key"), &mine);
	assert_int_equal(mine.n, 60);
	take(RUN_ARGS("audit", "key"), &again);
	assert_string_equal(mine.p, again.p);
	take(RUN_ARGS("audit", "key", "-o", "json"), &again);
	assert_non_null(strstr(again.p, mine.p));
	expect(RUN_ARGS("audit", "show"), 6, "the first action begins it");
	expect(RUN_ARGS("audit", "verify"), 6, "the first action begins it");
	/* Written by somebody else. */
	expect(RUN_ARGS("audit", "verify", path), 1, "line 1, entry 1: unknown-key");
	expect(RUN_ARGS("audit", "verify", "--key", mine.p, "--key", key, path), 0,
	       "sound: 4");
	expect(RUN_ARGS("audit", "verify", scratch_path("nowhere.log")), 6,
	       "nowhere.log");
	strbuf_fini(&mine);
	strbuf_fini(&again);
}

static void refusals(void **state)
{
	static const struct {
		const char *name;
		const char *args[6];
		const char *says;
	} cases[] = {
		{"nothing to do", {"audit"}, "show, verify, checkpoint or key"},
		{"mistyped", {"audit", "verifz"}, "did you mean \"verify\"?"},
		{"a word too many", {"audit", "show", "a", "b"}, "one word too many"},
		{"a kind", {"audit", "show", "--kind", "pln"}, "did you mean \"plan\"?"},
		{"no kind",
		 {"audit", "show", "--kind", "xxxxxxx"},
		 "azdeck(1) lists them"},
		{"a format", {"audit", "show", "-o", "csv"}, "\"csv\""},
		{"a time", {"audit", "show", "--since", "soon"}, "not \"soon\""},
		{"a key", {"audit", "verify", "--key", "azk1"}, "no public key"},
		{"a code", {"audit", "verify", "--checkpoint", "00001"}, "no checkpoint"},
		{"not for show", {"audit", "show", "--each"}, "show takes no --each"},
		{"not for key", {"audit", "key", "f"}, "takes no file"},
		{"an option", {"audit", "--all"}, "--all"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		print_message("# %s\n", cases[i].name);
		expect(cases[i].args, 2, cases[i].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_log),	     cmocka_unit_test(what_is_shown),
		cmocka_unit_test(what_is_not_sound), cmocka_unit_test(ones_own),
		cmocka_unit_test(refusals),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
