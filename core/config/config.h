/* The configuration file: connections, and how the deck looks. It never holds a
 * secret; values name where one is. Immutable once read. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_H
#define AZ_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct config_connection {
	const char *name;	  /* "azure": unique */
	const char *kind;	  /* "arm", "devops", "http" */
	const char *cloud;	  /* "public", "usgovernment", "china" */
	const char *base;	  /* NULL: by kind and cloud */
	const char *organization; /* devops */
	const char *credential;	  /* "env:NAME" or "none" */
	const char *scope;	  /* NULL: by kind and cloud */
};

struct config {
	struct arena arena;
	struct config_connection *connections;
	size_t n_connections;
	const char *boards_dir; /* NULL: boards beside the configuration */
	bool keeps_answers;	/* dear ones, on disk; default true */
	const char *theme;	/* NULL: the default */
	const char *keymap;	/* NULL: the default */
	bool has_mouse;		/* default true */
	bool is_ascii;
};

/* A missing file is ERR_NOT_FOUND; anything wrong names file, line, column and
 * key. The configuration is the caller's. */
struct config *config_load(const char *path, struct err *err) MUST_CHECK;
struct config *config_parse(struct str text, const char *source,
			    struct err *err) MUST_CHECK;
void config_free(struct config *config);

#endif
