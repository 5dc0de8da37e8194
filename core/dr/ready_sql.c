/* Readiness of databases: failover groups with both their sides, and whether each
 * database has a copy elsewhere at all. Thread: any (no state). */
#include <math.h>
#include <string.h>

#include "base/count.h"
#include "base/timefmt.h"
#include "board/read.h"
#include "dr/ready.h"

/* What a copy may be behind where nobody promised anything. */
#define USUAL_LAG_MS (5 * MINUTE_MS)

static bool is_word(const struct board *board, ptrdiff_t row, const char *column,
		    const char *word)
{
	return row >= 0 && str_eq_nocase(str_from(read_text(board, (size_t)row, column)),
					 str_from(word));
}

static const char *text_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? "" : read_text(fact->board, (size_t)fact->row, column);
}

static double number_of(const struct ready_fact *fact, const char *column)
{
	return fact->row < 0 ? NAN : read_number(fact->board, (size_t)fact->row, column);
}

static void say_sides(struct ready *r, struct ready_fact fact)
{
	const char *sides = text_of(&fact, "sides"), *home = text_of(&fact, "region");

	fact.check = DR_GROUP_SIDES;
	fact.is_known = *sides && strcmp(sides, "one side") != 0;
	fact.is_good = strcmp(sides, "agree") == 0;
	fact.todo = fact.is_known ? "the two servers disagree: see which one takes writes"
				  : "only one of the two servers can be read: ask for "
				    "the right to read the other";
	ready_say(r, &fact, "%s to %s, %s", *home ? home : "somewhere",
		  *text_of(&fact, "other_region") ? text_of(&fact, "other_region")
						  : "somewhere",
		  *sides ? sides : "unknown");
}

static void say_state(struct ready *r, struct ready_fact fact)
{
	const char *state = text_of(&fact, "state");

	fact.check = DR_GROUP_STATE;
	fact.is_known = *state && strcmp(state, "none") != 0;
	fact.is_good = str_eq_nocase(str_from(state), STR("CATCH_UP"));
	fact.todo = "changes do not reach the secondary: look at sql-replicas, then at "
		    "quota and network of the secondary";
	ready_say(r, &fact, "%s", *state ? state : "unknown");
}

static void say_lag(struct ready *r, struct ready_fact fact)
{
	double lag = number_of(&fact, "lag"), measured = number_of(&fact, "measured");
	double databases = number_of(&fact, "databases");
	double limit = ready_promise(r->workload->rpo_ms, (double)USUAL_LAG_MS);
	bool is_all = measured >= databases;

	fact.check = DR_GROUP_LAG;
	fact.known_ms = isnan(number_of(&fact, "lag_age"))
				? 0
				: (int64_t)number_of(&fact, "lag_age");
	fact.is_known = fact.known_ms && isfinite(lag) && (is_all || lag > limit);
	fact.is_good = lag <= limit;
	fact.todo = fact.is_known
			    ? "a forced failover now would lose more than was promised"
			    : "the primary does not say how far behind the secondary "
			      "is: a failover now is blind";
	ready_say(r, &fact, "%s, at most %s%s", ready_span(lag).text,
		  ready_span(limit).text, is_all ? "" : ", not of every database");
}

static void say_policy(struct ready *r, struct ready_fact fact)
{
	const char *policy = text_of(&fact, "policy");
	bool is_automatic = str_eq_nocase(str_from(policy), STR("Automatic"));
	double grace = number_of(&fact, "grace");
	double rto = (double)r->workload->rto_ms;

	fact.check = DR_GROUP_POLICY;
	fact.is_known = *policy && (!is_automatic || isfinite(grace));
	fact.is_good = !is_automatic || rto <= 0 || grace <= rto;
	fact.todo = fact.is_known ? "it waits longer than the whole time to recover: "
				    "shorten the grace period, or fail over by hand"
				  : "find out who fails over: the group, or a person";
	if (is_automatic)
		ready_say(r, &fact, "Automatic after %s", ready_span(grace).text);
	else
		ready_say(r, &fact, "%s",
			  *policy ? "Manual: a person fails over" : "unknown");
}

static void groups(struct ready *r, bool has_databases)
{
	const struct ready_voucher vouchers[] = {
		{.board = r->boards->groups, .column = "name"},
		{.board = r->boards->replicas,
		 .column = "failover_group",
		 .key_is_id = true},
	};
	struct ready_parts parts;

	ready_gather(r, vouchers, COUNT(vouchers), false, &parts);
	for (size_t i = 0; i < parts.list.n; i++) {
		struct ready_fact fact = {.subject = parts.list.p[i].name,
					  .board = r->boards->groups,
					  .where = "dr-groups",
					  .row = parts.list.p[i].rows[0],
					  .absent = "the group is not there"};

		say_sides(r, fact);
		say_state(r, fact);
		say_lag(r, fact);
		say_policy(r, fact);
	}
	/* Databases without any group fail by their copies; here nobody knows. */
	if (parts.list.n == 0 && !parts.is_complete && has_databases) {
		for (int check = DR_GROUP_SIDES; check <= DR_GROUP_POLICY; check++)
			ready_unseen(r, (enum dr_check)check, "failover groups",
				     "dr-groups");
	}
	ready_parts_fini(&parts);
}

/* A copy is no part of its own. */
static bool is_copy(const struct ready *r, ptrdiff_t row)
{
	return is_word(r->boards->replicas, row, "use", "reads") ||
	       is_word(r->boards->replicas, row, "use", "standby");
}

static void say_copy(struct ready *r, const struct ready_part *part)
{
	struct ready_fact fact = {.check = DR_COPY,
				  .subject = part->name,
				  .board = r->boards->replicas,
				  .where = "sql-replicas",
				  .row = part->rows[0],
				  .absent = "no copy elsewhere"};
	const char *state = text_of(&fact, "state");
	bool is_alone = fact.row >= 0 && !*text_of(&fact, "partner");

	fact.is_known = *state != '\0';
	fact.is_good = !is_alone && strcmp(state, "CATCH_UP") == 0;
	fact.todo = is_alone || fact.row < 0
			    ? "add it to the failover group, or say by \"recover\" that "
			      "it need not come back"
			    : "its copy does not follow: see sql-replicas";
	ready_say(r, &fact, "%s%s%s", is_alone ? "no copy elsewhere" : state,
		  is_alone ? "" : ", to ", is_alone ? "" : text_of(&fact, "partner"));
}

void ready_sql(struct ready *r)
{
	const struct ready_voucher vouchers[] = {
		{.board = r->boards->replicas, .column = "database", .key_is_id = true},
		{.board = r->boards->sql, .column = "database", .key_is_id = true},
		{.board = r->boards->health,
		 .column = "name",
		 .where = "kind",
		 .is = "databases",
		 .key_is_id = true},
	};
	struct ready_parts parts;
	bool has_databases;

	ready_gather(r, vouchers, COUNT(vouchers), true, &parts);
	has_databases = parts.list.n > 0 || !parts.is_complete;
	groups(r, has_databases);
	for (size_t i = 0; i < parts.list.n; i++) {
		if (!is_copy(r, parts.list.p[i].rows[0]))
			say_copy(r, &parts.list.p[i]);
	}
	if (parts.list.n == 0 && !parts.is_complete)
		ready_unseen(r, DR_COPY, "databases", "sql-replicas");
	ready_parts_fini(&parts);
}
