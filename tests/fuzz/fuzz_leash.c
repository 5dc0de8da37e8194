/* Texts from outside on their way to a model: whatever comes, a fence cannot be closed
 * from within, nothing that moves a cursor is left, and what was taken out comes back. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "ai/leash.h"
#include "base/sanitize.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { TEXT_MOST = 16 << 10 };

static void must(bool held)
{
	if (!held)
		abort();
}

static void check_fence(struct str text)
{
	struct str shown, word, inside;
	struct strbuf out, clean;
	ptrdiff_t begin;

	strbuf_init(&out, 8 * TEXT_MOST);
	strbuf_init(&clean, 16 * TEXT_MOST);
	leash_fence(text, "a test", TEXT_MOST / 2, &out);
	must(!out.overflow);
	shown = strbuf_str(&out);
	sanitize_text(&clean, shown);
	must(str_eq(strbuf_str(&clean), shown));
	word = str_sub(shown, strlen("<<data "), 16);
	begin = str_find_char(shown, '\n');
	must(begin > 0);
	inside = str_sub(shown, (size_t)begin, shown.n);
	/* Once, and at the very end. */
	must(str_find(inside, word) == (ptrdiff_t)(inside.n - strlen(">>\n") - word.n));
	must(str_find(inside, STR("<<end ")) ==
	     (ptrdiff_t)(inside.n - strlen(">>\n") - word.n - strlen("<<end ")));
	must(str_find(inside, STR("<<data")) < 0);
	strbuf_fini(&out);
	strbuf_fini(&clean);
}

/* What went once has no secret any more, so it goes and comes back as it is. */
static void check_round(struct str text)
{
	struct leash *l = leash_new();
	struct strbuf once, plain, twice, back;

	strbuf_init(&once, 32 * TEXT_MOST);
	strbuf_init(&plain, 128 * TEXT_MOST);
	strbuf_init(&twice, 128 * TEXT_MOST);
	strbuf_init(&back, 128 * TEXT_MOST);
	leash_redact(l, text, &once);
	leash_restore(l, strbuf_str(&once), &plain);
	leash_redact(l, strbuf_str(&once), &twice);
	leash_restore(l, strbuf_str(&twice), &back);
	must(!once.overflow && !twice.overflow);
	if (str_find(strbuf_str(&twice), STR("***")) < 0)
		must(str_eq(strbuf_str(&back), strbuf_str(&once)));
	strbuf_fini(&once);
	strbuf_fini(&plain);
	strbuf_fini(&twice);
	strbuf_fini(&back);
	leash_free(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};

	if (n > TEXT_MOST)
		return 0;
	check_fence(text);
	check_round(text);
	return 0;
}
