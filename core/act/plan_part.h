/* What the two halves of a plan share. Private to core/act/plan*.c. Thread: any. */
#ifndef AZ_ACT_PLAN_PART_H
#define AZ_ACT_PLAN_PART_H

#include "net/http.h"

enum { PLAN_VERSION = 1, PLAN_TEXT_MAX = 256 << 10 };

const char *plan_method_name(enum http_method method);

#endif
