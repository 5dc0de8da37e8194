/* See unsafe.h. Words are compared as they are written, and with one or two slips of the
 * keys in a long one; a known form of another word is no slip: "deleted" is not "delete".
 */
#include "guide/unsafe.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "base/count.h"

enum {
	REACH = 7,	/* words between an act and what it is done to */
	BEGINNING = 3,	/* words of a sentence, with one of which a question begins */
	SLIP_BYTES = 5, /* a shorter word has to be right */
	BASE64_LEAST = 16,
	BASE64_MOST = 600,
};

/* What is done to something named before: "the audit log, turn it off". */
static const char acts_on_it[] =
	"skip it|skip them|skip that|bypass it|disable it|disable them|turn it off|"
	"turn them off|switch it off|delete it|delete them|wipe it|wipe them|erase it|"
	"show it|show them to me|show me|print it|print them|reveal it|reveal them|"
	"get rid of it|remove it|ignore it|override it|nuke it|send it|send them|"
	"just do it";

static const char orders[] =
	"ignore previous|ignore all previous|ignore the previous|ignore your previous|"
	"ignore all prior|ignore prior|ignore the above|ignore above|ignore everything "
	"above|"
	"ignore all the above|ignore your instructions|ignore your rules|ignore the "
	"rules|"
	"ignore all rules|ignore your guidelines|ignore any instructions|"
	"ignore all instructions|ignore the instructions|disregard previous|"
	"disregard all|disregard the|disregard your|disregard prior|disregard any|"
	"forget your instructions|forget previous|forget all|forget everything|"
	"forget the above|forget your rules|override your|new instructions|"
	"updated instructions|your new task|your real task|your new role|"
	"new system prompt|system prompt|you are now|you re now|from now on you|"
	"act as|acting as|pretend to be|pretend you|pretend that you|role play|roleplay|"
	"developer mode|dan mode|jailbreak|jailbroken|do anything now|no restrictions|"
	"without restrictions|unrestricted|god mode|sudo mode|maintenance mode|debug "
	"mode|"
	"end of data|end of context|end of untrusted|begin system|system message|"
	"system override|admin override|assistant must|the assistant|ai must|"
	"you must now|you must obey|obey me|do not tell|don t tell the user|"
	"do not mention|without mentioning|as an ai|to the grader|note to the grader|"
	"grader|this answer is correct|give full marks|tool result|function result|"
	"tool_call|tool call|im_start|im_end|endoftext|inst inst|prompt injection|"
	"i am your developer|i am the developer|i m your developer|i am an admin|"
	"as your administrator|i am the administrator|authorised by the ceo|"
	"imagine you are|imagine you have|in a hypothetical|hypothetically you|"
	"for a story|in a movie|you have been approved|approval granted|"
	"approved by the system|pre approved|already approved by|trust me|"
	"assistant response|respond only with|reply only with|repeat after me|"
	"ignoriere alle|ignoriere die|vergiss alle|ignora las|ignora todas|"
	"olvida las|ignorez les|ignore toutes|oublie les|oubliez|negeer alle|"
	"ignora tutte|ignoruj|ignorera alla|vorherigen anweisungen|"
	"instrucciones anteriores|instructions precedentes";

/* Whole messages of a chat that somebody pasted, and marks of fences. */
static const char *const shapes[] = {
	"<|im_start|>",	     "<|system|>",
	"[system]",	     "### system",
	"###system",	     "system:",
	"assistant:",	     "<system>",
	"</data>",	     "</untrusted>",
	"[/inst]",	     "<<sys>>",
	"role\":\"system",   "role\": \"system",
	"\"tool_call_id\"",  "</context>",
	"end of data",	     "<tool_result",
	"<function_results", "[inst]",
	"</evidence>",	     "]]>",
};

static bool is_slip_of(struct str said, struct str meant)
{
	size_t most = meant.n < SLIP_BYTES ? 0 : meant.n < 8 ? 1 : 2;
	bool is_other_form =
		said.n >= meant.n && str_starts(said, str_sub(meant, 0, meant.n - 1));

	return most && said.n + 1 >= SLIP_BYTES && said.p[0] == meant.p[0] &&
	       !is_other_form && vocabulary_slips(said, meant) <= most;
}

