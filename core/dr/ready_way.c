/* Readiness of the way in: whether users reach a second place when the first is gone.
 * Asked of workloads that are said to have two regions. Thread: any (no state). */
#include <string.h>

#include "board/read.h"
#include "board/workload.h"
#include "dr/ready.h"

/* Places of one Front Door origin group, or of one Traffic Manager profile. */
struct way {
	const char *name;
	int n_well, n;
};

struct ways {
	VEC(struct way) list;
};

static struct way *way_named(struct ways *ways, const char *name)
{
	struct way *way;

	vec_each (way, &ways->list) {
		if (strcmp(way->name, name) == 0)
			return way;
	}
	vec_push(&ways->list, (struct way){.name = name});
	return &ways->list.p[ways->list.n - 1];
}

static void count(const struct ready *r, const struct board *board, const char *name,
		  const char *well, struct ways *ways)
{
	for (size_t i = 0; board && i < board->n_rows; i++) {
		const char *state = read_text(board, i, "state");
		struct way *way;

		if (!*read_text(board, i, name) || strcmp(state, "Disabled") == 0 ||
		    !workload_has(r->workload, board, &board->rows[i]))
			continue;
		way = way_named(ways, read_text(board, i, name));
		way->n++;
		way->n_well += strcmp(state, well) == 0;
	}
}

/* The best of them, for one way that works is enough. */
static const struct way *best_of(const struct ways *ways)
{
	const struct way *best = NULL, *way;

	vec_each (way, &ways->list) {
		if (!best || way->n_well > best->n_well)
			best = way;
	}
	return best;
}

/* What is old proves nothing, whatever it says. */
static bool is_better(const struct ready *r, const struct way *traffic,
		      const struct way *door)
{
	bool is_fresh = ready_is_fresh(r, r->boards->traffic);

	if (is_fresh != ready_is_fresh(r, r->boards->frontdoor))
		return is_fresh;
	return traffic->n_well > door->n_well;
}

void ready_ways(struct ready *r)
{
	const struct board *door = r->boards->frontdoor, *traffic = r->boards->traffic;
	struct ready_fact fact = {.check = DR_WAY_IN,
				  .subject = r->workload->name,
				  .board = door ? door : traffic,
				  .where = "frontdoor",
				  .is_known = true};
	struct ways from_door = {0}, from_traffic = {0};
	const struct way *best, *other;

	if (!r->workload->pair)
		return;
	count(r, door, "pool", "Healthy", &from_door);
	count(r, traffic, "profile", "Online", &from_traffic);
	best = best_of(&from_door);
	other = best_of(&from_traffic);
	if (other && (!best || is_better(r, other, best))) {
		best = other;
		fact.board = traffic;
		fact.where = "traffic-manager";
	}
	fact.is_good = best && best->n_well >= 2;
	if (!best && !(ready_is_whole(door) && ready_is_whole(traffic)))
		fact.board = NULL;
	fact.todo = best ? "users would be left with one place or none: see what its "
			   "probes say"
			 : "no Front Door or Traffic Manager leads to it: say who sends "
			   "users to the other region";
	if (best)
		ready_say(r, &fact, "%s: %d of %d places well", best->name, best->n_well,
			  best->n);
	else
		ready_say(r, &fact, "%s", "none is seen");
	vec_fini(&from_door.list);
	vec_fini(&from_traffic.list);
}
