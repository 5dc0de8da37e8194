/* A resource's tag of that name out of the compact JSON it came as. Names of tags have
 * no upper and lower case in Azure. Thread: any (no state). */
#ifndef AZ_BOARD_RESOURCE_TAG_H
#define AZ_BOARD_RESOURCE_TAG_H

#include <stdbool.h>

#include "base/str.h"
#include "base/strbuf.h"

/* Its value into `out`, which is emptied first. False: there is no such tag, or there
 * is no source to look in. */
bool resource_tag(struct str raw, struct str name, struct strbuf *out);

#endif
