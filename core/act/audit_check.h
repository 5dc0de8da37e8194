/* Whether an audit log is what was written to it: the first entry that is not, what was
 * done to it, and which entries are sound all the same.
 *
 * A signature vouches for every line before it, because each line holds the hash of the
 * one before and nothing is added to a log that does not fit its signed head. So of
 * entries that follow each other under one key, the last one's signature is checked;
 * where it is not good, the last good one is looked for backwards. Thread: any (no
 * state); a hundred thousand entries take a second, so never on the loop. */
#ifndef AZ_ACT_AUDIT_CHECK_H
#define AZ_ACT_AUDIT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "act/checkpoint.h"
#include "act/sign_key.h"
#include "base/str.h"
#include "base/strbuf.h"

/* word, what was found */
#define AUDIT_FAULT_LIST(X)                                                              \
	X(NONE, "sound", "nothing is wrong")                                             \
	X(EDITED, "edited", "it is not what was signed")                                 \
	X(DELETED, "deleted", "entries in front of it are missing")                      \
	X(INSERTED, "inserted", "it was put in, or repeats an earlier entry")            \
	X(REORDERED, "reordered", "the entry that belongs in front of it comes later")   \
	X(SPLICED, "spliced", "it is signed, but follows another entry than this one")   \
	X(UNKNOWN_KEY, "unknown-key",                                                    \
	  "it names a key that is not among those that count")                           \
	X(TORN, "torn", "it has no end; a crash leaves such a piece")                    \
	X(TRUNCATED, "truncated", "entries are missing at the end")                      \
	X(HEAD_MISSING, "head-missing",                                                  \
	  "there is no head, so entries may be missing at the end")                      \
	X(HEAD_EDITED, "head-edited", "the head is not what was signed")                 \
	X(HEAD_OLD, "head-old",                                                          \
	  "the head is older than the log; a crash leaves it one entry behind")          \
	X(OTHER, "other", "it was made of other entries than these")

enum audit_fault {
#define X(id, name, help) AUDIT_FAULT_##id,
	AUDIT_FAULT_LIST(X)
#undef X
		AUDIT_FAULTS
};

const char *audit_fault_name(enum audit_fault fault);
const char *audit_fault_help(enum audit_fault fault);

/* Entries that follow each other and are proven by a signature. */
struct audit_span {
	size_t line;	      /* of the first, from 1 */
	uint64_t first, last; /* their numbers */
};

struct audit_how {
	struct sign_keys keys;		     /* whose signatures count */
	const struct checkpoint *checkpoint; /* NULL: none was given */
	bool is_each;			     /* check every single signature */
};

struct audit_report {
	size_t n_lines;		   /* that have an end */
	size_t n_signatures;	   /* that were checked */
	uint64_t n_sound;	   /* entries from the first one on */
	int64_t first_ms, last_ms; /* of these */
	/* The first bad entry. */
	enum audit_fault entry;
	size_t line;  /* from 1; 0: none is bad */
	uint64_t n;   /* what it says of itself; 0: it cannot be read */
	uint64_t due; /* the number that belongs there */
	enum audit_fault head;
	uint64_t head_n;
	int64_t head_ms;
	enum audit_fault checkpoint;
	/* Of the sound entries; n is n_sound. */
	struct checkpoint now;
	struct audit_span *spans;
	size_t n_spans;
};

/* The whole log, and the whole head file; a head without bytes (p NULL): there is none.
 * audit_report_fini is due. */
void audit_check(struct str log, struct str head, const struct audit_how *how,
		 struct audit_report *out);
void audit_report_fini(struct audit_report *r);
bool audit_report_is_sound(const struct audit_report *r);
/* Whether a signature vouches for the entry on this line, from 1: those behind the first
 * bad one may be sound all the same. */
bool audit_report_proves(const struct audit_report *r, size_t line);

#endif
