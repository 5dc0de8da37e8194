/* See markdown_split.h. */
#include "knowledge/markdown_split.h"

#include <ctype.h>
#include <string.h>

#include "base/sanitize.h"
#include "base/utf8.h"

enum { HEADING_MOST = 200, PATH_MOST = 1000, LEVELS = 6 };

struct splitter {
	struct markdown *out;
	struct str rest;
	int line; /* of `rest` */
	struct str above[LEVELS + 1];
	char fence; /* '`' or '~' inside one, else 0 */
	size_t fence_n;
	struct strbuf scratch;
	struct md_section now;
	const char *text_from; /* of the section that is being read; NULL: none yet */
	const char *text_to;
};

static struct str next_line(struct str *rest)
{
	struct str line = {.p = NULL};

	if (rest->n)
		(void)str_next(rest, '\n', &line);
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static size_t run_of(struct str s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* Up to three blanks do not count; more make it code. */
static bool unindent(struct str *line)
{
	size_t n = run_of(*line, ' ');

	*line = str_sub(*line, n, line->n);
	return n <= 3;
}

/* Whether the line opens or closes a fence, or is inside one. */
static bool is_fenced(struct splitter *s, struct str line)
{
	size_t n;

	if (!unindent(&line) || !line.n)
		return s->fence != 0;
	n = run_of(line, line.p[0]);
	if (!s->fence) {
		if ((line.p[0] != '`' && line.p[0] != '~') || n < 3)
			return false;
		s->fence = line.p[0];
		s->fence_n = n;
		return true;
	}
	if (line.p[0] == s->fence && n >= s->fence_n && str_trim(line).n == n)
		s->fence = 0;
	return true;
}

/* "## Steps ##": its level, and the text between. */
static int hash_heading(struct str line, struct str *text)
{
	size_t level;

	if (!unindent(&line))
		return 0;
	level = run_of(line, '#');
	if (level < 1 || level > LEVELS ||
	    (line.n > level && !strchr(" \t", line.p[level])))
		return 0;
	line = str_trim(str_sub(line, level, line.n));
	while (line.n && line.p[line.n - 1] == '#')
		line.n--;
	*text = str_trim(line);
	return (int)level;
}

/* A line that the next one underlines. Lists, quotes and tables are none. */
static int underlined_heading(struct str line, struct str rest, struct str *text)
{
	struct str under = next_line(&rest);
	size_t n;

	if (!unindent(&line) || !unindent(&under) || !str_trim(line).n || !under.n)
		return 0;
	if (strchr("-*+>|", line.p[0]) || (under.p[0] != '=' && under.p[0] != '-'))
		return 0;
	n = run_of(under, under.p[0]);
	if (n < 3 || str_trim(under).n != n)
		return 0;
	*text = str_trim(line);
	return under.p[0] == '=' ? 1 : 2;
}

static struct str clean_heading(struct splitter *s, struct str raw)
{
	struct str clean;

	strbuf_reset(&s->scratch);
	/* Cut where a character begins: a part of one would be no text. */
	if (raw.n > HEADING_MOST) {
		raw.n = HEADING_MOST;
		while (raw.n && ((unsigned char)raw.p[raw.n] & 0xc0) == 0x80)
			raw.n--;
	}
	for (size_t i = 0; i < raw.n; i++) {
		if (!strchr("`*", raw.p[i]) || raw.p[i] == '\0')
			strbuf_putc(&s->scratch, raw.p[i]);
	}
	clean = sanitize_to_arena(&s->out->arena, strbuf_str(&s->scratch));
	return str_trim(clean);
}

static struct str path_of(struct splitter *s, int level)
{
	strbuf_reset(&s->scratch);
	for (int i = 1; i <= level; i++) {
		if (!s->above[i].n)
			continue;
		if (s->scratch.n)
			strbuf_puts(&s->scratch, " > ");
		strbuf_put(&s->scratch, s->above[i]);
	}
	return arena_str(&s->out->arena, strbuf_str(&s->scratch));
}

static size_t count_anchors(const struct markdown *page, struct str anchor)
{
	const struct md_section *at;
	size_t n = 0;

	vec_each (at, &page->sections)
		n += str_eq(at->anchor, anchor);
	return n;
}

/* As most that draw Markdown name a heading: small letters, blanks become "-", other
 * marks go; the second of a name gets "-1". */
static struct str anchor_of(struct splitter *s, struct str heading)
{
	size_t base, n = 0;

	strbuf_reset(&s->scratch);
	for (size_t i = 0; i < heading.n; i++) {
		unsigned char c = (unsigned char)heading.p[i];

		if (isalnum(c) || c >= 0x80 || c == '_' || c == '-')
			strbuf_putc(&s->scratch, (char)tolower(c));
		else if (c == ' ')
			strbuf_putc(&s->scratch, '-');
	}
	base = s->scratch.n;
	while (count_anchors(s->out, strbuf_str(&s->scratch))) {
		strbuf_cut(&s->scratch, base);
		strbuf_printf(&s->scratch, "-%zu", ++n);
	}
	return arena_str(&s->out->arena, strbuf_str(&s->scratch));
}

/* What was read since the heading, as a section; an empty one without a heading is
 * none. */
static void close_section(struct splitter *s, int last_line)
{
	struct str raw = {.p = s->text_from};
	struct strbuf clean;

	raw.n = s->text_from ? (size_t)(s->text_to - s->text_from) : 0;
	raw = str_trim(raw);
	if (!raw.n && !s->now.level)
		return;
	/* Each byte may become a replacement of three. */
	strbuf_init(&clean, 3 * raw.n + 1);
	sanitize_text(&clean, raw);
	s->now.text = arena_str(&s->out->arena, strbuf_str(&clean));
	strbuf_fini(&clean);
	s->now.last_line = last_line;
	vec_push(&s->out->sections, s->now);
}

static void open_section(struct splitter *s, int level, struct str heading)
{
	s->now = (struct md_section){.level = level, .line = s->line};
	s->text_from = NULL;
	s->now.heading = clean_heading(s, heading);
	for (int i = level; i <= LEVELS; i++)
		s->above[i] = (struct str){.p = NULL};
	s->above[level] = s->now.heading;
	s->now.path = path_of(s, level);
	s->now.anchor = anchor_of(s, s->now.heading);
}

static void add_line(struct splitter *s, struct str line)
{
	size_t have = s->text_from ? (size_t)(line.p - s->text_from) : 0;

	if (have + line.n > MARKDOWN_PART_BYTES && have) {
		close_section(s, s->line - 1);
		s->now.line = s->line;
		s->text_from = NULL;
	}
	if (!s->text_from)
		s->text_from = line.p;
	s->text_to = line.p + line.n;
}

static void take_line(struct splitter *s)
{
	struct str line = next_line(&s->rest), heading;
	int level = 0;
	bool is_underlined = false;

	if (!is_fenced(s, line)) {
		level = hash_heading(line, &heading);
		is_underlined = !level &&
				(level = underlined_heading(line, s->rest, &heading)) > 0;
	}
	if (level) {
		close_section(s, s->line - 1);
		open_section(s, level, heading);
	} else if (line.p) {
		add_line(s, line);
	}
	if (is_underlined) {
		(void)next_line(&s->rest);
		s->line++;
	}
	s->line++;
}

bool markdown_split(struct str text, int first_line, struct markdown *out,
		    struct err *err)
{
	struct splitter s = {.out = out, .rest = text, .line = first_line};

	if (text.n > MARKDOWN_MAX_BYTES)
		return err_set(err, ERR_TOO_LARGE, "it is larger than %d kB",
			       MARKDOWN_MAX_BYTES >> 10);
	if (!utf8_is_valid(text))
		return err_set(err, ERR_PARSE, "it is not UTF-8");
	*out = (struct markdown){.sections = {0}};
	arena_init(&out->arena);
	strbuf_init(&s.scratch, PATH_MOST);
	s.now.line = first_line;
	while (s.rest.n && out->sections.n <= MARKDOWN_MAX_SECTIONS)
		take_line(&s);
	if (out->sections.n <= MARKDOWN_MAX_SECTIONS)
		close_section(&s, s.line - 1);
	strbuf_fini(&s.scratch);
	if (out->sections.n <= MARKDOWN_MAX_SECTIONS)
		return true;
	markdown_fini(out);
	return err_set(err, ERR_TOO_LARGE, "it has more than %d sections",
		       MARKDOWN_MAX_SECTIONS);
}

void markdown_fini(struct markdown *page)
{
	arena_fini(&page->arena);
	vec_fini(&page->sections);
}
