/* What the checks of `azdeck doctor` share: the run, and the lines they say. A check
 * is a row of doctor.c and a function in one of the doctor_*.c. Whatever waits for the
 * network is started for all at once and has a deadline, so that one that is dead holds
 * up no other. Thread: core, which is the main thread here. */
#ifndef AZ_CLI_DOCTOR_CHECK_H
#define AZ_CLI_DOCTOR_CHECK_H

#include "auth/keychain.h"
#include "base/arena.h"
#include "board/def.h"
#include "cli/world.h"
#include "worker/access.h"

enum doctor_mark { DOCTOR_OK, DOCTOR_WARN, DOCTOR_FAIL, DOCTOR_SKIP };

/* One line. Texts are clean for a terminal and hold no secret. */
struct finding {
	enum doctor_mark mark;
	enum err_code code; /* of a failure: its class gives the exit code */
	const char *check;
	const char *subject; /* "azure", a host, a folder; may be empty */
	const char *what;
	const char *todo; /* empty when it is ok */
};

/* Where connections are. */
struct doctor_host {
	struct str url; /* scheme, host and port, without a path; in the arena */
	char *host;	/* without the port or brackets; in the arena */
	const struct connection *connection; /* one that is there */
	bool is_asked;
	struct err err;		   /* why nothing came */
	int64_t date_ms, asked_ms; /* wall time: what it said, and what ours was; 0 */
};

struct doctor {
	const char *config_path; /* NULL: the user's */
	const char *only;	 /* this connection alone; NULL: all */
	bool is_demo, is_json, is_offline;
	struct cli_world world;
	struct clock clock;

	struct arena arena;
	VEC(struct finding) findings;
	const char *check; /* that runs */

	struct keychain keychain;
	struct access access;
	struct err config_err; /* why there are no connections */
	VEC(struct doctor_host) hosts;
	struct library *library;
	struct loop *loop;
	struct api *api;
	size_t n_waiting; /* answers of the check that runs */
	/* Calls left, by the number of the connection; -1: not said. */
	VEC(int) calls_left;
};

void doctor_say(struct doctor *d, enum doctor_mark mark, const char *subject,
		const char *todo, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* A failure of this class, in its own words. */
void doctor_fail(struct doctor *d, const char *subject, const struct err *err,
		 const char *todo);
/* Turns the loop until n_waiting is 0; false when the time is over before. */
bool doctor_wait(struct doctor *d, int64_t ms);
/* Whether the connection is looked at. */
bool doctor_wants(const struct doctor *d, const struct connection *connection);
/* The host of a connection, or NULL when it has none. */
struct doctor_host *doctor_host_of(struct doctor *d, const struct connection *connection);
/* Fills d->hosts, each once. */
void doctor_find_hosts(struct doctor *d);

/* The exit code of what was found. */
int doctor_exit_code(const struct doctor *d);
void doctor_print_text(const struct doctor *d, struct strbuf *out);
/* {"schema": "azdeck.doctor/1", ...} */
void doctor_print_json(const struct doctor *d, struct strbuf *out);

/* The checks. */
void doctor_terminal(struct doctor *d);
void doctor_config(struct doctor *d);
void doctor_disk(struct doctor *d);
void doctor_zones(struct doctor *d);
void doctor_proxy(struct doctor *d);
void doctor_clock(struct doctor *d);
void doctor_dns(struct doctor *d);
void doctor_tls(struct doctor *d);
void doctor_vault(struct doctor *d);
void doctor_sign_in(struct doctor *d);
void doctor_permission(struct doctor *d);
void doctor_throttle(struct doctor *d);

#endif
