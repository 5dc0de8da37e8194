/* See audit_check.h. Lines are read once, into runs: lines that follow each other under
 * one key, up to the last whose signature is good. The runs that follow each other from
 * the first line on are the sound entries; the line behind them is the first bad one. */
#include "act/audit_check.h"

#include <sodium.h>
#include <string.h>

#include "act/audit_entry.h"
#include "act/audit_head.h"
#include "base/vec.h"

enum proof { UNTRIED, SIGNED, UNSIGNED };

struct line {
	struct str text;
	struct merkle_hash hash, prev;
	const struct sign_key *key; /* NULL: unknown */
	uint64_t n;
	int64_t at_ms;
	bool is_entry;
	enum proof proof;
};

struct run {
	size_t first, end; /* lines; those before `end` are proven */
};

struct check {
	const struct audit_how *how;
	struct audit_report *report;
	VEC(struct line) lines;
	VEC(struct run) runs;
	struct str torn;
	size_t n_sound; /* lines */
};

static const char *const names[AUDIT_FAULTS] = {
#define X(id, name, help) [AUDIT_FAULT_##id] = name,
	AUDIT_FAULT_LIST(X)
#undef X
};

static const char *const helps[AUDIT_FAULTS] = {
#define X(id, name, help) [AUDIT_FAULT_##id] = help,
	AUDIT_FAULT_LIST(X)
#undef X
};

const char *audit_fault_name(enum audit_fault fault)
{
	return names[fault];
}

const char *audit_fault_help(enum audit_fault fault)
{
	return helps[fault];
}

static bool is_same(const struct merkle_hash *a, const struct merkle_hash *b)
{
	return sodium_memcmp(a->p, b->p, sizeof(a->p)) == 0;
}

/* Most entries are by the key of the one before. */
static const struct sign_key *find_key(const struct check *c, struct str name,
				       struct sign_key_name *last,
				       const struct sign_key **last_key)
{
	if (!str_eq(str_from(last->p), name) && name.n == SIGN_KEY_NAME_BYTES) {
		memcpy(last->p, name.p, SIGN_KEY_NAME_BYTES);
		last->p[SIGN_KEY_NAME_BYTES] = '\0';
		*last_key = sign_keys_find(&c->how->keys, name);
	}
	return name.n == SIGN_KEY_NAME_BYTES ? *last_key : NULL;
}

static void read_lines(struct check *c, struct str log)
{
	const struct sign_key *last_key = NULL;
	struct sign_key_name last = {""};

	while (log.n) {
		ptrdiff_t end = str_find_char(log, '\n');
		struct audit_entry entry;
		struct line line = {0};

		if (end < 0) {
			c->torn = log;
			return;
		}
		line.text = str_sub(log, 0, (size_t)end);
		line.hash = merkle_leaf(line.text);
		line.is_entry = audit_entry_parse(line.text, &entry);
		if (line.is_entry) {
			line.n = entry.n;
			line.prev = entry.prev;
			line.at_ms = entry.at_ms;
			line.key = find_key(c, entry.key, &last, &last_key);
		}
		vec_push(&c->lines, line);
		log = str_sub(log, (size_t)end + 1, log.n);
	}
}

static bool is_signed(struct check *c, size_t at)
{
	struct line *line = &c->lines.p[at];
	struct audit_entry entry;

	if (line->proof == UNTRIED) {
		bool ok = line->is_entry && line->key &&
			  audit_entry_parse(line->text, &entry) &&
			  audit_entry_is_signed(&entry, line->key);

		c->report->n_signatures += line->is_entry && line->key;
		line->proof = ok ? SIGNED : UNSIGNED;
	}
	return line->proof == SIGNED;
}

/* What line `at` has to be. */
static void due_at(const struct check *c, size_t at, uint64_t *n,
		   struct merkle_hash *prev)
{
	*n = 1;
	memset(prev, 0, sizeof(*prev));
	if (at > 0) {
		*n = c->lines.p[at - 1].n + 1;
		*prev = c->lines.p[at - 1].hash;
	}
}

