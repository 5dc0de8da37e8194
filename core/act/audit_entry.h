/* One line of the audit log: a JSON object whose members stand in one order, a blank,
 * and the signature of the object's bytes. There is exactly one way to write an entry:
 * a line that is not what we would write is no entry, whatever a JSON parser makes of
 * it. Thread: any (no state). */
#ifndef AZ_ACT_AUDIT_ENTRY_H
#define AZ_ACT_AUDIT_ENTRY_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "act/merkle.h"
#include "act/sign_key.h"
#include "act/signer.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

/* kind, what it says. What azdeck itself does to the log comes first. */
#define AUDIT_KIND_LIST(X)                                                               \
	X(BEGUN, "begun", "a log was begun")                                             \
	X(RECOVERED, "recovered", "what a crash left was put right")                     \
	X(PLAN, "plan", "a change was planned")                                          \
	X(APPROVAL, "approval", "a person approved a plan")                              \
	X(REFUSAL, "refusal", "a plan or a run was refused")                             \
	X(REQUEST, "request", "a request is about to be sent")                           \
	X(RESULT, "result", "what came of a request")                                    \
	X(STEP, "step", "a step of a run began or ended")                                \
	X(VERIFY, "verify", "whether the change helped")

enum audit_kind {
#define X(id, name, help) AUDIT_##id,
	AUDIT_KIND_LIST(X)
#undef X
		AUDIT_KINDS
};

enum { AUDIT_LINE_MAX = 64 << 10, AUDIT_WORD_MAX = 24 };

const char *audit_kind_name(enum audit_kind kind);
bool audit_kind_find(struct str name, enum audit_kind *out);

/* As it was read; texts are borrowed from the line. */
struct audit_entry {
	uint64_t n; /* from 1 */
	int64_t at_ms;
	struct merkle_hash
		prev;	     /* the leaf hash of the line before; zeros for the first */
	struct str kind;     /* a word; a newer azdeck may know more of them */
	struct str by, host; /* JSON texts, quotes included */
	struct str key;	     /* the name of the key that signed */
	struct str about;    /* a JSON object */
	struct str document; /* all of the above: what is signed */
	struct signature signature;
};

/* As it will be written. */
struct audit_draft {
	uint64_t n;
	int64_t at_ms;
	struct merkle_hash prev;
	enum audit_kind kind;
	struct str by, host;
	const cJSON *about; /* NULL: nothing */
};

/* Appends the line without its end; what must not be in it is taken out
 * (audit_text.h). ERR_TOO_LARGE: `about` is longer than a line may be. */
bool audit_entry_format(struct strbuf *out, const struct audit_draft *draft,
			const struct signer *signer, struct err *err) MUST_CHECK;
/* Says nothing of who signed it. */
bool audit_entry_parse(struct str line, struct audit_entry *out);
bool audit_entry_is_signed(const struct audit_entry *entry, const struct sign_key *key);

#endif
