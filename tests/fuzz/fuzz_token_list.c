/* What was sealed, taken for kept tokens: refused whole, or a list that survives
 * pruning, a merge with itself and being written. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/token_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct str plain = {(const char *)data, n};
	struct token_list list = {0}, copy = {0};
	struct secret again = {0};
	struct err err;

	if (!secret_setup())
		abort();
	if (!token_list_parse(&list, plain, "F", &err)) {
		if (list.all.n || err.code != ERR_PARSE)
			abort();
		return 0;
	}
	token_list_pack(&list, &again);
	if (!str_eq(secret_borrow(&again), plain))
		abort();
	token_list_copy(&copy, &list);
	token_list_prune(&copy, 1700000000000);
	token_list_merge(&copy, &list);
	if (list.all.n)
		abort();
	token_list_pack(&copy, &again);
	if (!token_list_parse(&list, secret_borrow(&again), "F", &err) ||
	    list.all.n != copy.all.n)
		abort();
	token_list_fini(&list);
	token_list_fini(&copy);
	secret_fini(&again);
	return 0;
}
