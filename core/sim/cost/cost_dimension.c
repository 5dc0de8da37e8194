/* By what costs can be grouped and filtered. Thread: core. Values come lower-cased
 * where Azure lower-cases them: resource groups and resource ids. */
#include <ctype.h>

#include "base/count.h"
#include "sim/cost/cost_question.h"

static struct str lower(struct arena *arena, struct str text)
{
	char *copy = arena_strdup(arena, text);

	for (size_t i = 0; i < text.n; i++)
		copy[i] = (char)tolower((unsigned char)copy[i]);
	return (struct str){.p = copy, .n = text.n};
}

static struct str service(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return str_from(line->service);
}

static struct str group(const struct cost_line *line, struct arena *arena)
{
	return lower(arena, str_from(line->group));
}

static struct str resource_id(const struct cost_line *line, struct arena *arena)
{
	struct strbuf id;
	struct str text;

	if (!line->name[0])
		return STR("");
	strbuf_init(&id, 512);
	estate_put_group_id(&id, estate_group(line->group));
	strbuf_printf(&id, "/providers/%s/%s", line->type, line->name);
	text = lower(arena, strbuf_str(&id));
	strbuf_fini(&id);
	return text;
}

static struct str resource_type(const struct cost_line *line, struct arena *arena)
{
	return lower(arena, str_from(line->type));
}

static struct str location(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	if (!line->group[0])
		return STR("Unassigned");
	return strcmp(estate_group(line->group)->location, "westeurope") == 0
		       ? STR("EU West")
		       : STR("EU North");
}

static struct str sub_id(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return str_from(estate_subs[line->sub].id);
}

static struct str sub_name(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return str_from(estate_subs[line->sub].name);
}

static struct str charge_type(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return line->shape == COST_REFUND  ? STR("Refund")
	       : line->shape == COST_FIRST ? STR("Purchase")
					   : STR("Usage");
}

static struct str publisher(const struct cost_line *line, struct arena *arena)
{
	(void)line;
	(void)arena;
	return STR("Azure");
}

static struct str workload(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return line->group[0] ? str_from(estate_group(line->group)->workload) : STR("");
}

static struct str environment(const struct cost_line *line, struct arena *arena)
{
	(void)arena;
	return line->group[0] ? str_from(estate_group(line->group)->env) : STR("");
}

static const struct cost_dimension dimensions[] = {
	{"ServiceName", "ServiceName", service, false},
	{"MeterCategory", "MeterCategory", service, false},
	{"ResourceGroup", "ResourceGroup", group, false},
	{"ResourceGroupName", "ResourceGroupName", group, false},
	{"ResourceId", "ResourceId", resource_id, false},
	{"ResourceType", "ResourceType", resource_type, false},
	{"ResourceLocation", "ResourceLocation", location, false},
	{"SubscriptionId", "SubscriptionId", sub_id, false},
	{"SubscriptionName", "SubscriptionName", sub_name, false},
	{"ChargeType", "ChargeType", charge_type, false},
	{"PublisherType", "PublisherType", publisher, false},
};

static const struct cost_dimension tags[] = {
	{"workload", "TagValue", workload, true},
	{"environment", "TagValue", environment, true},
};

static const struct cost_dimension *find(const struct cost_dimension *rows, size_t n,
					 const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(str_from(name), str_from(rows[i].name)))
			return &rows[i];
	return NULL;
}

const struct cost_dimension *cost_find_dimension(const char *name)
{
	return find(dimensions, COUNT(dimensions), name);
}

const struct cost_dimension *cost_find_tag(const char *name)
{
	return find(tags, COUNT(tags), name);
}
