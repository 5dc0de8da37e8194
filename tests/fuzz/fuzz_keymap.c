/* A keymap file: no crash, an error that can be printed, and every binding of one
 * that loads is found by its keys. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tui/keymap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void find_all(const struct keymap *keymap)
{
	struct strbuf keys;

	strbuf_init(&keys, 1 << 16);
	for (size_t i = 0; i < keymap_count(keymap); i++) {
		struct keymap_row row = keymap_at(keymap, i);
		const struct command *command;
		struct str rest = row.keys, part, arg;
		struct key chord[8];
		size_t n = 0;

		while (str_next(&rest, ' ', &part)) {
			if (n == 8 || !key_parse(part, &chord[n++]))
				abort();
		}
		if (keymap_find(keymap, row.context, chord, n, &command, &arg) !=
			    KEYMAP_FOUND ||
		    command != row.command || !str_eq(arg, row.arg))
			abort();
		strbuf_reset(&keys);
		keymap_keys_of(keymap, row.context, row.command, &keys);
		if (keys.n < row.keys.n)
			abort();
	}
	strbuf_fini(&keys);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {(const char *)data, n};
	struct keymap *keymap;
	struct err err;

	if (n > 1 << 14)
		return 0;
	keymap = keymap_parse(text, "fuzz", "fuzz.json", &err);
	if (keymap)
		find_all(keymap);
	else if (err.code != ERR_CONFIG || strchr(err.text, '\033') || !err.text[0])
		abort();
	keymap_free(keymap);
	return 0;
}
