/* See theme.h. A role that a theme leaves out looks like its fallback; without
 * colour, attributes alone say what a role is. */
#include "tui/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "tui/data_file.h"

struct entry {
	struct style style;
	bool has_fg, has_bg, has_attrs;
};

struct theme {
	char *name;
	char *description;
	struct entry entries[ROLE_COUNT];
};

struct reader {
	struct theme *theme;
	const cJSON *palette;
	struct str text;
	const char *source;
	struct err *err;
	/* Where it stands: "palette" or "roles", a member, one of its keys. */
	const char *section;
	const cJSON *member, *item;
	int n_member, n_item;
};

static const struct {
	const char *name;
	uint8_t attr;
} attr_names[] = {
	{"bold", ATTR_BOLD},	       {"dim", ATTR_DIM},	  {"italic", ATTR_ITALIC},
	{"underline", ATTR_UNDERLINE}, {"reverse", ATTR_REVERSE},
};

/* Without colour: what stands out, and how. Attributes only where meaning would
 * be lost; marks say the rest. */
static const struct {
	enum role role;
	uint8_t attrs;
} mono[] = {
	{ROLE_STRONG, ATTR_BOLD},
	{ROLE_TITLE, ATTR_BOLD},
	{ROLE_TITLE_FOCUS, ATTR_BOLD | ATTR_UNDERLINE},
	{ROLE_HEADING, ATTR_UNDERLINE},
	{ROLE_HEADING_SORT, ATTR_UNDERLINE | ATTR_BOLD},
	{ROLE_WARN, ATTR_BOLD},
	{ROLE_CRIT, ATTR_BOLD | ATTR_UNDERLINE},
	{ROLE_SELECTED, ATTR_REVERSE},
	{ROLE_MATCH, ATTR_UNDERLINE | ATTR_BOLD},
	{ROLE_STATUS, ATTR_REVERSE},
	{ROLE_STATUS_STRONG, ATTR_REVERSE | ATTR_BOLD},
	{ROLE_KEY, ATTR_BOLD},
	{ROLE_TOAST, ATTR_REVERSE},
	{ROLE_TOAST_ERROR, ATTR_REVERSE | ATTR_BOLD},
	{ROLE_STALE, ATTR_UNDERLINE},
	{ROLE_SPARK_CRIT, ATTR_BOLD},
	{ROLE_PAST, ATTR_BOLD}, /* a hole in the bar it stands in */
};

/* The place is found by number: names in a broken file may be anything. */
static bool fail(struct reader *r, const char *what)
{
	struct json_place place;
	struct strbuf path;

	strbuf_init(&path, 160);
	strbuf_puts(&path, r->section);
	if (r->n_member >= 0)
		strbuf_printf(&path, "[%d]", r->n_member);
	if (r->n_item >= 0)
		strbuf_printf(&path, "[%d]", r->n_item);
	place = json_locate(r->text, path.p);
	strbuf_reset(&path);
	strbuf_puts(&path, r->section);
	if (r->n_member >= 0)
		strbuf_printf(&path, ".%.60s", r->member->string);
	if (r->n_item >= 0)
		strbuf_printf(&path, ".%.60s", r->item->string);
	err_set(r->err, ERR_CONFIG, "%s: line %d, column %d: %s: %s", r->source,
		place.line, place.column, path.p, what);
	strbuf_fini(&path);
	return false;
}

static void enter_section(struct reader *r, const char *name)
{
	r->section = name;
	r->n_member = r->n_item = -1;
}

static bool read_palette(struct reader *r, const cJSON *palette)
{
	struct color ignored;

	enter_section(r, "palette");
	if (!palette)
		return true;
	if (!cJSON_IsObject(palette))
		return fail(r, "must be an object of names and colours");
	cJSON_ArrayForEach (r->member, palette) {
		const char *text = cJSON_GetStringValue(r->member);

		r->n_member++;
		if (!text || !color_parse(str_from(text), &ignored))
			return fail(r, "is no colour: write #rrggbb, ansi:0 to ansi:15 "
				       "or default");
	}
	r->palette = palette;
	return true;
}

static bool read_color(struct reader *r, struct color *out)
{
	const char *text = cJSON_GetStringValue(r->item);
	const char *named = text ? json_text(r->palette, text) : NULL;

	if (!text || !color_parse(str_from(named ? named : text), out))
		return fail(r, "is no colour: write #rrggbb, ansi:0 to ansi:15, default, "
			       "or a name of the palette");
	return true;
}

static bool read_attr(struct reader *r, struct entry *entry)
{
	for (size_t i = 0; i < COUNT(attr_names); i++) {
		if (strcmp(attr_names[i].name, r->item->string) != 0)
			continue;
		if (!cJSON_IsBool(r->item))
			return fail(r, "must be true or false");
		entry->has_attrs = true;
		if (cJSON_IsTrue(r->item))
			entry->style.attrs |= attr_names[i].attr;
		return true;
	}
	return fail(r, "there is no such key; fg, bg, bold, dim, italic, underline and "
		       "reverse are known");
}

