/* A reference becomes what it stands for, and a claim. What is stale, unknown, partly
 * read or superseded says so where it stands. */
#include <stdio.h>
#include <string.h>

#include "answer/ground_part.h"
#include "board/def.h"

enum { TEXT_MOST = 2048 };

/* The number of the claim for this, from 1; 0: there are too many. */
static size_t claim_for(struct answer *a, enum claim_kind kind, struct str ref,
			bool *is_new)
{
	*is_new = false;
	for (size_t i = 0; i < a->n_claims; i++)
		if (a->claims[i].kind == kind && str_is(ref, a->claims[i].ref))
			return i + 1;
	*is_new = answer_claim(a, kind, ref) != NULL;
	return *is_new ? a->n_claims : 0;
}

static void put_number(struct grounding *g, size_t number)
{
	struct strbuf *prose = &g->out->prose;

	if (prose->n && (unsigned char)prose->p[prose->n - 1] > ' ')
		strbuf_putc(prose, ' ');
	strbuf_printf(prose, "[%zu]", number);
}

/* Whether nothing but the citation is on its line so far. */
static bool begins_line(struct str prose)
{
	size_t at = prose.n;

	while (at > 0 && prose.p[at - 1] != '[')
		at--;
	while (at > 1 && prose.p[at - 2] == ' ')
		at--;
	return at <= 1 || prose.p[at - 2] == '\n';
}

/* No mark behind a citation may make a link of it, or the name of one. */
static void close_number(struct grounding *g, const struct ground_cited *cited)
{
	char next = cited->ref.end < g->block.n ? g->block.p[cited->ref.end] : '\0';

	if (next == '(' || next == '[' ||
	    (next == ':' && begins_line(strbuf_str(&g->out->prose))))
		strbuf_putc(&g->out->prose, ' ');
}

static bool is_code_at(const struct grounding *g, size_t at)
{
	size_t marks = 0;

	for (size_t i = 0; i < at; i++)
		if (g->block.p[i] == '`' && (i == 0 || g->block.p[i - 1] != '`'))
			marks++;
	return marks % 2;
}

static bool is_first_of(const struct answer *a, const struct board *board, size_t number)
{
	for (size_t i = 0; i + 1 < number; i++)
		if (strcmp(a->claims[i].board, board->def->name) == 0)
			return false;
	return true;
}

static void admit(struct grounding *g, const struct field *field, size_t number)
{
	struct answer *a = g->out;

	if (field->state == FIELD_STALE)
		answer_says(a, SAYS_STALE);
	if (field->state == FIELD_UNKNOWN) {
		answer_says(a, SAYS_UNKNOWN);
		answer_unknown(a, field->path);
	}
	if (field->board && (field->board->is_partial || field->board->is_filling) &&
	    is_first_of(a, field->board, number)) {
		strbuf_printf(&a->prose, " (of %s %s)", field->board->def->title,
			      says_phrase(SAYS_PARTIAL));
		answer_says(a, SAYS_PARTIAL);
	}
}

static void fill_claim(struct claim *claim, const struct field *field, struct str text)
{
	struct strbuf value;

	strbuf_init(&value, TEXT_MOST);
	claim->is_number = field_put_value(&value, field);
	claim_set(&claim->value, strbuf_str(&value));
	claim_set(&claim->text, text);
	claim->version = field->version;
	claim->as_of_ms = field->as_of_ms;
	claim->is_stale = field->state == FIELD_STALE;
	claim->is_unknown = field->state == FIELD_UNKNOWN;
	if (field->board)
		claim_set(&claim->board, str_from(field->board->def->name));
	if (field->row)
		claim_set(&claim->key, field->row->key);
	strbuf_fini(&value);
}

/* The value, unless it was written; what the deck says of its age either way. */
static void put_value(struct grounding *g, const struct ground_cited *cited,
		      const struct stretch *before)
{
	struct strbuf *prose = &g->out->prose;
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	if (!before->has_value)
		field_put(&text, g->e, cited->field);
	else if (cited->field->state == FIELD_STALE)
		strbuf_puts(&text, "(stale)");
	if (text.n && before->has_value && prose->n && prose->p[prose->n - 1] != ' ')
		strbuf_putc(prose, ' ');
	ground_put_text(prose, strbuf_str(&text), is_code_at(g, cited->ref.begin));
	strbuf_fini(&text);
}

/* That a rule has worked out: nobody measured it. How long something took or waits is
 * measured, whichever board says it. */
static bool is_figure(const struct field *field)
{
	if (!field->board || !field->board->def->derived || !field->cell)
		return false;
	switch (field->column->type) {
	case CELL_NUMBER:
	case CELL_PERCENT:
	case CELL_MONEY:
		return !field->cell->is_null;
	case CELL_BYTES:
	case CELL_DURATION:
	case CELL_TEXT:
	case CELL_TIME:
	case CELL_AGE:
	case CELL_STATE:
	case CELL_SERIES:
		break;
	}
	return false;
}

static void cite_field(struct grounding *g, const struct ground_cited *cited,
		       const struct stretch *before)
{
	struct field *field = cited->field;
	struct strbuf *prose = &g->out->prose;
	size_t begin = before->has_value ? before->value_begin : prose->n, number, end;
	bool is_new;

	put_value(g, cited, before);
	end = prose->n;
	number = claim_for(g->out, CLAIM_FIELD, str_from(field->path), &is_new);
	if (!number)
		return;
	put_number(g, number);
	if (is_new) {
		struct claim *claim = &g->out->claims[number - 1];

		fill_claim(claim, field,
			   str_trim(str_sub(strbuf_str(prose), begin, end - begin)));
		claim->begin = begin;
		claim->end = prose->n;
	}
	if (cited->ref.has_version && cited->ref.version != field->version) {
		strbuf_printf(prose, " (%s)", says_phrase(SAYS_VERSION_MOVED));
		answer_says(g->out, SAYS_VERSION_MOVED);
	}
	if (is_figure(field) && !g->derived)
		g->derived = field->board;
	admit(g, field, number);
	close_number(g, cited);
}

