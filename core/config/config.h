/* The configuration file: connections, and how the deck looks. It never holds a
 * secret; values name where one is. Immutable once read. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_H
#define AZ_CONFIG_CONFIG_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"
#include "config/config_actions.h"
#include "config/config_ai.h"
#include "config/config_logs.h"
#include "config/config_schedules.h"
#include "config/workload.h"

struct config_connection {
	const char *name;	/* "azure": unique */
	const char *kind;	/* "arm": a row of azure/kinds.c, not checked here */
	const char *cloud;	/* "public", "usgovernment", "china" */
	const char *base;	/* NULL: by kind and cloud */
	const char *credential; /* a name in "credentials", a method, or METHOD:VALUE */
	const char *scope;	/* NULL: by kind and cloud */
	const char *ca;		/* file: who may vouch for it; NULL: as for everyone */
	const cJSON *object;	/* the whole of it, with the settings of its kind */
};

struct config_setting {
	const char *name, *value;
};
struct config_credential {
	const char *name;
	const char *method;		 /* not checked here */
	struct config_setting *settings; /* the rest of it */
	size_t n_settings;
};

/* Who reads secrets out of key vaults, and where those are. */
struct config_keyvault {
	const char *credential; /* as a connection's; NULL: nobody does */
	const char *cloud;
	const char *url; /* with "{vault}"; NULL: the cloud's own */
};

/* What azdeck remembers of its boards, and for how long. */
struct config_history {
	bool is_kept;  /* on disk; default: in memory, until azdeck ends */
	int days;      /* at most; default 30 */
	int megabytes; /* at most; default 256 */
};

struct config {
	struct arena arena;
	struct config_history history;
	struct config_keyvault keyvault;
	struct config_schedules schedules;
	struct config_actions actions;
	struct config_ai ai;
	struct config_connection *connections;
	size_t n_connections;
	struct config_credential *credentials;
	size_t n_credentials;
	struct config_log_source *log_sources;
	size_t n_log_sources;
	struct workload *workloads;
	size_t n_workloads;
	const char *boards_dir;	   /* NULL: boards beside the configuration */
	const char **runbook_dirs; /* NULL: runbooks beside the configuration */
	size_t n_runbook_dirs;
	bool keeps_answers; /* dear ones, on disk; default true */
	const char *theme;  /* NULL: the default */
	const char *keymap; /* NULL: the default */
	bool has_mouse;	    /* default true */
	bool is_ascii;
	cJSON *root; /* private: what the objects are in */
	struct str text;
	const char *source;
};

/* Where it is: the file that was given, else the user's own. */
void config_put_path(struct strbuf *out, const char *given);
/* Where the user's boards are. `config` NULL: there is none. */
void config_put_boards_dir(struct strbuf *out, const struct config *config);
/* Where the user's runbooks are when no configuration says so. */
void config_put_runbooks_dir(struct strbuf *out);
/* A missing file is ERR_NOT_FOUND; anything wrong names file, line, column and
 * key. The configuration is the caller's. */
struct config *config_load(const char *path, struct err *err) MUST_CHECK;
struct config *config_parse(struct str text, const char *source,
			    struct err *err) MUST_CHECK;
/* What the demo has: workloads and the like, and no connections. */
struct config *config_demo(void);
void config_free(struct config *config);
const struct config_credential *config_credential(const struct config *config,
						  struct str name);
/* What is wrong at a key path ("connections[0].kind"), with its line: for what only
 * those who use the value can check. Returns false. */
bool config_fail(const struct config *config, const char *path, const char *what,
		 struct err *err);

#endif
