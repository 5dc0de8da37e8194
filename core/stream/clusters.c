/* See clusters.h. Lines of equally many words whose first word is the same are looked
 * at; the nearest pattern takes the line when more than half of the words agree, and
 * words that differ become the mark. Words with a digit in them are the mark at once. */
#include "stream/clusters.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { BUCKETS = 1024, LOOKED_AT_MOST = 64 };

/* A pattern's words lie one behind the other; the mark is an empty one. */
struct entry {
	struct cluster cluster; /* first: a cluster is an entry */
	struct entry *next;	/* of the same bucket */
	uint32_t hash;
	bool is_cut; /* lines have more words than are looked at */
	size_t n_words;
	uint16_t length[CLUSTER_WORDS_MOST];
	char *text;
	size_t n_text;
};

struct clusters {
	struct entry *bucket[BUCKETS];
	struct entry **order; /* by count, when is_sorted */
	size_t n;
	bool is_sorted;
	uint64_t left_out;
};

struct words {
	struct str word[CLUSTER_WORDS_MOST]; /* empty: the mark */
	size_t n;
	bool is_cut;
};

static const struct str mark = {"<*>", 3}, cut_off = {" ...", 4};

struct clusters *clusters_new(void)
{
	struct clusters *c = xcalloc(1, sizeof(*c));

	c->order = xreallocarray(NULL, CLUSTERS_MOST, sizeof(*c->order));
	return c;
}

void clusters_free(struct clusters *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n; i++) {
		free(c->order[i]->text);
		free(c->order[i]);
	}
	free(c->order);
	free(c);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Figures, ids and what is too long to be a word differ from line to line. */
static bool is_variable(struct str word)
{
	if (word.n > CLUSTER_WORD_BYTES)
		return true;
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] >= '0' && word.p[i] <= '9')
			return true;
	}
	return false;
}

static void split(struct str s, struct words *words)
{
	size_t at = 0;

	*words = (struct words){0};
	for (;;) {
		size_t begin;

		while (at < s.n && is_blank(s.p[at]))
			at++;
		if (at == s.n)
			return;
		if (words->n == CLUSTER_WORDS_MOST) {
			words->is_cut = true;
			return;
		}
		for (begin = at; at < s.n && !is_blank(s.p[at]);)
			at++;
		words->word[words->n] = str_sub(s, begin, at - begin);
		if (is_variable(words->word[words->n]))
			words->word[words->n].n = 0;
		words->n++;
	}
}

static uint32_t hash_of(const struct words *words)
{
	uint64_t hash = words->n ? str_hash(words->word[0]) : 0;

	hash = (hash ^ words->n ^ (uint64_t)words->is_cut << 8) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(hash >> 32);
}

/* How many words agree; a mark agrees with a mark only. */
static size_t alike(const struct entry *entry, const struct words *words)
{
	const char *p = entry->text;
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++) {
		n += entry->length[i] == words->word[i].n &&
		     memcmp(p, words->word[i].p, words->word[i].n) == 0;
		p += entry->length[i];
	}
	return n;
}

/* Whether the pattern says the line: what disagrees is a mark of the pattern. */
static bool is_instance(const struct entry *entry, const struct words *words)
{
	const char *p = entry->text;

	for (size_t i = 0; i < words->n; i++) {
		if (entry->length[i] && (entry->length[i] != words->word[i].n ||
					 memcmp(p, words->word[i].p, words->word[i].n)))
			return false;
		p += entry->length[i];
	}
	return true;
}

static struct entry *nearest(struct clusters *c, const struct words *words, uint32_t hash)
{
	struct entry *best = NULL, *entry = c->bucket[hash % BUCKETS];
	size_t most = words->n / 2;

	for (int i = 0; entry && i < LOOKED_AT_MOST; entry = entry->next, i++) {
		size_t n;

		if (entry->hash != hash || entry->n_words != words->n)
			continue;
		if (is_instance(entry, words))
			return entry;
		n = alike(entry, words);
		if (n > most) {
			most = n;
			best = entry;
		}
	}
	return best;
}

/* Words that differ become marks; the text shrinks. */
static void generalise(struct entry *entry, const struct words *words)
{
	char *from = entry->text, *to = entry->text;

	for (size_t i = 0; i < words->n; i++) {
		size_t n = entry->length[i];

		if (n != words->word[i].n || memcmp(from, words->word[i].p, n) != 0)
			entry->length[i] = 0;
		memmove(to, from, entry->length[i]);
		to += entry->length[i];
		from += n;
	}
	entry->n_text = (size_t)(to - entry->text);
}

