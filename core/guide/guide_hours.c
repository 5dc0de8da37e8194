/* Schedules: what is on outside its hours, and what comes next. See family.h. */
#include "base/count.h"
#include "guide/family.h"

#define NO_SCHEDULE                                                                      \
	"Something that is there all the same has no schedule that can be read.\n"

static bool is_about(struct str question, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_nocase(question, str_from(words[i])) >= 0)
			return true;
	return false;
}

/* Of one kind of thing, where the question says which. */
static const char *filter_of(struct str question)
{
	static const char *const machines[] = {"vm", "machine"};
	static const char *const databases[] = {"db", "database", "sql"};
	static const char *const nodes[] = {"node", "aks", "cluster"};

	if (is_about(question, machines, COUNT(machines)))
		return "kind:machine";
	if (is_about(question, databases, COUNT(databases)))
		return "kind:database";
	return is_about(question, nodes, COUNT(nodes)) ? "kind:nodes" : NULL;
}

static void answer_drift(struct wording *d)
{
	struct tell tells[] = {
		{.board = "off-hours",
		 .names = "what,where",
		 .order = "monthly",
		 .most = 3,
		 .phrase =
			 "{what} is {!is} and should be {want}[, since {since}][; it has "
			 "cost {spent}][; {missed}].",
		 .none = "There is none: what has a schedule is as intended."},
		{.board = "sql-schedules",
		 .names = "name",
		 .most = 3,
		 .phrase = "{name} on {server} is {!drift}, at {size}, where {want} is "
			   "intended; it goes {then} at {next}[; {error}].",
		 .only_named = true},
		{.board = "schedules",
		 .names = "name,place",
		 .most = 3,
		 .phrase = "{name} is {!drift}, at {size}, where {want} is intended; it "
			   "goes {then} at {next}[; {error}].",
		 .only_named = true}};

	if (!tell_is_named(d, tells, COUNT(tells)))
		tells[0].filter = filter_of(d->question);
	tell_all(d, tells, COUNT(tells));
}

const struct family_row family_hours[] = {
	{.kind = GUIDE_HOURS_DRIFT,
	 .type = ANSWER_FACT,
	 .absent = NO_SCHEDULE,
	 .answer = answer_drift,
	 .follow_ups = {"What does the schedule do next?", "What costs most?"}},
	{.kind = GUIDE_HOURS_NEXT,
	 .type = ANSWER_FACT,
	 .absent = NO_SCHEDULE,
	 .tells = {{.board = "sql-schedules",
		    .names = "name,server",
		    .order = "-next",
		    .most = 3,
		    .phrase = "{name} on {server} goes {then} at {!next}; now it is "
			      "{size}, {drift}[; it leaves out {skip}][; {error}].",
		    .none = "There is none: no database has a schedule."},
		   {.board = "off-hours",
		    .names = "what",
		    .most = 3,
		    .phrase = "{what} is {is}; its schedule changes at {!next}.",
		    .only_named = true},
		   {.board = "schedules",
		    .names = "name,place",
		    .most = 3,
		    .phrase =
			    "{name} goes {then} at {!next}; now it is {size}, {drift}[; "
			    "{error}].",
		    .only_named = true}},
	 .follow_ups = {"What is still on outside business hours?"}},
	{.kind = GUIDE_UNCLEAR},
};
