/* See tzif.h. A file has a block with 32-bit times, kept for old readers, and from
 * version 2 on a second one with 64-bit times and a rule for the years after. */
#include "schedule/tzif.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum {
	HEADER_BYTES = 44,
	KIND_BYTES = 6,
	MAX_CHANGES = 4096,
	MAX_KINDS = 256,
	MAX_LETTERS = 1024,
};

/* "Before all time" as zic writes it; nothing lies beyond. */
static const int64_t most_s = INT64_C(1) << 59;

struct block {
	int version; /* 1 to 4 */
	size_t time_bytes;
	size_t n_utc, n_standard, n_leaps, n_changes, n_kinds, n_letters;
	/* within the file */
	const unsigned char *times, *indices, *kinds, *letters;
};

static uint64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

static int64_t read_time(const unsigned char *p, size_t n)
{
	uint64_t value = big_endian(p, n);

	return n == 4 ? (int32_t)(uint32_t)value : (int64_t)value;
}

static bool damaged(struct err *err, const char *what)
{
	return err_set(err, ERR_PARSE, "is no zone file: %s", what);
}

/* Where the block's parts lie; its bytes are cut off the front. */
static bool read_block(struct str *rest, size_t time_bytes, struct block *b,
		       struct err *err)
{
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t size;

	if (rest->n < HEADER_BYTES || memcmp(p, "TZif", 4) != 0)
		return damaged(err, "it does not begin as one");
	*b = (struct block){
		.version = p[4] ? p[4] - '0' : 1,
		.time_bytes = time_bytes,
		.n_utc = big_endian(p + 20, 4),
		.n_standard = big_endian(p + 24, 4),
		.n_leaps = big_endian(p + 28, 4),
		.n_changes = big_endian(p + 32, 4),
		.n_kinds = big_endian(p + 36, 4),
		.n_letters = big_endian(p + 40, 4),
	};
	if (b->version < 1 || b->version > 4)
		return damaged(err, "its version is not known here");
	if (b->n_utc > MAX_KINDS || b->n_standard > MAX_KINDS ||
	    b->n_leaps > MAX_CHANGES || b->n_changes > MAX_CHANGES ||
	    b->n_kinds > MAX_KINDS || b->n_letters > MAX_LETTERS)
		return damaged(err, "it counts more than any place had");
	size = HEADER_BYTES + b->n_changes * (time_bytes + 1) + b->n_kinds * KIND_BYTES +
	       b->n_letters + b->n_leaps * (time_bytes + 4) + b->n_standard + b->n_utc;
	if (size > rest->n)
		return damaged(err, "it ends too soon");
	b->times = p + HEADER_BYTES;
	b->indices = b->times + b->n_changes * time_bytes;
	b->kinds = b->indices + b->n_changes;
	b->letters = b->kinds + b->n_kinds * KIND_BYTES;
	*rest = str_sub(*rest, size, rest->n);
	return true;
}

static bool is_abbreviation(struct str s)
{
	if (s.n == 0 || s.n > ZONE_ABBREVIATION_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '+' || c == '-'))
			return false;
	}
	return true;
}

static bool read_kind(const struct block *b, size_t i, struct zone_kind *out,
		      struct err *err)
{
	const unsigned char *p = b->kinds + i * KIND_BYTES;
	int64_t offset_s = read_time(p, 4);
	struct str letters = {(const char *)b->letters, b->n_letters}, name;
	ptrdiff_t end;

	if (offset_s < -ZONE_MAX_OFFSET_S || offset_s > ZONE_MAX_OFFSET_S)
		return damaged(err, "a place cannot be that far east or west");
	name = str_sub(letters, p[5], letters.n);
	end = str_find_char(name, '\0');
	if (end < 0 || !is_abbreviation(name = str_sub(name, 0, (size_t)end)))
		return damaged(err, "an abbreviation is none");
	*out = (struct zone_kind){.offset_s = (int32_t)offset_s};
	memcpy(out->abbreviation, name.p, name.n);
	return true;
}

static bool read_changes(const struct block *b, struct zone *out, struct err *err)
{
	int64_t before = -most_s - 1;

	out->changes = xcalloc(b->n_changes + 1, sizeof(*out->changes));
	for (size_t i = 0; i < b->n_changes; i++) {
		struct zone_change *change = &out->changes[i];

		change->at_s = read_time(b->times + i * b->time_bytes, b->time_bytes);
		change->kind = b->indices[i];
		if (change->at_s <= before || change->at_s > most_s)
			return damaged(err, "its changes are not in order");
		if (change->kind >= b->n_kinds)
			return damaged(err, "a change is to something it does not have");
		before = change->at_s;
	}
	out->n_changes = b->n_changes;
	return true;
}

static bool read_data(const struct block *b, struct zone *out, struct err *err)
{
	if (b->n_leaps)
		return err_set(err, ERR_PARSE,
			       "counts leap seconds, which Azure does "
			       "not");
	if (b->n_kinds == 0)
		return damaged(err, "it has no offset at all");
	out->kinds = xcalloc(b->n_kinds, sizeof(*out->kinds));
	out->n_kinds = b->n_kinds;
	for (size_t i = 0; i < b->n_kinds; i++) {
		if (!read_kind(b, i, &out->kinds[i], err))
			return false;
	}
	return read_changes(b, out, err);
}

/* A line of its own behind the second block; it may be empty. */
static bool read_footer(struct str rest, struct zone *out, struct err *err)
{
	ptrdiff_t end;

	if (rest.n < 2 || rest.p[0] != '\n')
		return damaged(err, "the rule is missing");
	rest = str_sub(rest, 1, rest.n);
	end = str_find_char(rest, '\n');
	if (end < 0)
		return damaged(err, "the rule does not end");
	out->has_rule = end > 0;
	if (end > 0 && !zone_rule_parse(str_sub(rest, 0, (size_t)end), &out->rule))
		return damaged(err, "its rule is none");
	return true;
}

bool tzif_parse(struct str bytes, struct zone *out, struct err *err)
{
	struct block b;
	bool ok;

	*out = (struct zone){.n_changes = 0};
	if (bytes.n > TZIF_MAX_BYTES)
		return damaged(err, "it is too large");
	if (!read_block(&bytes, 4, &b, err))
		return false;
	if (b.version == 1)
		ok = read_data(&b, out, err);
	else
		ok = read_block(&bytes, 8, &b, err) && read_data(&b, out, err) &&
		     read_footer(bytes, out, err);
	if (!ok)
		zone_fini(out);
	return ok;
}