/* Whether line `at` may stand where line `place` stands. */
static bool fits(const struct check *c, size_t at, size_t place)
{
	const struct line *line = &c->lines.p[at];
	struct merkle_hash prev;
	uint64_t n;

	due_at(c, place, &n, &prev);
	return line->is_entry && line->n == n && is_same(&line->prev, &prev);
}

/* The end of what is proven of the lines from `first` to `end`. */
static size_t proven_end(struct check *c, size_t first, size_t end)
{
	size_t at = first;

	if (c->how->is_each) {
		while (at < end && is_signed(c, at))
			at++;
		return at;
	}
	while (end > first && !is_signed(c, end - 1))
		end--;
	return end;
}

static void make_runs(struct check *c)
{
	size_t at = 0;

	while (at < c->lines.n) {
		const struct line *first = &c->lines.p[at];
		size_t end = at + 1, proven;

		while (first->key && end < c->lines.n &&
		       c->lines.p[end].key == first->key && fits(c, end, end))
			end++;
		proven = proven_end(c, at, end);
		if (proven > at)
			vec_push(&c->runs, (struct run){at, proven});
		if (!c->how->is_each)
			at = end;
		else
			at = proven > at ? proven : at + 1;
	}
}

static void find_sound(struct check *c)
{
	for (size_t i = 0; i < c->runs.n; i++) {
		const struct run *run = &c->runs.p[i];

		if (run->first != c->n_sound || !fits(c, run->first, run->first))
			return;
		c->n_sound = run->end;
	}
}

static bool has_later(struct check *c, size_t at)
{
	for (size_t later = at + 1; later < c->lines.n; later++) {
		if (fits(c, later, at) && is_signed(c, later))
			return true;
	}
	return false;
}

static enum audit_fault judge_entry(struct check *c, size_t at)
{
	const struct line *line = &c->lines.p[at];
	struct merkle_hash prev;
	uint64_t due;

	due_at(c, at, &due, &prev);
	if (has_later(c, at))
		return is_signed(c, at) && line->n > due ? AUDIT_FAULT_REORDERED
							 : AUDIT_FAULT_INSERTED;
	if (line->is_entry && !line->key)
		return AUDIT_FAULT_UNKNOWN_KEY;
	if (!is_signed(c, at))
		return AUDIT_FAULT_EDITED;
	if (line->n != due)
		return line->n > due ? AUDIT_FAULT_DELETED : AUDIT_FAULT_INSERTED;
	return AUDIT_FAULT_SPLICED;
}

static void report_entry(struct check *c)
{
	struct audit_report *r = c->report;
	struct merkle_hash prev;

	if (c->n_sound == c->lines.n && !c->torn.n)
		return;
	r->line = c->n_sound + 1;
	due_at(c, c->n_sound, &r->due, &prev);
	if (c->n_sound == c->lines.n) {
		r->entry = AUDIT_FAULT_TORN;
		return;
	}
	r->n = c->lines.p[c->n_sound].n;
	r->entry = judge_entry(c, c->n_sound);
}

static void report_spans(struct check *c)
{
	VEC(struct audit_span) spans = {0};

	for (size_t i = 0; i < c->runs.n; i++) {
		const struct run *run = &c->runs.p[i];
		const struct line *first = &c->lines.p[run->first];
		struct audit_span span = {
			.line = run->first + 1,
			.first = first->n,
			.last = c->lines.p[run->end - 1].n,
		};

		/* Another key, but no gap. */
		if (i && run->first == c->runs.p[i - 1].end &&
		    fits(c, run->first, run->first))
			spans.p[spans.n - 1].last = span.last;
		else
			vec_push(&spans, span);
	}
	c->report->spans = spans.p;
	c->report->n_spans = spans.n;
}

/* The roots of the sound entries at these sizes; zeroed where there are fewer. */
static void measure(struct check *c, uint64_t head_n, struct merkle_hash *head_root,
		    struct checkpoint *then)
{
	uint64_t then_n = c->how->checkpoint ? c->how->checkpoint->n : 0;
	struct merkle tree = {0};

