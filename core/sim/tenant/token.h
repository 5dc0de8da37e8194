/* Bearer tokens in the shape of a JWT, signed with a key only this simulator
 * knows. Thread: core. */
#ifndef AZ_SIM_TOKEN_H
#define AZ_SIM_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "base/strbuf.h"

#define TOKEN_KEY_BYTES 32
#define TOKEN_LIFE_S	3599

struct token_key {
	uint8_t bytes[TOKEN_KEY_BYTES];
};

enum token_state { TOKEN_GOOD, TOKEN_EXPIRED, TOKEN_WRONG };

void token_key_init(struct token_key *key, uint64_t seed);
/* Appends header.payload.signature. */
void token_issue(struct strbuf *out, const struct token_key *key, struct str client,
		 struct str audience, const char *tenant, int64_t now_ms);
enum token_state token_check(const struct token_key *key, struct str token,
			     int64_t now_ms);

/* Whose a token is that was found good; "Bearer " before it. Nothing when it is none. */
void token_put_client(struct strbuf *out, struct str authorization);

#endif
