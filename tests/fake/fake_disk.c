/* See fake_disk.h. A file is ours, with the real one behind it. */
#include "fake/fake_disk.h"

#include <sqlite3.h>
#include <stddef.h>

struct shim {
	sqlite3_file base;
	sqlite3_file *real; /* right behind */
};

static struct fake_disk disk;
static sqlite3_vfs *under;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct shim *)file)->real;
}

#define REAL(file) real_of(file)->pMethods

static bool refuses(void)
{
	disk.changes++;
	if (disk.good != 0) {
		disk.good -= disk.good > 0;
		return false;
	}
	disk.failures++;
	return true;
}

static int close_file(sqlite3_file *f)
{
	return REAL(f)->xClose(real_of(f));
}

static int read_file(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return REAL(f)->xRead(real_of(f), to, n, at);
}

static int write_file(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	return refuses() ? disk.rc : REAL(f)->xWrite(real_of(f), from, n, at);
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
	return refuses() ? SQLITE_IOERR_TRUNCATE : REAL(f)->xTruncate(real_of(f), size);
}

static int sync_file(sqlite3_file *f, int flags)
{
	return refuses() ? SQLITE_IOERR_FSYNC : REAL(f)->xSync(real_of(f), flags);
}

static int size_of_file(sqlite3_file *f, sqlite3_int64 *size)
{
	return REAL(f)->xFileSize(real_of(f), size);
}

static int lock_file(sqlite3_file *f, int level)
{
	return REAL(f)->xLock(real_of(f), level);
}

static int unlock_file(sqlite3_file *f, int level)
{
	return REAL(f)->xUnlock(real_of(f), level);
}

static int is_reserved(sqlite3_file *f, int *is)
{
	return REAL(f)->xCheckReservedLock(real_of(f), is);
}

static int control_file(sqlite3_file *f, int op, void *arg)
{
	return REAL(f)->xFileControl(real_of(f), op, arg);
}

static int sector_of(sqlite3_file *f)
{
	return REAL(f)->xSectorSize(real_of(f));
}

static int traits_of(sqlite3_file *f)
{
	return REAL(f)->xDeviceCharacteristics(real_of(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return REAL(f)->xShmMap(real_of(f), page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int from, int n, int flags)
{
	return REAL(f)->xShmLock(real_of(f), from, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
	REAL(f)->xShmBarrier(real_of(f));
}

static int shm_unmap(sqlite3_file *f, int removes)
{
	return REAL(f)->xShmUnmap(real_of(f), removes);
}

#define FILE_METHODS                                                                     \
	.xClose = close_file, .xRead = read_file, .xWrite = write_file,                  \
	.xTruncate = truncate_file, .xSync = sync_file, .xFileSize = size_of_file,       \
	.xLock = lock_file, .xUnlock = unlock_file, .xCheckReservedLock = is_reserved,   \
	.xFileControl = control_file, .xSectorSize = sector_of,                          \
	.xDeviceCharacteristics = traits_of

static const sqlite3_io_methods with_shm = {
	.iVersion = 2,
	FILE_METHODS,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};
static const sqlite3_io_methods without_shm = {.iVersion = 1, FILE_METHODS};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
		     int *out_flags)
{
	struct shim *shim = (struct shim *)file;
	int rc;

	(void)vfs;
	shim->real = (sqlite3_file *)(void *)(shim + 1);
	shim->base.pMethods = NULL;
	rc = under->xOpen(under, name, shim->real, flags, out_flags);
	if (rc == SQLITE_OK)
		shim->base.pMethods = disk.has_shm ? &with_shm : &without_shm;
	return rc;
}

void fake_disk_heal(void)
{
	disk = (struct fake_disk){.good = -1, .rc = SQLITE_FULL, .has_shm = true};
}

struct fake_disk *fake_disk(void)
{
	static sqlite3_vfs vfs;

	if (under)
		return &disk;
	under = sqlite3_vfs_find(NULL);
	vfs = *under;
	vfs.zName = "fake-disk";
	vfs.szOsFile += (int)sizeof(struct shim);
	vfs.xOpen = open_file;
	vfs.pNext = NULL;
	sqlite3_vfs_register(&vfs, 1);
	fake_disk_heal();
	return &disk;
}
