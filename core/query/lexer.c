/* See lexer.h. Quoted forms keep their quotes and escapes: the parser decodes
 * them, because each means something else. */
#include "query/lexer.h"

#include "base/count.h"
#include "base/vec.h"

static const struct {
	const char *name;
	int power;
} kinds[] = {
#define X(id, label, bind) [TOKEN_##id] = {.name = (label), .power = (bind)},
	TOKEN_LIST(X)
#undef X
};

const char *token_name(enum token_kind kind)
{
	return kinds[kind].name;
}

int token_power(enum token_kind kind)
{
	return kinds[kind].power;
}

/* Longest first: the first that fits is taken. */
static const struct {
	const char *text;
	enum token_kind kind;
} marks[] = {
	{"[?", TOKEN_FILTER},  {"[]", TOKEN_FLATTEN}, {"||", TOKEN_OR},
	{"&&", TOKEN_AND},     {"==", TOKEN_EQ},      {"!=", TOKEN_NE},
	{"<=", TOKEN_LE},      {">=", TOKEN_GE},      {"[", TOKEN_LBRACKET},
	{"]", TOKEN_RBRACKET}, {"(", TOKEN_LPAREN},   {")", TOKEN_RPAREN},
	{"{", TOKEN_LBRACE},   {"}", TOKEN_RBRACE},   {".", TOKEN_DOT},
	{"*", TOKEN_STAR},     {",", TOKEN_COMMA},    {":", TOKEN_COLON},
	{"@", TOKEN_CURRENT},  {"|", TOKEN_PIPE},     {"&", TOKEN_REFERENCE},
	{"!", TOKEN_NOT},      {"<", TOKEN_LT},	      {">", TOKEN_GT},
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Bytes up to and with the closing quote; 0 when there is none. */
static size_t quoted_bytes(struct str rest)
{
	for (size_t i = 1; i < rest.n; i++) {
		if (rest.p[i] == '\\')
			i++;
		else if (rest.p[i] == rest.p[0])
			return i + 1;
	}
	return 0;
}

static bool take_quoted(struct str rest, struct token *t, struct query_error *qe)
{
	t->kind = *rest.p == '"' ? TOKEN_QUOTED : *rest.p == '`' ? TOKEN_JSON : TOKEN_RAW;
	t->text = str_sub(rest, 0, quoted_bytes(rest));
	if (t->text.n)
		return true;
	return query_fail(qe, QUERY_SYNTAX, t->offset, "%s is not closed",
			  token_name(t->kind));
}

static void take_name(struct str rest, struct token *t)
{
	size_t n = 1;

	while (n < rest.n && (is_name_start(rest.p[n]) || is_digit(rest.p[n])))
		n++;
	t->kind = TOKEN_NAME;
	t->text = str_sub(rest, 0, n);
}

static bool take_number(struct str rest, struct token *t)
{
	size_t n = *rest.p == '-' ? 1 : 0, digits = n;

	while (n < rest.n && is_digit(rest.p[n]))
		n++;
	t->kind = TOKEN_NUMBER;
	t->text = str_sub(rest, 0, n);
	return n > digits;
}

static bool take_mark(struct str rest, struct token *t)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		struct str mark = str_from(marks[i].text);

		if (str_starts(rest, mark)) {
			t->kind = marks[i].kind;
			t->text = str_sub(rest, 0, mark.n);
			return true;
		}
	}
	return false;
}

static bool take(struct str rest, struct token *t, struct query_error *qe)
{
	char c = *rest.p;

	if (c == '"' || c == '\'' || c == '`')
		return take_quoted(rest, t, qe);
	if (is_name_start(c)) {
		take_name(rest, t);
		return true;
	}
	if ((is_digit(c) || c == '-') && take_number(rest, t))
		return true;
	if (take_mark(rest, t))
		return true;
	if (c == '=')
		return query_fail(qe, QUERY_SYNTAX, t->offset,
				  "'=' alone means nothing; compare with '=='");
	if (c > ' ' && c < 0x7f)
		return query_fail(qe, QUERY_SYNTAX, t->offset, "'%c' means nothing here",
				  c);
	return query_fail(qe, QUERY_SYNTAX, t->offset,
			  "this character needs quotes around it");
}

bool lexer_run(struct str text, struct token **tokens, struct query_error *qe)
{
	VEC(struct token) list = {0};
	size_t at = 0;

	*tokens = NULL;
	for (;;) {
		struct token t = {.kind = TOKEN_END};

		while (at < text.n && is_blank(text.p[at]))
			at++;
		t.offset = at;
		if (at < text.n && !take(str_sub(text, at, text.n), &t, qe)) {
			vec_fini(&list);
			return false;
		}
		vec_push(&list, t);
		if (at >= text.n)
			break;
		at += t.text.n;
	}
	*tokens = list.p;
	return true;
}
