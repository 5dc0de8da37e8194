/* See configured.h. */
#include "worker/configured.h"

#include "ai/gateway.h"
#include "config/env.h"
#include "schedule/tag.h"
#include "sql/size.h"

/* What this machine lacks is no mistake of the file: rows say so. */
static bool check_zone(const struct config *config, struct zones *zones, struct err *err)
{
	const char *name = config->schedules.timezone;
	struct err why = {.code = ERR_NONE};

	return !name || zones_find(zones, str_from(name), &why) ||
	       why.code != ERR_NOT_FOUND ||
	       config_fail(config, "schedules.timezone", why.text, err);
}

static bool check_default(const struct config *config, struct zones *zones,
			  struct err *err)
{
	const char *tag = config->schedules.untagged;
	struct schedule_error error;
	struct schedule schedule;

	return !tag || schedule_parse(str_from(tag), NULL, zones, &schedule, &error) ||
	       error.is_machine ||
	       config_fail(config, "schedules.default", error.text, err);
}

static bool check_off_size(const struct config *config, struct err *err)
{
	const char *name = config->schedules.off_size;
	struct sql_size size;

	return !name || sql_size_parse(str_from(name), &size) ||
	       config_fail(config, "schedules.off_size",
			   "must be a size such as S0 or GP_Gen5_2", err);
}

struct config *configured_load(const char *path, struct err *err)
{
	struct config *config = config_load(path, err);
	struct zones zones;
	bool ok;

	if (!config)
		return NULL;
	zones_init(&zones, env_get("TZDIR"));
	ok = check_zone(config, &zones, err) && check_default(config, &zones, err) &&
	     check_off_size(config, err) && gateway_check(config, err);
	zones_fini(&zones);
	if (ok)
		return config;
	config_free(config);
	return NULL;
}
