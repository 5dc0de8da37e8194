/* JMESPath over 10,000 rows: reading the document, then each expression alone.
 * For the comparison with other programs (query_vs_peers.sh) it can also write
 * its document, evaluate one expression, and time a whole command:
 *   bench_query --document | --evaluate EXPR | --time RUNS COMMAND ... */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "query/query.h"

enum { ROWS = 10000, WARM_UP = 5, RUNS = 25, MOST_RUNS = 1000, LARGEST = 64 << 20 };

static const char *const expressions[] = {
	"value[?properties.cpu > `50`].name",
	"value[].{name: name, sku: sku.name, cpu: properties.cpu}",
	"sort_by(value, &name)[].properties.cost",
	"{n: length(value), cost: sum(value[].properties.cost), top: max(value[].name)}",
	"value[?ends_with(name, '7') && tags.env == 'prod'] | [0:10].[name, location]",
	"value[?match(name, '7$')].split(id, '/')[4]",
};

extern char **environ;

/* Figures end in quarters, so that every program prints and adds them alike. */
static void write_document(struct strbuf *out)
{
	static const char *const states[] = {"Online", "Online", "Online", "Scaling",
					     "Paused"};

	strbuf_init(out, LARGEST);
	strbuf_puts(out, "{\"value\":[");
	for (int i = 0; i < ROWS; i++) {
		int name = i * 7919 % 1000003;

		strbuf_printf(out,
			      "%s{\"id\":\"/subscriptions/11111111-2222-3333-4444-"
			      "555555555555/resourceGroups/rg-atlas-%d/providers/"
			      "Microsoft.Sql/servers/sql-%d/databases/orders-%06d\","
			      "\"name\":\"orders-%06d\",\"location\":\"westeurope\","
			      "\"sku\":{\"name\":\"GP_Gen5_%d\",\"tier\":"
			      "\"GeneralPurpose\",\"capacity\":%d},",
			      i ? "," : "", i % 40, i % 300, name, name, i % 16, i % 16);
		strbuf_printf(out,
			      "\"properties\":{\"status\":\"%s\",\"maxSizeBytes\":%d000,"
			      "\"cpu\":%d.%d,\"cost\":%d.25,\"zoneRedundant\":%s,"
			      "\"creationDate\":\"2026-0%d-1%dT04:41:33.937Z\"},"
			      "\"tags\":{\"env\":\"%s\",\"owner\":\"Qodex\"}}",
			      states[i % 5], i % 5000 + 1, i * 31 % 100, i % 4 * 25,
			      i % 900, i % 2 ? "true" : "false", i % 9 + 1, i % 10,
			      i % 3 ? "prod" : "test");
	}
	strbuf_puts(out, "]}\n");
}

static int by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static double median_ms(int64_t *us, size_t n)
{
	qsort(us, n, sizeof(*us), by_value);
	return (double)us[n / 2] / 1000;
}

static void check(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "bench_query: %s\n", err->text);
	exit(1);
}

/* From the text to values, and to a tree of cJSON. */
static double read_ms(struct str text, bool to_tree)
{
	int64_t us[RUNS];

	for (int i = 0; i < RUNS; i++) {
		int64_t start = clock_mono_us();
		struct query_value document;
		cJSON *tree = NULL;
		struct arena arena;
		struct err err = {0};

		arena_init(&arena);
		if (to_tree)
			check((tree = json_parse(text, &json_wire, NULL, &err)), &err);
		else
			check(query_read(text, &json_wire, &arena, &document, &err),
			      &err);
		arena_fini(&arena);
		cJSON_Delete(tree);
		us[i] = clock_mono_us() - start;
	}
	return median_ms(us, RUNS);
}

static double evaluate_ms(const char *expression, const struct query_value *document)
{
	struct query_error qe;
	struct query *q = query_compile(str_from(expression), &qe);
	struct arena arena;
	int64_t us[RUNS];

	arena_init(&arena);
	for (int i = -WARM_UP; q && i < RUNS; i++) {
		struct query_env env = {.arena = &arena};
		struct query_value v;
		int64_t start = clock_mono_us();

		arena_reset(&arena);
		if (!query_eval_value(q, document, &env, &v, &qe))
			break;
		if (i >= 0)
			us[i] = clock_mono_us() - start;
	}
	arena_fini(&arena);
	query_free(q);
	if (qe.class != QUERY_OK) {
		fprintf(stderr, "bench_query: %s: %s\n", expression, qe.text);
		exit(1);
	}
	return median_ms(us, RUNS);
}

static int64_t command_us(char **command)
{
	posix_spawn_file_actions_t actions;
	int64_t start = clock_mono_us();
	int status = -1;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY,
					 0);
	if (posix_spawnp(&pid, command[0], &actions, NULL, command, environ) == 0)
		waitpid(pid, &status, 0);
	posix_spawn_file_actions_destroy(&actions);
	if (status != 0) {
		fprintf(stderr, "bench_query: %s failed\n", command[0]);
		exit(1);
	}
	return clock_mono_us() - start;
}

static double time_ms(const char *runs, char **command)
{
	static int64_t us[MOST_RUNS];
	size_t n = strtoul(runs, NULL, 10);

	n = n < 1 ? 1 : n > MOST_RUNS ? MOST_RUNS : n;
	for (size_t i = 0; i < n; i++)
		us[i] = command_us(command);
	return median_ms(us, n);
}

static void report(struct str text, const struct query_value *document)
{
	printf("%7d rows  %8.2f ms  read %zu bytes\n", ROWS, read_ms(text, false),
	       text.n);
	printf("%7d rows  %8.2f ms  the same to a tree\n", ROWS, read_ms(text, true));
	for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions); i++)
		printf("%7d rows  %8.2f ms  %s\n", ROWS,
		       evaluate_ms(expressions[i], document), expressions[i]);
}

int main(int argc, char **argv)
{
	struct query_value document;
	struct err err = {0};
	struct arena arena;
	struct strbuf text;

	if (argc > 3 && strcmp(argv[1], "--time") == 0) {
		printf("%.2f\n", time_ms(argv[2], argv + 3));
		return 0;
	}
	write_document(&text);
	arena_init(&arena);
	check(query_read(strbuf_str(&text), &json_wire, &arena, &document, &err), &err);
	if (argc > 1 && strcmp(argv[1], "--document") == 0)
		fputs(text.p, stdout);
	else if (argc > 2 && strcmp(argv[1], "--evaluate") == 0)
		printf("%.2f\n", evaluate_ms(argv[2], &document));
	else
		report(strbuf_str(&text), &document);
	arena_fini(&arena);
	strbuf_fini(&text);
	return 0;
}
