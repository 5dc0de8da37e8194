/* The knowledge as a whole: files come, change and go, and stand in for each other; what
 * is found of them. The runbooks that ship are there too. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/count.h"
#include "base/file.h"
#include "knowledge/knowledge.h"
#include "unit/scratch.h"

struct world {
	struct knowledge *k;
	const char *dirs[2];
	size_t shipped;
};

static size_t refresh(struct world *w)
{
	struct err err;
	size_t n;

	if (!knowledge_refresh(w->k, &n, &err))
		fail_msg("%s", err.text);
	return n;
}

static void begin(struct world *w)
{
	struct err err;

	w->dirs[0] = strdup(scratch_path("one"));
	w->dirs[1] = strdup(scratch_path("two"));
	mkdir(w->dirs[0], 0700);
	mkdir(w->dirs[1], 0700);
	w->k = knowledge_new(w->dirs, 2, &err);
	assert_non_null(w->k);
	w->shipped = refresh(w);
	assert_true(w->shipped > 0);
}

static void remove_files(const char *dir)
{
	struct file_list list;
	struct err err;

	assert_true(file_list(dir, "", &list, &err));
	for (size_t i = 0; i < list.n; i++) {
		char path[4200];

		snprintf(path, sizeof(path), "%s/%s", dir, list.names[i]);
		remove(path);
	}
	file_list_fini(&list);
}

static void end(struct world *w)
{
	remove_files(w->dirs[0]);
	remove_files(w->dirs[1]);
	knowledge_free(w->k);
	free((char *)w->dirs[0]);
	free((char *)w->dirs[1]);
}

static void put(const char *name, const char *text)
{
	scratch_write(name, str_from(text), 0600);
}

static const struct knowledge_file *file(struct world *w, const char *tail)
{
	for (size_t i = 0; i < knowledge_files(w->k); i++) {
		const struct knowledge_file *f = knowledge_file_at(w->k, i);

		if (str_ends(str_from(f->path), str_from(tail)))
			return f;
	}
	return NULL;
}

static void search(struct world *w, const char *text, struct knowledge_answer *answer)
{
	struct err err;

	if (!knowledge_search(w->k, &(struct knowledge_query){.text = str_from(text)},
			      answer, &err))
		fail_msg("%s", err.text);
}

/* "RUNBOOK#SECTION" of the first; empty: there is none. */
static const char *first(struct world *w, const char *text)
{
	static char id[300];
	struct knowledge_answer answer;

	search(w, text, &answer);
	id[0] = '\0';
	if (answer.n)
		snprintf(id, sizeof(id), "%.*s#%.*s",
			 STR_ARG(answer.hits[0].file->book->name),
			 STR_ARG(answer.hits[0].section->anchor));
	return id;
}

static void only_what_changed_is_read(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	assert_int_equal(refresh(&w), 0);
	put("one/zorgle.md", "# The zorgle wobbles\nHit it.\n");
	assert_int_equal(refresh(&w), 1);
	assert_string_equal(first(&w, "zorgle wobbles"), "zorgle#the-zorgle-wobbles");
	assert_int_equal(refresh(&w), 0);
	put("one/zorgle.md",
	    "# The zorgle is blue now, and of another length\nPaint it.\n");
	assert_int_equal(refresh(&w), 1);
	assert_string_equal(first(&w, "wobbles"), "");
	assert_string_equal(first(&w, "blue zorgle"),
			    "zorgle#the-zorgle-is-blue-now-and-of-another-length");
	unlink(scratch_path("one/zorgle.md"));
	assert_int_equal(refresh(&w), 0);
	assert_null(file(&w, "/zorgle.md"));
	assert_string_equal(first(&w, "zorgle"), "");
	end(&w);
}

static void ones_own_stands_in_for_another(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	put("one/sql-slow.md", "# Our own page on slow queries\nAsk Contoso.\n");
	assert_int_equal(refresh(&w), 1);
	assert_true(file(&w, "runbooks/sql-slow.md")->is_hidden);
	assert_null(file(&w, "runbooks/sql-slow.md")->book);
	put("two/sql-slow.md", "# The later page on slow queries\nAsk Qodex.\n");
	assert_int_equal(refresh(&w), 1);
	assert_true(file(&w, "one/sql-slow.md")->is_hidden);
	assert_string_equal(first(&w, "our later page on slow queries"),
			    "sql-slow#the-later-page-on-slow-queries");
	unlink(scratch_path("two/sql-slow.md"));
	unlink(scratch_path("one/sql-slow.md"));
	assert_int_equal(refresh(&w), 1);
	assert_non_null(file(&w, "runbooks/sql-slow.md")->book);
	end(&w);
}

