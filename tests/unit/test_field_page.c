/* docs/FIELDS.md is the page of the dictionary: made of the table, and as new as it is.
 * AZ_UPDATE_GOLDENS=1 writes it anew. */
#include <stdio.h>
#include <stdlib.h>

#include "answer/field.h"
#include "base/file.h"
#include "unit/check.h"

enum { PAGE_MOST = 256 << 10 };

static const char head[] =
	"# Fields\n"
	"\n"
	"What an answer calls the things it says, and where each stands. Made of\n"
	"`core/answer/field_table.c` by `tests/unit/test_field_page.c`; change it "
	"there.\n"
	"\n"
	"A citation of an answer, and a reference in a draft of one, is a path like\n"
	"`sql[atlas-orders].tier`. KEY is what a person calls the row: its name, "
	"whatever the\n"
	"case, or the row's own key, or QUALIFIER/NAME where several are called so and "
	"one has\n"
	"that word in another column. Where a field has several lines, the first board "
	"that\n"
	"knows such a row answers. Money and counts under a key that several rows have "
	"are\n"
	"added up; without the key they are the sum of all.\n"
	"\n"
	"Beside these, any cell of any board is a field: `web-apps[atlas-web].plan`. So "
	"are\n"
	"`agents.count` for the rows of a board, `agents.count[offline]` for those of a "
	"state,\n"
	"`agents.count[pool=atlas-linux]` for those with a word in a column, and\n"
	"`off-hours.sum[monthly]` for the sum of a column.\n"
	"\n"
	"A field that is null is unknown, never 0; so is a sum of which a part is. One "
	"that is\n"
	"older than its board may be is stale, and says so.\n";

static const char table_head[] = "\n| field | what it is | board | column |\n"
				 "| --- | --- | --- | --- |\n";

/* "cost" of "cost.budget": a table each. */
static struct str family(const struct field_def *def)
{
	struct str rest = str_from(def->root), part = rest;

	(void)str_next(&rest, '.', &part);
	return part;
}

static void put_page(struct strbuf *out)
{
	struct str last = {0};

	strbuf_puts(out, head);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field_def *def = field_at(i);

		if (!str_eq(family(def), last)) {
			last = family(def);
			strbuf_printf(out, "\n## %.*s\n%s", STR_ARG(last), table_head);
		}
		strbuf_puts(out, "| `");
		field_put_pattern(out, def);
		strbuf_printf(out, "` | %s | %s | %s |\n", def->about,
			      def->board[0] ? def->board : "", def->column);
	}
}

static void page_and_table_agree(void **state)
{
	const char *source = getenv("AZ_SRCDIR");
	struct strbuf page, kept;
	struct err err;
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/docs/FIELDS.md", source ? source : ".");
	strbuf_init(&page, PAGE_MOST);
	strbuf_init(&kept, PAGE_MOST);
	put_page(&page);
	assert_false(page.overflow);
	if (getenv("AZ_UPDATE_GOLDENS") && !file_write(path, strbuf_str(&page), &err))
		fail_msg("%s", err.text);
	if (!file_read(path, &kept, &err))
		fail_msg("%s", err.text);
	if (!str_eq(strbuf_str(&kept), strbuf_str(&page)))
		fail_msg("docs/FIELDS.md is not what the table says: run it with "
			 "AZ_UPDATE_GOLDENS=1");
	strbuf_fini(&kept);
	strbuf_fini(&page);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_and_table_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
