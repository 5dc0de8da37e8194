/* The built-in boards load, and a directory of one's own adds and replaces. */
#include "board_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/file.h"

#define GOOD(title, category)                                                            \
	"{\"title\":\"" title "\",\"category\":\"" category                              \
	"\",\"about\":\"a\",\"requests\":{\"a\":{\"get\":\"/"                            \
	"a\"}},\"rows\":\"a\",\"key\":\"id\","                                           \
	"\"columns\":[{\"name\":\"n\",\"title\":\"N\",\"value\":\"n\"}]}"

struct problems {
	int n;
	char last[320];
};

static void note(const struct err *err, void *ctx)
{
	struct problems *p = ctx;

	p->n++;
	snprintf(p->last, sizeof(p->last), "%s", err->text);
}

static void write_file(const char *dir, const char *name, const char *text)
{
	struct err err = {0};
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (!file_write(path, str_from(text), &err))
		fail_msg("%s", err.text);
}

static void remove_file(const char *dir, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static size_t built_in(void)
{
	size_t n = 0;

	while (embedded_boards[n].name)
		n++;
	return n;
}

static bool has_column(const struct board_def *def, struct str name)
{
	for (size_t i = 0; i < def->n_columns; i++)
		if (str_eq_nocase(str_from(def->columns[i].name), name) ||
		    str_eq_nocase(str_from(def->columns[i].title), name))
			return true;
	return str_eq(name, STR("severity"));
}

/* A link that leads nowhere would be a dead key: its board is there, and so is each
 * column that its filter writes out, by name or title, as in 'group:"'. */
static void check_link(const struct library *lib, const struct board_def *def,
		       const struct link_def *link)
{
	const struct board_def *target = library_find(lib, str_from(link->board));
	struct str rest = str_from(link->filter ? link->filter : ""), name;
	ptrdiff_t at;

	check_case(link->board, target != NULL);
	while ((at = str_find(rest, STR(":\""))) >= 0) {
		size_t begin = (size_t)at;

		while (begin > 0 && rest.p[begin - 1] != '\'' && rest.p[begin - 1] != ' ')
			begin--;
		name = str_sub(rest, begin, (size_t)at - begin);
		if (!has_column(target, name))
			fail_msg("%s: a link by %.*s, which %s has not", def->name,
				 STR_ARG(name), target->name);
		rest = str_sub(rest, (size_t)at + 2, rest.n);
	}
}

static void test_built_in_boards_load(void **state)
{
	struct problems p = {0};
	struct library *lib = library_new(NULL, note, &p);

	(void)state;
	if (p.n)
		fail_msg("%s", p.last);
	assert_int_equal(library_size(lib), built_in());
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct library_entry *entry = library_entry_at(lib, i);
		const struct board_def *def = library_at(lib, i);

		/* The list says what the definition does, which is read later. */
		check_case(def->name, strcmp(entry->name, def->name) == 0);
		check_case(def->name, strcmp(entry->title, def->title) == 0);
		check_case(def->name, strcmp(entry->category, def->category) == 0);
		assert_ptr_equal(library_find(lib, str_from(def->name)), def);
		for (size_t k = 0; k < def->n_links; k++)
			check_link(lib, def, &def->links[k]);
		/* Words for a person, and few of them. */
		for (size_t k = 0; k < def->n_columns; k++)
			check_case(def->columns[k].title,
				   !strpbrk(def->columns[k].title, "[]{}`|_@") &&
					   strlen(def->columns[k].title) <= 24);
	}
	assert_null(library_at(lib, library_size(lib)));
	assert_null(library_find(lib, STR("no such board")));
	library_free(lib);
}

/* Lists of subscriptions and servers are asked for seldom; that must not make the
 * rows look old while everything answers. Timers may come a tenth late. */
static void test_healthy_boards_are_not_stale(void **state)
{
	struct library *lib = library_new(NULL, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < library_size(lib); i++) {
		const struct board_def *def = library_at(lib, i);
		int64_t oldest_ms = 0;

		for (size_t k = 0; k < def->n_requests; k++) {
			if ((def->row_requests >> k & 1) &&
			    def->requests[k].interval_ms > oldest_ms)
				oldest_ms = def->requests[k].interval_ms;
		}
		check_case(def->name, oldest_ms > 0);
		check_case(def->name, oldest_ms + oldest_ms / 5 < def->stale_after_ms);
	}
	library_free(lib);
}

static void test_own_directory(void **state)
{
	char dir[] = "/tmp/azdeck-library-XXXXXX";
	struct problems p = {0};
	struct library *lib;

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_file(dir, "zz-mine.json", GOOD("Mine", "aaa"));
	write_file(dir, "zz-other.json", GOOD("Other", "aaa"));
	write_file(dir, "zz-broken.json", "{\"title\": 3}");
	write_file(dir, "notes.txt", "not a board");
	lib = library_new(dir, note, &p);
	assert_int_equal(library_size(lib), built_in() + 2);
	assert_int_equal(p.n, 1);
	assert_non_null(strstr(p.last, "zz-broken.json: line 1, column 11: title"));
	/* By category, then name. */
	assert_string_equal(library_find(lib, STR("zz-mine"))->title, "Mine");
	assert_true(str_starts(str_from(library_find(lib, STR("zz-mine"))->source),
			       str_from(dir)));
	library_free(lib);
	if (embedded_boards[0].name) {
		char name[128];

		snprintf(name, sizeof(name), "%s.json", embedded_boards[0].name);
		write_file(dir, name, GOOD("Replaced", "aaa"));
		lib = library_new(dir, NULL, NULL);
		assert_int_equal(library_size(lib), built_in() + 2);
		assert_string_equal(
			library_find(lib, str_from(embedded_boards[0].name))->title,
			"Replaced");
		library_free(lib);
		remove_file(dir, name);
	}
	remove_file(dir, "zz-mine.json");
	remove_file(dir, "zz-other.json");
	remove_file(dir, "zz-broken.json");
	remove_file(dir, "notes.txt");
	assert_int_equal(rmdir(dir), 0);
}

static void test_no_directory(void **state)
{
	struct problems p = {0};
	struct library *lib = library_new("/nonexistent/azdeck", note, &p);

	(void)state;
	assert_int_equal(p.n, 0);
	assert_int_equal(library_size(lib), built_in());
	library_free(lib);
	library_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_built_in_boards_load),
		cmocka_unit_test(test_healthy_boards_are_not_stale),
		cmocka_unit_test(test_own_directory),
		cmocka_unit_test(test_no_directory),
	};

	return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
