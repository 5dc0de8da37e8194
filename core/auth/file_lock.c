/* See file_lock.h. */
#include "auth/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include "auth/private_file.h"
#include "base/clock.h"
#include "base/strbuf.h"

/* A holder needs a few milliseconds. */
enum { AGAIN_MS = 10 };

static bool wait_for(int fd, const char *path, int wait_ms, struct err *err)
{
	int64_t end_us = clock_mono_us() + (int64_t)wait_ms * 1000;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_errno(err, ERR_IO, errno, "cannot lock %s", path);
		if (clock_mono_us() >= end_us)
			return err_set(err, ERR_CONFLICT,
				       "another azdeck is changing %s; try again when it "
				       "is done",
				       path);
		poll(NULL, 0, AGAIN_MS);
	}
	return true;
}

bool file_lock_take(struct file_lock *lock, const char *path, int wait_ms,
		    struct err *err)
{
	struct strbuf name;
	bool ok;

	lock->fd = -1;
	if (!private_file_make_folder(path, err))
		return false;
	strbuf_init(&name, 4096);
	strbuf_printf(&name, "%s.lock", path);
	if (!name.overflow)
		lock->fd = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	ok = lock->fd >= 0
		     ? wait_for(lock->fd, path, wait_ms, err)
		     : err_errno(err, ERR_IO, errno, "cannot make the lock %s", name.p);
	strbuf_fini(&name);
	if (!ok)
		file_lock_drop(lock);
	return ok;
}

void file_lock_drop(struct file_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
