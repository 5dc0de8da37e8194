/* Runbooks of others: whatever is in the file, sections are clean, in order, within their
 * limits, and none of the file's lines is in two of them. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "knowledge/runbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static void must_be_clean(struct str s)
{
	must(utf8_is_valid(s));
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		must(c == '\n' || (c >= 0x20 && c != 0x7f));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct runbook book;
	struct err err;
	int line = 0;

	if (n > 65536)
		return 0;
	if (!runbook_parse(STR("file"), (struct str){.p = (const char *)data, .n = n},
			   &book, &err)) {
		must(err.code != ERR_NONE && err.text[0]);
		return 0;
	}
	must(book.page.sections.n > 0 && book.page.sections.n <= MARKDOWN_MAX_SECTIONS);
	must_be_clean(book.title);
	must_be_clean(book.owner);
	for (size_t i = 0; i < book.page.sections.n; i++) {
		const struct md_section *s = &book.page.sections.p[i];

		must_be_clean(s->path);
		must_be_clean(s->heading);
		must_be_clean(s->anchor);
		must_be_clean(s->text);
		must(s->line > line && s->last_line >= s->line);
		line = s->last_line;
	}
	for (size_t i = 0; i < book.boards.n; i++)
		must(book.boards.p[i].n > 0);
	runbook_fini(&book);
	return 0;
}
