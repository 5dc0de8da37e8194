/* See arc.h. */
#include "auth/arc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_MAX_BYTES = 4096, NAME_MAX_BYTES = 128 };

static bool is_key_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
		    !(c >= 'A' && c <= 'Z') && c != '-' && c != '_' && c != '.')
			return false;
	}
	return name.n > 4 && name.n < NAME_MAX_BYTES && name.p[0] != '.' &&
	       str_ends(name, STR(".key"));
}

bool arc_key_name(struct str challenge, const char *folder, struct str *name,
		  struct err *err)
{
	struct str scheme = STR("Basic realm="), path;

	if (!str_starts_nocase(challenge, scheme))
		return err_set(
			err, ERR_AUTH,
			"the Arc agent sends no challenge that we know; update it");
	path = str_trim(str_sub(challenge, scheme.n, challenge.n));
	if (path.n >= 2 && path.p[0] == '"' && path.p[path.n - 1] == '"')
		path = str_sub(path, 1, path.n - 2);
	if (str_starts(path, str_from(folder)) && path.n > strlen(folder) &&
	    path.p[strlen(folder)] == '/') {
		*name = str_sub(path, strlen(folder) + 1, path.n);
		if (is_key_name(*name))
			return true;
	}
	return err_set(err, ERR_REFUSED,
		       "the Arc agent wants a file read that is no key in %s; nothing "
		       "is read",
		       folder);
}

static bool read_key(int fd, const char *name, struct secret *out, struct err *err)
{
	char bytes[KEY_MAX_BYTES + 1];
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > KEY_MAX_BYTES)
		return err_set(err, ERR_REFUSED,
			       "Arc's key %s is no regular file of at most %d bytes",
			       name, KEY_MAX_BYTES);
	n = read(fd, bytes, sizeof(bytes));
	if (n > 0 && n <= KEY_MAX_BYTES)
		secret_set(out, (struct str){bytes, (size_t)n});
	secret_wipe(bytes, sizeof(bytes));
	return n > 0 && n <= KEY_MAX_BYTES
		       ? true
		       : err_set(err, ERR_AUTH, "Arc's key %s cannot be read", name);
}

bool arc_key_read(const char *folder, struct str name, struct secret *out,
		  struct err *err)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	char text[NAME_MAX_BYTES];
	bool ok;
	int fd;

	snprintf(text, sizeof(text), "%.*s", STR_ARG(name));
	fd = dir < 0 ? -1
		     : openat(dir, text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == EACCES)
		ok = err_set(err, ERR_AUTH,
			     "%s is not ours to read; add this user to the group himds",
			     folder);
	else if (fd < 0)
		ok = err_errno(err, ERR_AUTH, errno, "cannot open Arc's key in %s",
			       folder);
	else
		ok = read_key(fd, text, out, err);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	return ok;
}
