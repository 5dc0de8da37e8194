/* See knowledge_vectors.h. */
#include "knowledge/knowledge_vectors.h"

#include <stdlib.h>
#include <string.h>

#include "knowledge/knowledge_part.h"

/* Of a hundred sections so many have to have one. */
enum { ENOUGH_PERCENT = 95 };

static void put_list(struct strbuf *out, const struct text_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		strbuf_puts(out, i ? ", " : "");
		strbuf_put(out, list->p[i]);
	}
	if (list->n)
		strbuf_putc(out, '\n');
}

void knowledge_put_passage(const struct knowledge *k, size_t slot, struct strbuf *out)
{
	const struct slot *s = &k->slots.p[slot];
	const struct runbook *book = &s->file->book;
	const struct md_section *section = &book->page.sections.p[s->section];

	strbuf_put(out, book->title);
	strbuf_putc(out, '\n');
	strbuf_put(out, section->path);
	strbuf_putc(out, '\n');
	if (s->section == 0) {
		put_list(out, &book->tags);
		put_list(out, &book->codes);
	}
	strbuf_put(out, section->text);
}

static struct vector_key key_of(struct knowledge *k, size_t slot)
{
	struct slot *s = &k->slots.p[slot];
	struct strbuf text;

	if (s->has_key)
		return s->key;
	strbuf_init(&text, KNOWLEDGE_PASSAGE_MOST);
	knowledge_put_passage(k, slot, &text);
	s->key = vector_key_of(strbuf_str(&text));
	s->has_key = true;
	strbuf_fini(&text);
	return s->key;
}

static void use_model(struct knowledge *k, struct str model)
{
	if (k->model && str_is(model, k->model))
		return;
	free(k->model);
	k->model = xstrndup(model.p, model.n);
	vectors_fini(&k->vectors);
	knowledge_forget_nearest(k);
}

void knowledge_load_vectors(struct knowledge *k, struct vector_store *store,
			    struct str model)
{
	float *floats = xcalloc(VECTOR_MOST_DIMS, sizeof(*floats));

	use_model(k, model);
	for (size_t i = 0; i < k->slots.n; i++) {
		struct vector_key key;
		size_t n;

		if (!k->slots.p[i].file || vectors_has(&k->vectors, i))
			continue;
		key = key_of(k, i);
		n = vector_store_read(store, model, &key, floats, VECTOR_MOST_DIMS);
		/* One of another length is made anew. */
		if (n && !vectors_put(&k->vectors, i, floats, n))
			continue;
	}
	free(floats);
}

void knowledge_use_vectors(struct knowledge *k, struct vector_store *store,
			   int64_t now_ms)
{
	for (size_t i = 0; i < k->slots.n; i++) {
		struct vector_key key;

		if (!vectors_has(&k->vectors, i))
			continue;
		key = key_of(k, i);
		vector_store_use(store, str_from(k->model), &key, now_ms);
	}
}

size_t knowledge_with_vectors(const struct knowledge *k)
{
	return k->vectors.n;
}

bool knowledge_has_meaning(const struct knowledge *k)
{
	return k->vectors.n && k->vectors.n * 100 >= k->sections * ENOUGH_PERCENT;
}

size_t knowledge_gaps(struct knowledge *k, size_t *at, struct knowledge_gap *out,
		      size_t most)
{
	size_t n = 0;

	for (; *at < k->slots.n && n < most; ++*at) {
		if (k->slots.p[*at].file && !vectors_has(&k->vectors, *at))
			out[n++] = (struct knowledge_gap){.slot = *at,
							  .key = key_of(k, *at)};
	}
	return n;
}

bool knowledge_give_vector(struct knowledge *k, const struct knowledge_gap *gap,
			   const float *vector, size_t dims)
{
	struct vector_key key;

	if (gap->slot >= k->slots.n || !k->slots.p[gap->slot].file)
		return false;
	key = key_of(k, gap->slot);
	return memcmp(&key, &gap->key, sizeof(key)) == 0 &&
	       vectors_put(&k->vectors, gap->slot, vector, dims);
}

bool knowledge_drop_vectors(struct knowledge *k, size_t dims)
{
	if (!k->vectors.n || k->vectors.dims == dims)
		return false;
	vectors_fini(&k->vectors);
	return true;
}

size_t knowledge_nearest(const struct knowledge *k, const float *vector, size_t dims,
			 struct vector_hit out[KNOWLEDGE_NEAREST])
{
	return vectors_nearest(&k->vectors, vector, dims, out, KNOWLEDGE_NEAREST);
}

void knowledge_remember_nearest(struct knowledge *k, struct str text,
				const struct vector_hit *hits, size_t n)
{
	struct nearest *to = &k->nearest[k->next_nearest++ % KNOWLEDGE_REMEMBERED];

	free(to->text);
	to->text = xstrndup(text.p, text.n);
	to->n = n < KNOWLEDGE_NEAREST ? n : KNOWLEDGE_NEAREST;
	memcpy(to->hits, hits, to->n * sizeof(*hits));
}

const struct nearest *knowledge_find_nearest(const struct knowledge *k, struct str text)
{
	for (size_t i = 0; i < KNOWLEDGE_REMEMBERED; i++) {
		if (k->nearest[i].text && str_is(text, k->nearest[i].text))
			return &k->nearest[i];
	}
	return NULL;
}

bool knowledge_remembers(const struct knowledge *k, struct str text)
{
	return knowledge_find_nearest(k, text) != NULL;
}

void knowledge_forget_nearest(struct knowledge *k)
{
	for (size_t i = 0; i < KNOWLEDGE_REMEMBERED; i++) {
		free(k->nearest[i].text);
		k->nearest[i].text = NULL;
	}
}

bool knowledge_is_prose(struct knowledge *k, struct str text)
{
	struct question q;

	question_parse(&q, text, &k->words, k->ix, k->sections);
	return q.shape == QUESTION_PROSE || q.shape == QUESTION_MIXED;
}
