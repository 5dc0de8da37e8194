/* See late.h. */
#include "base/late.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Functions and data have addresses of one form wherever there is a dlsym. */
static bool find_functions(const struct late *l, void *library, char *table,
			   struct err *err)
{
	for (size_t i = 0; i < l->n_functions; i++) {
		const struct late_function *f = &l->functions[i];
		void *address = dlsym(library, f->name);

		if (!address)
			return err_set(err, ERR_INTERNAL, "%s has no %s", l->library,
				       f->name);
		memcpy(table + f->at, &address, sizeof(address));
	}
	return true;
}

const void *late_load(struct late *l, struct err *err)
{
	void *library, *table = lazy_get(&l->table), *kept;

	if (table)
		return table;
	library = dlopen(l->library, RTLD_LAZY | RTLD_LOCAL);
	if (!library) {
		err_set(err, ERR_INTERNAL, "cannot load %s", dlerror());
		return NULL;
	}
	table = xcalloc(1, l->table_bytes);
	if (!find_functions(l, library, table, err)) {
		free(table);
		dlclose(library);
		return NULL;
	}
	kept = lazy_offer(&l->table, table);
	if (kept != table)
		free(table);
	return kept;
}

const void *late_table(struct late *l)
{
	struct err err;
	const void *table = late_load(l, &err);

	if (!table)
		fatal(err.text);
	return table;
}
