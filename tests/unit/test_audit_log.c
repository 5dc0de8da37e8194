/* The log on disk: entries are there when an append has returned, whoever else writes;
 * what a crash left is put right and told; what somebody did to it is refused. */
#include "unit/audit_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act/audit_check.h"
#include "act/audit_files.h"
#include "act/audit_log.h"
#include "base/file.h"
#include "unit/scratch.h"

struct desk {
	struct signer signer;
	struct clock clock;
	struct audit_log log;
	char path[1024], head[1024];
};

static struct audit_author author_of(const struct desk *d)
{
	return (struct audit_author){.signer = &d->signer,
				     .clock = &d->clock,
				     .by = STR("ana@contoso.com"),
				     .host = STR("bastion-1")};
}

static void reopen(struct desk *d)
{
	struct audit_author author = author_of(d);
	struct err err;

	if (!audit_log_open(&d->log, d->path, &author, &err))
		fail_msg("%s", err.text);
}

static void begin(struct desk *d, const char *name)
{
	*d = (struct desk){.signer = fixture_signer(1)};
	clock_init_manual(&d->clock, FIXTURE_AT_MS);
	snprintf(d->path, sizeof(d->path), "%s/deep/audit.log", scratch_path(name));
	snprintf(d->head, sizeof(d->head), "%s/deep/audit.head", scratch_path(name));
	reopen(d);
}

static void end(struct desk *d)
{
	audit_log_close(&d->log);
	signer_fini(&d->signer);
}

static bool append(struct desk *d, const char *target, struct err *err)
{
	cJSON *about = cJSON_CreateObject();
	bool ok;

	cJSON_AddStringToObject(about, "target", target);
	clock_advance(&d->clock, 1000);
	ok = audit_log_append(&d->log, AUDIT_PLAN, about, err);
	cJSON_Delete(about);
	return ok;
}

static void must_append(struct desk *d, const char *target)
{
	struct err err;

	if (!append(d, target, &err))
		fail_msg("%s: %s", target, err.text);
}

/* Sound, with so many entries; the log's text. */
static void check_sound(const struct desk *d, size_t entries, struct strbuf *text)
{
	const struct audit_how how = {.keys = {&d->signer.key, 1}, .is_each = true};
	struct audit_report r;
	struct audit_files f;
	struct err err;

	assert_true(audit_files_read(&f, d->path, &err));
	audit_check(strbuf_str(&f.log), audit_files_head(&f), &how, &r);
	if (!audit_report_is_sound(&r))
		fail_msg("line %zu: %s, head: %s", r.line, audit_fault_name(r.entry),
			 audit_fault_name(r.head));
	assert_int_equal(r.n_sound, entries);
	audit_report_fini(&r);
	strbuf_reset(text);
	strbuf_put(text, strbuf_str(&f.log));
	audit_files_fini(&f);
}

static bool holds(const struct strbuf *text, const char *what)
{
	return str_find(strbuf_str(text), str_from(what)) >= 0;
}

static void read_text(const char *path, struct strbuf *text)
{
	struct err err;

	strbuf_reset(text);
	assert_true(file_read(path, text, &err));
}

static void write_text(const char *path, struct str text)
{
	struct err err;

	assert_true(file_write(path, text, &err));
}

