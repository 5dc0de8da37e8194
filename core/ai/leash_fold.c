/* Texts as words that can be compared; see leash_part.h. What is easily got wrong: a word
 * of a language that has its own script must stay as it is, or nothing could be found in
 * that language; so look-alikes are made Latin only in words that have nothing else. */
#include "ai/leash_part.h"

#include "base/count.h"
#include "base/utf8.h"

enum { WORD_MOST = 64 };

/* Ranges of alphabets in disguise: full width, mathematical, circled, squared. */
static const struct {
	uint32_t first, last, count;
	const char *letters;
} alphabets[] = {
	{0xff21, 0xff3a, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0xff41, 0xff5a, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0xff10, 0xff19, 10, "0123456789"},
	{0x1d400, 0x1d6a3, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1d7ce, 0x1d7ff, 10, "0123456789"},
	{0x24b6, 0x24e9, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1f110, 0x1f129, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1f130, 0x1f149, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1f150, 0x1f169, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1f170, 0x1f189, 26, "abcdefghijklmnopqrstuvwxyz"},
	{0x1f1e6, 0x1f1ff, 26, "abcdefghijklmnopqrstuvwxyz"},
};

/* Each Latin letter, and what looks like it or is it with a mark. */
static const struct {
	char letter;
	const char *likes;
} looks[] = {
	{'a', "àáâãäåāăąǎαаɑᴀ"},
	{'b', "ЬьƅʙВв"},
	{'c', "çćĉċčсϲᴄ"},
	{'d', "ďđԁɗᴅ"},
	{'e', "èéêëēĕėęěеєҽεᴇ"},
	{'f', "ſƒғꜰ"},
	{'g', "ĝğġģɡɢց"},
	{'h', "ĥħһнʜհ"},
	{'i', "ìíîïĩīĭįıіιɩɪӏ"},
	{'j', "ĵјʝᴊ"},
	{'k', "ķкκᴋ"},
	{'l', "ĺļľŀłⅼʟ"},
	{'m', "мᴍⅿ"},
	{'n', "ñńņňŉпηɴո"},
	{'o', "òóôõöøōŏőоοσᴏօ"},
	{'p', "рρᴘ"},
	{'q', "ԛգ"},
	{'r', "ŕŗřгʀɾ"},
	{'s', "śŝşšѕꜱ"},
	{'t', "ţťŧтτᴛ"},
	{'u', "ùúûüũūŭůűųυᴜսц"},
	{'v', "ѵνᴠ"},
	{'w', "ŵѡωᴡա"},
	{'x', "хχ"},
	{'y', "ýÿŷуүγʏ"},
	{'z', "źżžᴢ"},
};

