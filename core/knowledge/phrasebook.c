/* See phrasebook.h. */
#include "knowledge/phrasebook.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "base/xalloc.h"

enum { STEMS_MOST = 200 };

static void add(struct phrasebook *book, struct vocabulary *v, const struct synonym *row,
		struct str text)
{
	struct phrase *phrase = xcalloc(1, sizeof(*phrase));
	struct strbuf stems;
	struct str first;
	struct word word;

	strbuf_init(&stems, STEMS_MOST);
	while (words_next(&text, &word)) {
		vocabulary_add(v, &word, 0);
		strbuf_puts(&stems, word.stem);
		strbuf_putc(&stems, ' ');
		phrase->n++;
	}
	phrase->row = row;
	phrase->stems = strbuf_take(&stems);
	first = str_sub(str_from(phrase->stems), 0,
			(size_t)str_find_char(str_from(phrase->stems), ' '));
	phrase->next = map_put(&book->by_first, first, phrase);
	vec_push(&book->all, phrase);
}

static void init(struct phrasebook *book, struct vocabulary *v, bool is_means)
{
	*book = (struct phrasebook){.all = {0}};
	map_init(&book->by_first);
	for (const struct synonym *row = synonyms; row->says; row++) {
		struct str rest = str_from(is_means ? row->means : row->says), text;

		while (str_next(&rest, '|', &text))
			add(book, v, row, text);
	}
}

void phrasebook_init(struct phrasebook *book, struct vocabulary *v)
{
	init(book, v, false);
}

void phrasebook_init_means(struct phrasebook *book, struct vocabulary *v)
{
	init(book, v, true);
}

void phrasebook_fini(struct phrasebook *book)
{
	for (size_t i = 0; i < book->all.n; i++) {
		free(book->all.p[i]->stems);
		free(book->all.p[i]);
	}
	vec_fini(&book->all);
	map_fini(&book->by_first);
}

static bool begins_with(const char *const *stems, size_t n, const struct phrase *phrase)
{
	struct str rest = str_from(phrase->stems), stem;

	if (phrase->n > n)
		return false;
	for (size_t i = 0; i < phrase->n && str_next(&rest, ' ', &stem); i++) {
		if (!str_is(stem, stems[i]))
			return false;
	}
	return true;
}

const struct phrase *phrasebook_next(const struct phrasebook *book,
				     const char *const *stems, size_t n,
				     const struct phrase *before)
{
	const struct phrase *phrase = before ? before->next : NULL;

	if (!before && n)
		phrase = map_find(&book->by_first, str_from(stems[0]));
	while (phrase && !begins_with(stems, n, phrase))
		phrase = phrase->next;
	return phrase;
}
