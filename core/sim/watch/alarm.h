/* What Prometheus finds wrong in the estate, and what Alertmanager and Grafana were
 * told of it: one table, so that the three agree. Thread: core. */
#ifndef AZ_SIM_ALARM_H
#define AZ_SIM_ALARM_H

#include "sim/world.h"

struct alarm {
	const char *name;
	const char *severity; /* label; NULL: none */
	const char *team;
	const char *what; /* the label that tells where, and its value */
	const char *where;
	const char *summary; /* %s: the value */
	const char *expr;
	double level, swing;		  /* of the value, once it is over its limit */
	int every_min, from_min, for_min; /* it comes again; 0: it stays */
	int pending_min;		  /* before it fires */
	const char *silenced_by;	  /* id of the silence, or NULL */
	const char *inhibited_by;	  /* name of the worse one, or NULL */
	bool is_grafana; /* one of Grafana's own rules; Prometheus has the others */
};
extern const struct alarm alarms[];
extern const size_t n_alarms;

enum alarm_state { ALARM_INACTIVE, ALARM_PENDING, ALARM_FIRING };
/* *since_ms: when its expression became true. */
enum alarm_state alarm_state_at(const struct world *w, const struct alarm *alarm,
				int64_t *since_ms);
double alarm_value(const struct world *w, const struct alarm *alarm);
/* What a rule says first, in the words that Grafana took over from Prometheus. */
void alarm_put_rule(struct strbuf *out, const struct alarm *alarm,
		    enum alarm_state state);
/* The same for an alarm as long as the seed is. */
void alarm_put_labels(struct strbuf *out, const struct alarm *alarm);
void alarm_put_annotations(struct strbuf *out, const struct world *w,
			   const struct alarm *alarm);

void prometheus_query(struct world *w, const struct request *req, struct reply *rep);
void prometheus_list_alerts(struct world *w, const struct request *req,
			    struct reply *rep);
void prometheus_list_rules(struct world *w, const struct request *req, struct reply *rep);
void prometheus_list_targets(struct world *w, const struct request *req,
			     struct reply *rep);

void alertmanager_list_alerts(struct world *w, const struct request *req,
			      struct reply *rep);
void alertmanager_list_silences(struct world *w, const struct request *req,
				struct reply *rep);
void alertmanager_status(struct world *w, const struct request *req, struct reply *rep);

void grafana_health(struct world *w, const struct request *req, struct reply *rep);
void grafana_list_sources(struct world *w, const struct request *req, struct reply *rep);
void grafana_source_health(struct world *w, const struct request *req, struct reply *rep);
void grafana_list_rules(struct world *w, const struct request *req, struct reply *rep);

#endif
