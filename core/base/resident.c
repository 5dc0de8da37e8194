/* See resident.h. Only what is a file's, may not be written to, and was not written to
 * all the same: by the loader for text relocations, by a debugger for its breakpoints,
 * by what moves code to large pages. Such a page would come back without what was
 * written. smaps says so, and may be read even by who hides from debuggers. */
#include "base/resident.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { GROWS_BY = 1 << 20 };

struct mapping {
	uintptr_t start, end;
	bool is_constant;
	unsigned long own_kb; /* pages that are not the file's any more */
};

/* "7f12-7f34 r-xp 00001000 08:01 1234 /usr/lib/libx.so"; other lines are about it. */
static bool read_head(const char *line, struct mapping *m)
{
	uintptr_t start, end;
	unsigned long inode;
	char rights[5];

	if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*x %*s %lu", &start, &end,
		   rights, &inode) != 4)
		return false;
	*m = (struct mapping){
		.start = start,
		.end = end,
		.is_constant = rights[1] == '-' && inode != 0,
	};
	return true;
}

static bool can_go(const struct mapping *m)
{
	return m->is_constant && m->own_kb == 0;
}

/* A page of ours that was swapped out is not "Anonymous" any more, and would be lost all
 * the same. */
static bool read_own(const char *line, struct mapping *m)
{
	unsigned long kb;

	if (sscanf(line, "Anonymous: %lu kB", &kb) != 1 &&
	    sscanf(line, "Swap: %lu kB", &kb) != 1)
		return false;
	m->own_kb += kb;
	return true;
}

void resident_scan(FILE *smaps, resident_range_fn fn, void *ctx)
{
	struct mapping m = {0}, next;
	char *line = NULL;
	size_t size = 0;
	bool is_more = true;

	/* A mapping is known when the next one begins. */
	while (is_more) {
		is_more = getline(&line, &size, smaps) > 0;
		if (is_more && (read_own(line, &m) || !read_head(line, &next)))
			continue;
		if (can_go(&m))
			fn(&(struct resident_range){m.start, m.end}, ctx);
		m = next;
	}
	free(line);
}

static void give_back(const struct resident_range *range, void *ctx)
{
	(void)ctx;
	/* Refused for some mapping: then it stays, which is no loss. */
	madvise((void *)range->start, range->end - range->start, MADV_DONTNEED);
}

void resident_share_heap(void)
{
#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TOP_PAD, GROWS_BY);
#endif
}

void resident_trim(void)
{
	malloc_trim(0);
}

void resident_give_back(void)
{
	FILE *maps = fopen("/proc/self/smaps", "re");

	resident_trim();
	if (!maps)
		return;
	resident_scan(maps, give_back, NULL);
	fclose(maps);
}
