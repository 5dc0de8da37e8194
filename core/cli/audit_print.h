/* The audit log and what was found in it, as text and as JSON. Thread: any (no
 * state). */
#ifndef AZ_CLI_AUDIT_PRINT_H
#define AZ_CLI_AUDIT_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "act/audit_check.h"
#include "base/str.h"
#include "base/strbuf.h"

struct audit_filter {
	int64_t since_ms;
	const char *kind; /* NULL: any */
	bool is_json;
};

/* False when a line is none of ours, or does not follow the one before. */
bool audit_print_entries(struct strbuf *out, struct str log,
			 const struct audit_filter *filter);
void audit_print_report(struct strbuf *out, const struct audit_report *r,
			const struct audit_how *how, const char *path, bool is_json);

#endif
