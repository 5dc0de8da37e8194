/* Front matter; and the runbooks that ship: what they send one to is there. */
#include "unit/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "knowledge/runbook.h"

enum { LEAST_SHIPPED = 35 };

static void front_matter_describes(void **state)
{
	static const struct {
		const char *name, *text,
			*want; /* title|owner|updated|tags|codes|supersedes */
	} cases[] = {
		{"none", "# A\nx", "A|||||"},
		{"no heading", "x", "file|||||"},
		{"all",
		 "---\ntitle: T\nowner: O\nupdated: 2026-03-11\ntags: [a, b c]\n"
		 "codes:\n  - E1\n  - \"502\"\nsupersedes: old\n---\n# A\nx",
		 "T|O|1773187200|a,b c|E1,502|old"},
		{"empty", "---\n---\n# A\nx", "A|||||"},
		{"a byte order mark", "\xef\xbb\xbf---\ntitle: T\n---\nx", "T|||||"},
		{"other keys are none of ours", "---\nlayout: page\n---\nx", "file|||||"},
		{"an escape in a title", "---\ntitle: \"a\\e[31mb\"\n---\nx", "ab|||||"},
		{"does not end", "---\ntitle: T\n# A\n",
		 "!line 1: the front matter does not end"},
		{"no day", "---\nupdated: soon\n---\nx",
		 "!front matter: updated must be a day such as 2026-03-11"},
		{"no list", "---\ntags: {a: b}\n---\nx",
		 "!front matter: tags must be a list of texts"},
		{"nothing in it", "---\ntitle: T\n---\n", "!there is nothing in it"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct text_list *lists[3];
		struct runbook book;
		struct strbuf got;
		struct err err;

		strbuf_init(&got, 4096);
		if (!runbook_parse(STR("file"), str_from(cases[i].text), &book, &err)) {
			strbuf_printf(&got, "!%s", err.text);
		} else {
			lists[0] = &book.tags, lists[1] = &book.codes;
			lists[2] = &book.supersedes;
			strbuf_printf(&got, "%.*s|%.*s|", STR_ARG(book.title),
				      STR_ARG(book.owner));
			if (book.updated_ms)
				strbuf_put_i64(&got, book.updated_ms / 1000, 1);
			for (size_t l = 0; l < 3; l++) {
				strbuf_putc(&got, '|');
				for (size_t j = 0; j < lists[l]->n; j++)
					strbuf_printf(&got, "%s%.*s", j ? "," : "",
						      STR_ARG(lists[l]->p[j]));
			}
			runbook_fini(&book);
		}
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
	}
}

static void a_section_knows_its_line_in_the_file(void **state)
{
	struct runbook book;
	struct err err;

	(void)state;
	assert_true(runbook_parse(STR("a"), STR("---\ntitle: T\n---\n# A\nx\n## B\ny\n"),
				  &book, &err));
	assert_int_equal(book.page.sections.p[0].line, 4);
	assert_int_equal(book.page.sections.p[1].line, 6);
	runbook_fini(&book);
}

static const struct embedded_file *find(struct str name)
{
	for (const struct embedded_file *e = embedded_runbooks; e->name; e++) {
		if (str_is(name, e->name))
			return e;
	}
	return NULL;
}

static bool is_in(const struct embedded_file *table, struct str name)
{
	for (; table->name; table++) {
		if (str_is(name, table->name))
			return true;
	}
	return false;
}

/* Each "](FILE.md)" is another runbook; nothing else is linked. */
static void check_links(const char *name, struct str text)
{
	ptrdiff_t at;

	while ((at = str_find(text, STR("]("))) >= 0) {
		struct str target;

		text = str_sub(text, (size_t)at + 2, text.n);
		target = str_sub(text, 0, (size_t)str_find_char(text, ')'));
		check_case(name, str_ends(target, STR(".md")));
		target.n -= strlen(".md");
		if (!find(target))
			fail_msg("%s: there is no runbook %.*s", name, STR_ARG(target));
	}
}

/* "action `NAME`". */
static void check_actions(const char *name, struct str text)
{
	ptrdiff_t at;

	while ((at = str_find(text, STR("action `"))) >= 0) {
		struct str action;

		text = str_sub(text, (size_t)at + strlen("action `"), text.n);
		action = str_sub(text, 0, (size_t)str_find_char(text, '`'));
		if (!is_in(embedded_actions, action))
			fail_msg("%s: there is no action %.*s", name, STR_ARG(action));
	}
}

static void check_headings(const char *name, const struct runbook *book)
{
	static const char *const needed[] = {"When it applies", "Steps", "Verify",
					     "Who decides"};
	const struct md_section *a, *b;
	size_t found = 0;

	vec_each (a, &book->page.sections) {
		vec_each (b, &book->page.sections)
			check_case(name, a == b || !str_eq(a->heading, b->heading));
		for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
			found += str_is(a->heading, needed[i]);
		check_case(name, a->text.n > 0);
	}
	check_case(name, found == sizeof(needed) / sizeof(needed[0]));
}

static void shipped_ones_hold_together(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct embedded_file *e = embedded_runbooks; e->name; e++, n++) {
		struct runbook book;
		struct err err;

		if (!runbook_parse(str_from(e->name), str_from(e->text), &book, &err))
			fail_msg("%s: %s", e->name, err.text);
		check_case(e->name, book.owner.n && book.updated_ms && book.tags.n);
		check_case(e->name, str_eq(book.title, book.page.sections.p[0].heading));
		check_case(e->name, book.boards.n > 0);
		for (size_t i = 0; i < book.boards.n; i++) {
			if (!is_in(embedded_boards, book.boards.p[i]))
				fail_msg("%s: there is no board %.*s", e->name,
					 STR_ARG(book.boards.p[i]));
		}
		for (size_t i = 0; i < book.supersedes.n; i++)
			check_case(e->name, find(book.supersedes.p[i]));
		check_links(e->name, str_from(e->text));
		check_actions(e->name, str_from(e->text));
		check_headings(e->name, &book);
		runbook_fini(&book);
	}
	assert_true(n >= LEAST_SHIPPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(front_matter_describes),
		cmocka_unit_test(a_section_knows_its_line_in_the_file),
		cmocka_unit_test(shipped_ones_hold_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
