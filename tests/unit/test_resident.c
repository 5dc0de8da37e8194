/* Pages that are given back come again as they were, also where somebody wrote to what
 * nobody may write to. */
#include "unit/check.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/resident.h"

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_written_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
