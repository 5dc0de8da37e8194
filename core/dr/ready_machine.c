/* Readiness of virtual machines: replication, what a failover would lose, the plan
 * that starts them, their backups and whether one was ever restored.
 * Thread: any (no state). */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "board/read.h"
#include "dr/ready.h"

/* A day and what a slow night takes. */
#define BACKUP_AGE_MS (30 * HOUR_MS)

static const char *text_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? "" : read_text(fact->board, (size_t)fact->row, column);
}

static double number_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? NAN : read_number(fact->board, (size_t)fact->row, column);
}

static void say_replication(struct ready *r, struct ready_fact fact)
{
	const char *health = text_of(&fact, "health"), *can = text_of(&fact, "readiness");
	const char *error = text_of(&fact, "error");

	fact.check = DR_REPLICATION;
	fact.absent = "not replicated";
	fact.is_known = *health && *can && strcmp(health, "None") != 0 &&
			strcmp(can, "None") != 0;
	fact.is_good = strcmp(health, "Normal") == 0 && strcmp(can, "Normal") == 0;
	if (fact.row < 0)
		fact.todo = "replicate it, or say by \"recover\" that it need not come "
			    "back";
	else
		fact.todo = "dr-items has the error; count it as not covered until then";
	ready_say(r, &fact, "%s%s%s", *health ? health : "unknown", *error ? ": " : "",
		  error);
}

static void say_rpo(struct ready *r, struct ready_fact fact)
{
	double rpo = number_of(&fact, "rpo"), as_of = number_of(&fact, "rpo_age");
	double target =
		ready_promise(r->workload->rpo_ms, number_of(&fact, "rpo_target"));

	fact.check = DR_MACHINE_RPO;
	fact.absent = "not replicated";
	fact.known_ms = isfinite(as_of) ? (int64_t)as_of : 0;
	fact.is_known = isfinite(rpo) && isfinite(as_of) && isfinite(target);
	fact.is_good = rpo <= target;
	if (isfinite(rpo) && isnan(target))
		fact.todo = "nobody promised an RPO: give the workload one";
	else if (!fact.is_known)
		fact.todo = "no recovery point is known: the first copy is being made, "
			    "or its agent is silent";
	else
		fact.todo = "a failover now would lose more than was promised: look for "
			    "churn or bandwidth";
	ready_say(r, &fact, "%s, at most %s", ready_span(rpo).text,
		  isfinite(target) ? ready_span(target).text : "nobody said what");
}

static void say_plan(struct ready *r, struct ready_fact fact)
{
	const char *plan = text_of(&fact, "plan");

	fact.check = DR_IN_PLAN;
	fact.absent = "not replicated";
	fact.is_known = true;
	fact.is_good = *plan != '\0';
	fact.todo = "put it into a recovery plan: alone it is failed over by hand";
	ready_say(r, &fact, "%s", *plan ? plan : "in no plan");
}

static void say_clean(struct ready *r, struct ready_fact fact)
{
	const char *state = text_of(&fact, "test_state");

	fact.check = DR_MACHINE_CLEAN;
	fact.absent = "not replicated";
	fact.is_known = *state != '\0';
	fact.is_good = strcmp(state, "Clean") == 0;
	fact.todo = "a machine of a drill still runs: have the test cleaned up";
	ready_say(r, &fact, "%s", *state ? state : "unknown");
}

static void say_backup(struct ready *r, struct ready_fact fact)
{
	const char *state = text_of(&fact, "state");
	double newest = number_of(&fact, "newest");
	double age = (double)r->now_ms - newest;

	fact.check = DR_BACKUP;
	fact.absent = "no vault knows it";
	fact.is_known = *state && (strcmp(state, "Protected") != 0 || isfinite(newest));
	fact.is_good = strcmp(state, "Protected") == 0 && age <= (double)BACKUP_AGE_MS;
	fact.todo = "backup-jobs has the error; the loss grows by the hour";
	if (isfinite(newest))
		ready_say(r, &fact, "%s, newest %s ago", *state ? state : "unknown",
			  ready_span(age).text);
	else
		ready_say(r, &fact, "%s", *state ? state : "unknown");
}

/* The newest restore that worked, of any of its machines; a failed one proves nothing
 * and takes nothing away. -1: none. */
static ptrdiff_t newest_restore(const struct board *board, const struct map *machines)
{
	ptrdiff_t best = -1;

	for (size_t i = 0; board && i < board->n_rows; i++) {
		double ended = read_number(board, i, "ended");

		if (strcmp(read_text(board, i, "state"), "Completed") != 0 ||
		    isnan(ended) ||
		    !map_find(machines, str_from(read_text(board, i, "item"))))
			continue;
		if (best < 0 || ended > read_number(board, (size_t)best, "ended"))
			best = (ptrdiff_t)i;
	}
	return best;
}

static void say_restored(struct ready *r, const struct map *machines)
{
	struct ready_fact fact = {.check = DR_RESTORE_TEST,
				  .subject = r->workload->name,
				  .board = r->boards->restores,
				  .where = "restore-tests",
				  .absent = "none in the time that vaults remember"};
	double every = (double)DR_DRILL_EVERY_MS, ended;

	if (r->workload->drill_every_ms)
		every = (double)r->workload->drill_every_ms;
	fact.row = newest_restore(fact.board, machines);
	ended = number_of(&fact, "ended");
	fact.is_known = isfinite(ended);
	fact.is_good = (double)r->now_ms - ended <= every;
	fact.todo = "restore one machine beside the real one, and note how long it took";
	ready_say(r, &fact, "%s, %s ago", text_of(&fact, "item"),
		  ready_span((double)r->now_ms - ended).text);
}

static void unseen(struct ready *r)
{
	static const enum dr_check checks[] = {DR_REPLICATION, DR_MACHINE_RPO, DR_IN_PLAN,
					       DR_MACHINE_CLEAN};

	for (size_t i = 0; i < COUNT(checks); i++)
		ready_unseen(r, checks[i], "machines", "dr-items");
	ready_unseen(r, DR_BACKUP, "machines", "backups");
	ready_unseen(r, DR_RESTORE_TEST, "machines", "restore-tests");
}

void ready_machines(struct ready *r)
{
	const struct ready_voucher vouchers[] = {
		{.board = r->boards->items, .column = "name"},
		{.board = r->boards->backups, .column = "item"},
		{.board = r->boards->health,
		 .column = "name",
		 .where = "kind",
		 .is = "virtualMachines"},
	};
	struct ready_parts parts;
	struct map names;

	ready_gather(r, vouchers, COUNT(vouchers), false, &parts);
	map_init(&names);
	names.fold_case = true;
	for (size_t i = 0; i < parts.list.n; i++) {
		const struct ready_part *part = &parts.list.p[i];
		struct ready_fact item = {.subject = part->name,
					  .board = r->boards->items,
					  .where = "dr-items",
					  .row = part->rows[0]};

		say_replication(r, item);
		say_rpo(r, item);
		say_plan(r, item);
		say_clean(r, item);
		item.board = r->boards->backups;
		item.where = "backups";
		item.row = part->rows[1];
		say_backup(r, item);
		map_put(&names, str_from(part->name), &parts);
	}
	if (parts.list.n)
		say_restored(r, &names);
	else if (!parts.is_complete)
		unseen(r);
	map_fini(&names);
	ready_parts_fini(&parts);
}
