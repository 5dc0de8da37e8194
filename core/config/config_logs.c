/* See config_logs.h. */
#include "config/config_logs.h"

#include <stdio.h>
#include <string.h>

#include "config/config.h"

enum { NAME_MOST = 60, SOURCE_MOST = 16 << 10 };

/* Told by their place: a name may hold what a path of keys cannot. */
static bool fail(const struct config *config, size_t i, const char *what, struct err *err)
{
	char path[48];

	snprintf(path, sizeof(path), "logs.sources[%zu]", i);
	return config_fail(config, path, what, err);
}

static bool read_source(struct config *config, const cJSON *item, struct err *err)
{
	size_t i = config->n_log_sources;
	struct config_log_source *out = &config->log_sources[i];

	if (!cJSON_IsString(item) || !item->valuestring[0])
		return fail(config, i,
			    "must be a source of lines, as \"pods:atlas/orders-api\"",
			    err);
	if (!item->string[0] || strlen(item->string) > NAME_MOST ||
	    strchr(item->string, ':'))
		return fail(config, i, "its name must be 1 to 60 bytes without ':'", err);
	if (strlen(item->valuestring) > SOURCE_MOST)
		return fail(config, i, "must be 16 KiB at most", err);
	for (size_t k = 0; k < i; k++) {
		if (strcmp(config->log_sources[k].name, item->string) == 0)
			return fail(config, i, "another source has this name", err);
	}
	out->name = arena_strdup(&config->arena, str_from(item->string));
	out->source = arena_strdup(&config->arena, str_from(item->valuestring));
	config->n_log_sources++;
	return true;
}

bool config_read_logs(struct config *config, const cJSON *object, struct err *err)
{
	const cJSON *item, *list = NULL;
	char path[100];

	if (!cJSON_IsObject(object))
		return config_fail(config, "logs", "must be an object", err);
	cJSON_ArrayForEach (item, object) {
		if (strcmp(item->string, "sources") == 0) {
			list = item;
			continue;
		}
		snprintf(path, sizeof(path), "logs.%.80s", item->string);
		return config_fail(config, path, "there is no such key", err);
	}
	if (list && !cJSON_IsObject(list))
		return config_fail(config, "logs.sources", "must be an object", err);
	config->log_sources =
		arena_calloc(&config->arena, (size_t)cJSON_GetArraySize(list) + 1,
			     sizeof(*config->log_sources));
	cJSON_ArrayForEach (item, list) {
		if (!read_source(config, item, err))
			return false;
	}
	return true;
}
