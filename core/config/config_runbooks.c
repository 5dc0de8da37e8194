/* The configuration's "runbooks": folders of one's own. That they exist is seen where they
 * are read. */
#include "config/config_reader.h"

enum { DIRS_MOST = 16 };

static bool read_directories(struct config_reader *r, const struct config_key *key,
			     const cJSON *list, void *out)
{
	struct config *c = out;
	const cJSON *item;

	if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > DIRS_MOST)
		return config_mistake(r, "must be a list of at most 16 paths");
	c->runbook_dirs = config_room(r, list, sizeof(*c->runbook_dirs));
	cJSON_ArrayForEach (item, list) {
		size_t mark = config_enter_item(r, c->n_runbook_dirs);

		if (!config_read_path(r, key, item, &c->runbook_dirs[c->n_runbook_dirs]))
			return false;
		c->n_runbook_dirs++;
		config_leave(r, mark);
	}
	return true;
}

static const struct config_key runbook_keys[] = {
	{.name = "directories", .read = read_directories, .is_required = true},
	{0},
};

bool config_read_runbooks(struct config_reader *r, const struct config_key *key,
			  const cJSON *item, void *out)
{
	(void)key;
	return config_read_keys(r, runbook_keys, item, CONFIG_NO_SUCH_KEY, out);
}
