/* See config_schedules.h. */
#include "config/config_schedules.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "config/config.h"

enum { TEXT_MOST = 256 };

const struct config_schedules config_schedules_default = {
	.tag = "businessHours",
	.currency = "USD",
	.price_factor = 1,
};

#define AT(field) offsetof(struct config_schedules, field)

static const struct {
	const char *name;
	size_t offset;
	bool may_be_empty; /* the empty tag is a tag */
} texts[] = {
	{"tag", AT(tag), false},	   {"timezone", AT(timezone), false},
	{"default", AT(untagged), true},   {"off_size", AT(off_size), false},
	{"currency", AT(currency), false},
};

/* -1: it is no text of this section. */
static int find_text(const char *name)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (strcmp(texts[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

static bool read_text(struct config *config, int row, const cJSON *item, const char *path,
		      struct err *err)
{
	char *field = (char *)&config->schedules + texts[row].offset;
	const char *copy;

	if (!cJSON_IsString(item))
		return config_fail(config, path, "must be a text", err);
	if (!item->valuestring[0] && !texts[row].may_be_empty)
		return config_fail(config, path, "must not be empty", err);
	if (strlen(item->valuestring) > TEXT_MOST)
		return config_fail(config, path, "must be 256 bytes at most", err);
	copy = arena_strdup(&config->arena, str_from(item->valuestring));
	memcpy(field, &copy, sizeof(copy));
	return true;
}

bool config_read_schedules(struct config *config, const cJSON *object, struct err *err)
{
	const cJSON *item;
	char path[200];

	if (!cJSON_IsObject(object))
		return config_fail(config, "schedules", "must be an object", err);
	cJSON_ArrayForEach (item, object) {
		int row = find_text(item->string);

		snprintf(path, sizeof(path), "schedules.%s", item->string);
		if (row >= 0) {
			if (!read_text(config, row, item, path, err))
				return false;
			continue;
		}
		if (strcmp(item->string, "price_factor") != 0)
			return config_fail(config, path, "there is no such key", err);
		if (!cJSON_IsNumber(item) || !(item->valuedouble > 0) ||
		    item->valuedouble > 100)
			return config_fail(config, path,
					   "must be a number above 0, at most 100", err);
		config->schedules.price_factor = item->valuedouble;
	}
	return true;
}
