/* See markdown.h. The parser tells what begins and ends; a leaf's text is gathered and
 * wrapped when it ends, behind what the lists and quotes around it put before it. */
#include "tui/chat/markdown.h"

#include <md4c.h>
#include <stdio.h>

#include "base/sanitize.h"
#include "base/utf8.h"
#include "tui/chat/markdown_part.h"

enum {
	FLAGS = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
		MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS,
	GROWTH = 4, /* times its length that a text may become */
};

enum role md_role(const struct md *md)
{
	if (md->how->is_unchecked)
		return ROLE_DIM;
	if (md->code_span)
		return ROLE_INFO;
	if (md->heading || md->is_head)
		return md->heading > 2 ? ROLE_STRONG
		       : md->is_head   ? ROLE_HEADING
				       : ROLE_TITLE;
	if (md->strong || md->em)
		return ROLE_STRONG;
	if (md->del)
		return ROLE_DIM;
	return md->quote ? ROLE_QUOTE : ROLE_TEXT;
}

static void put_blanks(char out[MD_MOST_LEAD], size_t *n, int cells)
{
	for (; cells > 0 && *n + 1 < MD_MOST_LEAD; cells--)
		out[(*n)++] = ' ';
}

static void put_text(char out[MD_MOST_LEAD], size_t *n, const char *text)
{
	size_t length = strlen(text);

	if (*n + length >= MD_MOST_LEAD)
		return;
	memcpy(out + *n, text, length);
	*n += length;
}

void md_lead(struct md *md, struct chat_lead *lead, char first[MD_MOST_LEAD],
	     char rest[MD_MOST_LEAD])
{
	const char *bar = md->how->is_ascii ? "| " : "│ ";
	size_t a = 0, b = 0;

	put_blanks(first, &a, md->how->indent);
	put_blanks(rest, &b, md->how->indent);
	for (int i = 0; i < md->depth; i++) {
		struct md_level *level = &md->levels[i];

		if (level->is_quote) {
			put_text(first, &a, bar);
			put_text(rest, &b, bar);
			continue;
		}
		if (level->has_marker) {
			put_text(first, &a, level->marker);
			put_blanks(first, &a,
				   level->w - utf8_width(str_from(level->marker)));
		} else {
			put_blanks(first, &a, level->w);
		}
		put_blanks(rest, &b, level->w);
		level->has_marker = false;
	}
	*lead = (struct chat_lead){.first = {first, a},
				   .rest = {rest, b},
				   .role = ROLE_DIM};
}

static bool is_in_item(const struct md *md)
{
	for (int i = 0; i < md->depth; i++) {
		if (!md->levels[i].is_quote)
			return true;
	}
	return false;
}

/* The text gathered so far becomes lines. */
static void flush(struct md *md, enum chat_line_kind kind)
{
	char first[MD_MOST_LEAD], rest[MD_MOST_LEAD];
	struct chat_lead lead;

	if (md->in.text.n == 0)
		return;
	if (kind == CHAT_LINE_CODE) {
		while (md->in.text.n > 0 && md->in.text.p[md->in.text.n - 1] == '\n')
			rich_cut(&md->in, md->in.text.n - 1);
	} else {
		md_cite(md, &md->in);
	}
	md_lead(md, &lead, first, rest);
	chat_lines_flow(md->out, kind, &lead, &md->in);
	rich_reset(&md->in);
}

static enum chat_line_kind text_kind(const struct md *md)
{
	return is_in_item(md) ? CHAT_LINE_ITEM : CHAT_LINE_TEXT;
}

/* One blank line between blocks, but not between a heading and what it heads, nor within
 * lists and quotes, nor where a list that was cut in two goes on. */
static void begin_block(struct md *md, bool is_list)
{
	struct chat_lines *l = md->out;
	const struct chat_line *before = l->lines.n ? &l->lines.p[l->lines.n - 1] : NULL;

	if (md->depth + md->deeper > 0)
		return;
	if (before && before->kind != CHAT_LINE_HEADING &&
	    !(is_list && before->kind == CHAT_LINE_ITEM))
		chat_lines_blank(l);
	l->block++;
}

