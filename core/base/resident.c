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
	unsigned long inode; /* 0: no file */
	bool is_constant;
};

/* The files of this program and of the C library: keys and frames run in them. */
struct kept {
	unsigned long inodes[2];
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
		.inode = inode,
		.is_constant = rights[1] == '-' && inode != 0,
	};
	return true;
}

static bool holds(const struct mapping *m, uintptr_t address)
{
	return m->start <= address && address < m->end;
}

static void find_kept(FILE *maps, struct kept *kept, char **line, size_t *size)
{
	struct mapping m;

	while (getline(line, size, maps) > 0) {
		if (!read_head(*line, &m))
			continue;
		if (holds(&m, (uintptr_t)resident_give_back))
			kept->inodes[0] = m.inode;
		if (holds(&m, (uintptr_t)malloc_trim))
			kept->inodes[1] = m.inode;
	}
	rewind(maps);
}

void resident_give_back(void)
{
	FILE *maps = fopen("/proc/self/smaps", "re");
	struct kept kept = {0};
	struct mapping m = {0};
	char *line = NULL;
	size_t size = 0;

	malloc_trim(0);
	if (maps)
		find_kept(maps, &kept, &line, &size);
	while (maps && getline(&line, &size, maps) > 0) {
		unsigned long own_kb;

		if (read_head(line, &m) || !m.is_constant || m.inode == kept.inodes[0] ||
		    m.inode == kept.inodes[1] ||
		    sscanf(line, "Anonymous: %lu kB", &own_kb) != 1 || own_kb > 0)
			continue;
		/* Refused for some mapping: then it stays, which is no loss. */
		madvise((void *)m.start, m.end - m.start, MADV_DONTNEED);
	}
	free(line);
	if (maps)
		fclose(maps);
}
