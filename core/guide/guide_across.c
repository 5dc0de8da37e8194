/* Across panes: what changed, what is wrong, what to hand over, and what a row or a word
 * on it means. See family.h. */
#include "guide/family.h"

#include "answer/field.h"
#include "board/def.h"

#define WRONG "{what} ({on}) is {state} – {!why}, since {since}."

static const struct tell critical = {.board = "attention",
				     .filter = "state:critical",
				     .most = 2,
				     .phrase = WRONG,
				     .none = "There is none that is critical."};

static void answer_open(struct wording *d)
{
	static const struct tell named = {.board = "attention",
					  .names = "what,area,board",
					  .most = 3,
					  .phrase = WRONG,
					  .only_named = true};

	if (!wording_board(d, "attention"))
		return;
	if (d->plan->n_subjects || d->plan->here_key[0]) {
		enum tell_result result = tell_rows(d, &named);

		if (result == TELL_SAID)
			return;
		if (d->plan->n_subjects) {
			wording_put(d, "Nothing about ");
			wording_quote(d, str_from(d->plan->subjects[0]));
			wording_admit(
				d, SAYS_NONE_FOUND,
				" needs attention: of what does, none is called so. ");
		}
	}
	wording_field(d, "attention.count[critical]");
	wording_put(d, " things are critical and ");
	wording_field(d, "attention.count[warning]");
	wording_put(d, " are warnings, worst first:\n");
	tell_all(d, &critical, 1);
}

static void answer_handover(struct wording *d)
{
	static const struct tell parts[] = {
		{.board = "attention",
		 .filter = "state:critical",
		 .most = 5,
		 .head = "**Critical**\n\n",
		 .phrase = WRONG,
		 .is_extra = true},
		{.board = "alerts",
		 .filter = "condition:Fired",
		 .most = 5,
		 .head = "\n**Alerts that fire**\n\n",
		 .phrase = "{alert} on {on}, {!handled}, since {since}.",
		 .is_extra = true},
		{.board = "approvals",
		 .filter = "state:pending",
		 .most = 5,
		 .head = "\n**Waiting for approval**\n\n",
		 .phrase = "{pipeline} {build} asks {approvers}, since {!since}.",
		 .is_extra = true},
		{.board = "off-hours",
		 .most = 3,
		 .head = "\n**Off what is intended**\n\n",
		 .phrase = "{what} is {!is} and should be {want}.",
		 .is_extra = true},
		{.board = "slo",
		 .filter = "source:combined",
		 .least = SEV_WARN,
		 .most = 3,
		 .head = "\n**Error budgets**\n\n",
		 .phrase = "{workload} – {!state}, {used} of its budget is used.",
		 .is_extra = true},
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		(void)tell_rows(d, &parts[i]);
	if (!d->known)
		wording_admit(d, SAYS_NONE_FOUND, "There is none: nothing is open.\n");
	wording_put(d, "\n`azdeck handover` writes the whole of it as Markdown.\n");
	d->known++;
}

/* Of what is behind us, which the audit log knows. */
static bool asks_who_approved(struct str question)
{
	return str_find_nocase(question, STR("who approved")) >= 0 ||
	       str_find_nocase(question, STR("approved by")) >= 0 ||
	       str_find_nocase(question, STR("who signed")) >= 0;
}

/* Changes that were planned here, and runs of pipelines that are held. */
static void answer_approvals(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "plans",
		 .names = "target,id",
		 .filter = "state:proposed",
		 .order = "made",
		 .most = 3,
		 .phrase =
			 "`{action}` of {target}[ with {params}] is {!state} by {by} and "
			 "has to be approved – {quorum}; it expires {expires}.",
		 .is_extra = true},
		{.board = "plans",
		 .names = "target,id",
		 .most = 2,
		 .phrase = "{action} of {target} is {!state}[, approved by {approver}][; "
			   "{why}].",
		 .only_named = true},
		{.board = "approvals",
		 .names = "pipeline,build",
		 .filter = "state:pending",
		 .most = 3,
		 .phrase = "{pipeline} {build} asks {!approvers}, since {since}.",
		 .none = "There is none: nothing waits for an approval."}};
	static const struct tell approved = {
		.board = "audit",
		.names = "on",
		.filter = "kind:change approved:/./",
		.order = "at",
		.most = 3,
		.phrase = "{what} of {on} was approved by {!approved}, {at}; it is "
			  "{state}.",
		.none = "There is none: no change of azdeck's has been approved here."};

	if (asks_who_approved(d->question))
		tell_all(d, &approved, 1);
	else
		tell_all(d, tells, 3);
}