static void push(struct md *md, const struct md_level *level)
{
	if (md->depth == MD_DEEPEST)
		md->deeper++;
	else
		md->levels[md->depth++] = *level;
}

static void pop(struct md *md)
{
	if (md->deeper > 0)
		md->deeper--;
	else if (md->depth > 0)
		md->depth--;
}

static void begin_item(struct md *md, const MD_BLOCK_LI_DETAIL *item)
{
	struct md_level *level = &md->levels[md->depth - 1];

	if (md->deeper > 0)
		return;
	if (level->is_ordered)
		snprintf(level->marker, sizeof(level->marker), "%u. ", level->number++);
	else
		snprintf(level->marker, sizeof(level->marker), "%s",
			 md->how->is_ascii ? "- " : "• ");
	if (item->is_task)
		snprintf(level->marker, sizeof(level->marker), "[%c] ",
			 item->task_mark == ' ' ? ' ' : 'x');
	level->w = utf8_width(str_from(level->marker));
	level->has_marker = true;
}

static void put_rule(struct md *md)
{
	int w = md->out->w - md->how->indent;

	for (int i = 0; i < w && i < 40; i++)
		rich_puts(&md->in, ROLE_BORDER, md->how->is_ascii ? "-" : "─");
	flush(md, CHAT_LINE_TEXT);
}

static void enter_leaf(struct md *md, MD_BLOCKTYPE type, const void *detail)
{
	switch ((int)type) { /* the others hold blocks */
	case MD_BLOCK_H:
		begin_block(md, false);
		md->heading = (int)((const MD_BLOCK_H_DETAIL *)detail)->level;
		break;
	case MD_BLOCK_HR:
		begin_block(md, false);
		put_rule(md);
		break;
	case MD_BLOCK_CODE:
		begin_block(md, false);
		md->is_code = true;
		break;
	case MD_BLOCK_P:
		begin_block(md, false);
		break;
	default:
		break;
	}
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md *md = ctx;

	if (type != MD_BLOCK_TD && type != MD_BLOCK_TH)
		flush(md, text_kind(md)); /* of a tight item, before what it holds */
	enter_leaf(md, type, detail);
	switch ((int)type) { /* leaves were above */
	case MD_BLOCK_QUOTE:
		begin_block(md, false);
		push(md, &(struct md_level){.is_quote = true});
		md->quote++;
		break;
	case MD_BLOCK_UL:
		begin_block(md, true);
		push(md, &(struct md_level){.w = 2});
		break;
	case MD_BLOCK_OL:
		begin_block(md, true);
		push(md,
		     &(struct md_level){.is_ordered = true,
					.number = ((MD_BLOCK_OL_DETAIL *)detail)->start,
					.w = 3});
		break;
	case MD_BLOCK_LI:
		begin_item(md, detail);
		break;
	case MD_BLOCK_TABLE:
		begin_block(md, false);
		md_table_begin(md, ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count);
		md->is_stopped |= md->n_columns > MD_MOST_COLUMNS;
		break;
	case MD_BLOCK_THEAD:
		md->is_head = true;
		break;
	default:
		break;
	}
	return md->is_stopped;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md *md = ctx;

	switch (type) {
	case MD_BLOCK_H:
		flush(md, CHAT_LINE_HEADING);
		md->heading = 0;
		break;
	case MD_BLOCK_CODE:
		flush(md, CHAT_LINE_CODE);
		md->is_code = false;
		break;
	case MD_BLOCK_QUOTE:
		flush(md, text_kind(md));
		md->quote--;
		pop(md);
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		pop(md);
		break;
	case MD_BLOCK_THEAD:
		md->is_head = false;
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		md_table_cell(md,
			      ((MD_BLOCK_TD_DETAIL *)detail)->align == MD_ALIGN_RIGHT);
		break;
	case MD_BLOCK_TABLE:
		md_table_end(md);
		break;
	case MD_BLOCK_DOC:
	case MD_BLOCK_LI:
	case MD_BLOCK_HR:
	case MD_BLOCK_HTML:
	case MD_BLOCK_P:
	case MD_BLOCK_TBODY:
	case MD_BLOCK_TR:
		flush(md, text_kind(md));
		break;
	}
	return 0;
}

