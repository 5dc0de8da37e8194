/* A file as somebody else may have left it: it is told to be sealed bytes, a bare
 * key or a wrapped one. Nothing but what the fixed key sealed opens, and nothing
 * that is refused leaves a value behind. */
#include <stdint.h>
#include <stdlib.h>

#include "auth/seal.h"
#include "auth/seal_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_refusal(const struct secret *value, const struct err *err)
{
	if (secret_is_set(value) || err->code == ERR_NONE || !err->text[0])
		abort();
}

static void try_sealed(struct str file)
{
	struct secret key = {0}, plain = {0};
	struct err err = {.code = ERR_NONE};

	secret_reserve(&key, SEAL_KEY_BYTES);
	if (!seal_open(file, &key, STR("secrets"), "file", &plain, &err))
		check_refusal(&plain, &err);
	else if (plain.n >= file.n)
		abort();
	secret_fini(&plain);
	secret_fini(&key);
}

static void try_key(struct str file)
{
	struct err err = {.code = ERR_NONE};
	struct seal_key_cost cost;
	struct secret key = {0};

	if (seal_key_parse(file, "key", &key, &err)) {
		if (key.n != SEAL_KEY_BYTES || seal_key_form(file) != SEAL_KEY_BARE)
			abort();
	} else {
		check_refusal(&key, &err);
	}
	secret_fini(&key);
	/* Dear ones are opened as well, but not a thousand times a second. */
	if (!seal_key_cost_of(file, "key", &cost, &err) || cost.memory_kib > 64 ||
	    cost.passes > 2)
		return;
	if (!seal_key_unwrap(file, "key", STR("passphrase"), &key, &err))
		check_refusal(&key, &err);
	secret_fini(&key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str file = {.p = (const char *)data, .n = n};

	if (!secret_setup())
		abort();
	try_sealed(file);
	try_key(file);
	return 0;
}
