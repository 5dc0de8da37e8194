/* Memory that starting needed and running does not. Thread: any. */
#ifndef AZ_BASE_RESIDENT_H
#define AZ_BASE_RESIDENT_H

#include <stdint.h>
#include <stdio.h>

/* Before the first thread: all threads share one heap. What is freed by another thread than
 * took it, as answers are, would else leave holes in six; and only the first heap grows by
 * more than a page at a time. */
void resident_share_heap(void);

/* Gives the system back what is free on the heap, and the pages of code and constants
 * of the program and its libraries: those that are still in use come back from the
 * page cache when they are next touched, a microsecond each, also by whoever waits for a
 * key to be drawn. Takes milliseconds. Initialising OpenSSL, curl and terminfo is half of
 * what is resident after the start. */
void resident_give_back(void);
/* The heap's part of it: what a wave of answers needed. */
void resident_trim(void);

/* What of a text like /proc/self/smaps can be given back: mappings of files that may not
 * be written to, and were not, neither in memory nor in what is swapped out. */
struct resident_range {
	uintptr_t start, end;
};
typedef void (*resident_range_fn)(const struct resident_range *range, void *ctx);
void resident_scan(FILE *smaps, resident_range_fn fn, void *ctx);

#endif
