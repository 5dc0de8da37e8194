/* The two answers of the device code flow, read: the code a person enters, and what
 * the token endpoint says while nobody has. Thread: any (no state). */
#ifndef AZ_AUTH_DEVICE_CODE_H
#define AZ_AUTH_DEVICE_CODE_H

#include <stdint.h>

#include "base/err.h"
#include "base/secret.h"
#include "base/str.h"

struct device_code {
	struct secret device;		       /* ours; whoever has it has the sign-in */
	char user[40], url[200], message[400]; /* clean for the screen */
	int64_t interval_ms, lifetime_ms;
};

/* Numbers may be texts. A page that is not https is refused. */
bool device_code_parse(struct str body, struct device_code *out,
		       struct err *err) MUST_CHECK;
void device_code_fini(struct device_code *code);

enum device_step {
	DEVICE_WAIT, /* nobody has entered it yet */
	DEVICE_SLOW, /* the same, and we ask too often */
	DEVICE_OVER, /* err says why */
};
/* Of an answer that is no 200. */
enum device_step device_step_of(int status, struct str body, struct err *err);

#endif