static void put_about(struct wording *d, const struct board_def *def,
		      const struct state_about *about)
{
	strbuf_printf(&d->text, "On `:%s`, %s means: %s", def->name, about->word,
		      about->means ? about->means : "");
	if (about->todo)
		strbuf_printf(&d->text, " To do: %s", about->todo);
	wording_put(d, "\n");
	d->known++;
}

/* Of the row under the cursor: what it is, and what its worst cell means. */
static bool explain_row(struct wording *d)
{
	const struct board *board = evidence_board(d->e, d->plan->here_board);
	ptrdiff_t i = board && d->plan->here_key[0]
			      ? board_find(board, str_from(d->plan->here_key))
			      : -1;
	const struct row *row = i >= 0 ? &board->rows[i] : NULL;

	if (!row)
		return false;
	for (size_t c = 0; c < board->def->n_columns; c++) {
		const struct column *column = &board->def->columns[c];
		const struct cell *cell = &row->cells[c];

		if (cell->is_null || column->type == CELL_SERIES ||
		    (c > 0 && cell->sev < SEV_INFO))
			continue;
		strbuf_printf(&d->text, "- %s: [S:", column->title);
		(void)field_name_cell(&d->text, board, row, column);
		wording_put(d, "]\n");
		d->known++;
	}
	for (size_t c = 0; c < board->def->n_columns; c++) {
		const struct cell *cell = &row->cells[c];
		const struct state_about *about =
			cell->is_null || !cell->text || !cell->text[0]
				? NULL
				: board_def_state(board->def, str_from(cell->text));

		if (about)
			put_about(d, board->def, about);
	}
	if (board->def->about)
		strbuf_printf(&d->text, "\n%s\n", board->def->about);
	return true;
}

/* A word that boards know as a state. */
static bool explain_word(struct wording *d, struct str word)
{
	enum { MOST = 3 };
	size_t n = 0;

	for (size_t i = 0; d->e->library && n < MOST && i < library_size(d->e->library);
	     i++) {
		const struct board_def *def = library_at(d->e->library, i);
		const struct state_about *about = def ? board_def_state(def, word) : NULL;

		if (!about)
			continue;
		put_about(d, def, about);
		n++;
	}
	return n > 0;
}

/* Whose calls end here, and where its own go: a name can be either, or both. */
static void answer_depends(struct wording *d)
{
	static const struct tell callers = {
		.board = "dependencies",
		.names = "upstream,target",
		.order = "failed_pct",
		.most = 6,
		.head = "What calls it:\n",
		.phrase = "{service} calls {!upstream} – {calls} times a minute, "
			  "{failed_pct} "
			  "of them fail; it is {state}.",
		.only_named = true};
	static const struct tell called = {
		.board = "dependencies",
		.names = "service",
		.order = "failed_pct",
		.most = 6,
		.head = "What it calls:\n",
		.phrase = "{service} calls {!upstream} – {calls} times a minute, "
			  "{failed_pct} "
			  "of them fail; it is {state}.",
		.none = "There is none: no call was seen of late."};
	enum tell_result up, down;

	if (!wording_board(d, "dependencies"))
		return;
	up = tell_rows(d, &callers);
	down = tell_rows(d, &called);
	if (up == TELL_NOT_FOUND && down == TELL_NOT_FOUND)
		tell_not_found(d, evidence_board(d->e, "dependencies"), "upstream");
	else
		wording_put(d, "\nThese are calls that were seen; what was not seen may "
			       "depend on it all the same.\n");
}

static void answer_audit(struct wording *d)
{
	static const struct tell tells[] = {
		{.board = "audit",
		 .filter = "kind:log",
		 .most = 1,
		 .phrase =
			 "The audit log is {!state}[, its last entry of {at}][ – {why}].",
		 .none = "There is none: no audit log is kept here."},
		{.board = "audit-entries",
		 .order = "n",
		 .most = 1,
		 .phrase = "Its newest entry is number {n}, of the kind {kind}[ on "
			   "{on}][ by "
			   "{by}], {proof}; its hash is {!hash}.",
		 .is_extra = true}};

	tell_all(d, tells, 2);
}

