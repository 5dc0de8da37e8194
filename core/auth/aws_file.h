/* The shared credentials file of AWS: sections of names and values.
 * Thread: any (no state). */
#ifndef AZ_AUTH_AWS_FILE_H
#define AZ_AUTH_AWS_FILE_H

#include <stdbool.h>

#include "base/str.h"

/* Borrowed from the text; empty: not there. */
struct aws_keys {
	struct str id, secret, session;
};

/* False when the file has no such section. Of a name that stands there twice the last
 * one counts. */
bool aws_file_find(struct str text, struct str profile, struct aws_keys *out);

#endif
