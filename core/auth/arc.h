/* The challenge of Azure Arc's agent: it names a file that only who may have a token
 * can read. What it names is checked before it is opened: the agent listens on
 * loopback, where anybody on the machine could have taken its place. Thread: any; not
 * on the loop where it reads. */
#ifndef AZ_AUTH_ARC_H
#define AZ_AUTH_ARC_H

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

#define ARC_KEYS "/var/opt/azcmagent/tokens"

/* The name of the file in `folder` that a WWW-Authenticate header wants read; borrowed
 * from the header. */
bool arc_key_name(struct str challenge, const char *folder, struct str *name,
		  struct err *err) MUST_CHECK;
/* Its content, as it is. */
bool arc_key_read(const char *folder, struct str name, struct secret *out,
		  struct err *err) MUST_CHECK;

#endif
