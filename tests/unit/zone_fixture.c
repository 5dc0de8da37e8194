/* See zone_fixture.h. */
#include "unit/zone_fixture.h"

#include <stdio.h>
#include <sys/stat.h>

#include "unit/check.h"
#include "unit/scratch.h"

static const struct {
	const char *name, *rule;
} zones[] = {
	{"Europe/Amsterdam", "CET-1CEST,M3.5.0,M10.5.0/3"},
	{"Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"},
	{"Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"},
	{"America/New_York", "EST5EDT,M3.2.0,M11.1.0"},
	{"America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"},
	{"Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"},
	{"Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"},
	{"Asia/Kolkata", "IST-5:30"},
};

static void put_number(struct strbuf *out, int64_t value, size_t bytes)
{
	while (bytes-- > 0)
		strbuf_putc(out, (char)((uint64_t)value >> (8 * bytes)));
}

static void put_block(struct strbuf *out, const struct tzif_shape *s, size_t time_bytes)
{
	strbuf_puts(out, "TZif");
	strbuf_putc(out, s->version);
	strbuf_pad(out, '\0', 15);
	put_number(out, 0, 4);
	put_number(out, 0, 4);
	put_number(out, s->n_leaps, 4);
	put_number(out, (int64_t)s->n_changes, 4);
	put_number(out, (int64_t)s->n_kinds, 4);
	put_number(out, (int64_t)s->letters.n, 4);
	for (size_t i = 0; i < s->n_changes; i++)
		put_number(out, s->changes[i], time_bytes);
	for (size_t i = 0; i < s->n_changes; i++)
		put_number(out, s->kinds_of_changes[i], 1);
	for (size_t i = 0; i < s->n_kinds; i++) {
		put_number(out, s->offsets[i], 4);
		put_number(out, 0, 1);
		put_number(out, s->letters_of_kinds[i], 1);
	}
	strbuf_put(out, s->letters);
	strbuf_pad(out, '\0', s->n_leaps * (time_bytes + 4));
}

void tzif_put(struct strbuf *out, const struct tzif_shape *shape)
{
	static const int32_t nothing[1];
	static const unsigned char first[1];
	struct tzif_shape old = {.version = shape->version,
				 .offsets = nothing,
				 .letters_of_kinds = first,
				 .n_kinds = 1,
				 .letters = {"", 1}};

	if (!shape->version) {
		put_block(out, shape, 4);
		return;
	}
	/* Old readers get next to nothing, as from zic -b slim. */
	put_block(out, &old, 4);
	put_block(out, shape, 8);
	if (shape->footer)
		strbuf_printf(out, "\n%s\n", shape->footer);
}

int zone_fixture_make(void **state)
{
	static const int32_t offsets[1];
	static const unsigned char first[1];
	struct strbuf file;

	if (scratch_make(state) != 0)
		return -1;
	strbuf_init(&file, 65536);
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++) {
		char folder[64];

		snprintf(folder, sizeof(folder), "%.*s",
			 (int)(strchr(zones[i].name, '/') - zones[i].name),
			 zones[i].name);
		mkdir(scratch_path(folder), 0700);
		strbuf_reset(&file);
		tzif_put(&file, &(struct tzif_shape){.version = '2',
						     .offsets = offsets,
						     .letters_of_kinds = first,
						     .n_kinds = 1,
						     .letters = STR("LMT\0"),
						     .footer = zones[i].rule});
		scratch_write(zones[i].name, strbuf_str(&file), 0600);
	}
	strbuf_fini(&file);
	return 0;
}

int zone_fixture_drop(void **state)
{
	return scratch_drop(state);
}

const char *zone_fixture_folder(void)
{
	static char folder[4096];

	snprintf(folder, sizeof(folder), "%s", scratch_path("."));
	return folder;
}
