/* Drafts against evidence: what is filled in, kept, said and struck. */
#include "answer/ground.h"

#include <stdio.h>
#include <stdlib.h>

#include "answer/field.h"
#include "base/count.h"
#include "board/def.h"
#include "unit/answer_world.h"
#include "unit/check.h"
#include "unit/scratch.h"

static const struct {
	const char *board, *rows;
} boards[] = {
	{"sql",
	 "[{\"name\":\"atlas-orders\",\"server\":\"sql-weu\",\"tier\":"
	 "\"BusinessCritical\","
	 "\"size\":\"BC_Gen5_8\",\"cpu\":80.108,\"used\":335922792518},"
	 "{\"name\":\"atlas-catalog\",\"server\":\"sql-weu\",\"tier\":\"GeneralPurpose\","
	 "\"size\":\"GP_Gen5_4\",\"cpu\":null},"
	 "{\"key\":\"/n/dup\",\"name\":\"dup\",\"server\":\"sql-weu\"},"
	 "{\"key\":\"/m/dup\",\"name\":\"dup\",\"server\":\"sql-neu\"}]"},
	{"budgets", "[{\"name\":\"budget-atlas\",\"used_pct\":37.06,\"amount\":18030,"
		    "\"spent\":6682.726824}]"},
	{"dr-groups",
	 "[{\"name\":\"fog-atlas\",\"lag\":945,\"lag_age\":\"2026-03-11T10:10:00Z\","
	 "\"state\":\"CATCH_UP\",\"databases\":3}]"},
	{"certs", "[{\"endpoint\":\"www.atlas.example\",\"left\":86.569,"
		  "\"ends\":\"2026-06-06T00:00:00Z\",\"issuer\":\"Let's | `Encrypt`\"}]"},
	{"agents", "[{\"name\":\"build-01\",\"state\":\"offline\","
		   "\"since\":\"2026-03-11T07:10:30Z\",\"version\":\"4.248.0\"}]"},
	{"alerts",
	 "[{\"key\":\"/alerts/1\",\"alert\":\"sql-storage-95\",\"on\":\"atlas-audit\","
	 "\"since\":\"2026-03-07T05:10:00Z\",\"level\":\"2\"}]"},
	{"drills", "[{\"key\":\"d1\",\"subject\":\"rp-atlas\",\"workload\":\"Atlas\","
		   "\"kind\":\"failover\",\"started\":\"2026-01-29T09:00:00Z\"}]"},
};

static struct world world;

static int setup(void **state)
{
	struct err err;
	size_t n;

	if (scratch_make(state))
		return 1;
	world_init(&world);
	for (size_t i = 0; i < COUNT(boards); i++)
		world_add(&world, boards[i].board, boards[i].rows);
	world.evidence.knowledge = knowledge_new(NULL, 0, &err);
	assert_non_null(world.evidence.knowledge);
	assert_true(knowledge_refresh(world.evidence.knowledge, &n, &err));
	return 0;
}

static int teardown(void **state)
{
	knowledge_free(world.evidence.knowledge);
	world_fini(&world);
	return scratch_drop(state);
}

/* CPU is "[S:sql[atlas-orders].cpu_pct]", and so on. */
#define CPU    "[S:sql[atlas-orders].cpu_pct]"
#define TIER   "[S:sql[atlas-orders].tier]"
#define SKU    "[S:sql[atlas-orders].sku]"
#define USED   "[S:sql[sql-weu/atlas-orders].used]"
#define SPENT  "[S:cost.budget[budget-atlas].spent]"
#define LAG    "[S:dr.group[fog-atlas].lag_sec]"
#define LAG_AT "[S:dr.group[fog-atlas].lag_as_of]"
#define LEFT   "[S:cert[www.atlas.example].days_left]"
#define ENDS   "[S:cert[www.atlas.example].not_after]"
#define SEEN   "[S:agent[build-01].last_seen]"

struct ground_case {
	const char *name, *draft, *prose;
	const char *struck; /* what was, "|" behind each; "" */
};

