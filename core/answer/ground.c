/* A draft, block by block: its references are looked up first, so that what they name may
 * be said in the block; then the prose is put together, stretch by stretch. */
#include "answer/ground.h"

#include <stdlib.h>

#include "answer/ground_block.h"
#include "answer/ground_part.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "board/def.h"

enum { QUOTED_MOST = 512 << 10, LINE_MOST = 4096 };

void ground_fold(struct strbuf *out, struct str text)
{
	bool is_blank = true;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '`' || c == '*' || c == '_')
			continue;
		if ((unsigned char)c <= ' ') {
			if (!is_blank)
				strbuf_putc(out, ' ');
			is_blank = true;
			continue;
		}
		strbuf_putc(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
		is_blank = false;
	}
}

static bool is_in(const struct strbuf *texts, struct str text)
{
	struct strbuf folded;
	bool is_there;

	if (!texts->n)
		return false;
	strbuf_init(&folded, LINE_MOST);
	ground_fold(&folded, str_trim(text));
	is_there = folded.n && !folded.overflow &&
		   str_find(strbuf_str(texts), str_trim(strbuf_str(&folded))) >= 0;
	strbuf_fini(&folded);
	return is_there;
}

bool ground_is_quoted(const struct grounding *g, struct str text)
{
	return is_in(&g->quoted, text);
}

bool ground_is_told(const struct grounding *g, struct str text)
{
	return is_in(&g->told, text);
}

bool ground_is_title(const struct grounding *g, struct str text)
{
	return is_in(&g->titles, text);
}

void ground_put_text(struct strbuf *out, struct str text, bool is_code)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (is_code) {
			strbuf_putc(out, c == '`' ? '\'' : c);
			continue;
		}
		if (memchr("\\`*[]<>|~&", c, 10) ||
		    (c == '_' && (i == 0 || i + 1 == text.n || text.p[i - 1] == ' ' ||
				  text.p[i + 1] == ' ')))
			strbuf_putc(out, '\\');
		strbuf_putc(out, c);
	}
}

static void quote(struct grounding *g, const struct ground_source *source)
{
	const struct md_section *section;

	vec_each (section, &source->file->book->page.sections) {
		/* A long section goes on in others of the same anchor. */
		if (str_eq(section->anchor, source->section->anchor)) {
			strbuf_putc(&g->quoted, '\n');
			ground_fold(&g->quoted, section->text);
		}
	}
}

/* What a record says may be said of it. */
static void hear(struct grounding *g, const struct ground_source *source)
{
	const struct board_def *def = source->board->def;

	for (size_t i = 0; i < def->n_columns; i++)
		if (def->columns[i].type == CELL_TEXT ||
		    def->columns[i].type == CELL_STATE) {
			strbuf_putc(&g->told, '\n');
			ground_fold(&g->told, str_from(source->row->cells[i].text));
		}
}

/* What it names may be said. */
static void allow(struct grounding *g, const struct ground_cited *cited)
{
	const struct field *field = cited->field;

	if (cited->ref.kind == CLAIM_RUNBOOK) {
		ground_names_allow(&g->names, cited->ref.target);
		quote(g, &cited->source);
		return;
	}
	if (cited->source.row) {
		ground_names_allow(&g->names, cited->source.row->key);
		ground_names_allow(&g->names, str_from(cited->source.row->cells[0].text));
		hear(g, &cited->source);
		return;
	}
	if (field->board) {
		strbuf_putc(&g->titles, '\n');
		ground_fold(&g->titles, str_from(field->board->def->title));
	}
	/* The key of a count names nothing that has to be there. */
	if (field->row || field->def) {
		ground_names_allow(&g->names, str_from(field->path));
		ground_names_allow(&g->names, str_from(field->key));
	}
	if (field->cell && field->cell->text)
		ground_names_allow(&g->names, str_from(field->cell->text));
}

static void look_up(struct grounding *g, struct ground_cited *cited)
{
	struct str target = cited->ref.target;

	if (!target.n)
		return;
	if (cited->ref.kind != CLAIM_FIELD) {
		cited->is_there =
			ground_source_find(g->e, cited->ref.kind, target, &cited->source);
	} else {
		cited->field = xcalloc(1, sizeof(*cited->field));
		field_read(g->e, target, cited->field);
		cited->is_there = cited->field->state == FIELD_KNOWN ||
				  cited->field->state == FIELD_STALE ||
				  cited->field->state == FIELD_UNKNOWN;
	}
	if (cited->is_there)
		allow(g, cited);
}

