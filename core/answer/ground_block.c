/* Blocks of Markdown, as far as they matter here: an empty line ends one, but for within
 * a fence of code. */
#include "answer/ground_block.h"

#include "answer/ground.h"
#include "base/sanitize.h"

enum { INDENT_MOST = 3, FENCE_LEAST = 3 };

struct fence {
	char mark; /* 0: there is none open */
	size_t n;
};

static size_t line_length(struct str text)
{
	ptrdiff_t end = str_find_char(text, '\n');

	return end < 0 ? text.n : (size_t)end + 1;
}

/* Opens or closes; the mark that closes is alone on its line. */
static void look_at_fence(struct str line, struct fence *fence)
{
	struct str word = str_trim(line);
	size_t indent = (size_t)(word.p - line.p), n = 0;
	char mark = word.n ? word.p[0] : '\0';

	if ((mark != '`' && mark != '~') || indent > INDENT_MOST)
		return;
	while (n < word.n && word.p[n] == mark)
		n++;
	if (n < FENCE_LEAST)
		return;
	if (!fence->mark &&
	    (mark == '~' || str_find_char(str_sub(word, n, word.n), '`') < 0))
		*fence = (struct fence){.mark = mark, .n = n};
	else if (fence->mark == mark && n >= fence->n && n == word.n)
		fence->mark = '\0';
}

size_t ground_block_length(struct str text, bool *is_whole)
{
	struct fence fence = {0};
	bool has_words = false;
	size_t at = 0;

	while (at < text.n) {
		size_t n = line_length(str_sub(text, at, text.n));
		struct str line = str_sub(text, at, n);
		bool is_empty = str_trim(line).n == 0 && line.p[n - 1] == '\n';

		at += n;
		look_at_fence(line, &fence);
		has_words |= str_trim(line).n > 0;
		if (is_empty && has_words && !fence.mark) {
			*is_whole = true;
			return at;
		}
	}
	*is_whole = false;
	return at;
}

/* Characters that vanish could hide a fence, and an escape sequence an empty line: behind
 * one nothing is settled before the whole draft is there. */
static bool is_plain(struct str block)
{
	struct strbuf clean;
	bool is_same;

	if (str_find_char(block, '\033') >= 0)
		return false;
	strbuf_init(&clean, block.n * 3 + 1);
	sanitize_text(&clean, block);
	is_same = str_eq(strbuf_str(&clean), block);
	strbuf_fini(&clean);
	return is_same;
}

size_t ground_settled(struct str draft)
{
	size_t settled = 0;
	bool is_whole = true;

	while (settled < draft.n) {
		struct str rest = str_sub(draft, settled, draft.n);
		size_t n = ground_block_length(rest, &is_whole);

		if (!is_whole || !is_plain(str_sub(rest, 0, n)))
			break;
		settled += n;
	}
	return settled;
}
