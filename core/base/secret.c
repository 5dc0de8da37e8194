/* See secret.h. sodium_malloc gives guard pages and locked memory and wipes on
 * free; when locking is not permitted the memory is still wiped. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/xalloc.h"

bool secret_setup(void)
{
	return sodium_init() >= 0;
}

void secret_forbid_core(void)
{
	struct rlimit limit;

	/* The limit alone does not hold where cores go to a program. */
	prctl(PR_SET_DUMPABLE, 0);
	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = 0;
		setrlimit(RLIMIT_CORE, &limit);
	}
}

char *secret_reserve(struct secret *s, size_t n)
{
	secret_fini(s);
	s->p = sodium_malloc(n + 1);
	if (!s->p)
		fatal("out of memory for a secret");
	sodium_memzero(s->p, n + 1);
	s->n = n;
	return s->p;
}

void secret_set(struct secret *s, struct str value)
{
	struct secret made = {0};

	secret_reserve(&made, value.n);
	if (value.n)
		memcpy(made.p, value.p, value.n);
	secret_give(s, &made);
}

void secret_trim_line(struct secret *s)
{
	if (s->n && s->p[s->n - 1] == '\n')
		s->p[--s->n] = '\0';
	if (s->n && s->p[s->n - 1] == '\r')
		s->p[--s->n] = '\0';
}

void secret_fini(struct secret *s)
{
	sodium_free(s->p);
	*s = (struct secret){0};
}

void secret_give(struct secret *dst, struct secret *src)
{
	secret_fini(dst);
	*dst = *src;
	*src = (struct secret){0};
}

void secret_wipe(void *p, size_t n)
{
	if (n)
		sodium_memzero(p, n);
}