static bool read_item(struct reader *r, struct entry *entry)
{
	if (strcmp(r->item->string, "fg") == 0) {
		entry->has_fg = true;
		return read_color(r, &entry->style.fg);
	}
	if (strcmp(r->item->string, "bg") == 0) {
		entry->has_bg = true;
		return read_color(r, &entry->style.bg);
	}
	return read_attr(r, entry);
}

static bool read_role(struct reader *r)
{
	enum role role;

	if (!role_find(str_from(r->member->string), &role))
		return fail(r, "there is no such role; `azdeck themes dark` lists them");
	if (!cJSON_IsObject(r->member))
		return fail(r, "must be an object");
	cJSON_ArrayForEach (r->item, r->member) {
		r->n_item++;
		if (!read_item(r, &r->theme->entries[role]))
			return false;
	}
	r->n_item = -1;
	return true;
}

static bool read_roles(struct reader *r, const cJSON *roles)
{
	enter_section(r, "roles");
	if (!cJSON_IsObject(roles))
		return fail(r, "an object of style roles is needed");
	cJSON_ArrayForEach (r->member, roles) {
		r->n_member++;
		if (!read_role(r))
			return false;
	}
	return true;
}

/* One clean line. */
static char *clean_copy(const char *text)
{
	enum { DESCRIPTION_MAX = 200 };
	struct strbuf clean;

	strbuf_init(&clean, DESCRIPTION_MAX);
	sanitize_line(&clean, str_from(text));
	return strbuf_take(&clean);
}

struct theme *theme_parse(struct str text, const char *name, const char *source,
			  struct err *err)
{
	struct reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse_file(text, source, err);
	const char *description = json_text(root, "description");
	bool ok;

	if (!root)
		return NULL;
	r.theme = xcalloc(1, sizeof(*r.theme));
	r.theme->name = xstrdup(name);
	r.theme->description = clean_copy(description);
	ok = read_palette(&r, json_member(root, "palette")) &&
	     read_roles(&r, json_member(root, "roles"));
	cJSON_Delete(root);
	if (ok)
		return r.theme;
	theme_free(r.theme);
	return NULL;
}

struct theme *theme_load(const char *name, const char *user_dir, struct err *err)
{
	static const struct data_kind kind = {"theme", "azdeck themes", embedded_themes};
	struct theme *theme = NULL;
	struct strbuf text, source;

	if (data_file_read(&kind, name, user_dir, &text, &source, err))
		theme = theme_parse(strbuf_str(&text), name, source.p, err);
	strbuf_fini(&text);
	strbuf_fini(&source);
	return theme;
}

void theme_free(struct theme *theme)
{
	if (!theme)
		return;
	free(theme->name);
	free(theme->description);
	free(theme);
}

const char *theme_name(const struct theme *theme)
{
	return theme->name;
}

const char *theme_description(const struct theme *theme)
{
	return theme->description;
}

/* Each part comes from the nearest ancestor that says it; TEXT ends the line. */
static struct style resolve(const struct theme *theme, enum role role)
{
	struct style style = {0};
	bool fg = false, bg = false, attrs = false;

	for (;;) {
		const struct entry *e = &theme->entries[role];

		if (e->has_fg && !fg)
			style.fg = e->style.fg, fg = true;
		if (e->has_bg && !bg)
			style.bg = e->style.bg, bg = true;
		if (e->has_attrs && !attrs)
			style.attrs = e->style.attrs, attrs = true;
		if (role == ROLE_TEXT)
			return style;
		/* Attributes are a role's own: what falls back is its colour. */
		attrs = true;
		role = role_fallback(role);
	}
}

static uint8_t mono_attrs(enum role role)
{
	for (size_t i = 0; i < COUNT(mono); i++) {
		if (mono[i].role == role)
			return mono[i].attrs;
	}
	return 0;
}

/* With few colours; what was grey and cannot be is dim. */
static struct style readable(struct style style, enum depth depth)
{
	struct color ink = color_ink(style.fg, style.bg, depth);

	if (ink.kind == COLOR_DEFAULT && style.fg.kind != COLOR_DEFAULT)
		style.attrs |= ATTR_DIM;
	style.fg = ink;
	return style;
}

struct style theme_style(const struct theme *theme, uint16_t role, enum depth depth)
{
	enum role base = (enum role)(role & 0xff), over = (enum role)(role >> 8);
	struct style style = resolve(theme, base);

	if (depth == DEPTH_MONO) {
		style = (struct style){.attrs = mono_attrs(base)};
		if (over)
			style.attrs |= mono_attrs(over);
		return style;
	}
	if (over) {
		const struct entry *e = &theme->entries[over];

		if (e->has_bg) {
			if (color_is_lost(e->style.bg, style.bg, depth))
				style.attrs |= ATTR_REVERSE;
			style.bg = e->style.bg;
		}
		if (e->has_fg)
			style.fg = e->style.fg;
		style.attrs |= e->style.attrs;
	}
	return readable(style, depth);
}
