/* What looking things up costs in 10,000 sections: reading all of them, a question (99 of
 * 100 in 5 ms), the same by vector besides, and one file that changed. Words come as often
 * as they do in prose: the tenth most frequent one a tenth as often as the first. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "base/xalloc.h"
#include "knowledge/knowledge_vectors.h"

enum {
	FILES = 1200,
	SECTIONS = 8,
	SECTION_WORDS = 90,
	WORDS = 12000,
	QUESTIONS = 600,
	VECTOR_QUESTIONS = 200,
};

#define BUDGET_MS 5.0

/* Of the processor: what others do on the machine does not count. */
static double now_ms(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static void must(bool held, const struct err *err)
{
	if (held)
		return;
	fprintf(stderr, "bench_knowledge: %s\n", err->text);
	exit(1);
}

static void put_word(struct strbuf *out, struct rng *rng)
{
	static const char *const syllables[] = {"ba", "ke", "li", "mo", "nu", "ra", "si",
						"to", "ve", "wu", "da", "pe", "go", "fi"};
	/* By rank, as Zipf has it. */
	double u = (double)rng_range(rng, 1, 1000000) / 1e6;
	unsigned n = (unsigned)exp(u * log(WORDS));

	for (n += 20; n; n /= 14)
		strbuf_puts(out, syllables[n % 14]);
	strbuf_putc(out, ' ');
}

static void write_file(const char *dir, int i, struct rng *rng)
{
	struct strbuf text, path;
	struct err err;

	strbuf_init(&text, 1 << 20);
	strbuf_init(&path, 4096);
	strbuf_printf(&path, "%s/page-%04d.md", dir, i);
	strbuf_printf(&text,
		      "---\ntitle: Page %d\ntags: [sql, node]\n"
		      "codes: [ERR%05d]\n---\n",
		      i, i);
	for (int s = 0; s < SECTIONS; s++) {
		strbuf_puts(&text, "## ");
		put_word(&text, rng);
		strbuf_printf(&text, "%d\n", s);
		for (int w = 0; w < SECTION_WORDS; w++)
			put_word(&text, rng);
		strbuf_puts(&text, "database slow\n");
	}
	must(file_write(path.p, strbuf_str(&text), &err), &err);
	strbuf_fini(&text);
	strbuf_fini(&path);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void put_question(struct strbuf *out, struct rng *rng, int i)
{
	static const char *const plain[] = {"why is the databaze slow tonight",
					    "cert about to run out",
					    "pods keep dying over and over",
					    "who decides about a failover"};

	if (i % 3 == 0) {
		strbuf_puts(out, plain[i / 3 % 4]);
		return;
	}
	if (i % 3 == 1)
		strbuf_printf(out, "ERR%05d ", i * 2);
	for (int w = 0; w < 7; w++)
		put_word(out, rng);
}

static double ask_all(struct knowledge *k, struct rng *rng)
{
	static double took[QUESTIONS];
	struct knowledge_answer answer;
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 4096);
	for (int i = 0; i < QUESTIONS; i++) {
		double began;

		strbuf_reset(&text);
		put_question(&text, rng, i);
		began = now_ms();
		must(knowledge_search(k,
				      &(struct knowledge_query){.text = strbuf_str(&text),
								.most = 5},
				      &answer, &err),
		     &err);
		took[i] = now_ms() - began;
	}
	strbuf_fini(&text);
	qsort(took, QUESTIONS, sizeof(took[0]), compare);
	printf("question: median %.2f ms, p99 %.2f ms, most %.2f ms (budget p99 %.0f "
	       "ms)\n",
	       took[QUESTIONS / 2], took[QUESTIONS * 99 / 100], took[QUESTIONS - 1],
	       BUDGET_MS);
	return took[QUESTIONS * 99 / 100];
}

/* Random directions: nothing can be left out. */
static void give_vectors(struct knowledge *k, struct rng *rng, size_t dims)
{
	float *vector = xcalloc(dims, sizeof(*vector));
	struct knowledge_gap gap;
	struct err err;
	size_t at = 0;

	err_set(&err, ERR_INTERNAL, "a vector was refused");
	while (knowledge_gaps(k, &at, &gap, 1)) {
		for (size_t i = 0; i < dims; i++)
			vector[i] = (float)rng_range(rng, 0, 2000) / 1000 - 1;
		must(knowledge_give_vector(k, &gap, vector, dims), &err);
	}
	free(vector);
}

/* A question in prose by its vector, and then by its words with what that found. */
static double ask_by_vector(struct knowledge *k, struct rng *rng, size_t dims)
{
	static double took[VECTOR_QUESTIONS], scan[VECTOR_QUESTIONS];
	float *vector = xcalloc(dims, sizeof(*vector));
	struct knowledge_answer answer;
	struct strbuf text;
	struct err err;

	strbuf_init(&text, 4096);
	for (int i = 0; i < VECTOR_QUESTIONS; i++) {
		struct vector_hit hits[KNOWLEDGE_NEAREST];
		double began;
		size_t n;

		strbuf_reset(&text);
		put_question(&text, rng, i % 2 ? 2 : 3 * i);
		for (size_t d = 0; d < dims; d++)
			vector[d] = (float)rng_range(rng, 0, 2000) / 1000 - 1;
		began = now_ms();
		n = knowledge_nearest(k, vector, dims, hits);
		scan[i] = now_ms() - began;
		knowledge_remember_nearest(k, strbuf_str(&text), hits, n);
		must(knowledge_search(k,
				      &(struct knowledge_query){.text = strbuf_str(&text),
								.most = 5},
				      &answer, &err),
		     &err);
		took[i] = now_ms() - began;
	}
	strbuf_fini(&text);
	free(vector);
	qsort(took, VECTOR_QUESTIONS, sizeof(took[0]), compare);
	qsort(scan, VECTOR_QUESTIONS, sizeof(scan[0]), compare);
	printf("by %zu dimensions too: median %.2f ms, p99 %.2f ms; of that the vectors "
	       "%.2f, %.2f\n",
	       dims, took[VECTOR_QUESTIONS / 2], took[VECTOR_QUESTIONS * 99 / 100],
	       scan[VECTOR_QUESTIONS / 2], scan[VECTOR_QUESTIONS * 99 / 100]);
	return took[VECTOR_QUESTIONS * 99 / 100];
}

static double by_vector(struct knowledge *k, struct rng *rng, size_t dims)
{
	knowledge_drop_vectors(k, dims);
	give_vectors(k, rng, dims);
	return ask_by_vector(k, rng, dims);
}

static double refresh(struct knowledge *k, const char *what)
{
	double began = now_ms();
	struct err err;
	double ms;
	size_t n;

	must(knowledge_refresh(k, &n, &err), &err);
	ms = now_ms() - began;
	printf("%s: %.2f ms, %zu files read, %zu sections\n", what, ms, n,
	       knowledge_sections(k));
	return ms;
}

static void remove_all(const char *dir)
{
	char path[300];

	for (int i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "%s/page-%04d.md", dir, i);
		unlink(path);
	}
	rmdir(dir);
}

int main(void)
{
	char dir[] = "/tmp/bench_knowledge.XXXXXX";
	const char *dirs[1];
	struct knowledge *k;
	struct rng rng;
	struct err err;
	double p99, both = 0;

	rng_init(&rng, 7);
	if (!mkdtemp(dir))
		return 1;
	dirs[0] = dir;
	for (int i = 0; i < FILES; i++)
		write_file(dir, i, &rng);
	k = knowledge_new(dirs, 0, &err);
	must(k, &err);
	refresh(k, "the shipped ones");
	knowledge_free(k);
	k = knowledge_new(dirs, 1, &err);
	must(k, &err);
	refresh(k, "all");
	p99 = ask_all(k, &rng);
	for (size_t dims = 768; dims <= 3072; dims *= 2)
		both = fmax(both, by_vector(k, &rng, dims));
	refresh(k, "nothing changed");
	write_file(dir, FILES / 2, &rng);
	refresh(k, "one file changed");
	knowledge_free(k);
	remove_all(dir);
	return p99 <= BUDGET_MS && both <= BUDGET_MS ? 0 : 1;
}