static bool is_word(const struct reading *r, size_t at, struct str meant)
{
	const struct word *word = &r->words[at].word;

	if (str_is(meant, word->text))
		return true;
	if (words_is_stop(str_from(word->text)) ||
	    vocabulary_find(&r->lexicon.words, str_from(word->stem)))
		return false;
	return is_slip_of(str_from(word->text), meant);
}

/* How many words the phrase takes at this place; 0: it does not stand there. */
static size_t phrase_at(const struct reading *r, size_t at, struct str phrase)
{
	struct word word;
	size_t n = 0;

	while (words_next(&phrase, &word)) {
		if (at + n >= r->n_words || !is_word(r, at + n, str_from(word.text)))
			return 0;
		n++;
	}
	return n;
}

/* The longest phrase of a list at this place. */
static size_t any_at(const struct reading *r, size_t at, const char *list)
{
	struct str rest = str_from(list), phrase;
	size_t longest = 0;

	while (str_next(&rest, '|', &phrase)) {
		size_t n = phrase_at(r, at, phrase);

		longest = n > longest ? n : longest;
	}
	return longest;
}

static bool any(const struct reading *r, const char *list)
{
	for (size_t i = 0; i < r->n_words; i++)
		if (any_at(r, i, list))
			return true;
	return false;
}

static bool is_within(const struct reading *r, size_t from, const char *list)
{
	for (size_t i = from; i < r->n_words && i <= from + REACH; i++)
		if (any_at(r, i, list))
			return true;
	return false;
}

/* The sentence that this word is in asks, and does not order. */
static bool is_question(const struct reading *r, size_t at,
			const struct unsafe_rule *rule)
{
	size_t sentence = r->words[at].sentence, first = at;

	while (first > 0 && r->words[first - 1].sentence == sentence)
		first--;
	for (size_t i = first; i < r->n_words && r->words[i].sentence == sentence; i++) {
		if (rule->unless && any_at(r, i, rule->unless))
			return true;
		if (rule->asks && i < first + BEGINNING && i <= at &&
		    any_at(r, i, rule->asks))
			return true;
	}
	return false;
}

static bool breaks(const struct reading *r, const struct unsafe_rule *rule)
{
	for (size_t i = 0; i < r->n_words; i++) {
		size_t act = any_at(r, i, rule->acts), object;

		if (act && (!rule->objects || is_within(r, i + act, rule->objects)) &&
		    !is_question(r, i, rule))
			return true;
		object = rule->objects && !act ? any_at(r, i, rule->objects) : 0;
		if (object && is_within(r, i + object, acts_on_it) &&
		    !is_question(r, i, rule))
			return true;
	}
	return false;
}

const struct unsafe_rule *unsafe_find(const struct reading *r)
{
	for (size_t i = 0; i < n_unsafe_rules; i++)
		if (breaks(r, &unsafe_rules[i]))
			return &unsafe_rules[i];
	return NULL;
}

static bool is_base64(char c)
{
	return isalnum((unsigned char)c) || strchr("+/", c);
}

/* A long word of base64 that has orders in it. */
static bool hides_orders(struct str word)
{
	unsigned char bytes[BASE64_MOST];
	struct reading *inner;
	size_t n = 0;
	bool is_found;

	if (word.n < BASE64_LEAST || word.n > BASE64_MOST)
		return false;
	if (sodium_base642bin(bytes, sizeof(bytes), word.p, word.n, NULL, &n, NULL,
			      sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
	    n < BASE64_LEAST / 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (bytes[i] < ' ' || bytes[i] > '~')
			return false;
	inner = xcalloc(1, sizeof(*inner));
	reading_init(inner, (struct str){.p = (char *)bytes, .n = n});
	is_found = any(inner, orders) || unsafe_find(inner);
	reading_fini(inner);
	free(inner);
	return is_found;
}

static bool has_hidden_orders(struct str text)
{
	while (text.n) {
		size_t n = 0;

		while (n < text.n && is_base64(text.p[n]))
			n++;
		if (hides_orders(str_sub(text, 0, n)))
			return true;
		text = str_sub(text, n + (n == 0), text.n);
	}
	return false;
}

bool unsafe_is_injection(const struct reading *r)
{
	struct str text = strbuf_str(&r->text);

	if (r->has_unseen || any(r, orders))
		return true;
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (str_find_nocase(text, str_from(shapes[i])) >= 0)
			return true;
	return has_hidden_orders(text);
}
