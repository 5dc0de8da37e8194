/* Autoscale settings. Thread: core. Capacities are texts on the wire. */
#include "base/count.h"
#include "sim/watch/fired.h"

static const struct setting {
	const char *group, *name;
	const char *type, *target;
	const char *minimum, *maximum, *fallback;
	const char *metric;
	int up, down; /* thresholds */
	bool is_enabled;
	bool has_schedule;
} settings[] = {
	{"rg-atlas-prod-weu", "autoscale-plan-atlas-prod", "Microsoft.Web/serverFarms",
	 "plan-atlas-prod-weu", "2", "8", "3", "CpuPercentage", 70, 30, true, false},
	{"rg-qodex-prod-weu", "autoscale-render",
	 "Microsoft.Compute/virtualMachineScaleSets", "vmss-qodex-render", "2", "10", "4",
	 "Percentage CPU", 80, 35, true, false},
	{"rg-shared-ci-weu", "autoscale-build-agents",
	 "Microsoft.Compute/virtualMachineScaleSets", "vmss-build-agents", "1", "6", "2",
	 "Percentage CPU", 70, 25, true, true},
	{"rg-qodex-dev-weu", "autoscale-plan-qodex-dev", "Microsoft.Web/serverFarms",
	 "plan-qodex-dev", "1", "3", "1", "CpuPercentage", 75, 30, false, false},
};

static void put_target(struct strbuf *out, const char *key, const struct setting *s)
{
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, estate_group(s->group));
	jw_format(out, key, "%s/providers/%s/%s", id.p, s->type, s->target);
	strbuf_fini(&id);
}

static void put_rule(struct strbuf *out, const struct setting *s, bool is_up)
{
	jw_object(out, NULL);
	jw_object(out, "metricTrigger");
	jw_text(out, "metricName", s->metric);
	put_target(out, "metricResourceUri", s);
	jw_text(out, "timeGrain", "PT1M");
	jw_text(out, "statistic", "Average");
	jw_text(out, "timeWindow", "PT10M");
	jw_text(out, "timeAggregation", "Average");
	jw_text(out, "operator", is_up ? "GreaterThan" : "LessThan");
	jw_number(out, "threshold", is_up ? s->up : s->down, 1);
	jw_bool(out, "dividePerInstance", false);
	jw_object_end(out);
	jw_object(out, "scaleAction");
	jw_text(out, "direction", is_up ? "Increase" : "Decrease");
	jw_text(out, "type", "ChangeCount");
	jw_text(out, "value", "1");
	jw_text(out, "cooldown", "PT5M");
	jw_object_end(out);
	jw_object_end(out);
}

static void put_profile(struct strbuf *out, const struct setting *s, bool is_night)
{
	jw_object(out, NULL);
	jw_text(out, "name", is_night ? "night" : "by load");
	jw_object(out, "capacity");
	jw_text(out, "minimum", is_night ? "0" : s->minimum);
	jw_text(out, "maximum", is_night ? "1" : s->maximum);
	jw_text(out, "default", is_night ? "0" : s->fallback);
	jw_object_end(out);
	jw_list(out, "rules");
	if (!is_night) {
		put_rule(out, s, true);
		put_rule(out, s, false);
	}
	jw_list_end(out);
	if (is_night) {
		jw_object(out, "recurrence");
		jw_text(out, "frequency", "Week");
		jw_object(out, "schedule");
		jw_text(out, "timeZone", "W. Europe Standard Time");
		jw_list(out, "days");
		jw_text(out, NULL, "Saturday");
		jw_text(out, NULL, "Sunday");
		jw_list_end(out);
		jw_list(out, "hours");
		jw_int(out, NULL, 0);
		jw_list_end(out);
		jw_list(out, "minutes");
		jw_int(out, NULL, 0);
		jw_list_end(out);
		jw_object_end(out);
		jw_object_end(out);
	}
	jw_object_end(out);
}

static void put_setting(struct strbuf *out, const struct setting *s)
{
	const struct group *group = estate_group(s->group);
	struct strbuf id;

	strbuf_init(&id, 512);
	estate_put_group_id(&id, group);
	jw_object(out, NULL);
	jw_format(out, "id", "%s/providers/microsoft.insights/autoscalesettings/%s", id.p,
		  s->name);
	jw_text(out, "name", s->name);
	jw_text(out, "type", "Microsoft.Insights/autoscaleSettings");
	jw_text(out, "location", group->location);
	estate_put_tags(out, group, NULL);
	jw_object(out, "properties");
	jw_list(out, "profiles");
	put_profile(out, s, false);
	if (s->has_schedule)
		put_profile(out, s, true);
	jw_list_end(out);
	jw_bool(out, "enabled", s->is_enabled);
	jw_text(out, "name", s->name);
	put_target(out, "targetResourceUri", s);
	jw_list(out, "notifications");
	jw_list_end(out);
	jw_object_end(out);
	jw_object_end(out);
	strbuf_fini(&id);
}

void autoscale_list(struct world *w, const struct request *req, struct reply *rep)
{
	enum sub sub = estate_asked_sub(req);

	(void)w;
	page_begin(rep);
	for (size_t i = 0; i < COUNT(settings); i++)
		if (estate_group(settings[i].group)->sub == sub)
			put_setting(&rep->body, &settings[i]);
	page_end(rep, &(struct page){0});
}
