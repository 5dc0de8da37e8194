/* See xalloc.h. */
#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one piece of global state: the hook must be reachable from an allocation
 * that fails anywhere. Written once, before threads start. */
static fatal_fn on_fatal;

void xalloc_on_fatal(fatal_fn fn)
{
	on_fatal = fn;
}

static void say(const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t done = write(STDERR_FILENO, text, n);

		if (done <= 0)
			return;
		text += done;
		n -= (size_t)done;
	}
}

_Noreturn void fatal(const char *what)
{
	if (on_fatal)
		on_fatal();
	say("azdeck: fatal: ");
	say(what);
	say("\n");
	abort();
}

static void *checked(void *p)
{
	if (!p)
		fatal("out of memory");
	return p;
}

void *xmalloc(size_t n)
{
	return checked(malloc(n ? n : 1));
}

void *xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xreallocarray(void *p, size_t count, size_t size)
{
	size_t n;

	if (size && count > SIZE_MAX / size)
		fatal("out of memory: a size overflows");
	n = count * size;
	return checked(realloc(p, n ? n : 1));
}

char *xstrndup(const char *s, size_t n)
{
	char *copy = xmalloc(n + 1);

	if (n)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}
