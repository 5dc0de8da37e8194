/* How many elements an array has; of a pointer it says nothing. Thread: any (no state). */
#ifndef AZ_BASE_COUNT_H
#define AZ_BASE_COUNT_H

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#endif
