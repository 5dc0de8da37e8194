/* The files of an audit log, read together for looking at them: nothing is changed or
 * made. Thread: any; it waits for the disk and for whoever is writing, so never on the
 * loop. */
#ifndef AZ_ACT_AUDIT_FILES_H
#define AZ_ACT_AUDIT_FILES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

struct audit_files {
	struct strbuf log, head;
	bool has_log, has_head;
};

/* $XDG_STATE_HOME/azdeck/audit.log; empty when there is no home. */
void audit_files_own_path(struct strbuf *out);
/* audit_files_fini is due, whatever comes of it. ERR_NOT_FOUND when neither is there. */
bool audit_files_read(struct audit_files *f, const char *log_path,
		      struct err *err) MUST_CHECK;
void audit_files_fini(struct audit_files *f);
/* The head's bytes; none (p NULL) without one. */
struct str audit_files_head(const struct audit_files *f);

#endif
