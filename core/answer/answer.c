/* An answer is put together piece by piece; each list has an end. */
#include "answer/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/xalloc.h"

const char *answer_type_name(enum answer_type type)
{
	static const char *const names[ANSWER_TYPES] = {
#define X(id, word, help) word,
		ANSWER_TYPE_LIST(X)
#undef X
	};

	return names[type];
}

bool answer_type_find(struct str name, enum answer_type *out)
{
	for (int i = 0; i < ANSWER_TYPES; i++)
		if (str_eq_nocase(name, str_from(answer_type_name(i)))) {
			*out = i;
			return true;
		}
	return false;
}

void answer_init(struct answer *a)
{
	*a = (struct answer){.type = ANSWER_UNKNOWN,
			     .tokens_in = -1,
			     .tokens_out = -1,
			     .money = NAN};
	strbuf_init(&a->prose, ANSWER_PROSE_MOST);
}

static void free_texts(char **texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(texts[i]);
	free(texts);
}

static void claim_fini(struct claim *claim)
{
	free(claim->text);
	free(claim->ref);
	free(claim->value);
	free(claim->board);
	free(claim->key);
}

void answer_fini(struct answer *a)
{
	strbuf_fini(&a->prose);
	for (size_t i = 0; i < a->n_claims; i++)
		claim_fini(&a->claims[i]);
	free(a->claims);
	for (size_t i = 0; i < a->n_struck; i++) {
		free(a->struck[i].text);
		free(a->struck[i].why);
	}
	free(a->struck);
	free_texts(a->proposals, a->n_proposals);
	free_texts(a->asks, a->n_asks);
	free_texts(a->unknowns, a->n_unknowns);
	free_texts(a->follow_ups, a->n_follow_ups);
	*a = (struct answer){0};
}

/* Room for one more: lists grow at the powers of two, so none has a size beside its
 * count. */
static void *room(void *items, size_t n, size_t size)
{
	return (n & (n - 1)) == 0 ? xreallocarray(items, n ? n * 2 : 1, size) : items;
}

void claim_set(char **field, struct str text)
{
	free(*field);
	*field = xstrndup(text.n ? text.p : "", text.n);
}

struct claim *answer_claim(struct answer *a, enum claim_kind kind, struct str ref)
{
	struct claim *claim;

	if (a->n_claims == ANSWER_ITEMS_MOST)
		return NULL;
	a->claims = room(a->claims, a->n_claims, sizeof(*a->claims));
	claim = &a->claims[a->n_claims++];
	*claim = (struct claim){.kind = kind,
				.text = xstrdup(""),
				.ref = xstrndup(ref.n ? ref.p : "", ref.n),
				.value = xstrdup(""),
				.board = xstrdup(""),
				.key = xstrdup("")};
	return claim;
}

static void copy_claim(struct claim *to, const struct claim *from)
{
	claim_set(&to->text, str_from(from->text));
	claim_set(&to->value, str_from(from->value));
	claim_set(&to->board, str_from(from->board));
	claim_set(&to->key, str_from(from->key));
	to->is_number = from->is_number;
	to->version = from->version;
	to->as_of_ms = from->as_of_ms;
	to->is_stale = from->is_stale;
	to->is_unknown = from->is_unknown;
	to->begin = from->begin;
	to->end = from->end;
}

void answer_put_more(struct answer *to, const struct answer *from, size_t prose,
		     size_t claims)
{
	strbuf_put(&to->prose, str_sub(strbuf_str(&from->prose), prose, from->prose.n));
	for (size_t i = claims; i < from->n_claims; i++) {
		const struct claim *claim = &from->claims[i];
		struct claim *copy = answer_claim(to, claim->kind, str_from(claim->ref));

		if (copy)
			copy_claim(copy, claim);
	}
}

void answer_strike(struct answer *a, struct str text, const char *why)
{
	if (a->n_struck == ANSWER_ITEMS_MOST)
		return;
	a->struck = room(a->struck, a->n_struck, sizeof(*a->struck));
	a->struck[a->n_struck++] =
		(struct struck){.text = xstrndup(text.n ? text.p : "", text.n),
				.why = xstrdup(why)};
}

static void add(char ***list, size_t *n, const char *text)
{
	if (*n == ANSWER_ITEMS_MOST)
		return;
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i], text) == 0)
			return;
	*list = room(*list, *n, sizeof(**list));
	(*list)[(*n)++] = xstrdup(text);
}

void answer_propose(struct answer *a, const char *action)
{
	add(&a->proposals, &a->n_proposals, action);
}

void answer_ask(struct answer *a, const char *choice)
{
	add(&a->asks, &a->n_asks, choice);
}

void answer_unknown(struct answer *a, const char *what)
{
	add(&a->unknowns, &a->n_unknowns, what);
}

void answer_follow_up(struct answer *a, const char *question)
{
	add(&a->follow_ups, &a->n_follow_ups, question);
}

void answer_says(struct answer *a, enum says says)
{
	a->says |= (uint64_t)1 << says;
}

bool answer_has_said(const struct answer *a, enum says says)
{
	return a->says >> says & 1;
}
