/* What the two halves of a plan share. Private to core/act/plan*.c. Thread: any. */
#ifndef AZ_ACT_PLAN_PART_H
#define AZ_ACT_PLAN_PART_H

enum { PLAN_VERSION = 1, PLAN_TEXT_MAX = 256 << 10 };

#endif
