/* What became of a change, as Markdown for whoever asks afterwards: when what was done,
 * by whom, how long it took; of a drill, whether it kept what was promised. Thread: any
 * (no state). */
#ifndef AZ_ACT_RUN_REPORT_H
#define AZ_ACT_RUN_REPORT_H

#include "act/run.h"

struct run_report {
	const struct plan *plan;
	const struct run_step *steps; /* one for each of its requests */
	enum run_outcome outcome;
	int64_t began_ms, ended_ms; /* 0: it goes on */
	const char *approved_by;    /* "": nobody did */
	const char *why;	    /* it did not work; "" */
};

/* Appends. Texts from outside cannot become markup. A drill is a plan whose inputs are
 * "rto", "rpo" and "lost", in seconds, 0 where nothing was promised or known; what it
 * measures is its first step. */
void run_report_format(const struct run_report *of, struct strbuf *out);

#endif
