/* See words.h. The stem is rough on purpose: it only has to make the forms of one word
 * equal, and it is the same for questions, runbooks and the table of synonyms. */
#include "knowledge/words.h"

#include <ctype.h>
#include <string.h>

#include "base/count.h"

/* Sorted. "don" is what words are of "don't". */
static const char *const stops[] = {
	"a",	   "about",	"after",  "again",   "all",	 "also",  "am",
	"an",	   "and",	"any",	  "anyone",  "anything", "are",	  "aren",
	"as",	   "at",	"azure",  "be",	     "because",	 "been",  "before",
	"being",   "but",	"by",	  "can",     "cannot",	 "could", "did",
	"didn",	   "do",	"does",	  "doesn",   "doing",	 "don",	  "done",
	"each",	   "else",	"ever",	  "every",   "few",	 "fix",	  "for",
	"from",	   "get",	"gets",	  "getting", "give",	 "go",	  "goes",
	"going",   "got",	"had",	  "happen",  "happens",	 "has",	  "have",
	"having",  "help",	"her",	  "here",    "his",	 "how",	  "i",
	"if",	   "in",	"into",	  "is",	     "isn",	 "issue", "it",
	"its",	   "itself",	"just",	  "keep",    "keeps",	 "kind",  "know",
	"let",	   "like",	"look",	  "made",    "make",	 "many",  "may",
	"me",	   "mean",	"means",  "might",   "more",	 "most",  "much",
	"must",	   "my",	"need",	  "needs",   "no",	 "nor",	  "not",
	"now",	   "of",	"off",	  "on",	     "one",	 "only",  "or",
	"other",   "our",	"ours",	  "out",     "over",	 "own",	  "please",
	"problem", "put",	"s",	  "said",    "same",	 "say",	  "says",
	"see",	   "seem",	"seems",  "should",  "show",	 "so",	  "some",
	"someone", "something", "still",  "such",    "t",	 "tell",  "than",
	"that",	   "the",	"their",  "them",    "then",	 "there", "these",
	"they",	   "thing",	"things", "this",    "those",	 "to",	  "too",
	"under",   "until",	"up",	  "us",	     "use",	 "very",  "want",
	"was",	   "we",	"were",	  "what",    "when",	 "where", "which",
	"while",   "who",	"whose",  "why",     "will",	 "with",  "without",
	"would",   "you",	"your",
};

bool words_is_stop(struct str text)
{
	size_t low = 0, high = COUNT(stops);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = str_cmp(text, str_from(stops[mid]));

		if (order == 0)
			return true;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_vowel(char c)
{
	return c && strchr("aeiouy", c);
}

static bool ends(const char *s, size_t n, const char *tail)
{
	size_t k = strlen(tail);

	return n > k && memcmp(s + n - k, tail, k) == 0;
}

static bool has_vowel(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (is_vowel(s[i]))
			return true;
	}
	return false;
}

/* "running" to "run", "scaled" to "scal", "expires" to "expir", "queries" to "query". */
static void make_stem(char *s)
{
	size_t n = strlen(s), cut = 0;

	if (n < 4 || isdigit((unsigned char)s[n - 1]))
		return;
	if (ends(s, n, "ies") && n > 4) {
		memcpy(s + n - 3, "y", 2);
		return;
	}
	if (ends(s, n, "sses") || ends(s, n, "shes") || ends(s, n, "ches") ||
	    ends(s, n, "xes"))
		n -= 2;
	else if (s[n - 1] == 's' && !strchr("sui", s[n - 2]))
		n--;
	if (ends(s, n, "ing"))
		cut = 3;
	else if (ends(s, n, "ed"))
		cut = 2;
	if (cut && n - cut >= 3 && has_vowel(s, n - cut)) {
		n -= cut;
		if (s[n - 1] == s[n - 2] && !is_vowel(s[n - 1]) &&
		    !strchr("lsz", s[n - 1]))
			n--;
	}
	if (n > 3 && s[n - 1] == 'e')
		n--;
	s[n] = '\0';
}

bool words_next(struct str *rest, struct word *out)
{
	size_t n = 0, capitals = 0, digits = 0;

	while (rest->n && !is_letter(rest->p[0]))
		*rest = str_sub(*rest, 1, rest->n);
	while (n < rest->n && is_letter(rest->p[n])) {
		capitals += n > 0 && isupper((unsigned char)rest->p[n]) &&
			    islower((unsigned char)rest->p[n - 1]);
		digits += isdigit((unsigned char)rest->p[n]) != 0;
		n++;
	}
	if (!n)
		return false;
	out->raw = str_sub(*rest, 0, n);
	out->is_code = digits || capitals;
	*rest = str_sub(*rest, n, rest->n);
	if (n >= WORD_MOST)
		n = WORD_MOST - 1;
	for (size_t i = 0; i < n; i++)
		out->text[i] = (char)tolower((unsigned char)out->raw.p[i]);
	out->text[n] = '\0';
	memcpy(out->stem, out->text, n + 1);
	make_stem(out->stem);
	return true;
}

bool words_split_name(struct str raw, struct strbuf *out)
{
	bool is_split = false;

	for (size_t i = 0; i < raw.n; i++) {
		bool is_first = i > 0 && isupper((unsigned char)raw.p[i]) &&
				islower((unsigned char)raw.p[i - 1]);

		if (is_first)
			strbuf_putc(out, ' ');
		is_split |= is_first;
		strbuf_putc(out, (char)tolower((unsigned char)raw.p[i]));
	}
	return is_split;
}