static void answer_models(struct wording *d)
{
	static const struct tell models = {
		.board = "ai",
		.names = "name,model",
		.most = 4,
		.phrase = "{name} ({model}) is {!state}[ – {why}][; it is asked by "
			  "{routes}]; "
			  "it answered {tokens_out} tokens[ for {money}].",
		.none = "There is none: no model is configured, and the guide answers by "
			"rule."};
	static const struct tell budget = {
		.board = "ai",
		.most = 1,
		.phrase = "Of what models may cost today [{budget_left} is left].",
		.is_extra = true};
	const struct board *board = evidence_board(d->e, "ai");

	tell_all(d, &models, 1);
	if (board && board->n_rows &&
	    wording_is_known(board, &board->rows[0], "budget_left"))
		tell_all(d, &budget, 1);
}

static void answer_explain(struct wording *d)
{
	bool is_said = false;

	for (size_t i = 0; i < d->plan->n_subjects; i++)
		is_said |= explain_word(d, str_from(d->plan->subjects[i]));
	if (is_said || (!d->plan->n_subjects && explain_row(d)))
		return;
	d->out->type = ANSWER_UNKNOWN;
	if (d->plan->n_subjects) {
		wording_admit(d, SAYS_NOT_FOUND, "As a state there is no ");
		wording_quote(d, str_from(d->plan->subjects[0]));
		wording_put(d, " on any board. ");
		answer_unknown(d->out, d->plan->subjects[0]);
	}
	wording_admit(d, SAYS_UNKNOWN,
		      "What that means is not known: ask it of a row, or of a word of a "
		      "board's state column.\n");
}

const struct family_row family_across[] = {
	{.kind = GUIDE_ACROSS_CHANGED,
	 .type = ANSWER_FACT,
	 .absent = "Of something that is there all the same no change is known, then.\n",
	 .tells = {{.board = "activity",
		    .names = "on,group,who",
		    .order = "when",
		    .when = "when",
		    .most = 3,
		    .phrase = "{when} – {!what} on {on} by {who}, {state}{@C}.",
		    .none = "There is none: no change is known of that time."},
		   {.board = "changes",
		    .names = "what",
		    .filter = "before:/./ after:/./",
		    .order = "at",
		    .when = "at",
		    .most = 2,
		    .phrase = "{at} – {column} of {what} went from {before} to {after}.",
		    .is_extra = true},
		   {.board = "sql-operations",
		    .names = "database,server",
		    .order = "started",
		    .when = "started",
		    .most = 2,
		    .phrase = "{started} – {operation} of {database}, {!state}{@C}.",
		    .only_named = true},
		   {.board = "k8s-deployments",
		    .names = "name",
		    .most = 2,
		    .phrase = "{name} in {cluster} runs {!image} and is {state}, since "
			      "{since}; who rolled it out is not known here.",
		    .only_named = true},
		   {.board = "deployments",
		    .names = "name,group",
		    .order = "when",
		    .when = "when",
		    .most = 2,
		    .phrase = "{when} – {name} in {group}, {!state}[; {message}]{@C}.",
		    .only_named = true}},
	 .follow_ups = {"What is wrong now?", "What failed first?"}},
	{.kind = GUIDE_ACROSS_OPEN,
	 .type = ANSWER_FACT,
	 .answer = answer_open,
	 .follow_ups = {"What changed in the last hour?",
			"What does the next shift have to know?"}},
	{.kind = GUIDE_ACROSS_HANDOVER,
	 .type = ANSWER_FACT,
	 .answer = answer_handover,
	 .follow_ups = {"What changed in the last hour?"}},
	{.kind = GUIDE_ACROSS_APPROVALS,
	 .type = ANSWER_FACT,
	 .answer = answer_approvals,
	 .follow_ups = {"What waits in the queue?", "What changed in the last hour?"}},
	{.kind = GUIDE_ACROSS_DEPENDS,
	 .type = ANSWER_FACT,
	 .answer = answer_depends,
	 .follow_ups = {"What changed in the last hour?", "What is wrong now?"}},
	{.kind = GUIDE_ACROSS_AUDIT,
	 .type = ANSWER_FACT,
	 .answer = answer_audit,
	 .follow_ups = {"What waits for an approval?"}},
	{.kind = GUIDE_ACROSS_MODELS, .type = ANSWER_FACT, .answer = answer_models},
	{.kind = GUIDE_EXPLAIN, .type = ANSWER_FACT, .answer = answer_explain},
	{.kind = GUIDE_UNCLEAR},
};
