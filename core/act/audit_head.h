/* The head of an audit log: how many entries there are and the root of the tree over
 * them, signed. It stands in a file of its own, which is replaced after each entry, so
 * that entries missing from the end are missed. Thread: any (no state). */
#ifndef AZ_ACT_AUDIT_HEAD_H
#define AZ_ACT_AUDIT_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "act/merkle.h"
#include "act/sign_key.h"
#include "act/signer.h"
#include "base/str.h"
#include "base/strbuf.h"

enum { AUDIT_HEAD_MAX = 1024 };

struct audit_head {
	uint64_t n;
	int64_t at_ms;
	struct merkle_hash root;
	struct str key;	     /* the name of the key that signed; borrowed */
	struct str document; /* what is signed; borrowed */
	struct signature signature;
};

/* The whole file, with its line end. */
void audit_head_format(struct strbuf *out, const struct merkle *tree, int64_t at_ms,
		       const struct signer *signer);
/* Says nothing of who signed it. */
bool audit_head_parse(struct str file, struct audit_head *out);
/* NULL when the key does not count or the signature is not its. */
const struct sign_key *audit_head_signer(const struct audit_head *head,
					 const struct sign_keys *keys);

/* Of LOG.log it is LOG.head; any other name gets .head behind it. */
void audit_head_path(struct strbuf *out, const char *log_path);

#endif
