/* What needs no network: the terminal, the configuration, the folders, time zones, the
 * proxy's variables. Nothing is written or made. Thread: any. */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/count.h"
#include "cli/doctor_check.h"
#include "config/env.h"
#include "schedule/zones.h"

enum { LEAST_COLUMNS = 80, LEAST_LINES = 24, LEAST_FREE_MIB = 16 };

static void say_size(struct doctor *d)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO)) {
		doctor_say(d, DOCTOR_SKIP, "",
			   "run it in the terminal that the deck is for",
			   "the output is no terminal, so its size is not known");
	} else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col) {
		doctor_say(d, DOCTOR_WARN, "", "set its size with stty cols and rows",
			   "the terminal does not say how large it is");
	} else {
		bool is_small = size.ws_col < LEAST_COLUMNS || size.ws_row < LEAST_LINES;

		doctor_say(d, is_small ? DOCTOR_WARN : DOCTOR_OK, "",
			   is_small ? "make it 80x24 or larger: columns are left out"
				    : "",
			   "%dx%d", size.ws_col, size.ws_row);
	}
}

void doctor_terminal(struct doctor *d)
{
	const char *term = env_get("TERM");

	if (!term || strcmp(term, "dumb") == 0)
		doctor_say(d, DOCTOR_WARN, "",
			   "set TERM to what the terminal is, such as xterm-256color; "
			   "without it only headless commands work",
			   term ? "TERM is \"dumb\"" : "TERM is not set");
	else
		doctor_say(d, DOCTOR_OK, "", "", "TERM is %s", term);
	if (!env_is_utf8())
		doctor_say(d, DOCTOR_WARN, "",
			   "set LC_ALL to a UTF-8 locale such as C.UTF-8, or use --ascii",
			   "the locale is not UTF-8");
	say_size(d);
}

void doctor_config(struct doctor *d)
{
	if (d->config_err.code != ERR_NONE)
		doctor_fail(d, "", &d->config_err,
			    d->config_err.code == ERR_NOT_FOUND
				    ? "look at the names in \"connections\""
				    : "azdeck-config(5) has every key; `azdeck --demo` "
				      "needs no configuration");
	else
		doctor_say(d, DOCTOR_OK, "", "", "%zu connections, %zu credentials",
			   d->access.connections.list.n,
			   d->access.connections.credentials.n);
}

static void say_space(struct doctor *d, const char *path)
{
	struct statvfs fs;
	uint64_t mib;

	if (statvfs(path, &fs) != 0)
		return;
	mib = (uint64_t)fs.f_bavail * fs.f_frsize >> 20;
	if (mib < LEAST_FREE_MIB)
		doctor_say(d, mib ? DOCTOR_WARN : DOCTOR_FAIL, path,
			   "make room: sign-ins and answers cannot be kept",
			   "%llu MiB are free", (unsigned long long)mib);
}

static void say_private(struct doctor *d, const char *path, const struct stat *st,
			mode_t forbidden)
{
	const char *todo = forbidden == 0077 ? "chmod 700 it: others may look in"
					     : "chmod go-w it: others may change it";

	if (!S_ISDIR(st->st_mode))
		doctor_say(d, DOCTOR_FAIL, path, "remove it", "it is no folder");
	else if (st->st_uid != geteuid())
		doctor_say(d, DOCTOR_FAIL, path, "chown it to yourself",
			   "it belongs to user %u", (unsigned)st->st_uid);
	else if (st->st_mode & forbidden)
		doctor_say(d, DOCTOR_FAIL, path, todo, "its mode is %03o",
			   (unsigned)st->st_mode & 0777);
	else if (access(path, R_OK | W_OK | X_OK) != 0)
		doctor_say(d, DOCTOR_FAIL, path, "chmod u+rwx it, or mount it writable",
			   "it cannot be used: %s", strerror(errno));
	else
		doctor_say(d, DOCTOR_OK, path, "", "there, yours, mode %03o",
			   (unsigned)st->st_mode & 0777);
}

static void say_folder(struct doctor *d, const char *what, const struct strbuf *path,
		       mode_t forbidden)
{
	struct stat st;

	if (!path->n)
		doctor_say(d, DOCTOR_FAIL, what, "set HOME", "there is no place for it");
	else if (stat(path->p, &st) == 0)
		say_private(d, path->p, &st, forbidden);
	else if (errno == ENOENT)
		doctor_say(d, DOCTOR_OK, path->p, "", "not there yet");
	else
		doctor_say(d, DOCTOR_FAIL, path->p, "look at the folders above it", "%s",
			   strerror(errno));
	if (path->n)
		say_space(d, path->p);
}

void doctor_disk(struct doctor *d)
{
	struct strbuf path;

	strbuf_init(&path, 4096);
	env_config_path(&path, NULL);
	say_folder(d, "configuration", &path, 0022);
	/* What is in these is sealed, and read by nobody else. */
	env_data_path(&path, NULL);
	say_folder(d, "data", &path, 0077);
	env_state_path(&path, NULL);
	say_folder(d, "state", &path, 0077);
	strbuf_fini(&path);
}

void doctor_zones(struct doctor *d)
{
	struct zones zones;
	struct err err;

	zones_init(&zones, env_get("TZDIR"));
	/* The one that schedules have when they name none. */
	if (zones_find(&zones, STR("et"), &err))
		doctor_say(d, DOCTOR_OK, "", "", "tzdata is there");
	else
		doctor_say(d, DOCTOR_WARN, "",
			   "until then business hours in other zones than UTC are "
			   "undecidable",
			   "%s", err.text);
	zones_fini(&zones);
}

/* The proxy without whoever signs in to it. */
static struct str without_user(const char *value)
{
	const char *at = strrchr(value, '@');

	return str_from(at ? at + 1 : value);
}

static bool covers_link_local(const char *list)
{
	struct str rest = str_from(list), part;

	while (str_next(&rest, ',', &part)) {
		part = str_trim(part);
		if (str_eq(part, STR("*")) || str_eq(part, STR("169.254.169.254")) ||
		    str_eq(part, STR("169.254.0.0/16")))
			return true;
	}
	return false;
}

static size_t say_proxies(struct doctor *d)
{
	static const char *const names[] = {"http_proxy", "https_proxy", "HTTPS_PROXY",
					    "all_proxy", "ALL_PROXY"};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = env_get(names[i]);
		struct str shown;

		if (!value)
			continue;
		shown = without_user(value);
		doctor_say(d, DOCTOR_OK, names[i], "", "%.*s%s", STR_ARG(shown),
			   strchr(value, '@') ? ", with a sign-in" : "");
		n++;
	}
	return n;
}

void doctor_proxy(struct doctor *d)
{
	const char *lower = env_get("no_proxy");
	const char *except = lower ? lower : env_get("NO_PROXY");

	if (!say_proxies(d)) {
		doctor_say(d, DOCTOR_OK, "", "", "none is set");
		return;
	}
	if (except && covers_link_local(except))
		doctor_say(d, DOCTOR_OK, lower ? "no_proxy" : "NO_PROXY", "", "%s",
			   except);
	else
		doctor_say(
			d, DOCTOR_WARN, lower ? "no_proxy" : "NO_PROXY",
			"add 169.254.169.254: managed identities are there. azdeck goes "
			"around the proxy by itself, az and kubelogin do not",
			except ? "it leaves out link-local addresses" : "not set");
}
