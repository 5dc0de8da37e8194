/* Whether a text says one of the rows of leash_rows.c; see leash_part.h. */
#include "ai/leash_part.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/xalloc.h"

/* "a|b*": whether the word is one of them. Asked for most words of a text, so nothing is
 * cut out of the choices. */
static bool is_among(struct str word, struct str choices)
{
	for (size_t at = 0; at < choices.n; at++) {
		size_t k = 0;
		char next;

		while (k < word.n && at + k < choices.n && choices.p[at + k] == word.p[k])
			k++;
		next = at + k < choices.n ? choices.p[at + k] : '|';
		if (next == '*' || (next == '|' && k == word.n))
			return k > 0;
		at += k;
		while (at < choices.n && choices.p[at] != '|')
			at++;
	}
	return false;
}

/* From word `at` on, the rest of a row; a gap is tried at its shortest first. */
static bool goes_on(const struct leash_words *words, size_t at, struct str row)
{
	struct str rest = row, token;
	size_t gap = 0;

	if (!row.n || !str_next(&rest, ' ', &token))
		return true;
	if (token.p[0] == '.') {
		for (size_t i = 1; i < token.n; i++)
			gap = gap * 10 + (size_t)(token.p[i] - '0');
		if (!str_next(&rest, ' ', &token))
			return false;
	}
	for (size_t i = at; i < words->list.n && i <= at + gap; i++) {
		if (str_is(words->list.p[i], LEASH_BREAK))
			return false;
		if (is_among(words->list.p[i], token) && goes_on(words, i + 1, rest))
			return true;
	}
	return false;
}

/* A row in its parts. */
struct phrase {
	struct str before, first, rest;
	uint64_t fronts; /* of the first word: a bit for how each choice begins */
};

/* A bit for the first two letters, so that most words are passed over without a look. */
static uint64_t front_of(struct str word)
{
	unsigned second = word.n > 1 ? (unsigned char)word.p[1] : 0;

	return UINT64_C(1) << (((unsigned char)word.p[0] * 37u + second * 11u) % 64u);
}

static uint64_t front_of_choice(struct str choice)
{
	bool is_open = choice.n && choice.p[choice.n - 1] == '*';

	return choice.n < 2 || (is_open && choice.n < 3) ? UINT64_MAX : front_of(choice);
}

static struct phrase phrase_of(const char *row)
{
	struct phrase p = {.rest = str_from(row)};
	struct str choices, choice;

	if (row[0] == '!' && str_next(&p.rest, ' ', &p.before))
		p.before = str_sub(p.before, 1, p.before.n);
	str_next(&p.rest, ' ', &p.first);
	choices = p.first;
	while (str_next(&choices, '|', &choice))
		p.fronts |= front_of_choice(choice);
	return p;
}

static bool is_said(const struct phrase *p, const struct leash_words *words,
		    const uint64_t *fronts)
{
	for (size_t i = 0; i < words->list.n; i++) {
		if (!(p->fronts & fronts[i]) || !is_among(words->list.p[i], p->first))
			continue;
		if (i && p->before.n && is_among(words->list.p[i - 1], p->before))
			continue;
		if (goes_on(words, i + 1, p->rest))
			return true;
	}
	return false;
}

/* "i g n o r e": nobody writes so who has nothing to hide. */
static bool is_spaced_out(const struct leash_words *words)
{
	static const char *const hidden[] = {"ignore",	  "disregard", "instruction",
					     "approve",	  "override",  "systemprompt",
					     "forgetall", "password",  "execute"};
	char run[256];
	size_t n = 0;

	for (size_t i = 0; i <= words->list.n; i++) {
		bool is_letter = i < words->list.n && words->list.p[i].n == 1;

		if (is_letter && n < sizeof(run)) {
			run[n++] = words->list.p[i].p[0];
			continue;
		}
		for (size_t k = 0; n >= 6 && k < COUNT(hidden); k++) {
			if (str_find((struct str){run, n}, str_from(hidden[k])) >= 0)
				return true;
		}
		n = 0;
	}
	return false;
}

const char *leash_phrase(const struct leash_words *words)
{
	uint64_t *fronts = xcalloc(words->list.n + 1, sizeof(*fronts));
	const char *what = NULL;

	for (size_t i = 0; i < words->list.n; i++)
		fronts[i] = front_of(words->list.p[i]);
	for (size_t i = 0; !what && i < leash_n_rows; i++) {
		struct phrase p = phrase_of(leash_rows[i].row);

		if (is_said(&p, words, fronts))
			what = leash_rows[i].what;
	}
	free(fronts);
	if (!what && is_spaced_out(words))
		what = "hides words between blanks";
	return what;
}