static struct entry *add_entry(struct clusters *c, const struct words *words,
			       uint32_t hash)
{
	struct entry *entry = xcalloc(1, sizeof(*entry));

	entry->hash = hash;
	entry->n_words = words->n;
	entry->is_cut = words->is_cut;
	for (size_t i = 0; i < words->n; i++)
		entry->n_text += words->word[i].n;
	entry->text = xmalloc(entry->n_text + 1);
	for (size_t i = 0, at = 0; i < words->n; i++) {
		memcpy(entry->text + at, words->word[i].p, words->word[i].n);
		at += words->word[i].n;
		entry->length[i] = (uint16_t)words->word[i].n;
	}
	entry->next = c->bucket[hash % BUCKETS];
	c->bucket[hash % BUCKETS] = entry;
	c->order[c->n++] = entry;
	return entry;
}

void clusters_add(struct clusters *c, const struct line *line)
{
	struct cluster *cluster;
	struct entry *entry;
	struct words words;
	uint32_t hash;

	split(str_sub(line->message, 0, CLUSTER_WORDS_MOST * 2 * CLUSTER_WORD_BYTES),
	      &words);
	hash = hash_of(&words);
	entry = nearest(c, &words, hash);
	if (entry) {
		generalise(entry, &words);
	} else if (c->n < CLUSTERS_MOST) {
		entry = add_entry(c, &words, hash);
	} else {
		c->left_out++;
		return;
	}
	c->is_sorted = false;
	cluster = &entry->cluster;
	cluster->count++;
	if (line->level > cluster->level)
		cluster->level = line->level;
	if (!line->has_time)
		return;
	if (!cluster->first_ms || line->time_ms < cluster->first_ms)
		cluster->first_ms = line->time_ms;
	if (!cluster->last_ms || line->time_ms > cluster->last_ms)
		cluster->last_ms = line->time_ms;
}

size_t clusters_count(const struct clusters *c)
{
	return c->n;
}

uint64_t clusters_left_out(const struct clusters *c)
{
	return c->left_out;
}

/* Of equally many the one that came first, so that the order is always the same. */
static int by_count(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
	struct str p = {.p = x->text, .n = x->n_text}, q = {.p = y->text, .n = y->n_text};

	if (x->cluster.count != y->cluster.count)
		return x->cluster.count < y->cluster.count ? 1 : -1;
	if (x->cluster.first_ms != y->cluster.first_ms)
		return x->cluster.first_ms < y->cluster.first_ms ? -1 : 1;
	return str_cmp(p, q);
}

const struct cluster *clusters_at(struct clusters *c, size_t i)
{
	if (!c->is_sorted)
		qsort(c->order, c->n, sizeof(*c->order), by_count);
	c->is_sorted = true;
	return &c->order[i]->cluster;
}

void cluster_put_pattern(struct strbuf *out, const struct cluster *cluster)
{
	const struct entry *entry = (const struct entry *)cluster;
	const char *p = entry->text;

	for (size_t i = 0; i < entry->n_words; i++) {
		if (i)
			strbuf_putc(out, ' ');
		if (entry->length[i])
			strbuf_put(out, (struct str){.p = p, .n = entry->length[i]});
		else
			strbuf_put(out, mark);
		p += entry->length[i];
	}
	if (entry->is_cut)
		strbuf_put(out, cut_off);
}

/* What varies is some text without a blank; what is cut off may be anything. */
void cluster_put_filter(struct strbuf *out, struct str pattern)
{
	if (str_ends(pattern, cut_off))
		pattern.n -= cut_off.n;
	strbuf_putc(out, '/');
	for (size_t i = 0; i < pattern.n; i++) {
		if (str_starts(str_sub(pattern, i, pattern.n), mark)) {
			strbuf_puts(out, "\\S+");
			i += mark.n - 1;
			continue;
		}
		if (strchr("\\^$.|?*+()[]{}/", pattern.p[i]))
			strbuf_putc(out, '\\');
		if (pattern.p[i] == ' ')
			strbuf_puts(out, "\\s+");
		else
			strbuf_putc(out, pattern.p[i]);
	}
	strbuf_putc(out, '/');
}
