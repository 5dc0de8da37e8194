/* See kill_points.h. The calls are wrapped by the linker: KILL_POINTS_LINK. */
#include "fake/kill_points.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int points_left = -1;

void kill_points_set(int points)
{
	points_left = points;
}

int kill_points_left(void)
{
	return points_left;
}

void kill_point(void)
{
	if (points_left == 0)
		raise(SIGKILL);
	if (points_left > 0)
		points_left--;
}

ssize_t __real_pwrite64(int fd, const void *p, size_t n, off_t at);
ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, off_t at);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __wrap_fsync(int fd);
int __real_ftruncate64(int fd, off_t n);
int __wrap_ftruncate64(int fd, off_t n);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_mkstemp64(char *name);
int __wrap_mkstemp64(char *name);

ssize_t __wrap_pwrite64(int fd, const void *p, size_t n, off_t at)
{
	size_t half = n / 2;
	ssize_t rest;

	if (points_left < 0)
		return __real_pwrite64(fd, p, n, at);
	kill_point();
	if (__real_pwrite64(fd, p, half, at) != (ssize_t)half)
		return -1;
	kill_point();
	rest = __real_pwrite64(fd, (const char *)p + half, n - half, at + (off_t)half);
	kill_point();
	return rest < 0 ? -1 : (ssize_t)half + rest;
}

/* What is told to the test through a pipe is no point. */
static bool is_file(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
	size_t half = n / 2;
	ssize_t rest;

	if (points_left < 0 || !is_file(fd))
		return __real_write(fd, p, n);
	kill_point();
	if (__real_write(fd, p, half) != (ssize_t)half)
		return -1;
	kill_point();
	rest = __real_write(fd, (const char *)p + half, n - half);
	kill_point();
	return rest < 0 ? -1 : (ssize_t)half + rest;
}

/* Calls that happen or do not. */
#define AROUND(...)                                                                      \
	do {                                                                             \
		int result;                                                              \
		kill_point();                                                            \
		result = (__VA_ARGS__);                                                  \
		kill_point();                                                            \
		return result;                                                           \
	} while (0)

/* What a killed process has written is the kernel's: only a power cut would need more. */
int __wrap_fsync(int fd)
{
	AROUND((void)fd, 0);
}

int __wrap_ftruncate64(int fd, off_t n)
{
	AROUND(__real_ftruncate64(fd, n));
}

int __wrap_rename(const char *from, const char *to)
{
	AROUND(__real_rename(from, to));
}

int __wrap_mkstemp64(char *name)
{
	AROUND(__real_mkstemp64(name));
}