static bool is_unseen(uint32_t cp)
{
	return cp == 0xad || cp == 0x34f || cp == 0x61c || (cp >= 0x300 && cp <= 0x36f) ||
	       (cp >= 0x180b && cp <= 0x180f) || (cp >= 0x200b && cp <= 0x200f) ||
	       (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) ||
	       (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0xfeff ||
	       (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* Of the scripts whose letters look like Latin ones. */
static uint32_t small(uint32_t cp)
{
	if (cp >= 'A' && cp <= 'Z')
		return cp + 0x20;
	if ((cp >= 0xc0 && cp <= 0xde && cp != 0xd7) || (cp >= 0x391 && cp <= 0x3a9) ||
	    (cp >= 0x410 && cp <= 0x42f))
		return cp + 0x20;
	if (cp >= 0x400 && cp <= 0x40f)
		return cp + 0x50;
	if (cp >= 0x100 && cp <= 0x17f && cp != 0x131)
		return cp < 0x139 || (cp > 0x148 && cp < 0x178) ? cp | 1 : cp + (cp & 1);
	return cp;
}

static uint32_t latin(uint32_t cp)
{
	char bytes[4];
	struct str letter = {.p = bytes};

	for (size_t i = 0; i < COUNT(alphabets); i++) {
		if (cp >= alphabets[i].first && cp <= alphabets[i].last)
			return (uint32_t)(unsigned char)alphabets[i]
				.letters[(cp - alphabets[i].first) % alphabets[i].count];
	}
	letter.n = utf8_encode(cp, bytes);
	for (size_t i = 0; i < COUNT(looks); i++) {
		if (str_find(str_from(looks[i].likes), letter) >= 0)
			return (uint32_t)(unsigned char)looks[i].letter;
	}
	return cp;
}

uint32_t leash_fold_letter(uint32_t cp)
{
	if (cp < 0x80)
		return small(cp);
	return is_unseen(cp) ? 0 : latin(small(cp));
}

static bool is_ascii_letter(uint32_t cp)
{
	return cp >= 'a' && cp <= 'z';
}

/* A word as it comes, in both forms. */
struct spelling {
	char native[WORD_MOST * 4], folded[WORD_MOST * 4];
	size_t n_native, n_folded, letters;
	bool is_foreign; /* it has letters that look like no Latin one */
	bool was_small;	 /* the letter before was one */
};

static void end_word(struct spelling *w, struct leash_words *out)
{
	struct str word = {.p = w->is_foreign ? w->native : w->folded,
			   .n = w->is_foreign ? w->n_native : w->n_folded};

	/* Slices are made when the text has stopped growing. */
	if (word.n) {
		if (out->text.n)
			strbuf_putc(&out->text, ' ');
		strbuf_put(&out->text, word);
	}
	*w = (struct spelling){0};
}

static bool is_of_word(uint32_t cp)
{
	if (cp < 0x80)
		return is_ascii_letter(cp) || (cp >= '0' && cp <= '9');
	return cp >= 0xaa && cp != 0xd7 && cp != 0xf7 &&
	       !(cp >= 0x2000 && cp <= 0x2bff) && !(cp >= 0x3000 && cp <= 0x303f) &&
	       !(cp >= 0xff00 && cp <= 0xff65) && cp != 0xab && cp != 0xbb &&
	       cp != 0xb7 && cp != UTF8_REPLACEMENT;
}

static void put_letter(struct spelling *w, uint32_t cp, struct leash_words *out)
{
	uint32_t folded = leash_fold_letter(cp);
	bool is_capital = cp >= 'A' && cp <= 'Z';

	if (!folded || cp == '\'' || cp == 0x2019)
		return;
	if (!is_of_word(folded)) {
		end_word(w, out);
		return;
	}
	if ((is_capital && w->was_small) || w->letters == WORD_MOST)
		end_word(w, out);
	w->was_small = cp >= 'a' && cp <= 'z';
	w->is_foreign = w->is_foreign || folded >= 0x80;
	w->n_native += utf8_encode(small(cp), w->native + w->n_native);
	w->n_folded += utf8_encode(folded, w->folded + w->n_folded);
	w->letters++;
}

/* A line that is wrapped goes on in small letters. */
static bool is_begun(struct str text)
{
	size_t n = 0;

	while (n < text.n && (text.p[n] == ' ' || text.p[n] == '\t' || text.p[n] == '\r'))
		n++;
	return n < text.n && !(text.p[n] >= 'a' && text.p[n] <= 'z') &&
	       (unsigned char)text.p[n] < 0x80;
}

static void put_break(struct spelling *word, struct leash_words *out)
{
	end_word(word, out);
	if (out->text.n)
		strbuf_puts(&out->text, " " LEASH_BREAK);
}

void leash_fold(struct str text, struct leash_words *out)
{
	struct spelling word = {0};
	struct str rest, part;
	uint32_t cp;
	size_t n;

	*out = (struct leash_words){0};
	strbuf_init(&out->text, text.n * 4 + 8);
	while ((n = utf8_decode(text, &cp)) > 0) {
		if (cp == '\n' && is_begun(str_sub(text, 1, text.n)))
			put_break(&word, out);
		put_letter(&word, cp, out);
		text = str_sub(text, n, text.n);
	}
	end_word(&word, out);
	rest = strbuf_str(&out->text);
	while (rest.n && str_next(&rest, ' ', &part)) {
		struct str *last = out->list.n ? &out->list.p[out->list.n - 1] : NULL;

		if (last && str_eq(part, STR("not")) && str_eq(*last, STR("do")))
			*last = STR("dont");
		else
			vec_push(&out->list, part);
	}
}

void leash_words_fini(struct leash_words *words)
{
	vec_fini(&words->list);
	strbuf_fini(&words->text);
}
