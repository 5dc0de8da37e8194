/* "logs" of the configuration; see config_logs.h. */
#include "config/config_logs.h"

#include <string.h>

#include "config/config_reader.h"

enum { NAME_MOST = 60, SOURCE_MOST = 16 << 10 };

/* Told by their place: a name may hold what a path of keys cannot. */
static bool read_source(struct config_reader *r, const cJSON *item, struct config *config)
{
	size_t i = config->n_log_sources;
	struct config_log_source *out = &config->log_sources[i];

	if (!cJSON_IsString(item) || !item->valuestring[0])
		return config_mistake(
			r, "must be a source of lines, as \"pods:atlas/orders-api\"");
	if (!item->string[0] || strlen(item->string) > NAME_MOST ||
	    strchr(item->string, ':'))
		return config_mistake(r, "its name must be 1 to 60 bytes without ':'");
	if (strlen(item->valuestring) > SOURCE_MOST)
		return config_mistake(r, "must be 16 KiB at most");
	for (size_t k = 0; k < i; k++) {
		if (strcmp(config->log_sources[k].name, item->string) == 0)
			return config_mistake(r, "another source has this name");
	}
	out->name = config_copy(r, item->string);
	out->source = config_copy(r, item->valuestring);
	config->n_log_sources++;
	return true;
}

static bool read_sources(struct config_reader *r, const struct config_key *key,
			 const cJSON *object, void *out)
{
	struct config *config = out;
	const cJSON *item;

	(void)key;
	if (!cJSON_IsObject(object))
		return config_mistake(r, "must be an object");
	config->log_sources = config_room(r, object, sizeof(*config->log_sources));
	cJSON_ArrayForEach (item, object) {
		size_t mark = config_enter_item(r, config->n_log_sources);

		if (!read_source(r, item, config))
			return false;
		config_leave(r, mark);
	}
	return true;
}

static const struct config_key keys[] = {{.name = "sources", .read = read_sources}, {0}};

bool config_read_logs(struct config_reader *r, const struct config_key *key,
		      const cJSON *object, void *out)
{
	(void)key;
	return config_read_keys(r, keys, object, CONFIG_NO_SUCH_KEY, out);
}
