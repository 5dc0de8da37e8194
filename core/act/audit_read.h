/* How the writer of an audit log takes over what is in it: the lines since it last
 * looked, each following the one before, the last one signed, and the head signed for
 * exactly these. Thread: that of the log, which holds its lock. */
#ifndef AZ_ACT_AUDIT_READ_H
#define AZ_ACT_AUDIT_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "act/audit_log.h"
#include "base/err.h"
#include "base/str.h"

enum { AUDIT_TORN_SHOWN = 160 };

/* What a crash left. */
struct audit_found {
	bool is_head_behind;		       /* by the last entry */
	int64_t torn_bytes;		       /* behind the last line */
	unsigned char torn_hash[MERKLE_BYTES]; /* SHA-256 */
	char torn_begins[AUDIT_TORN_SHOWN + 1];
};

/* ERR_CONFLICT: the log is not what its head was signed for. */
bool audit_read(struct audit_log *log, struct audit_found *found,
		struct err *err) MUST_CHECK;
/* One line that was just written, without its end. */
void audit_read_take(struct audit_log *log, struct str line);
/* Nothing is known of it any more: the next look reads all of it. */
void audit_read_forget(struct audit_log *log);

#endif
