/* Memory that is always there: running out ends the program, after the fatal
 * hook has put the terminal back. Nobody else checks for exhaustion.
 * Thread: any. */
#ifndef AZ_BASE_XALLOC_H
#define AZ_BASE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t size);
/* Resizes to count * size bytes; a product that overflows is fatal. */
void *xreallocarray(void *p, size_t count, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

/* Called once, before abort, when memory is exhausted or an invariant of ours
 * is broken. Set by the program before threads start. */
typedef void (*fatal_fn)(void);
void xalloc_on_fatal(fatal_fn fn);
/* Ends the program with one line on stderr, after the fatal hook. */
_Noreturn void fatal(const char *what);

#endif
