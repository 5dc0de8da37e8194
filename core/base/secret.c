/* See secret.h. sodium_malloc gives guard pages and locked memory and wipes on
 * free; when locking is not permitted the memory is still wiped. */
#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/resource.h>

#include "base/xalloc.h"

bool secret_setup(void)
{
	return sodium_init() >= 0;
}

void secret_forbid_core(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = 0;
		setrlimit(RLIMIT_CORE, &limit);
	}
}

void secret_set(struct secret *s, struct str value)
{
	secret_fini(s);
	s->p = sodium_malloc(value.n + 1);
	if (!s->p)
		fatal("out of memory for a secret");
	if (value.n)
		memcpy(s->p, value.p, value.n);
	s->p[value.n] = '\0';
	s->n = value.n;
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
