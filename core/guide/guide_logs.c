/* Logs, as far as boards have them: counts, patterns and alerts. Lines themselves are read
 * by the log pane, and an answer says so. See family.h. */
#include "base/count.h"
#include "guide/family.h"

static void answer_first(struct wording *d)
{
	static const struct tell alerts = {
		.board = "alerts",
		.names = "alert,on,group",
		.order = "-since",
		.when = "since",
		.most = 3,
		.head = "Alerts, the earliest first:\n",
		.phrase = "{since} – {!alert} on {on} ({condition})[ – {about}]{@A}.",
		.none = "There is none: no alert fired then."};
	static const struct tell patterns = {
		.board = "log-patterns",
		.filter = "level:error state:new",
		.order = "lines",
		.most = 1,
		.phrase = "New in the logs: {container} with {lines} lines like "
			  "\"{like}\"[, the first at {first}]; that it is new does not "
			  "make it the cause.",
		.is_extra = true};

	static const struct tell named = {.board = "log-patterns",
					  .names = "container,namespace",
					  .filter = "level:error",
					  .order = "-first",
					  .most = 3,
					  .phrase = "{container} – {!lines} lines like "
						    "\"{like}\", the first at {first}, "
						    "the last at {last}.",
					  .only_named = true};
	const struct tell tells[] = {alerts, named};

	tell_all(d, tells, 2);
	if (d->out->type != ANSWER_DIAG)
		return;
	tell_all(d, &patterns, 1);
	wording_admit(d, SAYS_UNKNOWN,
		      "Which log line came first is not known here: `:logs` shows them "
		      "in order. What fired first may still follow from something that "
		      "fired nothing.\n");
}

static void answer_trace(struct wording *d)
{
	static const struct tell lines = {
		.board = "log-lines",
		.names = "trace",
		.order = "-at",
		.most = 3,
		.phrase = "{at} – {container} ({level}): \"{text}\"{@L}.",
		.only_named = true};
	static const struct tell activity = {
		.board = "activity",
		.names = "correlation",
		.order = "-when",
		.most = 3,
		.phrase = "{when} – {what} on {on} by {who}, {!state}.",
		.none = "There is none: nothing has that correlation."};

	if (tell_rows(d, &lines) == TELL_SAID)
		return;
	tell_all(d, &activity, 1);
	if (d->out->type == ANSWER_UNKNOWN)
		wording_put(d, "It would come from the logs: `azdeck logs --grep` looks "
			       "for it there.\n");
}

static void answer_show(struct wording *d)
{
	struct tell tells[] = {
		{.board = "log-patterns",
		 .names = "container,namespace",
		 .order = "lines",
		 .most = 2,
		 .phrase = "{container} ({level}) – lines like \"{like}\": {!lines} of "
			   "late.",
		 .none = "There is none: no line has come."},
		{.board = "log-lines",
		 .names = "container,namespace,pod",
		 .order = "at",
		 .most = 3,
		 .head = "The newest errors:\n",
		 .phrase = "{at} – {container}: \"{text}\"[, trace {trace}]{@L}.",
		 .is_extra = true},
		{.board = "log-storms",
		 .names = "container,namespace",
		 .order = "lines",
		 .most = 1,
		 .phrase = "{container} logged {!lines} errors of late and is "
			   "{state}; the lines themselves are on `:logs`.",
		 .is_extra = true},
		{.board = "log-silence",
		 .names = "subject",
		 .most = 1,
		 .phrase = "{subject} is {state} – {why}.",
		 .only_named = true}};

	/* "What is new in the logs?" */
	if (str_find_nocase(d->question, STR("new")) >= 0 &&
	    str_find_nocase(d->question, STR("newest")) < 0 &&
	    !tell_is_named(d, tells, COUNT(tells))) {
		tells[0].filter = "state:new";
		tells[0].most = 4;
		tells[0].none = "There is none: nothing was logged for the first time.";
		tell_all(d, tells, 1);
		return;
	}
	tell_all(d, tells, COUNT(tells));
}

/* What is followed says it of itself; of what is not, the workspace knows a part. */
static void answer_stream(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "log-streams",
		 .names = "source",
		 .most = 2,
		 .phrase = "{source} is {state}[, {!rate} lines a minute][, {error_rate} "
			   "of "
			   "them errors][, {lag} behind]; {dropped} lines that came are "
			   "kept "
			   "no longer[, the oldest is of {kept}][; {why}].",
		 .is_extra = true},
		{.board = "log-storms",
		 .names = "container,namespace",
		 .order = "lag",
		 .most = 2,
		 .phrase =
			 "{container} – its newest error or warning is {!lag} old, with "
			 "{rate} errors a minute.",
		 .none = "There is none: no container logs errors."},
		{.board = "log-workspaces",
		 .names = "name",
		 .most = 2,
		 .phrase = "{name} keeps {!retention} of its logs and is {state}.",
		 .is_extra = true}};
	const struct board *followed = evidence_board(d->e, "log-streams");

	tell_all(d, tells, COUNT(tells));
	if (d->out->type == ANSWER_FACT && (!followed || !followed->n_rows))
		wording_put(d,
			    "How many lines were let go of, only a log that is followed "
			    "knows (`:log-streams`), and there is none now.\n");
}

const struct family_row family_logs[] = {
	{.kind = GUIDE_LOG_FIRST,
	 .type = ANSWER_DIAG,
	 .answer = answer_first,
	 .follow_ups = {"What changed in the last hour?", "How many errors are there?"}},
	{.kind = GUIDE_LOG_RATE,
	 .type = ANSWER_FACT,
	 .tells = {{.board = "log-patterns",
		    .names = "container,namespace",
		    .filter = "level:error",
		    .order = "lines",
		    .most = 2,
		    .phrase = "{container} – {!lines} error lines like \"{like}\"[, "
			      "{before} in the span before].",
		    .none = "There is none: no container logs errors now."},
		   {.board = "log-storms",
		    .names = "container,namespace",
		    .order = "rate",
		    .most = 1,
		    .phrase = "{container} logs {rate} errors a minute in all and is "
			      "{state}.",
		    .is_extra = true}},
	 .follow_ups = {"What failed first?", "What changed in the last hour?"}},
	{.kind = GUIDE_LOG_SHOW,
	 .type = ANSWER_FACT,
	 .answer = answer_show,
	 .follow_ups = {"How many errors are there?", "What failed first?"}},
	{.kind = GUIDE_LOG_STREAM,
	 .type = ANSWER_FACT,
	 .answer = answer_stream,
	 .follow_ups = {"How many errors are there?"}},
	{.kind = GUIDE_LOG_TRACE,
	 .type = ANSWER_FACT,
	 .answer = answer_trace,
	 .follow_ups = {"What changed in the last hour?"}},
	{.kind = GUIDE_UNCLEAR},
};