static void what_cannot_be_read_says_why(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	put("one/bad.md", "# A\n\xff\xfe\n");
	put("one/open.md", "---\ntitle: T\n");
	put("one/notes.txt", "# No runbook\n");
	mkdir(scratch_path("one/folder.md"), 0700);
	assert_int_equal(refresh(&w), 2);
	assert_null(file(&w, "bad.md")->book);
	check_text("bad", str_from(file(&w, "bad.md")->err.text), "it is not UTF-8");
	check_text("open", str_from(file(&w, "open.md")->err.text),
		   "line 1: the front matter does not end");
	assert_null(file(&w, "notes.txt"));
	assert_null(file(&w, "folder.md"));
	assert_null(knowledge_dir_error(w.k, 0));
	remove_files(w.dirs[0]);
	rmdir(w.dirs[0]);
	refresh(&w);
	assert_int_equal(knowledge_dir_error(w.k, 0)->code, ERR_NOT_FOUND);
	end(&w);
}

static void superseded_ones_come_after(void **state)
{
	struct knowledge_answer answer;
	size_t old = 0, now = 0;
	struct world w;

	(void)state;
	begin(&w);
	put("one/frob-old.md", "---\ntitle: Frobnicate the frobnicator\n---\n"
			       "# Frobnicate the frobnicator\nfrobnicate frobnicator\n");
	put("one/frob-new.md",
	    "---\nsupersedes: [frob-old]\n---\n# Frobnicate\n"
	    "A long text that says much more, and the word once only.\n");
	refresh(&w);
	check_text("by", str_from(file(&w, "frob-old.md")->superseded_by), "frob-new");
	assert_null(file(&w, "frob-new.md")->superseded_by);
	search(&w, "frobnicate frobnicator", &answer);
	for (size_t i = 0; i < answer.n; i++) {
		if (str_eq(answer.hits[i].file->book->name, STR("frob-old")))
			old = i + 1;
		if (str_eq(answer.hits[i].file->book->name, STR("frob-new")))
			now = i + 1;
	}
	assert_true(now > 0 && old > now);
	unlink(scratch_path("one/frob-new.md"));
	refresh(&w);
	assert_null(file(&w, "frob-old.md")->superseded_by);
	end(&w);
}

static void what_is_alight_comes_first(void **state)
{
	const struct str live[] = {STR("k8s-nodes")};
	struct knowledge_answer answer;
	struct world w;
	struct err err;

	(void)state;
	begin(&w);
	put("one/blarg-a.md", "# Blarg\nLook at `:vms`.\n");
	put("one/blarg-b.md", "# Blarg\nLook at `:k8s-nodes`.\n");
	refresh(&w);
	assert_string_equal(first(&w, "blarg"), "blarg-a#blarg");
	assert_true(knowledge_search(w.k,
				     &(struct knowledge_query){.text = STR("blarg"),
							       .live = live,
							       .n_live = 1},
				     &answer, &err));
	assert_true(str_eq(answer.hits[0].file->book->name, STR("blarg-b")));
	end(&w);
}

static void codes_are_found_in_part_and_with_slips(void **state)
{
	static const struct {
		const char *name, *question, *want;
		enum question_shape shape;
	} cases[] = {
		{"as it is", "WibbleWobbleError", "w#gadget", QUESTION_CODES},
		{"small", "wibblewobbleerror", "w#gadget", QUESTION_PROSE},
		{"taken apart", "wibble wobble error", "w#gadget", QUESTION_PROSE},
		{"in part", "bblewobb", "w#gadget", QUESTION_PROSE},
		{"a slip", "wibblewoblbeerror", "w#gadget", QUESTION_PROSE},
		{"number", "ZQX70016", "w#gadget", QUESTION_CODES},
		{"a part of the number", "70016", "w#gadget", QUESTION_CODES},
		{"with words", "what does ZQX70016 mean for our gadgets", "w#gadget",
		 QUESTION_CODES},
		{"joined", "gad get", "w#gadget", QUESTION_PROSE},
		{"nothing", "the and of", "", QUESTION_EMPTY},
		{"marks of the index", "\"gadget\" OR * NEAR(", "w#gadget",
		 QUESTION_PROSE},
	};
	struct world w;

	(void)state;
	begin(&w);
	put("one/w.md", "---\ncodes: [WibbleWobbleError, ZQX70016]\n---\n# Gadget\nx\n");
	refresh(&w);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct knowledge_answer answer;

		check_text(cases[i].name, str_from(first(&w, cases[i].question)),
			   cases[i].want);
		search(&w, cases[i].question, &answer);
		check_case(cases[i].name, answer.shape == cases[i].shape);
	}
	end(&w);
}

static void no_runbook_gives_more_than_two_hits(void **state)
{
	struct knowledge_answer answer;
	struct world w;

	(void)state;
	begin(&w);
	put("one/many.md", "# Snark\nsnark\n## A\nsnark\n## B\nsnark\n## C\nsnark\n");
	refresh(&w);
	search(&w, "snark", &answer);
	assert_int_equal(answer.n, 2);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_changed_is_read),
		cmocka_unit_test(ones_own_stands_in_for_another),
		cmocka_unit_test(what_cannot_be_read_says_why),
		cmocka_unit_test(superseded_ones_come_after),
		cmocka_unit_test(what_is_alight_comes_first),
		cmocka_unit_test(codes_are_found_in_part_and_with_slips),
		cmocka_unit_test(no_runbook_gives_more_than_two_hits),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_drop);
}
