/* See resident.h. Only segments that can never have been written to are given back:
 * a page of them is the file's, whatever happens. */
#include "base/resident.h"

#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static int give_back(struct dl_phdr_info *object, size_t size, void *page)
{
	const uintptr_t mask = *(const uintptr_t *)page - 1;

	(void)size;
	for (size_t i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
		uintptr_t start = object->dlpi_addr + segment->p_vaddr;

		if (segment->p_type != PT_LOAD || segment->p_flags & PF_W)
			continue;
		/* Refused for some mapping: then it stays, which is no loss. */
		madvise((void *)(start & ~mask), segment->p_memsz + (start & mask),
			MADV_DONTNEED);
	}
	return 0;
}

void resident_give_back(void)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	malloc_trim(0);
	dl_iterate_phdr(give_back, &page);
}
