/* Whatever comes in, what goes out is valid UTF-8 of one line, has no control or
 * escape byte, and is left alone by a second pass. */
#include <stdint.h>
#include <stdlib.h>

#include "base/sanitize.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str in = {.p = (const char *)data, .n = n};
	struct strbuf once, twice;

	strbuf_init(&once, n * 3 + 1);
	strbuf_init(&twice, n * 3 + 1);
	sanitize_line(&once, in);
	if (once.overflow || !utf8_is_valid(strbuf_str(&once)))
		abort();
	for (size_t i = 0; i < once.n; i++) {
		if ((unsigned char)once.p[i] < 0x20 || once.p[i] == 0x7f)
			abort();
		if ((unsigned char)once.p[i] == 0xc2 &&
		    (unsigned char)once.p[i + 1] < 0xa0)
			abort();
	}
	sanitize_line(&twice, strbuf_str(&once));
	if (!str_eq(strbuf_str(&once), strbuf_str(&twice)))
		abort();
	strbuf_fini(&once);
	strbuf_fini(&twice);
	return 0;
}
