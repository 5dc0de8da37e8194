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

struct mapping {
	uintptr_t start, end;
	bool is_constant_file;
};

/* "7f12-7f34 r-xp 00001000 08:01 1234 /usr/lib/libx.so"; other lines are about it. */
static bool read_head(const char *line, struct mapping *m)
{
	unsigned long inode;
	uintptr_t start, end;
	char rights[5];

	if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*x %*s %lu", &start, &end,
		   rights, &inode) != 4)
		return false;
	*m = (struct mapping){.start = start,
			      .end = end,
			      .is_constant_file = rights[1] == '-' && inode != 0};
	return true;
}

void resident_give_back(void)
{
	FILE *maps = fopen("/proc/self/smaps", "re");
	struct mapping m = {0};
	char *line = NULL;
	size_t size = 0;

	malloc_trim(0);
	while (maps && getline(&line, &size, maps) > 0) {
		unsigned long own_kb;

		if (read_head(line, &m) || !m.is_constant_file ||
		    sscanf(line, "Anonymous: %lu kB", &own_kb) != 1 || own_kb > 0)
			continue;
		/* Refused for some mapping: then it stays, which is no loss. */
		madvise((void *)m.start, m.end - m.start, MADV_DONTNEED);
	}
	free(line);
	if (maps)
		fclose(maps);
}
