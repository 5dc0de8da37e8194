/* Text to tokens. Thread: any (no state). */
#ifndef AZ_QUERY_LEXER_H
#define AZ_QUERY_LEXER_H

#include "base/str.h"
#include "query/query.h"

/* kind, how an error message calls it, left binding power. Postfix forms bind
 * tightest; a power below BIND_PROJECTION ends a projection. */
#define TOKEN_LIST(X)                                                                    \
	X(END, "the end", 0)                                                             \
	X(NAME, "a name", 0)                                                             \
	X(QUOTED, "a quoted name", 0)                                                    \
	X(RAW, "a string", 0)                                                            \
	X(JSON, "a JSON literal", 0)                                                     \
	X(NUMBER, "a number", 0)                                                         \
	X(CURRENT, "'@'", 0)                                                             \
	X(REFERENCE, "'&'", 0)                                                           \
	X(NOT, "'!'", 0)                                                                 \
	X(RPAREN, "')'", 0)                                                              \
	X(RBRACKET, "']'", 0)                                                            \
	X(RBRACE, "'}'", 0)                                                              \
	X(COMMA, "','", 0)                                                               \
	X(COLON, "':'", 0)                                                               \
	X(LPAREN, "'('", 0)                                                              \
	X(LBRACE, "'{'", 0)                                                              \
	X(PIPE, "'|'", 1)                                                                \
	X(OR, "'||'", 2)                                                                 \
	X(AND, "'&&'", 3)                                                                \
	X(EQ, "'=='", 5)                                                                 \
	X(NE, "'!='", 5)                                                                 \
	X(LT, "'<'", 5)                                                                  \
	X(LE, "'<='", 5)                                                                 \
	X(GT, "'>'", 5)                                                                  \
	X(GE, "'>='", 5)                                                                 \
	X(FLATTEN, "'[]'", 9)                                                            \
	X(STAR, "'*'", 20)                                                               \
	X(FILTER, "'[?'", 21)                                                            \
	X(DOT, "'.'", 40)                                                                \
	X(LBRACKET, "'['", 55)
enum { BIND_NOT = 8, BIND_PROJECTION = 10 };

enum token_kind {
#define X(id, name, power) TOKEN_##id,
	TOKEN_LIST(X)
#undef X
};

struct token {
	enum token_kind kind;
	size_t offset;
	struct str text; /* with its quotes, if any */
};

const char *token_name(enum token_kind kind);
int token_power(enum token_kind kind);

/* The caller frees *tokens, which ends with TOKEN_END. */
bool lexer_run(struct str text, struct token **tokens, struct query_error *qe);
/* Sets the error and returns false. */
bool query_fail(struct query_error *qe, enum query_error_class class, size_t offset,
		const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
