/* What containers write, as a function of the seed and the time alone: asked twice, a
 * moment has the same lines, whoever asks. Thread: any (no state but the cursor). */
#ifndef AZ_SIM_PODLOG_H
#define AZ_SIM_PODLOG_H

#include "sim/k8s/k8s.h"

struct podlog {
	const struct workload *of;
	const char *pod;       /* its name; borrowed */
	const char *container; /* likewise */
	const char *node;
	enum workload_fault fault;
	/* What it wrote at all: [begins, ends). */
	int64_t begins_ms, ends_ms;
};

/* What a reader guesses of a line, as the clusters' agent does. */
enum podlog_level {
	PODLOG_UNKNOWN,
	PODLOG_DEBUG,
	PODLOG_INFO,
	PODLOG_WARNING,
	PODLOG_ERROR,
	PODLOG_CRITICAL,
	PODLOG_LEVELS
};

/* Something happens, and a container says so in a line or several. */
struct podlog_event {
	int64_t ns;
	uint64_t seed;
	const struct podlog *log;
	bool is_storm;
};
/* What is known of it before it is put in words. */
struct podlog_outline {
	enum podlog_level
		level; /* of its first line; those below say nothing of theirs */
	int n_lines;
};

struct podlog_line {
	int64_t time_ns; /* UTC, since 1970 */
	enum podlog_level level;
};

struct podlog_voice;
struct podlog_storm;
/* Goes through them in order of time. */
struct podlog_cursor {
	const struct podlog *log;
	const struct podlog_voice *voice;
	const struct podlog_storm *storm; /* NULL: it has none */
	bool is_crashing;
	uint64_t seed;
	int64_t second;	 /* the one that is looked at */
	int at, n;	 /* of its events: which is next, how many there are */
	int64_t load_at; /* the minute `load` is of */
	double load;
	struct podlog_event event; /* some of its lines were given */
	struct podlog_outline outline;
	int line;	    /* of the event: which is next */
	struct strbuf text; /* of the event, once it was asked for */
	bool is_spoken;
};

/* From the first line at or after the moment. The log is borrowed. */
void podlog_begin(struct podlog_cursor *c, const struct world *w,
		  const struct podlog *log, int64_t from_ns);
void podlog_end(struct podlog_cursor *c);
/* False: none before `until_ns` is left; later there may be. */
bool podlog_next(struct podlog_cursor *c, int64_t until_ns, struct podlog_line *line);
/* The text of the line that was given last, good until the next is. Most lines are only
 * counted, so words are made for who asks. */
struct str podlog_text(struct podlog_cursor *c);

/* How a workload writes. Private to podlog*.c. */
struct podlog_voice {
	const char *workload;  /* NULL: of all that have none of their own */
	const char *container; /* NULL: its own; else of this one alone */
	double rate;	       /* events a second with everybody at work */
	double least;	       /* and with nobody */
	/* Both draw the same luck: what is outlined is what is said. */
	struct podlog_outline (*outline)(const struct podlog_event *e);
	void (*speak)(const struct podlog_event *e, struct strbuf *out);
};
const struct podlog_voice *podlog_voice_of(const struct podlog *log);
/* One container that starts, and ends in a trace: the second of its short life. */
struct podlog_outline podlog_crash_outline(int second);
void podlog_crash(const struct podlog_event *e, int second, struct strbuf *out);

#endif
