/* See config_schedules.h. */
#include "config/config_schedules.h"

#include <stddef.h>

#include "base/strbuf.h"
#include "config/config_reader.h"

enum { TEXT_MOST = 256, NAME_MOST = 600 };

const struct config_schedules config_schedules_default = {
	.tag = "businessHours",
	.currency = "USD",
	.price_factor = 1,
};

static bool read_factor(struct config_reader *r, const struct config_key *key,
			const cJSON *item, void *out)
{
	(void)key;
	if (!cJSON_IsNumber(item) || !(item->valuedouble > 0) || item->valuedouble > 100)
		return config_mistake(r, "must be a number above 0, at most 100");
	((struct config_schedules *)out)->price_factor = item->valuedouble;
	return true;
}

#define TEXT(member)                                                                     \
	.read = config_read_text, CONFIG_AT(config_schedules, member), .most = TEXT_MOST

static const struct config_key keys[] = {
	{.name = "tag", TEXT(tag), .least = 1},
	{.name = "timezone", TEXT(timezone), .least = 1},
	{.name = "default", TEXT(untagged)}, /* the empty tag is a tag */
	{.name = "off_size", TEXT(off_size), .least = 1},
	{.name = "currency", TEXT(currency), .least = 1},
	{.name = "price_factor", .read = read_factor},
	{CONFIG_TEXTS(config_schedules, keep_awake)},
	{CONFIG_TEXTS(config_schedules, propose)},
	{CONFIG_TEXTS(config_schedules, unattended)},
	{0},
};

bool config_read_schedules(struct config_reader *r, const struct config_key *key,
			   const cJSON *object, void *out)
{
	(void)key;
	return config_read_keys(r, keys, object, CONFIG_NO_SUCH_KEY,
				&((struct config *)out)->schedules);
}

bool config_names_fit(const char *const *patterns, size_t n, const char *place,
		      const char *name)
{
	struct strbuf whole;
	bool does;

	strbuf_init(&whole, NAME_MOST);
	strbuf_printf(&whole, "%s/%s", place, name);
	does = str_fits_any_nocase(str_from(name), patterns, n) ||
	       str_fits_any_nocase(strbuf_str(&whole), patterns, n);
	strbuf_fini(&whole);
	return does;
}