	memset(head_root, 0, sizeof(*head_root));
	*then = (struct checkpoint){0};
	for (size_t i = 0;; i++) {
		if (tree.n == head_n)
			*head_root = merkle_root(&tree);
		if (tree.n == then_n)
			*then = checkpoint_of(&tree);
		if (i == c->n_sound || tree.n == CHECKPOINT_MOST)
			break;
		merkle_push(&tree, &c->lines.p[i].hash);
	}
	c->report->now = checkpoint_of(&tree);
}

/* What the head says of itself; then whether it is the head of these entries. */
static enum audit_fault read_head(const struct check *c, struct str file,
				  struct audit_head *head)
{
	*head = (struct audit_head){0};
	if (!file.p)
		return c->lines.n || c->torn.n ? AUDIT_FAULT_HEAD_MISSING
					       : AUDIT_FAULT_NONE;
	if (!audit_head_parse(file, head))
		return AUDIT_FAULT_HEAD_EDITED;
	if (!sign_keys_find(&c->how->keys, head->key))
		return AUDIT_FAULT_UNKNOWN_KEY;
	return audit_head_signer(head, &c->how->keys) ? AUDIT_FAULT_NONE
						      : AUDIT_FAULT_HEAD_EDITED;
}

static enum audit_fault judge_size(const struct check *c, uint64_t n, bool is_same_root)
{
	if (n <= c->n_sound)
		return is_same_root ? AUDIT_FAULT_NONE : AUDIT_FAULT_OTHER;
	/* Where an entry is bad, nothing can be said of what comes behind it. */
	return c->n_sound == c->lines.n ? AUDIT_FAULT_TRUNCATED : AUDIT_FAULT_NONE;
}

static void report_sizes(struct check *c, struct str file)
{
	const struct checkpoint *given = c->how->checkpoint;
	struct audit_report *r = c->report;
	struct merkle_hash root;
	struct audit_head head;
	struct checkpoint then;

	r->head = read_head(c, file, &head);
	measure(c, head.n, &root, &then);
	if (r->head == AUDIT_FAULT_NONE && file.p) {
		r->head = judge_size(c, head.n, is_same(&root, &head.root));
		if (r->head == AUDIT_FAULT_NONE && head.n < c->n_sound)
			r->head = AUDIT_FAULT_HEAD_OLD;
	}
	r->head_n = head.n;
	r->head_ms = head.at_ms;
	if (!given)
		return;
	r->checkpoint = judge_size(c, given->n, checkpoint_equal(given, &then));
	if (given->n > c->n_sound && r->checkpoint == AUDIT_FAULT_NONE)
		r->checkpoint = AUDIT_FAULT_OTHER;
}

void audit_check(struct str log, struct str head, const struct audit_how *how,
		 struct audit_report *out)
{
	struct check c = {.how = how, .report = out};

	*out = (struct audit_report){0};
	read_lines(&c, log);
	make_runs(&c);
	find_sound(&c);
	report_entry(&c);
	report_spans(&c);
	report_sizes(&c, head);
	out->n_lines = c.lines.n;
	out->n_sound = c.n_sound;
	if (c.n_sound) {
		out->first_ms = c.lines.p[0].at_ms;
		out->last_ms = c.lines.p[c.n_sound - 1].at_ms;
	}
	vec_fini(&c.lines);
	vec_fini(&c.runs);
}

void audit_report_fini(struct audit_report *r)
{
	free(r->spans);
	*r = (struct audit_report){0};
}

bool audit_report_is_sound(const struct audit_report *r)
{
	return r->entry == AUDIT_FAULT_NONE && r->head == AUDIT_FAULT_NONE &&
	       r->checkpoint == AUDIT_FAULT_NONE;
}

bool audit_report_proves(const struct audit_report *r, size_t line)
{
	for (size_t i = 0; i < r->n_spans; i++) {
		const struct audit_span *s = &r->spans[i];

		if (line >= s->line && line - s->line <= s->last - s->first)
			return true;
	}
	return false;
}
