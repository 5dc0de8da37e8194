/* docs/GUIDE.md is the page of the guide: made of its tables, and as new as they are.
 * AZ_UPDATE_GOLDENS=1 writes it anew. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "guide/kinds.h"
#include "guide/unsafe.h"
#include "unit/check.h"

enum { PAGE_MOST = 128 << 10 };

static const char head[] =
	"# The built-in guide\n"
	"\n"
	"The guide answers without any model, by rule, from boards and runbooks alone.\n"
	"Every figure it says is a field of a board (see [FIELDS.md](FIELDS.md)) with "
	"the\n"
	"number of its citation; what is stale, partial or null it says to be so. Made "
	"of\n"
	"`core/guide/kinds.c` and `core/guide/unsafe_rules.c` by\n"
	"`tests/unit/test_guide_page.c`; change it there.\n"
	"\n"
	"Ask in whole sentences, in shorthand or with slips of the keys. Names are "
	"written\n"
	"as on the board, or a part of them; where several fit, the guide asks which one "
	"is\n"
	"meant, and where none does it says so. Spans are words like `since 9`, `last 3\n"
	"hours`, `yesterday` or `between 9 and 10:30`, in UTC.\n"
	"\n"
	"## What it understands\n";

static void put_kind(struct strbuf *out, enum guide_kind kind)
{
	const struct kind_row *row = &kind_rows[kind];

	strbuf_printf(out, "\n### %s: %s\n\n", guide_kind_name(kind),
		      guide_kind_help(kind));
	for (size_t i = 0; i < KIND_EXAMPLES && row->examples[i]; i++)
		strbuf_printf(out, "- %s\n", row->examples[i]);
	if (!row->boards[0])
		return;
	strbuf_puts(out, "\nReads");
	for (size_t i = 0; i < KIND_BOARDS && row->boards[i]; i++)
		strbuf_printf(out, "%s `%s`", i ? "," : "", row->boards[i]);
	strbuf_puts(out, ".\n");
}

static void put_page(struct strbuf *out)
{
	strbuf_puts(out, head);
	for (size_t k = 0; k < GUIDE_KINDS; k++)
		if (kind_rows[k].examples[0])
			put_kind(out, (enum guide_kind)k);
	strbuf_puts(out, "\n## What it refuses\n\n"
			 "Whatever the words around it, and always with what is possible "
			 "instead.\n\n"
			 "| asked for | instead |\n| --- | --- |\n");
	for (size_t i = 0; i < n_unsafe_rules; i++)
		strbuf_printf(out, "| %s | %s |\n", unsafe_rules[i].what,
			      unsafe_rules[i].instead);
	strbuf_puts(
		out,
		"\nA question that carries orders to a model is answered, where it asks\n"
		"something, with a line that says so; the orders are quoted, never "
		"followed.\n");
}

static void page_and_tables_agree(void **state)
{
	const char *source = getenv("AZ_SRCDIR");
	struct strbuf page, kept;
	struct err err;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/docs/GUIDE.md", source ? source : ".");
	strbuf_init(&page, PAGE_MOST);
	strbuf_init(&kept, PAGE_MOST);
	put_page(&page);
	assert_false(page.overflow);
	if (getenv("AZ_UPDATE_GOLDENS") && !file_write(path, strbuf_str(&page), &err))
		fail_msg("%s", err.text);
	if (!file_read(path, &kept, &err))
		fail_msg("%s", err.text);
	if (!str_eq(strbuf_str(&kept), strbuf_str(&page)))
		fail_msg("docs/GUIDE.md is not what the tables say: run it with "
			 "AZ_UPDATE_GOLDENS=1");
	strbuf_fini(&kept);
	strbuf_fini(&page);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_and_tables_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