static void begin_link(struct md *md, const MD_ATTRIBUTE *href)
{
	md->is_in_link = true;
	md->link_from = md->in.text.n;
	strbuf_reset(&md->href);
	md_put_target(&md->href, (struct str){href->text, href->size});
}

static bool is_number(struct str text)
{
	int64_t number;

	return text.n > 0 && text.n < 5 && str_to_i64(text, &number) && number > 0;
}

/* A number in brackets that something behind the text made a link of is a citation all the
 * same. */
static void end_link(struct md *md)
{
	struct str text = str_sub(strbuf_str(&md->in.text), md->link_from, md->in.text.n);
	char number[8];

	if (!md->is_in_link)
		return;
	md->is_in_link = false;
	if (md->how->cite && is_number(text)) {
		snprintf(number, sizeof(number), "[%.*s]", STR_ARG(text));
		rich_cut(&md->in, md->link_from);
		rich_puts(&md->in, md_role(md), number);
		return;
	}
	if (md->href.n > 0 && !str_eq(text, strbuf_str(&md->href))) {
		rich_puts(&md->in, ROLE_DIM, text.n ? " (" : "(");
		rich_put(&md->in, ROLE_DIM, strbuf_str(&md->href));
		rich_puts(&md->in, ROLE_DIM, ")");
	}
}

static int span(struct md *md, MD_SPANTYPE type, int by)
{
	switch ((int)type) { /* the others are not asked for */
	case MD_SPAN_EM:
		md->em += by;
		break;
	case MD_SPAN_STRONG:
		md->strong += by;
		break;
	case MD_SPAN_CODE:
		md->code_span += by;
		break;
	case MD_SPAN_DEL:
		md->del += by;
		rich_puts(&md->in, ROLE_DIM, "~");
		break;
	default:
		break;
	}
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	if (type == MD_SPAN_A)
		begin_link(ctx, &((MD_SPAN_A_DETAIL *)detail)->href);
	else if (type == MD_SPAN_IMG)
		begin_link(ctx, &((MD_SPAN_IMG_DETAIL *)detail)->src);
	return span(ctx, type, 1);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	(void)detail;
	if (type == MD_SPAN_A || type == MD_SPAN_IMG)
		end_link(ctx);
	return span(ctx, type, -1);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *ctx)
{
	struct md *md = ctx;

	if (!md->is_stopped && !md_text(md, (int)type, (struct str){text, n}))
		md->is_stopped = true;
	return md->is_stopped;
}

/* As it stands: what the parser could not be let do. */
static void render_plain(struct md *md, struct str text)
{
	struct strbuf clean;

	md->depth = md->deeper = md->heading = 0;
	md->strong = md->em = md->del = md->code_span = md->quote = 0;
	md->is_head = md->is_in_link = false;
	md_table_drop(md);
	rich_reset(&md->in);
	strbuf_init(&clean, MARKDOWN_MOST * 3 + 4);
	sanitize_text(&clean, text);
	rich_put(&md->in, md_role(md), strbuf_str(&clean));
	strbuf_fini(&clean);
	begin_block(md, false);
	flush(md, CHAT_LINE_TEXT);
}

void markdown_render(struct chat_lines *out, const struct markdown *how, struct str text)
{
	static const MD_PARSER parser = {.flags = FLAGS,
					 .enter_block = enter_block,
					 .leave_block = leave_block,
					 .enter_span = enter_span,
					 .leave_span = leave_span,
					 .text = on_text};
	struct md md = {.out = out, .how = how};
	struct chat_place place = chat_lines_here(out);

	if (text.n > MARKDOWN_MOST)
		text = str_sub(text, 0, MARKDOWN_MOST);
	md.left = text.n * GROWTH + 4096;
	rich_init(&md.in);
	strbuf_init(&md.href, 2048);
	/* What a callback returns is not always passed on, so it is not relied on. */
	if (md_parse(text.p ? text.p : "", (MD_SIZE)text.n, &parser, &md) != 0 ||
	    md.is_stopped) {
		chat_lines_cut(out, &place);
		render_plain(&md, text);
	}
	md_table_drop(&md);
	vec_fini(&md.cells);
	strbuf_fini(&md.href);
	rich_fini(&md.in);
}
