/* The credential chain, one row a method. Sorted by name: the manual and the
 * configuration's schema list it as it stands. Thread: any (const). */
#include "auth/methods.h"

static const struct method_setting no_settings[] = {{0}};

static const struct method rows[] = {
	{.name = "env",
	 .help = "a bearer token in the environment",
	 .settings = method_env_settings,
	 .fetch = method_env_fetch},
	{.name = "none",
	 .help = "nothing is sent",
	 .settings = no_settings,
	 .fetch = method_none_fetch},
	{.name = "sim",
	 .help = "a token of the simulator",
	 .settings = method_sim_settings,
	 .fetch = method_sim_fetch},
};

const struct method *method_at(size_t i)
{
	return i < sizeof(rows) / sizeof(*rows) ? &rows[i] : NULL;
}

const struct method *method_find(struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (str_eq(name, str_from(rows[i].name)))
			return &rows[i];
	}
	return NULL;
}
