/* Schedules: what is on outside its hours, and what comes next. See family.h. */
#include "guide/family.h"

const struct family_row family_hours[] = {
	{.kind = GUIDE_HOURS_DRIFT,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "off-hours",
		    .names = "what,where",
		    .order = "monthly",
		    .most = 3,
		    .phrase = "{what} is {!is} and should be {want}[, since {since}][; "
			      "it has cost {spent}][; {missed}].",
		    .none = "There is none: everything with a schedule is as intended."},
		   {.board = "sql-schedules",
		    .names = "name",
		    .most = 3,
		    .phrase = "{name} is {!drift}, at {size}, where {want} is intended[; "
			      "{error}].",
		    .only_named = true}},
	 .follow_ups = {"What does the schedule do next?", "What costs most?"}},
	{.kind = GUIDE_HOURS_NEXT,
	 .type = ANSWER_FACT,
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
		    .only_named = true}},
	 .follow_ups = {"What is still on outside business hours?"}},
	{.kind = GUIDE_UNCLEAR},
};
