/* See memory_scan.h. */
#include "unit/memory_scan.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "unit/check.h"

enum { MASK = 0x5a };

struct mapping {
	unsigned long begin, end;
	bool is_writable, is_special, is_locked;
};

void memory_needle_set(struct memory_needle *needle, const void *bytes)
{
	memcpy(needle->masked, bytes, MEMORY_NEEDLE_BYTES);
	for (size_t i = 0; i < MEMORY_NEEDLE_BYTES; i++)
		needle->masked[i] ^= MASK;
}

bool memory_can_be_scanned(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	return false;
#else
	int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
#endif
}

bool memory_can_be_locked(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);
	bool ok = page != MAP_FAILED && mlock(page, 4096) == 0;

	munmap(page, 4096);
	return ok;
}

static bool is_here(const struct memory_needle *needle, const unsigned char *at,
		    bool is_backwards)
{
	for (size_t i = 0; i < MEMORY_NEEDLE_BYTES; i++) {
		size_t j = is_backwards ? MEMORY_NEEDLE_BYTES - 1 - i : i;

		if ((at[i] ^ MASK) != needle->masked[j])
			return false;
	}
	return true;
}

static size_t count(const struct memory_needle *needle, const unsigned char *p, size_t n)
{
	size_t found = 0;

	for (size_t i = 0; i + MEMORY_NEEDLE_BYTES <= n; i++)
		found += is_here(needle, p + i, false) || is_here(needle, p + i, true);
	return found;
}

/* A copy, because a guard page cannot be read in place; out of pages of its own, so
 * that it leaves nothing behind for the next scan. */
static size_t scan_mapping(const struct memory_needle *needle, int mem,
			   const struct mapping *m)
{
	size_t n = m->end - m->begin, found = 0;
	unsigned char *copy =
		mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ssize_t got;

	assert_true(copy != MAP_FAILED);
	got = pread(mem, copy, n, (off_t)m->begin);
	if (got > 0)
		found = count(needle, copy, (size_t)got);
	memset(copy, 0, n);
	munmap(copy, n);
	return found;
}

static bool begin_mapping(const char *line, struct mapping *m)
{
	char mode[8], name[32] = "";
	unsigned long begin, end;

	if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %31s", &begin, &end, mode, name) < 3)
		return false;
	*m = (struct mapping){.begin = begin,
			      .end = end,
			      .is_writable = mode[0] == 'r' && mode[1] == 'w',
			      .is_special = strncmp(name, "[v", 2) == 0};
	return true;
}

/* smaps says of each mapping after its head what it is; "lo" among its flags: locked. */
struct memory_found memory_scan(const struct memory_needle *needle)
{
	struct memory_found found = {0};
	int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	FILE *maps = fopen("/proc/self/smaps", "r");
	struct mapping m = {0};
	char line[512];

	assert_true(mem >= 0 && maps);
	while (fgets(line, sizeof(line), maps)) {
		size_t n;

		if (begin_mapping(line, &m) || strncmp(line, "VmFlags:", 8) != 0)
			continue;
		m.is_locked = strstr(line, " lo") != NULL;
		if (!m.is_writable || m.is_special)
			continue;
		n = scan_mapping(needle, mem, &m);
		if (m.is_locked)
			found.locked += n;
		else
			found.elsewhere += n;
	}
	fclose(maps);
	close(mem);
	return found;
}
