/* Drafts against evidence: what is filled in, kept and struck. */
#include "base/count.h"
#include "unit/check.h"
#include "unit/ground_bench.h"

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
	ground_bench_check(cases, COUNT(cases), "");
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
	ground_bench_check(cases, COUNT(cases), "");
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
		{"classes and shares", "5xx at p99, T-SQL, service-level.",
		 "5xx at p99, T-SQL, service-level.", ""},
		{"views of SQL", "`SELECT * FROM sys.dm_exec_requests`",
		 "`SELECT * FROM sys.dm_exec_requests`", ""},
		{"span of a board",
		 "Most of two weeks is [S:sql[x].cpu_p99_14d]; two weeks.",
		 "Most of two weeks is 46% [1]; two weeks.", ""},
		{"span of no board", "Most of two weeks is " CPU,
		 "Most of (unchecked) weeks is 80% [1]", "two|"},
		{"workload of the configuration", "Atlas and Qodex.", "Atlas and Qodex.",
		 ""},
		{"name of a reference", "atlas-orders is at " CPU ".",
		 "atlas-orders is at 80% [1].", ""},
		{"name of a reference behind it", CPU " is what atlas-orders uses.",
		 "80% [1] is what atlas-orders uses.", ""},
		{"name of an earlier block", CPU "\n\natlas-orders.",
		 "80% [1]\n\natlas-orders.", ""},
		{"name of a count", "[S:agents.count[vm-77]] of vm-77",
		 "0 [1] of (unchecked)", "vm-77|"},
		{"name of a later block", "atlas-orders.\n\n" CPU,
		 "(unchecked).\n\n80% [1]", "atlas-orders|"},
	};

	(void)state;
	ground_bench_check(cases, COUNT(cases), "");
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
	ground_bench_check(cases, COUNT(cases), "will db-payments pass 95%?");
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
	ground_bench_check(cases, COUNT(cases), "");
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
	ground_bench_check(cases, COUNT(cases), "");
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
	ground_bench_check(cases, COUNT(cases), "");
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
	};

	return cmocka_run_group_tests(tests, ground_bench_make, ground_bench_drop);
}
