/* What was sealed, taken for a vault: it is refused, or walks to its end and is to the
 * letter what a vault would write. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/pack.h"
#include "auth/vault.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t write_again(const struct vault *v, char *into)
{
	struct pack_writer w = {.p = into};
	struct vault_entry entry;
	size_t at = 0;

	while (vault_next(v, &at, &entry)) {
		struct vault_entry same;

		if (!vault_name_is_fine(entry.name) ||
		    !vault_find(v, entry.name, &same) || same.value.p != entry.value.p)
			abort();
		pack_text(&w, entry.name);
		pack_i64(&w, entry.changed_ms);
		pack_text(&w, entry.value);
	}
	return w.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct vault v = {0};
	struct err err;
	char *again;

	if (!secret_setup())
		abort();
	if (!vault_check((struct str){(const char *)data, n}, "F", &err))
		return 0;
	secret_set(&v.plain, (struct str){(const char *)data, n});
	again = malloc(n ? n : 1);
	if (!again || write_again(&v, NULL) != n || write_again(&v, again) != n ||
	    memcmp(again, data, n) != 0)
		abort();
	free(again);
	vault_fini(&v);
	return 0;
}
