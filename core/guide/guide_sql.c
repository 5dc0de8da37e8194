/* Databases: how they stand, why one is slow, what became of a scaling, and the proposal
 * of one. See family.h. */
#include <ctype.h>
#include <stdio.h>

#include "base/count.h"
#include "board/list_price.h"
#include "board/read.h"
#include "guide/family.h"

/* A figure of a limit that is felt. */
static const double NEAR_LIMIT = 80;

static const struct tell one_database = {.board = "sql",
					 .names = "name,server,workload",
					 .least = SEV_NONE,
					 .unless = "role",
					 .none = "There is none: no database is read."};

static bool tell_of(struct wording *d, struct tell tell)
{
	tell.is_extra = true;
	return tell_rows(d, &tell) == TELL_SAID;
}

/* The largest of its figures. */
static double nearest_limit(const struct board *board, const struct row *row)
{
	static const char *const figures[] = {"cpu", "log", "workers", "storage"};
	size_t i = (size_t)(row - board->rows);
	double most = -1;

	for (size_t k = 0; k < sizeof(figures) / sizeof(figures[0]); k++) {
		double value = read_number(board, i, figures[k]);

		if (value > most)
			most = value;
	}
	return most;
}

static void rule_out(struct wording *d, const struct board *board, const struct row *row)
{
	double most = nearest_limit(board, row);

	if (most < 0)
		wording_admit(
			d, SAYS_UNKNOWN,
			"Its figures are not known, so no limit can be ruled out.\n");
	else if (most >= NEAR_LIMIT)
		wording_row(d,
			    "That points to {limit}; the other limits rule themselves "
			    "out by their figures.\n",
			    board, row);
	else
		wording_put(d, "None of its limits is near, which rules them out: look "
			       "at waits, plans, the network and the client.\n");
}

static void answer_slow(struct wording *d)
{
	const struct board *board;
	const struct row *row = tell_one(d, &one_database, &board);

	if (!row)
		return;
	wording_row(d,
		    "Evidence: {name} is {status} on {size}, with CPU {!cpu}, log writes "
		    "{log}, workers {workers} and storage {storage}[; it has been at its "
		    "limit since {limited}][; it is being scaled to {target}].\n",
		    board, row);
	tell_of(d, (struct tell){.board = "sql-load",
				 .names = "name",
				 .most = 1,
				 .phrase = "The most of two weeks for {name} – CPU "
					   "{cpu}, log writes {log}, workers {workers}; "
					   "so it is only new where it was less."});
	rule_out(d, board, row);
	if (tell_of(d, (struct tell){.board = "service-health",
				     .filter = "state:Outage",
				     .most = 1,
				     .phrase = "A coincidence until shown otherwise: "
					       "{title}, since {began}, at the same "
					       "time, which proves nothing."}))
		answer_says(d->out, SAYS_COINCIDENCE);
}

static void answer_failed(struct wording *d)
{
	static const struct tell last = {
		.board = "sql-operations",
		.names = "database,server",
		.order = "started",
		.when = "started",
		.most = 2,
		.phrase =
			"{database} on {server} – {operation} of {started} is {!state}[; "
			"{error}].",
		.none = "There is none: no change of a database is known."};
	static const struct tell size = {.board = "sql",
					 .names = "name",
					 .unless = "role",
					 .most = 1,
					 .phrase = "{name} is {!size} and {status}[; "
						   "being scaled to {target}]. Of a "
						   "change nothing is known.",
					 .only_named = true};
	static const struct tell pool = {
		.board = "agent-scaling",
		.names = "pool",
		.most = 1,
		.phrase = "{pool} was last scaled {!scaled} – {step}[; {evidence}].",
		.only_named = true};
	struct tell tells[] = {last, size, pool};

	if (!d->plan->n_subjects && str_find_nocase(d->question, STR("fail")) >= 0) {
		tells[0].filter = "state:failed";
		tells[0].none = "There is none: no change of a database failed.";
	}
	tell_all(d, tells, COUNT(tells));
}

static const char *size_of(const struct guide_plan *plan)
{
	for (size_t i = 0; i < plan->n_subjects; i++) {
		const char *s = plan->subjects[i];
		size_t n = strlen(s);
		bool is_dtu = n >= 2 && n <= 3 && strchr("SPsp", s[0]) &&
			      isdigit((unsigned char)s[1]) &&
			      isdigit((unsigned char)s[n - 1]);
		bool is_vcore = n > 8 && (str_starts_nocase(str_from(s), STR("GP_")) ||
					  str_starts_nocase(str_from(s), STR("BC_")) ||
					  str_starts_nocase(str_from(s), STR("HS_")));

		if (is_dtu || is_vcore)
			return s;
	}
	return NULL;
}

/* The row of the board limits; NULL: nothing bounds it. */
static const struct row *limit_of(struct wording *d, const struct row *row,
				  const struct board **limits)
{
	const struct board *board = evidence_board(d->e, "limits");

	*limits = board;
	for (size_t i = 0; board && i < board->n_rows; i++)
		if (strcmp(read_text(board, i, "board"), "sql") == 0 &&
		    str_is(row->key, read_text(board, i, "row")))
			return &board->rows[i];
	return NULL;
}

static bool is_allowed(const char *allowed, const char *size)
{
	struct str rest = str_from(allowed), one;

	while (str_next(&rest, ',', &one))
		if (str_eq_nocase(str_trim(one), str_from(size)))
			return true;
	return !allowed[0];
}

