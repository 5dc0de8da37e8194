/* See theme.h. A role that a theme leaves out looks like its fallback; without
 * colour, attributes alone say what a role is. */
#include "tui/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/file.h"
#include "base/json.h"
#include "base/xalloc.h"

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
};

static bool fail_at(struct reader *r, const char *path, const char *what)
{
	struct json_place place = {0};

	json_locate(r->text, path, &place);
	return err_set(r->err, ERR_CONFIG, "%s: line %d, column %d: %s: %s", r->source,
		       place.line, place.column, path, what);
}

static bool read_color(struct reader *r, const cJSON *item, const char *path,
		       struct color *out)
{
	const char *text = cJSON_GetStringValue(item);
	const char *named = text ? json_text(r->palette, text) : NULL;

	if (!text || !color_parse(str_from(named ? named : text), out))
		return fail_at(
			r, path,
			"is no colour: write #rrggbb, ansi:0 to ansi:15, default, or "
			"a name of the palette");
	return true;
}

static bool read_attr(struct reader *r, const cJSON *item, const char *path,
		      struct entry *entry)
{
	for (size_t i = 0; i < sizeof(attr_names) / sizeof(*attr_names); i++) {
		if (strcmp(attr_names[i].name, item->string) != 0)
			continue;
		if (!cJSON_IsBool(item))
			return fail_at(r, path, "must be true or false");
		entry->has_attrs = true;
		if (cJSON_IsTrue(item))
			entry->style.attrs |= attr_names[i].attr;
		return true;
	}
	return fail_at(r, path, "there is no such key");
}

static bool read_role(struct reader *r, const cJSON *object, const char *role_path,
		      struct entry *entry)
{
	const cJSON *item;
	char path[512];

	if (!cJSON_IsObject(object))
		return fail_at(r, role_path, "must be an object");
	cJSON_ArrayForEach (item, object) {
		bool ok;

		snprintf(path, sizeof(path), "%.200s.%.200s", role_path, item->string);
		if (strcmp(item->string, "fg") == 0) {
			entry->has_fg = true;
			ok = read_color(r, item, path, &entry->style.fg);
		} else if (strcmp(item->string, "bg") == 0) {
			entry->has_bg = true;
			ok = read_color(r, item, path, &entry->style.bg);
		} else {
			ok = read_attr(r, item, path, entry);
		}
		if (!ok)
			return false;
	}
	return true;
}

static bool read_roles(struct reader *r, const cJSON *roles)
{
	const cJSON *item;
	char path[256];

	if (!cJSON_IsObject(roles))
		return fail_at(r, "roles", "an object of style roles is needed");
	cJSON_ArrayForEach (item, roles) {
		enum role role;

		snprintf(path, sizeof(path), "roles.%s", item->string);
		if (!role_find(str_from(item->string), &role))
			return fail_at(r, path, "there is no such role");
		if (!read_role(r, item, path, &r->theme->entries[role]))
			return false;
	}
	return true;
}

struct theme *theme_parse(struct str text, const char *name, const char *source,
			  struct err *err)
{
	struct reader r = {.text = text, .source = source, .err = err};
	cJSON *root = json_parse(text, &json_file, NULL, err);
	const char *description = json_text(root, "description");
	bool ok;

	if (!root) {
		err->code = ERR_CONFIG;
		err_wrap(err, "%s", source);
		return NULL;
	}
	r.theme = xcalloc(1, sizeof(*r.theme));
	r.theme->name = xstrdup(name);
	r.theme->description = xstrdup(description ? description : "");
	r.palette = json_member(root, "palette");
	ok = read_roles(&r, json_member(root, "roles"));
	cJSON_Delete(root);
	if (ok)
		return r.theme;
	theme_free(r.theme);
	return NULL;
}

struct theme *theme_load(const char *name, const char *user_dir, struct err *err)
{
	const struct embedded_file *built_in = embed_find(embedded_themes, name);
	struct theme *theme = NULL;
	struct strbuf path, text;

	strbuf_init(&path, 4096);
	strbuf_init(&text, json_file.max_bytes);
	if (user_dir && !strchr(name, '/') && name[0] != '.')
		strbuf_printf(&path, "%s/%s.json", user_dir, name);
	err_clear(err);
	if (path.n && file_read(path.p, &text, err))
		theme = theme_parse(strbuf_str(&text), name, path.p, err);
	else if (err->code != ERR_NONE && err->code != ERR_NOT_FOUND)
		theme = NULL;
	else if (built_in)
		theme = theme_parse(str_from(built_in->text), name, built_in->name, err);
	else
		err_set(err, ERR_NOT_FOUND,
			"there is no theme \"%s\"; `azdeck themes` lists them", name);
	strbuf_fini(&path);
	strbuf_fini(&text);
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
	for (size_t i = 0; i < sizeof(mono) / sizeof(*mono); i++) {
		if (mono[i].role == role)
			return mono[i].attrs;
	}
	return 0;
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

		if (e->has_bg)
			style.bg = e->style.bg;
		if (e->has_fg)
			style.fg = e->style.fg;
		style.attrs |= e->style.attrs;
	}
	return style;
}
