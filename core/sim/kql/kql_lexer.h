/* Words, texts, numbers and signs of a query. Thread: any (no state but the struct). */
#ifndef AZ_SIM_KQL_LEXER_H
#define AZ_SIM_KQL_LEXER_H

#include "base/arena.h"
#include "base/str.h"

enum kql_token_kind { KQL_END, KQL_WORD, KQL_STRING, KQL_DIGITS, KQL_SIGN, KQL_BAD };

struct kql_token {
	enum kql_token_kind kind;
	struct str raw;	 /* as it stands there */
	struct str text; /* of a string: without quotes and escapes */
};

struct kql_lexer {
	struct str all;
	size_t at;
	struct arena *arena; /* texts with escapes */
};

struct kql_token kql_lexer_next(struct kql_lexer *lx);
/* Line from 1, column from 0. */
void kql_lexer_place(struct str all, const char *at, int *line, int *column);

#endif
