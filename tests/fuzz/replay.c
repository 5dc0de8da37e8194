/* The main of a fuzz target in an ordinary build: feeds it every file of its
 * corpus, and every proper prefix of the short ones, one TAP case a file. What
 * it proves is that nothing crashes; the sanitizer builds run it too. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { LARGEST_INPUT = 4 << 20, PREFIXES_BELOW = 512 };

/* An exact copy on the heap, so that a read past the end is seen. */
static void feed(struct str input)
{
	uint8_t *copy = malloc(input.n ? input.n : 1);

	if (input.n)
		memcpy(copy, input.p, input.n);
	LLVMFuzzerTestOneInput(copy, input.n);
	free(copy);
}

static bool replay(const char *path)
{
	struct strbuf text;
	struct err err;
	bool ok;

	strbuf_init(&text, LARGEST_INPUT);
	ok = file_read(path, &text, &err);
	if (ok) {
		size_t prefixes = text.n < PREFIXES_BELOW ? text.n : 0;

		for (size_t n = 0; n < prefixes; n++)
			feed(str_sub(strbuf_str(&text), 0, n));
		feed(strbuf_str(&text));
	} else {
		printf("# %s\n", err.text);
	}
	strbuf_fini(&text);
	return ok;
}

int main(int argc, char **argv)
{
	const char *source = getenv("AZ_SRCDIR");
	const char *name = strrchr(argv[0], '/');
	struct file_list files;
	char dir[4096], path[8192];
	bool ok = true;
	struct err err;

	(void)argc;
	name = name ? name + 1 : argv[0];
	name += strncmp(name, "fuzz_", 5) == 0 ? 5 : 0;
	snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s", source ? source : ".",
		 name);
	if (!file_list(dir, "", &files, &err) || files.n == 0) {
		printf("1..1\nnot ok 1 - %s has no corpus\n", dir);
		return 1;
	}
	printf("1..%zu\n", files.n);
	for (size_t i = 0; i < files.n; i++) {
		bool is_read;

		snprintf(path, sizeof(path), "%s/%s", dir, files.names[i]);
		is_read = replay(path);
		printf("%s %zu - %s\n", is_read ? "ok" : "not ok", i + 1, files.names[i]);
		fflush(stdout);
		ok = ok && is_read;
	}
	file_list_fini(&files);
	return ok ? 0 : 1;
}
