/* Version 4 GUIDs drawn from a name. Thread: any. */
#include "sim/guid.h"

#include <stdio.h>

#include "base/rng.h"
#include "base/str.h"

struct guid guid_of(uint64_t seed, const char *what, uint64_t index)
{
	uint64_t high = rng_mix(rng_mix(seed, str_hash(str_from(what))), index);
	uint64_t low = rng_mix(high, 0x9e3779b97f4a7c15u);
	struct guid guid;

	snprintf(guid.text, sizeof(guid.text), "%08x-%04x-4%03x-%04x-%012llx",
		 (unsigned)(high >> 32), (unsigned)(high >> 16) & 0xffffu,
		 (unsigned)high & 0xfffu, 0x8000u | ((unsigned)(low >> 48) & 0x3fffu),
		 (unsigned long long)(low & 0xffffffffffffu));
	return guid;
}
