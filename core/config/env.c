/* See env.h. */
#include "config/env.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *env_get(const char *name)
{
	const char *value = getenv(name);

	return value && value[0] ? value : NULL;
}

static bool has_name_of(const char *const *list, const char *entry)
{
	const char *equals = strchr(entry, '=');
	size_t n = equals ? (size_t)(equals - entry) + 1 : strlen(entry);

	for (; *list; list++) {
		if (strncmp(*list, entry, n) == 0)
			return true;
	}
	return false;
}

const char **env_with(struct arena *arena, const char *const *more)
{
	size_t n = 0, room = 1;
	const char **all;

	for (char **own = environ; own && *own; own++)
		room++;
	for (size_t i = 0; more[i]; i++)
		room++;
	all = arena_calloc(arena, room, sizeof(*all));
	for (char **own = environ; own && *own; own++) {
		if (!has_name_of(more, *own))
			all[n++] = *own;
	}
	for (size_t i = 0; more[i]; i++)
		all[n++] = more[i];
	return all;
}

static void xdg_path(struct strbuf *out, const char *variable, const char *under_home,
		     const char *tail)
{
	const char *dir = env_get(variable), *home = env_get("HOME");

	strbuf_reset(out);
	/* The standard says: a relative path is to be ignored. */
	if (dir && dir[0] == '/')
		strbuf_printf(out, "%s/azdeck", dir);
	else if (home)
		strbuf_printf(out, "%s/%s/azdeck", home, under_home);
	else
		return;
	if (tail && tail[0])
		strbuf_printf(out, "/%s", tail);
}

void env_config_path(struct strbuf *out, const char *tail)
{
	xdg_path(out, "XDG_CONFIG_HOME", ".config", tail);
}

void env_state_path(struct strbuf *out, const char *tail)
{
	xdg_path(out, "XDG_STATE_HOME", ".local/state", tail);
}

void env_data_path(struct strbuf *out, const char *tail)
{
	xdg_path(out, "XDG_DATA_HOME", ".local/share", tail);
}

const char *env_user(void)
{
	const char *name = env_get("USER");

	if (!name)
		name = env_get("LOGNAME");
	return name ? name : "somebody";
}

const char *env_ca_file(void)
{
	const char *bundle = env_get("CURL_CA_BUNDLE");

	return bundle ? bundle : env_get("SSL_CERT_FILE");
}

const char *env_ca_dir(void)
{
	return env_get("CURL_CA_BUNDLE") ? NULL : env_get("SSL_CERT_DIR");
}

bool env_is_utf8(void)
{
	return str_eq_nocase(str_from(nl_langinfo(CODESET)), STR("UTF-8"));
}
