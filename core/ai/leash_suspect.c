/* Whether a text from outside tries to give orders; see leash.h. It is looked at as it
 * stands, then as what it may stand for. Nothing depends on it but a warning: what such a
 * text could reach is closed to it whether it is found or not. */
#include "ai/leash.h"
#include "ai/leash_part.h"
#include "base/sanitize.h"

enum { LOOKED_MOST = 256 << 10, PIECES_MOST = 64, NESTED_MOST = 2 };

/* Sequences of a terminal are looked at as they stand, and then are no part of words. */
static const char *plainly(struct str text, struct str clean)
{
	const char *what = leash_shape(text);
	struct leash_words words;

	if (what)
		return what;
	leash_fold(clean, &words);
	what = leash_phrase(&words);
	leash_words_fini(&words);
	return what;
}

static const char *suspects(struct str text, int depth);

static const char *in_pieces(struct str text, int depth)
{
	const char *what = NULL;
	struct strbuf piece;

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

static const char *suspects(struct str text, int depth)
{
	struct strbuf clean;
	const char *what;

	strbuf_init(&clean, 3 * LOOKED_MOST + 3);
	sanitize_text(&clean, text);
	what = plainly(text, strbuf_str(&clean));
	if (!what && depth < NESTED_MOST)
		what = in_pieces(strbuf_str(&clean), depth);
	strbuf_fini(&clean);
	return what;
}

const char *leash_suspects(struct str text)
{
	return suspects(str_sub(text, 0, LOOKED_MOST), 0);
}