static void check_cases(const struct ground_case *cases, size_t n, const char *question)
{
	for (size_t i = 0; i < n; i++) {
		struct ground_options options = {.question = str_from(question)};
		struct strbuf struck;
		struct answer a;

		answer_init(&a);
		strbuf_init(&struck, 65536);
		ground(str_from(cases[i].draft), &world.evidence, &options, &a);
		check_text(cases[i].name, strbuf_str(&a.prose), cases[i].prose);
		for (size_t k = 0; k < a.n_struck; k++)
			strbuf_printf(&struck, "%s|", a.struck[k].text);
		check_text(cases[i].name, strbuf_str(&struck), cases[i].struck);
		strbuf_fini(&struck);
		answer_fini(&a);
	}
}

static void references_are_filled_in(void **state)
{
	static const struct ground_case cases[] = {
		{"value", "CPU is at " CPU ".", "CPU is at 80% [1].", ""},
		{"twice the same", CPU " and " CPU, "80% [1] and 80% [1]", ""},
		{"two", CPU ", " TIER, "80% [1], BusinessCritical [2]", ""},
		{"money", "Spent: " SPENT, "Spent: €6,682.73 [1]", ""},
		{"moment", "ends " ENDS, "ends 6 Jun [1]", ""},
		{"age", "offline since " SEEN, "offline since 07:10 UTC (3h10m ago) [1]",
		 ""},
		{"null", "CPU of it: [S:sql[atlas-catalog].cpu_pct].",
		 "CPU of it: not known [1].", ""},
		{"no such row", "Its tier: [S:sql[nope].tier].",
		 "Its tier: (there is no such row).", ""},
		{"several rows", "Its tier: [S:sql[dup].tier].",
		 "Its tier: (which one: sql-weu/dup, sql-neu/dup).", ""},
		{"no such field", "Its tier: [S:planets.mars].", "Its tier: (unchecked).",
		 "[S:planets.mars]|"},
		{"not read", "It is [S:vms[x].power].",
		 "It is (not known: its board has not been read).", ""},
		{"version", "CPU " CPU " and [S:sql[atlas-orders].cpu_pct@v7]",
		 "CPU 80% [1] and 80% [1]", ""},
		{"marks in a value", "by [S:cert[www.atlas.example].issuer]",
		 "by Let's \\| \\`Encrypt\\` [1]", ""},
		{"in code", "`az show " CPU "`", "`az show 80% [1]`", ""},
		{"alert", "It fired [A:sql-storage-95].", "It fired [1].", ""},
		{"drill", "It was drilled [D:Atlas].", "It was drilled [1].", ""},
		{"row of a board", "See [A:alerts/sql-storage-95].", "See [1].", ""},
		{"runbook", "Follow [R:sql-slow].", "Follow [1].", ""},
		{"no runbook", "Follow [R:make-coffee].", "Follow (unchecked).",
		 "[R:make-coffee]|"},
		{"no section", "Follow [R:sql-slow#Coffee].", "Follow (unchecked).",
		 "[R:sql-slow#Coffee]|"},
		{"no line", "It says so [L:4711].", "It says so (unchecked).",
		 "[L:4711]|"},
		{"not closed", "CPU is [S:sql[atlas-orders].cpu", "CPU is (unchecked)",
		 "[S:sql[atlas-orders].cpu|"},
		{"not closed on its line", "CPU is [S:sql[atlas\n-orders].cpu]",
		 "CPU is (unchecked)\n-orders].cpu]", "[S:sql[atlas|"},
		{"in another", "CPU [S:sql[" CPU "].tier]", "CPU (unchecked)",
		 "[S:sql[" CPU "].tier]|"},
		{"empty", "CPU [S:]", "CPU (unchecked)", "[S:]|"},
		{"other brackets", "a [link] and [x]", "a [link] and [x]", ""},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

static void written_values_are_compared(void **state)
{
	static const struct ground_case cases[] = {
		{"percent", "at 80 % " CPU, "at 80 % [1]", ""},
		{"percent, more exact", "at 80.1% " CPU, "at 80.1% [1]", ""},
		{"percent in words", "at 80 percent " CPU, "at 80 percent [1]", ""},
		{"percent, wrong", "at 99% " CPU, "at (unchecked) 80% [1]", "99%|"},
		{"percent, cut off", "at 80.2% " CPU, "at (unchecked) 80% [1]", "80.2%|"},
		{"another unit", "at 80 ms " CPU, "at (unchecked) 80% [1]", "80 ms|"},
		{"words between", "At 80 % the CPU is high " CPU ".",
		 "At 80 % the CPU is high [1].", ""},
		{"not of this sentence", "It was 80 %. Now it is " CPU ".",
		 "It was (unchecked). Now it is 80% [1].", "80 %|"},
		{"money", "spent €6,682.73 " SPENT, "spent €6,682.73 [1]", ""},
		{"money, code", "spent 6,683 EUR " SPENT, "spent 6,683 EUR [1]", ""},
		{"money, thousands", "spent €6.7k " SPENT, "spent €6.7k [1]", ""},
		{"money, other", "spent $6,682.73 " SPENT,
		 "spent (unchecked) €6,682.73 [1]", "$6,682.73|"},
		{"span", "behind by 15m45s " LAG, "behind by 15m45s [1]", ""},
		{"span, coarse", "behind by 16 minutes " LAG, "behind by 16 minutes [1]",
		 ""},
		{"span, words", "behind by 15 minutes and 45 seconds " LAG,
		 "behind by 15 minutes and 45 seconds [1]", ""},
		{"span, zero", "The lag is 0 s " LAG ".",
		 "The lag is (unchecked) 15m45s [1].", "0 s|"},
		{"span without unit", "behind by 945 " LAG,
		 "behind by (unchecked) 15m45s [1]", "945|"},
		{"bytes", "uses 313 GiB " USED, "uses 313 GiB [1]", ""},
		{"bytes by thousands", "uses 336 GB " USED, "uses 336 GB [1]", ""},
		{"bytes, wrong", "uses 400 GB " USED, "uses (unchecked) 313 GiB [1]",
		 "400 GB|"},
		{"days", "87 days left " LEFT, "87 days left [1]", ""},
		{"weeks", "87 weeks left " LEFT, "(unchecked) left 87 [1]", "87 weeks|"},
		{"clock", "measured at 10:10 UTC " LAG_AT, "measured at 10:10 UTC [1]",
		 ""},
		{"clock elsewhere", "measured at 11:10 CET " LAG_AT,
		 "measured at 11:10 CET [1]", ""},
		{"clock, wrong zone", "measured at 10:10 CET " LAG_AT,
		 "measured at (unchecked) 10:10 UTC (10m30s ago) [1]", "10:10 CET|"},
		{"clock and day", "at 11 Mar 10:10 UTC " LAG_AT,
		 "at 11 Mar 10:10 UTC [1]", ""},
		{"whole moment", "at 2026-03-11T10:10:00Z " LAG_AT,
		 "at 2026-03-11T10:10:00Z [1]", ""},
		{"day", "ends on June 6, 2026 " ENDS, "ends on June 6, 2026 [1]", ""},
		{"day, wrong", "ends on 7 June " ENDS, "ends on (unchecked) 6 Jun [1]",
		 "7 June|"},
		{"ago", "offline for 3 hours " SEEN, "offline for 3 hours [1]", ""},
		{"ago, wrong", "offline for 5 hours " SEEN,
		 "offline for (unchecked) 07:10 UTC (3h10m ago) [1]", "5 hours|"},
		{"text", "on Business Critical " TIER, "on Business Critical [1]", ""},
		{"text with digits", "size bc_gen5_8 " SKU, "size bc_gen5_8 [1]", ""},
		{"text of another row", "on General Purpose " TIER,
		 "on (unchecked) BusinessCritical [1]", "General Purpose|"},
		{"null", "The CPU is at 0 % [S:sql[atlas-catalog].cpu_pct].",
		 "The CPU is at (unchecked) not known [1].", "0 %|"},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

static void facts_without_reference_are_struck(void **state)
{
	static const struct ground_case cases[] = {
		{"number", "There are 14 of them.", "There are (unchecked) of them.",
		 "14|"},
		{"time", "Since 03:12 UTC.", "Since (unchecked).", "03:12 UTC|"},
		{"date", "On 11 March.", "On (unchecked).", "11 March|"},
		{"month first", "On March 11, 2026 it broke.", "On (unchecked) it broke.",
		 "March 11, 2026|"},
		{"money", "It costs €12.", "It costs (unchecked).", "€12|"},
		{"minus", "It is -5 now.", "It is (unchecked) now.", "-5|"},
		{"words", "Zero lag, three hours, two agents, two reasons.",
		 "(unchecked) lag, (unchecked) hours, (unchecked) agents, two reasons.",
		 "Zero|three|two|"},
		{"other digits", "CPU at ９９ %, ٩٩ or ½ or ⑨.",
		 "CPU at (unchecked) %, (unchecked) or (unchecked) or (unchecked).",
		 "９９|٩٩|½|⑨|"},
		{"entity", "CPU at &#57;&#57; or &half;",
		 "CPU at \\&#(unchecked);\\&#(unchecked); or \\&half;", "57|57|"},
		{"name that there is", "Look at atlas-catalog.", "Look at (unchecked).",
		 "atlas-catalog|"},
		{"name that there is not", "Look at db-payments and orders-audit.",
		 "Look at (unchecked) and orders-audit.", "db-payments|"},
		{"parts of names", "Look at catalog-atlas.", "Look at (unchecked).",
		 "catalog-atlas|"},
		{"host", "It calls evil.example now.", "It calls (unchecked) now.",
		 "evil.example|"},
		{"id", "Trace 4bf92f3577b34da6.", "Trace (unchecked).",
		 "4bf92f3577b34da6|"},
		{"address", "Host 10.0.0.4.", "Host (unchecked).", "10.0.0.4|"},
		{"resource", "See /subscriptions/x/resourceGroups/y.", "See (unchecked).",
		 "/subscriptions/x/resourceGroups/y|"},
		{"mail", "Ask someone@contoso.com.", "Ask (unchecked).",
		 "someone@contoso.com|"},
		{"fake number of a citation", "CPU is high [1].",
		 "CPU is high [(unchecked)].", "1|"},
		{"words with a stroke",
		 "A read-only, on-call, month-to-date, well-known fail-over.",
		 "A read-only, on-call, month-to-date, well-known fail-over.", ""},
		{"boards are ours", "See cost-outlook and dr-readiness.",
		 "See cost-outlook and dr-readiness.", ""},
		{"ordinals, steps, protocols",
		 "The 2nd try; step 3; TLS 1.2, IPv6, HTTP/2 and k8s.",
		 "The 2nd try; step 3; TLS 1.2, IPv6, HTTP/2 and k8s.", ""},
		{"workload of the configuration", "Atlas and Qodex.", "Atlas and Qodex.",
		 ""},
		{"name of a reference", "atlas-orders is at " CPU ".",
		 "atlas-orders is at 80% [1].", ""},
		{"name of a reference behind it", CPU " is what atlas-orders uses.",
		 "80% [1] is what atlas-orders uses.", ""},
		{"name of an earlier block", CPU "\n\natlas-orders.",
		 "80% [1]\n\natlas-orders.", ""},
		{"name of a later block", "atlas-orders.\n\n" CPU,
		 "(unchecked).\n\n80% [1]", "atlas-orders|"},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

static void question_may_be_repeated(void **state)
{
	static const struct ground_case cases[] = {
		{"figure", "No, not 95 % and not 95%.", "No, not 95 % and not 95%.", ""},
		{"name", "There is no db-payments here.", "There is no db-payments here.",
		 ""},
		{"no such row", "[S:sql[db-payments].tier]",
		 "(there is no \"db-payments\")", ""},
		{"a sentence for a name", "[S:sql[the lag is 0].tier]",
		 "(there is no such row)", ""},
		{"other figure", "It is 94 %.", "It is (unchecked).", "94 %|"},
		{"other unit", "It is 95 ms.", "It is (unchecked).", "95 ms|"},
		{"against a reference", "It is 95 % " CPU, "It is 95 % 80% [1]", ""},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "will db-payments pass 95%?");
}

static void structure_survives(void **state)
{
	static const struct ground_case cases[] = {
		{"list", "1. One\n2. Two\n   - three\n10) Ten\n",
		 "1. One\n2. Two\n   - three\n10) Ten\n", ""},
		{"number that is no list's", "1. Wait 30 s\n", "1. Wait (unchecked)\n",
		 "30 s|"},
		{"table", "| db | CPU |\n| --- | ---: |\n| atlas-orders | " CPU " |\n",
		 "| db | CPU |\n| --- | ---: |\n| atlas-orders | 80% [1] |\n", ""},
		{"cell of its own", "| 99% | " CPU " |", "| (unchecked) | 80% [1] |",
		 "99%|"},
		{"heading and marks", "## **Why** _so_\n\n> quoted\n",
		 "## **Why** _so_\n\n> quoted\n", ""},
		{"fence", "```kql\nAppTraces\n| where Level == \"x\"\n\n| count\n```\n",
		 "```kql\nAppTraces\n| where Level == \"x\"\n\n| count\n```\n", ""},
		{"fence with a number", "```\nago(1h)\n```\n",
		 "```\nago((unchecked))\n```\n", "1h|"},
		{"link", "[the docs](https://evil.example/x)", "[the docs] ((unchecked))",
		 "https://evil.example/x|"},
		{"picture", "![x](https://evil.example/x)", "![x] ((unchecked))",
		 "https://evil.example/x|"},
		{"link by name", "[docs][d]\n\n[d]: https://evil.example",
		 "[docs] [d]\n\n[d] : (unchecked)", "https://evil.example|"},
		{"citation is no link", CPU "(https://evil.example)",
		 "80% [1] ((unchecked))", "https://evil.example|"},
		{"citation before a colon", CPU ": x", "80% [1]: x", ""},
		{"citation is no name of a link", "[A:sql-storage-95]: x", "[1] : x", ""},
		{"bare link", "<https://evil.example>", "<(unchecked)>",
		 "https://evil.example|"},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

static void commands_are_struck(void **state)
{
	static const struct ground_case cases[] = {
		{"az", "Run `az sql db delete --name x` now.",
		 "Run `(command struck)` now.", "az sql db delete --name x|"},
		{"az that reads", "Run `az sql db show --name x`.",
		 "Run `az sql db show --name x`.", ""},
		{"in prose", "Then kubectl scale deploy/x down. Wait.",
		 "Then (command struck). Wait.", "kubectl scale deploy/x down|"},
		{"kubectl that reads", "Try kubectl get pods.", "Try kubectl get pods.",
		 ""},
		{"fence", "```sh\nterraform apply -auto-approve\nterraform plan\n```\n",
		 "```sh\n(command struck)\nterraform plan\n```\n",
		 "terraform apply -auto-approve|"},
		{"over two lines", "```sh\naz sql db \\\n  update -n x\n```\n",
		 "```sh\n(command struck)\n```\n", "az sql db \\\n  update -n x|"},
		{"curl", "curl -sS -X POST https://x", "(command struck)",
		 "curl -sS -X POST https://x|"},
		{"curl with a body", "curl --data a=b https://x", "(command struck)",
		 "curl --data a=b https://x|"},
		{"request", "Send DELETE /subscriptions/x to it.",
		 "Send (command struck).", "DELETE /subscriptions/x to it|"},
		{"SQL", "ALTER DATABASE x SET y", "(command struck)",
		 "ALTER DATABASE x SET y|"},
		{"SQL in code", "`drop table x`", "`(command struck)`", "drop table x|"},
		{"words of SQL in prose", "You may drop table locks and alter views.",
		 "You may drop table locks and alter views.", ""},
		{"PowerShell", "Remove-AzSqlDatabase -Name x", "(command struck)",
		 "Remove-AzSqlDatabase -Name x|"},
		{"PowerShell that reads", "Get-AzSqlDatabase", "Get-AzSqlDatabase", ""},
		{"own approval", "azdeck act approve x", "(command struck)",
		 "azdeck act approve x|"},
		{"zone", "Each AZ can restart alone.", "Each AZ can restart alone.", ""},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

static void nothing_reaches_the_terminal(void **state)
{
	static const struct ground_case cases[] = {
		{"colour", "a\033[31mb\033[0m", "ab", ""},
		{"title", "a\033]0;owned\ab", "ab", ""},
		{"clipboard", "a\033]52;c;ZXZpbA==\033\\b", "ab", ""},
		{"eight bits",
		 "a\xc2\x9b"
		 "31mb",
		 "ab", ""},
		{"turned",
		 "a\xe2\x80\xae"
		 "b",
		 "ab", ""},
		{"hidden",
		 "a\xe2\x80\x8b"
		 "b",
		 "ab", ""},
		{"hidden in a reference", "CPU [S\xe2\x80\x8b:sql[atlas-orders].cpu_pct]",
		 "CPU 80% [1]", ""},
		{"hidden in a number",
		 "9\xe2\x80\x8b"
		 "9 %",
		 "(unchecked)", "99 %|"},
		{"no UTF-8",
		 "a\xff"
		 "b",
		 "a\xef\xbf\xbd"
		 "b",
		 ""},
	};

	(void)state;
	check_cases(cases, COUNT(cases), "");
}

/* A claim says where it stands, and in the prose it is under what it claims. */
static void claims_are_complete(void **state)
{
	struct ground_options options = {0};
	const struct claim *claim;
	struct answer a;

	(void)state;
	answer_init(&a);
	ground(STR("At 80 % " CPU ", see [R:sql-slow] and [A:sql-storage-95]."),
	       &world.evidence, &options, &a);
	assert_string_equal(a.prose.p, "At 80 % [1], see [2] and [3].");
	assert_int_equal(a.n_claims, 3);
	claim = &a.claims[0];
	assert_string_equal(claim->ref, "sql[atlas-orders].cpu_pct");
	assert_string_equal(claim->value, "80.108");
	assert_string_equal(claim->text, "80 %");
	assert_true(claim->is_number && !claim->is_stale && !claim->is_unknown);
	assert_int_equal(claim->version, 7);
	assert_string_equal(claim->board, "sql");
	assert_string_equal(claim->key, "atlas-orders");
	check_text("span",
		   str_sub(strbuf_str(&a.prose), claim->begin, claim->end - claim->begin),
		   "80 % [1]");
	assert_int_equal(a.claims[1].kind, CLAIM_RUNBOOK);
	assert_string_equal(a.claims[1].board, "runbooks/sql-slow.md");
	assert_int_equal(a.claims[2].kind, CLAIM_ALERT);
	assert_string_equal(a.claims[2].board, "alerts");
	assert_string_equal(a.claims[2].key, "/alerts/1");
	answer_fini(&a);
}

static const char book[] = "---\n"
			   "title: Scale by hand\n"
			   "---\n"
			   "# Scale by hand\n"
			   "\n"
			   "## Steps\n"
			   "\n"
			   "1. Wait for 15 minutes of quiet, then run\n"
			   "   `az sql db update -n NAME --capacity 4`.\n"
			   "2. Look at `DTU_consumption` for 30 s.\n"
			   "\n"
			   "## Undo\n"
			   "\n"
			   "`az sql db update -n NAME --capacity 8`\n";

/* Commands and figures of a section that is cited may be said in its words; those of
 * another section may not, and a figure alone is no quotation. */
static void runbooks_may_be_quoted(void **state)
{
	static const struct ground_case cases[] = {
		{"as it stands",
		 "By [R:scale-by-hand#Steps]:\n\n"
		 "1. Wait for 15 minutes of quiet, then run\n"
		 "   `az sql db update -n NAME --capacity 4`.\n"
		 "2. Look at DTU_consumption for 30 s.\n",
		 "By [1]:\n\n"
		 "1. Wait for 15 minutes of quiet, then run\n"
		 "   `az sql db update -n NAME --capacity 4`.\n"
		 "2. Look at DTU_consumption for 30 s.\n",
		 ""},
		{"without the citation", "`az sql db update -n NAME --capacity 4`",
		 "`(command struck)`", "az sql db update -n NAME --capacity 4|"},
		{"citation behind it",
		 "`az sql db update -n NAME --capacity 4`\n\n"
		 "[R:scale-by-hand#Steps]",
		 "`(command struck)`\n\n[1]", "az sql db update -n NAME --capacity 4|"},
		{"of another section",
		 "[R:scale-by-hand#Steps] `az sql db update -n NAME --capacity 8`",
		 "[1] `(command struck)`", "az sql db update -n NAME --capacity 8|"},
		{"changed",
		 "[R:scale-by-hand#Steps] `az sql db update -n prod --capacity 4`",
		 "[1] `(command struck)`", "az sql db update -n prod --capacity 4|"},
		{"figure alone", "[R:scale-by-hand#Steps] The lag is 30 s",
		 "[1] The lag is (unchecked)", "30 s|"},
	};
	const char *dirs[] = {scratch_path("")};
	struct knowledge *shipped = world.evidence.knowledge;
	struct err err;
	size_t n;

	(void)state;
	scratch_write("scale-by-hand.md", str_from(book), 0600);
	world.evidence.knowledge = knowledge_new(dirs, 1, &err);
	assert_non_null(world.evidence.knowledge);
	assert_true(knowledge_refresh(world.evidence.knowledge, &n, &err));
	check_cases(cases, COUNT(cases), "");
	knowledge_free(world.evidence.knowledge);
	world.evidence.knowledge = shipped;
}

/* A runbook that another one stands in for says so. */
static void superseded_is_said(void **state)
{
	static const struct ground_case cases[] = {
		{"old", "By [R:scale-by-hand].", "By [1] (superseded by scale-anew).",
		 ""},
	};
	const char *dirs[] = {scratch_path("")};
	struct knowledge *shipped = world.evidence.knowledge;
	struct err err;
	size_t n;

	(void)state;
	scratch_write("scale-by-hand.md", str_from(book), 0600);
	scratch_write("scale-anew.md",
		      STR("---\nsupersedes: [scale-by-hand]\n---\n# Scale anew\n\nx\n"),
		      0600);
	world.evidence.knowledge = knowledge_new(dirs, 1, &err);
	assert_non_null(world.evidence.knowledge);
	assert_true(knowledge_refresh(world.evidence.knowledge, &n, &err));
	check_cases(cases, COUNT(cases), "");
	knowledge_free(world.evidence.knowledge);
	world.evidence.knowledge = shipped;
}

static bool says_so(const char *draft, enum says says, const char *words)
{
	struct ground_options options = {0};
	struct answer a;
	bool is_said;

	answer_init(&a);
	ground(str_from(draft), &world.evidence, &options, &a);
	is_said = answer_has_said(&a, says) &&
		  str_find(strbuf_str(&a.prose), str_from(words)) >= 0;
	answer_fini(&a);
	return is_said;
}

/* What has to be admitted is in the record and in the prose. */
static void age_and_gaps_are_said(void **state)
{
	struct board *board = world_add(&world, "slo",
					"[{\"workload\":\"Atlas\","
					"\"source\":\"combined\","
					"\"slo\":99.9,\"burn_1h\":null}]");

	(void)state;
	board->is_stale = true;
	assert_true(says_so("[S:health[Atlas].slo]", SAYS_STALE, "stale"));
	assert_true(says_so("99.9 % [S:health[Atlas].slo]", SAYS_STALE, "(stale)"));
	board->is_stale = false;
	assert_false(says_so("[S:health[Atlas].slo]", SAYS_STALE, ""));
	assert_true(says_so("[S:health[Atlas].burn_rate]", SAYS_UNKNOWN, "not known"));
	board->is_partial = true;
	assert_true(says_so("[S:health[Atlas].slo]", SAYS_PARTIAL,
			    says_phrase(SAYS_PARTIAL)));
	board->is_partial = false;
	assert_true(says_so("[S:health[Atlas].slo@v6]", SAYS_VERSION_MOVED, "99.9"));
	assert_true(says_so("[S:sql[nope].tier]", SAYS_NOT_FOUND, "there is no"));
	assert_true(says_so("[S:sql[dup].tier]", SAYS_AMBIGUOUS, "which one"));
}

/* Swap two values: the answer follows, and a figure that was true is struck. Null one:
 * it is unknown. The order of the evidence makes no difference. */
static void answers_follow_the_evidence(void **state)
{
	static const struct ground_case swapped[] = {
		{"follows", "a: [S:vms[a].size], b: [S:vms[b].size]",
		 "a: D8 [1], b: D4 [2]", ""},
		{"was true", "a has D4 [S:vms[a].size]", "a has (unchecked) D8 [1]",
		 "D4|"},
	};
	static const struct ground_case nulled[] = {
		{"unknown", "a: [S:vms[a].size]", "a: not known [1]", ""},
	};

	(void)state;
	world_add(&world, "vms",
		  "[{\"name\":\"a\",\"size\":\"D4\"},{\"name\":\"b\",\"size\":\"D8\"}]");
	world_add(&world, "vms",
		  "[{\"name\":\"b\",\"size\":\"D4\"},{\"name\":\"a\",\"size\":\"D8\"}]");
	check_cases(swapped, COUNT(swapped), "");
	world_add(&world, "vms", "[{\"name\":\"a\",\"size\":null}]");
	check_cases(nulled, COUNT(nulled), "");
}

/* Words of the guide are ours; its references are looked at all the same. */
static void our_words_are_kept(void **state)
{
	struct ground_options options = {.is_ours = true};
	struct answer a;

	(void)state;
	answer_init(&a);
	ground(STR("It has 3 parts, at " CPU " and [S:planets.mars]."), &world.evidence,
	       &options, &a);
	assert_string_equal(a.prose.p, "It has 3 parts, at 80% [1] and (unchecked).");
	answer_fini(&a);
}

static void too_long_is_cut(void **state)
{
	struct ground_options options = {0};
	struct strbuf draft;
	struct answer a;

	(void)state;
	strbuf_init(&draft, 1 << 20);
	for (int i = 0; i < 20000; i++)
		strbuf_puts(&draft, "word " CPU "\n");
	answer_init(&a);
	ground(strbuf_str(&draft), &world.evidence, &options, &a);
	assert_true(a.n_struck > 0 && a.n_claims == 1);
	assert_true(a.prose.n < 128 << 10);
	answer_fini(&a);
	strbuf_fini(&draft);
}

static void settled_is_whole_blocks(void **state)
{
	static const struct {
		const char *name, *draft;
		size_t settled;
	} cases[] = {
		{"nothing", "", 0},
		{"a line", "abc", 0},
		{"a line that ends", "abc\n", 0},
		{"a block", "abc\n\n", 5},
		{"a block and more", "abc\n\ndef", 5},
		{"two", "abc\n\ndef\n\ng", 10},
		{"blanks on the line", "abc\n  \ndef", 7},
		{"line ends of two", "abc\r\n\r\ndef", 0},
		{"open fence", "```\na\n\nb", 0},
		{"closed fence", "```\na\n\nb\n```\n\nc", 14},
		{"fence within a fence", "````\n```\n\n````\n\nc", 16},
		{"other fence", "~~~\n```\n\n~~~\n\nc", 14},
		{"code in a line is no fence", "```a``` b\n\nc", 11},
		{"escape", "abc\033\n\ndef\n\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = ground_settled(str_from(cases[i].draft));

		if (n != cases[i].settled)
			fail_msg("case \"%s\": %zu", cases[i].name, n);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_filled_in),
		cmocka_unit_test(written_values_are_compared),
		cmocka_unit_test(facts_without_reference_are_struck),
		cmocka_unit_test(question_may_be_repeated),
		cmocka_unit_test(structure_survives),
		cmocka_unit_test(commands_are_struck),
		cmocka_unit_test(nothing_reaches_the_terminal),
		cmocka_unit_test(claims_are_complete),
		cmocka_unit_test(runbooks_may_be_quoted),
		cmocka_unit_test(superseded_is_said),
		cmocka_unit_test(age_and_gaps_are_said),
		cmocka_unit_test(answers_follow_the_evidence),
		cmocka_unit_test(our_words_are_kept),
		cmocka_unit_test(too_long_is_cut),
		cmocka_unit_test(settled_is_whole_blocks),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
