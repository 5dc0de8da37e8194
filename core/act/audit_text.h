/* What may stand in the audit log: texts and documents without secrets and without
 * control characters, cut where they are long. Thread: any (no state). */
#ifndef AZ_ACT_AUDIT_TEXT_H
#define AZ_ACT_AUDIT_TEXT_H

#include <cjson/cJSON.h>

#include "base/str.h"
#include "base/strbuf.h"

enum { AUDIT_TEXT_MAX = 4096, AUDIT_DEPTH_MAX = 16 };

/* A quoted JSON text. Public keys of ours pass as they are; other long runs of letters
 * and digits are taken for secrets (net/redact_opaque.h), so a signature or code that
 * belongs into the log is written in groups with dashes between them. */
void audit_text_put(struct strbuf *out, struct str text);
/* A document: every text and name in it, and the values of members that are named like
 * secrets are hidden. What is deeper than AUDIT_DEPTH_MAX is left out. */
void audit_text_put_json(struct strbuf *out, const cJSON *value);

#endif
