/* What `azdeck logs` was asked for, and doing it. Thread: the main thread. */
#ifndef AZ_CLI_LOGS_RUN_H
#define AZ_CLI_LOGS_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "cli/world.h"
#include "stream/blocks.h"
#include "stream/clusters.h"
#include "stream/histogram.h"
#include "stream/line_filter.h"

enum logs_mode { LOGS_LINES, LOGS_COUNT, LOGS_CLUSTERS, LOGS_HISTOGRAM };

struct logs_request {
	char **files; /* "-" is standard input */
	size_t n_files;
	const char *source; /* NULL: the files; else live lines, see logs_live.c */
	bool lists_sources;
	bool is_demo;
	struct cli_world world; /* of the demo */
	const char *config;
	const char *theme, *keymap; /* of the screen; NULL: the usual */
	enum logs_mode mode;
	const char *pattern; /* NULL: every line */
	struct matcher_options match;
	bool is_inverted, is_json, is_follow, is_printed;
	enum line_level level;
	const char *since, *until;  /* as typed; NULL: not */
	int64_t since_ms, until_ms; /* 0: open */
	const struct clock *clock;
};

/* It asks a worker, and reads no file. */
static inline bool logs_is_live(const struct logs_request *r)
{
	return r->source || r->lists_sources;
}

/* Doing it. */
struct logs {
	const struct logs_request *request;
	struct line_filter filter;
	struct matcher *matcher; /* the filter's; NULL: every line */
	struct histogram histogram;
	struct clusters *clusters;
	int64_t now_ms;
	struct strbuf out;
	bool is_terminal;
	bool has_names;	 /* each line has the name of where it is from in front */
	bool has_reader; /* false: it has left, or cannot be written to */
	int code;
	/* of the file that is read */
	const char *name;
	uint64_t count; /* lines that were wanted */
};

/* What the command line says; false: it was told what is wrong, and *code is the exit
 * code. Words that are files are moved to the front of argv. */
bool logs_read(int argc, char **argv, struct logs_request *r, int *code);
/* Whether files are to be shown on a screen, not printed. */
bool logs_wants_screen(const struct logs_request *r);

/* The exit code. A file that cannot be read is told, and the others are read. */
int logs_run(const struct logs_request *request);

/* Whole lines of the file that is read, in order. */
void logs_take_block(struct logs *l, struct str block);
/* One that was recognised before. */
void logs_take_line(struct logs *l, const struct line *line);
/* Told behind what was said before it. */
void logs_fail(struct logs *l, const struct err *err);
void logs_write_out(struct logs *l);

/* Reads all files, then what is added to them, until it is interrupted; see
 * logs_follow.c. */
void logs_follow(struct logs *l);

/* Asks a worker for the source's lines; see logs_live.c. */
void logs_live(struct logs *l);
/* False: it was told why not, and there is nothing to stop. */
struct headless;
bool logs_start_worker(struct logs *l, struct headless *h);
/* What could be asked for; see logs_sources.c. */
void logs_sources(struct logs *l);

/* What is printed; see logs_print.c. */
void logs_put_line(struct logs *l, struct str raw);
void logs_put_fields(struct logs *l, const struct line *line);
void logs_put_count(struct logs *l);
void logs_put_clusters(struct logs *l);
void logs_put_histogram(struct logs *l);

#endif