static void entries_stay(void **state)
{
	struct strbuf text;
	struct stat st;
	struct desk d;

	(void)state;
	strbuf_init(&text, 1 << 20);
	begin(&d, "stay");
	/* Nothing was asked for, so nothing is there. */
	assert_int_not_equal(access(scratch_path("stay"), F_OK), 0);
	must_append(&d, "sql-atlas");
	assert_int_equal(audit_log_size(&d.log), 2);
	must_append(&d, "sql-qodex");
	assert_int_equal(stat(d.path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	audit_log_close(&d.log);
	reopen(&d);
	assert_int_equal(audit_log_size(&d.log), 3);
	must_append(&d, "aks-atlas");
	check_sound(&d, 4, &text);
	assert_true(holds(&text, "\"kind\":\"begun\",\"by\":\"ana@contoso.com\",\"host\":"
				 "\"bastion-1\""));
	assert_true(holds(&text, "\"public_key\":\"azk1"));
	assert_true(holds(&text, "\"at\":\"2026-03-11T10:20:33.000Z\""));
	assert_true(holds(&text, "\"about\":{\"target\":\"aks-atlas\"}"));
	end(&d);
	strbuf_fini(&text);
}

/* Their order is that of the log, whatever the clock was set to meanwhile. */
static void clock_is_set_back(void **state)
{
	struct strbuf text;
	struct desk d;

	(void)state;
	strbuf_init(&text, 1 << 20);
	begin(&d, "clock");
	must_append(&d, "before");
	d.clock.wall_ms -= 3600000;
	must_append(&d, "after");
	audit_log_close(&d.log);
	reopen(&d);
	must_append(&d, "later");
	check_sound(&d, 4, &text);
	assert_true(str_find(strbuf_str(&text), STR("before")) <
		    str_find(strbuf_str(&text), STR("after")));
	assert_true(holds(&text, "\"at\":\"2026-03-11T09:20:32.000Z\""));
	end(&d);
	strbuf_fini(&text);
}

/* Two that have it open at once see each other's entries. */
static void two_take_turns(void **state)
{
	struct desk a, b;
	struct strbuf text;

	(void)state;
	strbuf_init(&text, 1 << 20);
	begin(&a, "turns");
	begin(&b, "turns");
	must_append(&a, "a1");
	must_append(&b, "b1");
	must_append(&b, "b2");
	must_append(&a, "a2");
	assert_int_equal(audit_log_size(&a.log), 5);
	assert_int_equal(audit_log_size(&b.log), 4);
	check_sound(&a, 5, &text);
	end(&a);
	end(&b);
	strbuf_fini(&text);
}

static void many_at_once(void **state)
{
	enum { MANY = 5, EACH = 12 };
	struct strbuf text;
	struct desk d;

	(void)state;
	strbuf_init(&text, 1 << 20);
	for (int i = 0; i < MANY; i++) {
		if (fork() == 0) {
			struct err err;
			bool ok = true;

			begin(&d, "many");
			for (int j = 0; ok && j < EACH; j++) {
				char target[32];

				snprintf(target, sizeof(target), "p%d-%d.", i, j);
				ok = append(&d, target, &err);
			}
			_exit(ok ? 0 : 1);
		}
	}
	for (int i = 0; i < MANY; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	begin(&d, "many");
	check_sound(&d, 1 + MANY * EACH, &text);
	for (int i = 0; i < MANY * EACH; i++) {
		char target[32];

		snprintf(target, sizeof(target), "\"p%d-%d.\"", i / EACH, i % EACH);
		check_case(target, holds(&text, target));
	}
	end(&d);
	strbuf_fini(&text);
}

/* What a crash in the middle of a line leaves. */
static void a_torn_line(void **state)
{
	static const char rest[] = "{\"n\":4,\"at\":\"2026-03-11T10:2";
	struct strbuf text;
	struct desk d;
	int fd;

	(void)state;
	strbuf_init(&text, 1 << 20);
	begin(&d, "torn");
	must_append(&d, "a");
	must_append(&d, "b");
	fd = open(d.path, O_WRONLY | O_APPEND);
	assert_int_equal(write(fd, rest, sizeof(rest) - 1), sizeof(rest) - 1);
	close(fd);
	must_append(&d, "c");
	check_sound(&d, 5, &text);
	assert_true(holds(&text, "\"kind\":\"recovered\""));
	assert_true(holds(&text, "\"cut_bytes\":28,\"cut_sha256\":\""));
	assert_true(holds(&text, "\"cut_begins\":\"{\\\"n\\\":4,"));
	end(&d);

	/* Longer than the entry that tells of it, and right at the beginning. */
	begin(&d, "torn-first");
	must_append(&d, "a");
	unlink(d.head);
	strbuf_reset(&text);
	strbuf_pad(&text, 'x', 5000);
	write_text(d.path, strbuf_str(&text));
	audit_log_close(&d.log);
	reopen(&d);
	check_sound(&d, 2, &text);
	assert_true(holds(&text, "\"cut_bytes\":5000"));
	end(&d);
	strbuf_fini(&text);
}

/* The entry is there, its head is not yet. */
static void a_head_behind(void **state)
{
	struct strbuf text, head;
	struct desk d;

	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_init(&head, 4096);
	begin(&d, "behind");
	must_append(&d, "a");
	read_text(d.head, &head);
	must_append(&d, "b");
	write_text(d.head, strbuf_str(&head));
	audit_log_close(&d.log);
	reopen(&d);
	assert_int_equal(audit_log_size(&d.log), 4);
	check_sound(&d, 4, &text);
	assert_true(holds(&text, "\"head_renewed_for\":3"));
	/* The very first. */
	end(&d);
	begin(&d, "behind-first");
	must_append(&d, "a");
	read_text(d.path, &text);
	unlink(d.head);
	write_text(d.path, str_sub(strbuf_str(&text), 0,
				   (size_t)str_find_char(strbuf_str(&text), '\n') + 1));
	audit_log_close(&d.log);
	reopen(&d);
	check_sound(&d, 2, &text);
	assert_true(holds(&text, "\"head_renewed_for\":1"));
	end(&d);
	strbuf_fini(&text);
	strbuf_fini(&head);
}

enum tamper { EDIT, CUT_LINE, CUT_ALL, REMOVE_LOG, REMOVE_HEAD, OLD_HEAD, BAD_HEAD };

static const struct {
	const char *name;
	enum tamper tamper;
	const char *says;
} tampers[] = {
	{"an edited entry", EDIT, "edited"},
	{"the last line is gone", CUT_LINE, "truncated"},
	{"all lines are gone", CUT_ALL, "truncated"},
	{"the log is gone", REMOVE_LOG, "truncated"},
	{"the head is gone", REMOVE_HEAD, "head-missing"},
	{"a much older head", OLD_HEAD, "head-old"},
	{"an edited head", BAD_HEAD, "head-edited"},
};

static void do_tamper(struct desk *d, enum tamper tamper, struct strbuf *text,
		      const struct strbuf *old_head)
{
	read_text(tamper == BAD_HEAD ? d->head : d->path, text);
	switch (tamper) {
	case EDIT:
		text->p[str_find(strbuf_str(text), STR("\"b\"")) + 1] = 'x';
		write_text(d->path, strbuf_str(text));
		break;
	case CUT_LINE:
		strbuf_cut(text, text->n - 1);
		while (text->p[text->n - 1] != '\n')
			strbuf_cut(text, text->n - 1);
		write_text(d->path, strbuf_str(text));
		break;
	case CUT_ALL:
		write_text(d->path, (struct str){0});
		break;
	case REMOVE_LOG:
		assert_int_equal(unlink(d->path), 0);
		break;
	case REMOVE_HEAD:
		assert_int_equal(unlink(d->head), 0);
		break;
	case OLD_HEAD:
		write_text(d->head, strbuf_str(old_head));
		break;
	case BAD_HEAD:
		text->p[5]++;
		write_text(d->head, strbuf_str(text));
		break;
	}
}

/* Neither one that has it open nor a new one goes on. */
static void tampering_is_refused(void **state)
{
	struct strbuf text, before, head;

	(void)state;
	strbuf_init(&text, 1 << 20);
	strbuf_init(&before, 1 << 20);
	strbuf_init(&head, 4096);
	for (size_t i = 0; i < sizeof(tampers) / sizeof(*tampers); i++) {
		struct audit_author author;
		struct err err;
		struct desk d;

		begin(&d, tampers[i].name);
		must_append(&d, "a");
		read_text(d.head, &head);
		must_append(&d, "b");
		must_append(&d, "c");
		do_tamper(&d, tampers[i].tamper, &text, &head);
		check_case(tampers[i].name, !append(&d, "d", &err));
		check_case(tampers[i].name, err.code == ERR_CONFLICT);
		check_case(tampers[i].name, strstr(err.text, tampers[i].says));
		check_case(tampers[i].name, strstr(err.text, "azdeck audit verify"));
		audit_log_close(&d.log);
		author = author_of(&d);
		check_case(tampers[i].name,
			   !audit_log_open(&d.log, d.path, &author, &err));
		check_case(tampers[i].name, err.code == ERR_CONFLICT);
		if (access(d.path, F_OK) == 0) {
			read_text(d.path, &before);
			check_case(tampers[i].name,
				   str_find(strbuf_str(&before), STR("\"d\"")) < 0);
		}
		end(&d);
	}
	strbuf_fini(&text);
	strbuf_fini(&before);
	strbuf_fini(&head);
}

/* A log of somebody else's key is not gone on with; with the key among the others it
 * is. */
static void other_keys(void **state)
{
	struct audit_author author;
	struct strbuf text;
	struct desk a, b;
	struct err err;

	(void)state;
	strbuf_init(&text, 1 << 20);
	begin(&a, "keys");
	must_append(&a, "a");
	begin(&b, "elsewhere");
	signer_fini(&b.signer);
	b.signer = fixture_signer(2);
	author = author_of(&b);
	audit_log_close(&b.log);
	assert_false(audit_log_open(&b.log, a.path, &author, &err));
	assert_non_null(strstr(err.text, "unknown-key"));
	audit_log_close(&b.log);
	author.others = (struct sign_keys){&a.signer.key, 1};
	assert_true(audit_log_open(&b.log, a.path, &author, &err));
	must_append(&b, "b");
	assert_int_equal(audit_log_size(&b.log), 3);
	end(&a);
	end(&b);
	strbuf_fini(&text);
}

/* A folder or a link in its place is not written to. */
static void no_plain_file(void **state)
{
	struct audit_author author;
	struct err err;
	struct desk d;

	(void)state;
	begin(&d, "plain");
	must_append(&d, "a");
	audit_log_close(&d.log);
	assert_int_equal(rename(d.path, scratch_path("moved")), 0);
	assert_int_equal(symlink(scratch_path("moved"), d.path), 0);
	author = author_of(&d);
	assert_false(audit_log_open(&d.log, d.path, &author, &err));
	assert_int_equal(err.code, ERR_IO);
	audit_log_close(&d.log);
	assert_int_equal(unlink(d.path), 0);
	assert_int_equal(mkdir(d.path, 0700), 0);
	assert_false(audit_log_open(&d.log, d.path, &author, &err));
	end(&d);
}

/* The disk is full at every possible byte: what was acknowledged stays, and once there
 * is room again everything goes on. */
static void a_full_disk(void **state)
{
	struct rlimit limit, all;
	struct strbuf text;
	struct stat st;
	struct err err;
	struct desk d;
	size_t refused = 0;

	(void)state;
	strbuf_init(&text, 1 << 20);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
	begin(&d, "full");
	must_append(&d, "before");
	assert_int_equal(stat(d.path, &st), 0);
	for (rlim_t room = 0; room < 600; room += 7) {
		limit = (struct rlimit){(rlim_t)st.st_size + room, all.rlim_max};
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		if (append(&d, "too much", &err))
			break;
		refused++;
		assert_int_equal(err.code, ERR_IO);
		assert_non_null(strstr(err.text, "so nothing is done"));
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
		check_sound(&d, 2, &text);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
	assert_true(refused > 10);
	check_sound(&d, 3, &text);
	must_append(&d, "after");
	check_sound(&d, 4, &text);
	signal(SIGXFSZ, SIG_DFL);
	end(&d);
	strbuf_fini(&text);
}

/* An entry that is too long is refused before anything is written. */
static void too_long(void **state)
{
	cJSON *about = cJSON_CreateObject();
	struct strbuf text;
	struct err err;
	struct desk d;
	char long_text[4000];

	(void)state;
	strbuf_init(&text, 1 << 20);
	memset(long_text, ' ', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	for (int i = 0; i < 30; i++)
		cJSON_AddStringToObject(about, "more", long_text);
	begin(&d, "long");
	must_append(&d, "a");
	assert_false(audit_log_append(&d.log, AUDIT_RESULT, about, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	check_sound(&d, 2, &text);
	must_append(&d, "b");
	check_sound(&d, 3, &text);
	cJSON_Delete(about);
	end(&d);
	strbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_stay),
		cmocka_unit_test(clock_is_set_back),
		cmocka_unit_test(two_take_turns),
		cmocka_unit_test(many_at_once),
		cmocka_unit_test(a_torn_line),
		cmocka_unit_test(a_head_behind),
		cmocka_unit_test(tampering_is_refused),
		cmocka_unit_test(other_keys),
		cmocka_unit_test(no_plain_file),
		cmocka_unit_test(a_full_disk),
		cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
