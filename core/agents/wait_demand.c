/* Which demand no agent meets, and who comes closest. That none matches is the service's
 * word; which demand it is can be said only where capabilities are known.
 * Thread: any (no state). */
#include <string.h>

#include "agents/wait.h"
#include "base/json.h"

enum { DEMANDS_MOST = 32, CAPABILITIES_MOST = 64 };

struct demands {
	cJSON *json; /* the texts */
	struct demand all[DEMANDS_MOST];
	size_t n;
};

static void demands_init(struct demands *d, const char *asked)
{
	struct err err;
	const cJSON *item;

	d->n = 0;
	d->json = json_parse(str_from(asked), &json_wire, NULL, &err);
	cJSON_ArrayForEach (item, d->json) {
		struct demand demand;

		if (d->n < DEMANDS_MOST && cJSON_IsString(item) &&
		    demand_parse(str_from(item->valuestring), &demand) &&
		    !demand_is_agent_version(&demand))
			d->all[d->n++] = demand;
	}
}

/* What one agent makes of each demand. */
struct answer {
	enum demand_fit fits[DEMANDS_MOST];
	size_t n_unmet;
	char had[64]; /* of the one demand it does not meet */
};

static size_t read_capabilities(const cJSON *json, struct capability *all)
{
	const cJSON *item;
	size_t n = 0;

	cJSON_ArrayForEach (item, json) {
		if (n < CAPABILITIES_MOST && json_text(item, "key"))
			all[n++] = (struct capability){
				.name = str_from(json_text(item, "key")),
				.value = str_from(json_text(item, "value")),
			};
	}
	return n;
}

/* False: what the agent has is not known. */
static bool ask(struct answer *a, const struct demands *d,
		const struct fleet_capabilities *known)
{
	struct capability all[CAPABILITIES_MOST];
	struct err err;
	cJSON *json;
	size_t n;

	*a = (struct answer){0};
	if (!known || !*known->has)
		return false;
	json = json_parse(str_from(known->has), &json_wire, NULL, &err);
	if (!json)
		return false;
	n = read_capabilities(json, all);
	for (size_t i = 0; i < d->n; i++) {
		struct str had;

		a->fits[i] = demand_check(&d->all[i], all, n, &had);
		if (a->fits[i] == DEMAND_MET)
			continue;
		a->n_unmet++;
		if (had.n < sizeof(a->had)) {
			memcpy(a->had, had.p ? had.p : "", had.n);
			a->had[had.n] = '\0';
		}
	}
	cJSON_Delete(json);
	return true;
}

/* Over all agents of the pool whose capabilities are known. */
struct tally {
	size_t n_agents, n_known;
	size_t met[DEMANDS_MOST]; /* agents that meet it */
	const struct fleet_agent *nearest;
	struct answer nearest_answer;
};

static void tally_agents(struct tally *t, const struct fleet *f,
			 const struct fleet_job *job, const struct demands *d)
{
	const struct fleet_agent *agent;

	vec_each (agent, &f->agents) {
		struct answer a;

		if (strcmp(agent->org, job->org) != 0 ||
		    strcmp(agent->pool, job->pool) != 0)
			continue;
		t->n_agents++;
		if (!ask(&a, d, fleet_capabilities(f, agent->org, agent->id)))
			continue;
		t->n_known++;
		for (size_t i = 0; i < d->n; i++)
			t->met[i] += a.fits[i] == DEMAND_MET;
		if (!t->nearest || a.n_unmet < t->nearest_answer.n_unmet) {
			t->nearest = agent;
			t->nearest_answer = a;
		}
	}
}

static void put_demands(struct strbuf *out, const struct demands *d,
			const struct tally *t)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (!t || t->met[i] == 0)
			strbuf_printf(out, "%s%.*s", n++ ? ", " : "",
				      STR_ARG(d->all[i].text));
	}
}

static size_t count_unmet(const struct demands *d, const struct tally *t)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += t->met[i] == 0;
	return n;
}

/* "; atlas-build-01 has 18.19.1" */
static void put_nearest(struct strbuf *out, const struct demands *d,
			const struct tally *t)
{
	const struct answer *a = &t->nearest_answer;

	if (t->nearest && a->n_unmet == 1 && a->had[0])
		strbuf_printf(out, "; %s has %s", t->nearest->name, a->had);
	else if (t->nearest && a->n_unmet < d->n)
		strbuf_printf(out, "; %s lacks the fewest", t->nearest->name);
}

void wait_explain_demand(struct wait *w, const struct fleet *f,
			 const struct fleet_job *job)
{
	struct demands d;
	struct tally t = {0};
	size_t n;

	demands_init(&d, job->asked);
	tally_agents(&t, f, job, &d);
	n = t.n_known == t.n_agents ? count_unmet(&d, &t) : 0;
	wait_set(w, WAIT_DEMAND);
	if (d.n == 0) {
		strbuf_puts(&w->evidence, "no agent matches; its demands are not known");
		strbuf_puts(&w->todo, "Look at the demands of its run in Azure DevOps");
	} else if (n > 0) {
		put_demands(&w->evidence, &d, &t);
		strbuf_printf(&w->evidence, ": none of %zu agents has %s", t.n_agents,
			      n == 1 ? "it" : "them");
		put_nearest(&w->evidence, &d, &t);
		strbuf_puts(&w->todo, "Install it on an agent: ");
		put_demands(&w->todo, &d, &t);
		strbuf_puts(&w->todo, "; or take the demand out");
	} else {
		strbuf_puts(&w->evidence,
			    d.n == 1 ? "no agent matches: " : "no agent has all of: ");
		put_demands(&w->evidence, &d, NULL);
		if (t.n_known < t.n_agents)
			strbuf_printf(&w->evidence, "; what %zu of %zu have is not known",
				      t.n_agents - t.n_known, t.n_agents);
		else
			put_nearest(&w->evidence, &d, &t);
		strbuf_puts(&w->todo, "Give one agent all of it, or split the job");
	}
	cJSON_Delete(d.json);
}
