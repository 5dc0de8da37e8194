/* See scratch.h. */
#include "unit/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/check.h"

enum { N_PATHS = 8, PATH_BYTES = 512 };

static char dir[] = "/tmp/azdeck-unit-XXXXXX";

int scratch_make(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

int scratch_drop(void **state)
{
	(void)state;
	return nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(const char *name)
{
	static char paths[N_PATHS][PATH_BYTES];
	static size_t at;
	char *path = paths[at++ % N_PATHS];

	snprintf(path, PATH_BYTES, "%s/%s", dir, name);
	return path;
}

const char *scratch_write(const char *name, struct str bytes, unsigned mode)
{
	const char *path = scratch_path(name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(bytes.n == 0 || fwrite(bytes.p, bytes.n, 1, file) == 1);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}
