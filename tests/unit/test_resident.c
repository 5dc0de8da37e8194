/* Pages that are given back come again as they were, also where somebody wrote to what
 * nobody may write to. */
#include "unit/check.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/resident.h"
#include "base/strbuf.h"

enum { PAGE_MOST = 65536 };

/* Larger than two pages, so that one of them holds nothing else. */
static const unsigned char constants[3 * PAGE_MOST] = {[PAGE_MOST] = 7};

/* The compiler takes what is constant for constant. */
static int byte_at(const unsigned char *p)
{
	return *(const volatile unsigned char *)p;
}

static void test_constants(void **state)
{
	(void)state;
	resident_give_back();
	assert_int_equal(byte_at(constants + PAGE_MOST), 7);
	assert_int_equal(byte_at(constants), 0);
}

/* As a debugger does for a breakpoint, and the loader for a text relocation. */
static void test_written_to(void **state)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t at = ((uintptr_t)constants + PAGE_MOST) & ~(uintptr_t)(page - 1);
	unsigned char *first = (unsigned char *)at;

	(void)state;
	assert_int_equal(mprotect(first, 2 * page, PROT_READ | PROT_WRITE), 0);
	first[page] = 204;
	assert_int_equal(mprotect(first, 2 * page, PROT_READ), 0);
	resident_give_back();
	assert_int_equal(byte_at(first + page), 204);
	assert_int_equal(byte_at(constants + PAGE_MOST), 7);
}

static void put_range(const struct resident_range *range, void *ctx)
{
	strbuf_printf(ctx, "%x-%x ", (unsigned)range->start, (unsigned)range->end);
}

#define MAPPING(range, rights, inode, own, swapped)                                      \
	range " " rights " 00000000 08:01 " inode " /usr/lib/x.so\n"                     \
	      "Size: 4 kB\nAnonymous: " own " kB\nSwap: " swapped " kB\nVmFlags: rd\n"

static void test_scan(void **state)
{
	static const struct {
		const char *name, *smaps, *want;
	} cases[] = {
		{"code and constants",
		 MAPPING("1000-2000", "r-xp", "7", "0", "0")
			 MAPPING("2000-3000", "r--p", "7", "0", "0"),
		 "1000-2000 2000-3000 "},
		{"what may be written to", MAPPING("1000-2000", "rw-p", "7", "0", "0"),
		 ""},
		{"what is no file's", MAPPING("1000-2000", "r--p", "0", "0", "0"), ""},
		{"what was written to", MAPPING("1000-2000", "r--p", "7", "4", "0"), ""},
		{"and swapped out since", MAPPING("1000-2000", "r--p", "7", "0", "4"),
		 ""},
		{"the next one is another",
		 MAPPING("1000-2000", "r--p", "7", "4", "0")
			 MAPPING("2000-3000", "r--p", "7", "0", "0"),
		 "2000-3000 "},
		{"nothing", "", ""},
		{"rubbish", "nothing of the kind\nAnonymous: many\n\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		FILE *smaps = tmpfile();
		struct strbuf got;

		assert_non_null(smaps);
		assert_true(fputs(cases[i].smaps, smaps) >= 0);
		rewind(smaps);
		strbuf_init(&got, 1000);
		resident_scan(smaps, put_range, &got);
		check_text(cases[i].name, strbuf_str(&got), cases[i].want);
		strbuf_fini(&got);
		fclose(smaps);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_written_to),
		cmocka_unit_test(test_scan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
