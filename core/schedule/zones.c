/* See zones.h. A name comes from a tag, thus from anybody: it is matched against what
 * the folder lists, part by part, and never put into a path itself. */
#include "schedule/zones.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/count.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "schedule/tzif.h"
#include "schedule/zone_name.h"

enum { PATH_BYTES = 4096, MOST_PARTS = 3 };

static const char *const usual_folders[] = {
	"/usr/share/zoneinfo",
	"/usr/lib/zoneinfo",
	"/usr/share/lib/zoneinfo",
	"/etc/zoneinfo",
};

void zones_init(struct zones *zones, const char *folder)
{
	*zones = (struct zones){.folder = folder};
}

void zones_fini(struct zones *zones)
{
	for (size_t i = 0; i < zones->loaded.n; i++) {
		zone_fini(zones->loaded.p[i]);
		free(zones->loaded.p[i]);
	}
	vec_fini(&zones->loaded);
}

static const char *find_folder(const struct zones *zones)
{
	if (zones->folder)
		return access(zones->folder, R_OK) == 0 ? zones->folder : NULL;
	for (size_t i = 0; i < COUNT(usual_folders); i++) {
		if (access(usual_folders[i], R_OK) == 0)
			return usual_folders[i];
	}
	return NULL;
}

static bool is_zone_name(struct str name)
{
	if (name.n == 0 || name.n > ZONE_NAME_MAX)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '_' ||
		      c == '/'))
			return false;
	}
	return true;
}

/* "/" and the entry of the folder that the part names go to the path. Names differ by
 * case in few zones and never in case alone. */
static bool enter(struct strbuf *path, struct str part)
{
	struct file_list entries;
	struct err ignored;
	bool is_found = false;

	if (!file_list(path->p, "", &entries, &ignored))
		return false;
	for (size_t i = 0; i < entries.n && !is_found; i++) {
		if (!str_eq_nocase(str_from(entries.names[i]), part))
			continue;
		strbuf_printf(path, "/%s", entries.names[i]);
		is_found = !path->overflow;
	}
	file_list_fini(&entries);
	return is_found;
}

static bool find_file(struct strbuf *path, const char *folder, struct str name)
{
	struct stat st;
	struct str part;
	int n = 0;

	strbuf_puts(path, folder);
	while (str_next(&name, '/', &part)) {
		if (n++ == MOST_PARTS || part.n == 0 || !enter(path, part))
			return false;
	}
	return stat(path->p, &st) == 0 && S_ISREG(st.st_mode);
}

static struct zone *load(const char *path, const char *name, struct err *err)
{
	struct strbuf bytes;
	struct zone *zone;
	bool ok;

	strbuf_init(&bytes, TZIF_MAX_BYTES);
	zone = xcalloc(1, sizeof(*zone));
	ok = file_read(path, &bytes, err) && tzif_parse(strbuf_str(&bytes), zone, err);
	strbuf_fini(&bytes);
	if (!ok) {
		free(zone);
		return NULL;
	}
	zone_unroll(zone);
	snprintf(zone->name, sizeof(zone->name), "%s", name);
	return zone;
}

static const struct zone *find_in_folder(struct zones *zones, const char *folder,
					 struct str name, struct err *err)
{
	struct strbuf path;
	struct zone *zone = NULL;

	strbuf_init(&path, PATH_BYTES);
	if (!find_file(&path, folder, name)) {
		err_set(err, ERR_NOT_FOUND, "there is no time zone \"%.*s\"",
			STR_ARG(name));
	} else {
		zone = load(path.p, path.p + strlen(folder) + 1, err);
		if (!zone)
			err_wrap(err, "time zone %.*s", STR_ARG(name));
	}
	strbuf_fini(&path);
	if (zone)
		vec_push(&zones->loaded, zone);
	return zone;
}

const struct zone *zones_find(struct zones *zones, struct str name, struct err *err)
{
	const char *folder;

	name = zone_name_resolve(str_trim(name));
	if (str_eq_nocase(name, STR("Etc/UTC")) || str_eq_nocase(name, STR("Etc/GMT")))
		return &zone_utc;
	for (size_t i = 0; i < zones->loaded.n; i++) {
		if (str_eq_nocase(str_from(zones->loaded.p[i]->name), name))
			return zones->loaded.p[i];
	}
	if (!is_zone_name(name)) {
		err_set(err, ERR_NOT_FOUND,
			"this is no name of a time zone; one is et, Europe/Berlin or "
			"W. Europe Standard Time");
		return NULL;
	}
	folder = find_folder(zones);
	if (!folder) {
		err_set(err, ERR_IO,
			"this machine has no time zones: install the package tzdata");
		return NULL;
	}
	return find_in_folder(zones, folder, name, err);
}