/* Said with the rule and its value; true: nothing is proposed. */
static bool is_out_of_bounds(struct wording *d, const struct row *row, const char *size)
{
	const struct board *board;
	const struct row *limit = limit_of(d, row, &board);
	size_t i = limit ? (size_t)(limit - board->rows) : 0;
	const char *state = limit ? read_text(board, i, "state") : "open";
	bool is_shut = strcmp(state, "open") != 0;

	if (!limit || (!is_shut && is_allowed(read_text(board, i, "allowed"), size)))
		return false;
	d->out->type = ANSWER_REFUSE;
	wording_put(d, "Not proposed: ");
	wording_quote(d, str_from(size));
	if (!is_shut &&
	    size_price_hourly(str_from(size)) >
		    size_price_hourly(str_from(read_text(board, i, "ceiling")))) {
		answer_says(d->out, SAYS_OVER_CEILING);
		wording_row(d, " for {what} is above its ceiling of {!ceiling}.", board,
			    limit);
	} else if (!is_shut) {
		wording_row(d, " is not among the sizes {what} may have.", board, limit);
	} else if (strcmp(state, "shut") == 0) {
		answer_says(d->out, SAYS_OUTSIDE_WINDOW);
		wording_row(d,
			    " for {what} is outside its window {!window}[; it opens "
			    "{opens}].",
			    board, limit);
	} else {
		wording_row(d, " for {what} is {!state}[ - {why}].", board, limit);
	}
	wording_row(d,
		    " What is possible instead: a plan on its row of `:sql`[ for one of "
		    "{allowed}][ from {opens} on]; `:limits` has the rule.\n",
		    board, limit);
	return true;
}

static void propose(struct wording *d, const struct board *board, const struct row *row,
		    const char *size)
{
	char proposal[600];

	snprintf(proposal, sizeof(proposal), "sql-scale sql/%.*s size=%s",
		 STR_ARG(row->key), size);
	answer_propose(d->out, proposal);
	d->out->type = ANSWER_PROPOSE;
	wording_row(
		d, "Proposed, and nothing more: `sql-scale` for {name}, from {!size} to ",
		board, row);
	wording_quote(d, str_from(size));
	wording_row(d,
		    ". It is {status}, with CPU {cpu}[ and storage {storage}]; "
		    "connections drop once, when it is done.\n",
		    board, row);
	wording_admit(d, SAYS_NEEDS_APPROVAL,
		      "It has to be approved: plan it on its row of `:sql`, where what "
		      "it changes and costs is shown first; scaling back undoes it.\n");
}

static void ask_size(struct wording *d, const struct board *board, const struct row *row)
{
	const struct board *limits;
	const struct row *limit;

	d->out->type = ANSWER_ASK;
	wording_admit(d, SAYS_AMBIGUOUS,
		      "To which size, that is: which one of those that ");
	wording_row(d, "{name} can have? It is {!size} now.\n", board, row);
	limit = limit_of(d, row, &limits);
	if (limit)
		wording_row(d,
			    "By the rules for changes it is {state}[, for one of "
			    "{allowed}][, within {window}][; it opens {opens}].\n",
			    limits, limit);
	tell_of(d,
		(struct tell){
			.board = "sql-advice",
			.names = "name",
			.most = 1,
			.phrase = "Advice from its load: {verdict}[, {to}][; {why}]."});
	answer_ask(d->out, "a size such as S3, P2, GP_Gen5_4 or BC_Gen5_8");
}

static void answer_scale(struct wording *d)
{
	const char *size = size_of(d->plan);
	const struct board *board;
	const struct row *row = tell_one(d, &one_database, &board);

	if (!row)
		return;
	if (wording_is_known(board, row, "pool") && !size) {
		d->out->type = ANSWER_FACT;
		wording_row(d,
			    "{name} is in the pool {!pool} and does not scale by itself: "
			    "its pool does, by `sql-pool-scale` on `:sql-pools`.\n",
			    board, row);
	} else if (!size) {
		ask_size(d, board, row);
	} else if (!is_out_of_bounds(d, row, size)) {
		propose(d, board, row, size);
	}
}

const struct family_row family_sql[] = {
	{.kind = GUIDE_SQL_STATE,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "sql",
		    .names = "name,server,workload,pool",
		    .unless = "role",
		    .most = 3,
		    .phrase = "{name} on {server} is {!size}[ ({tier})], {status}[, CPU "
			      "{cpu}][, storage {storage}][, being scaled to {target}][, "
			      "in the pool {pool}].",
		    .none = "There is none: no database is read."},
		   {.board = "sql-pools",
		    .names = "name,server",
		    .most = 3,
		    .phrase = "{name} on {server} is {!size}, {state}[, CPU {cpu}][, "
			      "storage {storage}].",
		    .only_named = true}},
	 .follow_ups = {"Why is it slow?", "When does it scale down?"}},
	{.kind = GUIDE_SQL_SLOW,
	 .type = ANSWER_DIAG,
	 .answer = answer_slow,
	 .runbook = "sql slow",
	 .follow_ups = {"What changed in the last hour?", "Did the last scaling work?"}},
	{.kind = GUIDE_SQL_FAILED,
	 .type = ANSWER_FACT,
	 .answer = answer_failed,
	 .runbook = "sql scale stuck",
	 .follow_ups = {"What tier is it on?"}},
	{.kind = GUIDE_SQL_SCALE,
	 .type = ANSWER_PROPOSE,
	 .answer = answer_scale,
	 .follow_ups = {"Why is it slow?", "When does it scale down?"}},
	{.kind = GUIDE_UNCLEAR},
};
