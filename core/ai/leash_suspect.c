/* Whether a text from outside tries to give orders; see leash.h. It is looked at as it
 * stands, then as what it may stand for. Nothing depends on it but a warning: what such a
 * text could reach is closed to it whether it is found or not. */
#include "ai/leash.h"
#include "ai/leash_part.h"

enum { LOOKED_MOST = 256 << 10, PIECES_MOST = 64, NESTED_MOST = 2 };

static const char *plainly(struct str text)
{
	const char *what = leash_shape(text);
	struct leash_words words;

	if (what)
		return what;
	leash_fold(text, &words);
	what = leash_phrase(&words);
	leash_words_fini(&words);
	return what;
}

static const char *suspects(struct str text, int depth)
{
	const char *what = plainly(text);
	struct strbuf piece;

	if (what || depth == NESTED_MOST)
		return what;
	strbuf_init(&piece, LOOKED_MOST);
	if (leash_unescape(text, &piece))
		what = suspects(strbuf_str(&piece), depth + 1);
	strbuf_reset(&piece);
	for (int i = 0; !what && i < PIECES_MOST && leash_decode(&text, &piece); i++) {
		what = suspects(strbuf_str(&piece), depth + 1);
		strbuf_reset(&piece);
	}
	strbuf_fini(&piece);
	return what && depth == 0 ? "hides orders in a code" : what;
}

const char *leash_suspects(struct str text)
{
	return suspects(str_sub(text, 0, LOOKED_MOST), 0);
}