static void forget_refs(struct grounding *g)
{
	struct ground_cited *cited;

	vec_each (cited, &g->refs) {
		free(cited->field);
	}
	vec_fini(&g->refs);
}

/* Once in an answer, behind the block that has the first of them. */
static void admit_derived(struct grounding *g)
{
	struct strbuf *prose = &g->out->prose;
	size_t n = prose->n;

	if (!g->derived || answer_has_said(g->out, SAYS_DERIVED))
		return;
	while (n > 0 && prose->p[n - 1] == '\n')
		n--;
	strbuf_cut(prose, n);
	strbuf_printf(prose, "\n\nWhat `:%s` says is %s from other boards, by rule.\n",
		      g->derived->def->name, says_phrase(SAYS_DERIVED));
	answer_says(g->out, SAYS_DERIVED);
}

static void ground_block(struct grounding *g, struct str block)
{
	struct ground_ref ref;
	struct ground_cited *cited;
	struct stretch stretch = {0};
	size_t at = 0;

	g->block = block;
	while (g->refs.n < GROUND_REFS_MOST && ground_ref_next(block, at, &ref)) {
		vec_push(&g->refs, (struct ground_cited){.ref = ref});
		look_up(g, &g->refs.p[g->refs.n - 1]);
		at = ref.end;
	}
	at = 0;
	vec_each (cited, &g->refs) {
		stretch = (struct stretch){.begin = at,
					   .end = cited->ref.begin,
					   .cited = cited};
		ground_stretch(g, &stretch);
		ground_cite(g, cited, &stretch);
		at = cited->ref.end;
	}
	stretch = (struct stretch){.begin = at, .end = block.n};
	ground_stretch(g, &stretch);
	admit_derived(g);
	forget_refs(g);
}

static void hear_question(struct grounding *g)
{
	struct str question = g->options->question;
	struct scan figure;
	size_t at = 0;

	ground_names_allow(&g->names, question);
	for (size_t i = 0; i < g->out->n_proposals; i++)
		ground_names_allow(&g->names, str_from(g->out->proposals[i]));
	while (scan_next(question, at, g->e->now_ms, &figure)) {
		vec_push(&g->asked, figure);
		at = figure.end;
	}
}

struct grounding *ground_begin(const struct evidence *e,
			       const struct ground_options *options, struct answer *out)
{
	struct grounding *g = xcalloc(1, sizeof(*g));

	*g = (struct grounding){.e = e, .own = *options, .out = out};
	g->options = &g->own;
	strbuf_init(&g->quoted, QUOTED_MOST);
	strbuf_init(&g->told, QUOTED_MOST);
	strbuf_init(&g->titles, QUOTED_MOST);
	ground_names_init(&g->names, e);
	hear_question(g);
	return g;
}

/* Of all pieces together no more than a draft may have. */
static struct str take_piece(struct grounding *g, struct str piece)
{
	size_t left = GROUND_DRAFT_MOST - g->seen;

	if (piece.n <= left) {
		g->seen += piece.n;
		return piece;
	}
	g->seen = GROUND_DRAFT_MOST;
	if (!g->is_cut)
		answer_strike(g->out, STR("the end of the answer"), "it is too long");
	g->is_cut = true;
	return str_sub(piece, 0, left);
}

void ground_more(struct grounding *g, struct str piece)
{
	struct strbuf clean;
	bool is_whole;

	/* A lone byte can become three. */
	strbuf_init(&clean, 3 * GROUND_DRAFT_MOST + 1);
	sanitize_text(&clean, take_piece(g, piece));
	for (size_t at = 0; at < clean.n;) {
		struct str rest = str_sub(strbuf_str(&clean), at, clean.n);
		size_t n = ground_block_length(rest, &is_whole);

		ground_block(g, str_sub(rest, 0, n));
		at += n;
	}
	strbuf_fini(&clean);
}

void ground_end(struct grounding *g)
{
	if (!g)
		return;
	vec_fini(&g->asked);
	ground_names_fini(&g->names);
	strbuf_fini(&g->quoted);
	strbuf_fini(&g->told);
	strbuf_fini(&g->titles);
	free(g);
}

void ground(struct str draft, const struct evidence *e,
	    const struct ground_options *options, struct answer *out)
{
	struct grounding *g = ground_begin(e, options, out);

	ground_more(g, draft);
	ground_end(g);
}
