/* See kql_lexer.h. Some words of the language have a sign in them: in~, !has,
 * mv-expand, project-away. Thread: any. */
#include "sim/kql/kql_lexer.h"

#include "base/count.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char peek(const struct kql_lexer *lx, size_t ahead)
{
	return lx->at + ahead < lx->all.n ? lx->all.p[lx->at + ahead] : '\0';
}

static void skip_blank(struct kql_lexer *lx)
{
	for (;;) {
		char c = peek(lx, 0);

		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			lx->at++;
		else if (c == '/' && peek(lx, 1) == '/')
			while (lx->at < lx->all.n && peek(lx, 0) != '\n')
				lx->at++;
		else
			return;
	}
}

static struct str since(const struct kql_lexer *lx, size_t from)
{
	return str_sub(lx->all, from, lx->at - from);
}

static bool takes_hyphen(struct str word)
{
	return str_eq(word, STR("mv")) || str_eq(word, STR("project"));
}

static struct kql_token word(struct kql_lexer *lx)
{
	size_t from = lx->at;

	if (peek(lx, 0) == '!')
		lx->at++;
	while (is_letter(peek(lx, 0)) || is_digit(peek(lx, 0)))
		lx->at++;
	if (peek(lx, 0) == '-' && is_letter(peek(lx, 1)) && takes_hyphen(since(lx, from)))
		do
			lx->at++;
		while (is_letter(peek(lx, 0)) || peek(lx, 0) == '-');
	if (peek(lx, 0) == '~' && str_ends(since(lx, from), STR("in")))
		lx->at++;
	return (struct kql_token){.kind = KQL_WORD, .raw = since(lx, from)};
}

static char unescaped(char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

static struct kql_token string(struct kql_lexer *lx)
{
	struct kql_token t = {.kind = KQL_STRING};
	size_t from = lx->at, n = 0;
	bool is_verbatim = peek(lx, 0) == '@';
	char *text, quote;

	lx->at += is_verbatim ? 1 : 0;
	quote = lx->all.p[lx->at++];
	text = arena_alloc(lx->arena, lx->all.n - lx->at + 1);
	while (lx->at < lx->all.n && peek(lx, 0) != quote) {
		char c = lx->all.p[lx->at++];

		if (c == '\\' && !is_verbatim && lx->at < lx->all.n)
			c = unescaped(lx->all.p[lx->at++]);
		text[n++] = c;
	}
	if (lx->at == lx->all.n)
		t.kind = KQL_BAD;
	else
		lx->at++;
	t.raw = since(lx, from);
	t.text = (struct str){.p = text, .n = n};
	return t;
}

static struct kql_token number(struct kql_lexer *lx)
{
	size_t from = lx->at;

	while (is_digit(peek(lx, 0)) || (peek(lx, 0) == '.' && is_digit(peek(lx, 1))))
		lx->at++;
	/* A time span such as 30d is one token; who reads it decides. */
	while (is_letter(peek(lx, 0)))
		lx->at++;
	return (struct kql_token){.kind = KQL_DIGITS, .raw = since(lx, from)};
}

static struct kql_token sign(struct kql_lexer *lx)
{
	static const char *const doubles[] = {"==", "!=", "=~", "!~", "<=", ">=", ".."};
	struct kql_token t = {.kind = KQL_SIGN};
	size_t from = lx->at;

	for (size_t i = 0; i < COUNT(doubles); i++)
		if (str_starts(str_sub(lx->all, from, 2), str_from(doubles[i])))
			lx->at = from + 2;
	if (lx->at == from)
		lx->at++;
	t.raw = since(lx, from);
	if (str_find_char(STR("|()[],.=<>+-*/%{}:;"), t.raw.p[0]) < 0 && t.raw.n == 1)
		t.kind = KQL_BAD;
	return t;
}

struct kql_token kql_lexer_next(struct kql_lexer *lx)
{
	char c;

	skip_blank(lx);
	c = peek(lx, 0);
	if (lx->at >= lx->all.n)
		return (struct kql_token){.kind = KQL_END,
					  .raw = str_sub(lx->all, lx->all.n, 0)};
	if (is_letter(c) || (c == '!' && is_letter(peek(lx, 1))))
		return word(lx);
	if (c == '\'' || c == '"' ||
	    (c == '@' && (peek(lx, 1) == '\'' || peek(lx, 1) == '"')))
		return string(lx);
	if (is_digit(c))
		return number(lx);
	return sign(lx);
}

void kql_lexer_place(struct str all, const char *at, int *line, int *column)
{
	*line = 1;
	*column = 0;
	for (const char *p = all.p; p < at && p < all.p + all.n; p++) {
		*column = *p == '\n' ? 0 : *column + 1;
		*line += *p == '\n';
	}
}