/* What there is none of has its name from whoever wrote the reference: it is said where
 * the person asked for it, because a name can be any sentence. */
static bool may_say_key(const struct grounding *g, const struct field *field)
{
	return g->options->is_ours ||
	       ground_names_is_allowed(&g->names, str_from(field->key));
}

/* The keys to choose from; " and 3 more" is no key. */
static void ask(struct answer *a, const struct field *field)
{
	struct str rest = str_from(field->choices);
	ptrdiff_t end = str_find(rest, STR(" and "));
	char choice[FIELD_KEY_MOST];

	if (end >= 0)
		rest.n = (size_t)end;
	while (rest.n) {
		ptrdiff_t comma = str_find(rest, STR(", "));
		size_t n = comma < 0 ? rest.n : (size_t)comma;

		snprintf(choice, sizeof(choice), "%.*s", (int)n, rest.p);
		answer_ask(a, choice);
		rest = str_sub(rest, comma < 0 ? n : n + 2, rest.n);
	}
}

/* What is not there is said in brackets, without a citation. */
static void say_missing(struct grounding *g, const struct ground_cited *cited)
{
	struct field *field = cited->field;
	struct strbuf text;

	strbuf_init(&text, TEXT_MOST);
	if (field->state == FIELD_NO_ROW && !may_say_key(g, field))
		strbuf_puts(&text, "there is no such row");
	else
		field_put(&text, g->e, field);
	strbuf_putc(&g->out->prose, '(');
	ground_put_text(&g->out->prose, strbuf_str(&text),
			is_code_at(g, cited->ref.begin));
	strbuf_putc(&g->out->prose, ')');
	close_number(g, cited);
	strbuf_fini(&text);
	answer_unknown(g->out, field->path);
	if (field->state == FIELD_NO_ROW)
		answer_says(g->out, SAYS_NOT_FOUND);
	else if (field->state == FIELD_AMBIGUOUS)
		answer_says(g->out, SAYS_AMBIGUOUS);
	else
		answer_says(g->out, SAYS_UNKNOWN);
	ask(g->out, field);
}

static void strike_ref(struct grounding *g, const struct ground_cited *cited,
		       const char *why)
{
	struct str text =
		str_sub(g->block, cited->ref.begin, cited->ref.end - cited->ref.begin);

	answer_strike(g->out, text, why);
	strbuf_puts(&g->out->prose, GROUND_UNCHECKED);
	close_number(g, cited);
}

/* The words before a citation that has no value of its own. */
static struct str words_before(const struct grounding *g)
{
	struct str prose = strbuf_str(&g->out->prose);
	size_t begin = prose.n;

	while (begin > 0 && prose.n - begin < 120 && prose.p[begin - 1] != '\n' &&
	       prose.p[begin - 1] != '.')
		begin--;
	while (begin < prose.n && ((unsigned char)prose.p[begin] & 0xc0) == 0x80)
		begin++;
	return str_trim(str_sub(prose, begin, prose.n - begin));
}

static void fill_source(struct claim *claim, const struct ground_source *source)
{
	if (source->row) {
		const struct board *board = source->board;

		claim_set(&claim->board, str_from(board->def->name));
		claim_set(&claim->key, source->row->key);
		claim_set(&claim->value, str_from(source->row->cells[0].text));
		claim->version = board->version;
		claim->as_of_ms = board->fetched_ms;
		return;
	}
	claim_set(&claim->board, str_from(source->file->path));
	claim_set(&claim->key, source->section->heading);
	claim_set(&claim->value, source->file->book->title);
	claim->as_of_ms = source->file->book->updated_ms;
}

static void cite_source(struct grounding *g, const struct ground_cited *cited)
{
	struct strbuf *prose = &g->out->prose;
	const struct knowledge_file *file = cited->source.file;
	struct str words = words_before(g);
	size_t number;
	bool is_new;

	number = claim_for(g->out, cited->ref.kind, cited->ref.target, &is_new);
	if (!number)
		return;
	if (is_new) {
		struct claim *claim = &g->out->claims[number - 1];

		claim_set(&claim->text, words);
		fill_source(claim, &cited->source);
		claim->begin = prose->n;
	}
	put_number(g, number);
	if (is_new)
		g->out->claims[number - 1].end = prose->n;
	if (is_new && file && file->superseded_by) {
		strbuf_printf(prose, " (%s ", says_phrase(SAYS_SUPERSEDED));
		ground_put_text(prose, str_from(file->superseded_by), false);
		strbuf_putc(prose, ')');
		answer_says(g->out, SAYS_SUPERSEDED);
	}
	close_number(g, cited);
}

void ground_cite(struct grounding *g, const struct ground_cited *cited,
		 const struct stretch *before)
{
	if (!cited->ref.target.n) {
		strike_ref(g, cited, "a reference that is broken");
	} else if (cited->ref.kind != CLAIM_FIELD) {
		if (cited->is_there)
			cite_source(g, cited);
		else
			strike_ref(g, cited, "there is no such thing");
	} else if (cited->field->state == FIELD_NO_NAME) {
		strike_ref(g, cited, field_state_help(FIELD_NO_NAME));
	} else if (cited->is_there) {
		cite_field(g, cited, before);
	} else {
		say_missing(g, cited);
	}
}
