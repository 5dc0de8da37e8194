/* See knowledge_part.h: a runbook's sections as rows of the index. What its front matter
 * says of the whole is with the first of them, so that a question about the whole finds
 * that one, and one about a step finds the step. */
#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"
#include "knowledge/knowledge_part.h"

enum { LIST_MOST = 32 << 10, CODE_LEAST = 3 };

struct row_text {
	struct index_row row;
	struct strbuf tags, codes, names;
};

static void put_items(struct strbuf *out, const struct text_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		strbuf_put(out, list->p[i]);
		strbuf_puts(out, " ; ");
	}
}

/* Ids and codes of a text, each as it is and taken apart. */
static void put_codes(struct strbuf *out, struct str text)
{
	struct word word;

	while (words_next(&text, &word)) {
		if (!word.is_code || word.raw.n < CODE_LEAST)
			continue;
		strbuf_put(out, word.raw);
		strbuf_putc(out, ' ');
		if (words_split_name(word.raw, out))
			strbuf_putc(out, ' ');
	}
}

static void make_row(struct row_text *t, const struct known_file *file, size_t section)
{
	const struct runbook *book = &file->book;
	const struct md_section *s = &book->page.sections.p[section];

	strbuf_init(&t->tags, LIST_MOST);
	strbuf_init(&t->codes, LIST_MOST);
	strbuf_init(&t->names, LIST_MOST);
	if (section == 0) {
		put_items(&t->tags, &book->tags);
		put_items(&t->codes, &book->codes);
		for (size_t i = 0; i < book->codes.n; i++)
			put_codes(&t->codes, book->codes.p[i]);
	}
	put_codes(&t->names, s->text);
	t->row = (struct index_row){.id = (int64_t)file->slots[section] + 1,
				    .title = book->title,
				    .tags = strbuf_str(&t->tags),
				    .codes = strbuf_str(&t->codes),
				    .heading = s->heading,
				    .body = s->text,
				    .names = strbuf_str(&t->names)};
}

static void row_fini(struct row_text *t)
{
	strbuf_fini(&t->tags);
	strbuf_fini(&t->codes);
	strbuf_fini(&t->names);
}

typedef void (*count_fn)(struct vocabulary *v, const struct word *word, int64_t section);

static void count_words(struct knowledge *k, const struct index_row *row, count_fn count)
{
	const struct str texts[] = {row->title,	  row->tags, row->codes,
				    row->heading, row->body, row->names};
	struct word word;

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct str rest = texts[i];

		while (words_next(&rest, &word))
			count(&k->words.known, &word, row->id);
	}
}

static size_t take_slot(struct knowledge *k)
{
	if (k->spare.n)
		return k->spare.p[--k->spare.n];
	vec_push(&k->slots, (struct slot){.file = NULL});
	return k->slots.n - 1;
}

void knowledge_add_rows(struct knowledge *k, struct known_file *file)
{
	size_t n = file->book.page.sections.n;

	file->slots = xcalloc(n, sizeof(*file->slots));
	for (size_t i = 0; i < n; i++) {
		struct row_text t;

		file->slots[i] = take_slot(k);
		k->slots.p[file->slots[i]] = (struct slot){.file = file, .section = i};
		make_row(&t, file, i);
		text_index_add(k->ix, &t.row);
		count_words(k, &t.row, vocabulary_add);
		row_fini(&t);
	}
	k->sections += n;
}

void knowledge_remove_rows(struct knowledge *k, struct known_file *file)
{
	size_t n = file->slots ? file->book.page.sections.n : 0;

	for (size_t i = 0; i < n; i++) {
		struct row_text t;

		make_row(&t, file, i);
		text_index_remove(k->ix, &t.row);
		count_words(k, &t.row, vocabulary_remove);
		row_fini(&t);
		k->slots.p[file->slots[i]].file = NULL;
		vectors_drop(&k->vectors, file->slots[i]);
		vec_push(&k->spare, file->slots[i]);
	}
	k->sections -= n;
	free(file->slots);
	file->slots = NULL;
}
