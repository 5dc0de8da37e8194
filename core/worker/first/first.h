/* The first run: from nobody signed in to a configuration on disk. What the deck asks
 * for and hears, as plain data, and the part of the worker that does it. Nothing
 * reaches the disk before FIRST_WRITE, tokens neither. Thread: any for the data, core
 * for struct first. */
#ifndef AZ_WORKER_FIRST_H
#define AZ_WORKER_FIRST_H

#include <stdbool.h>

#include "auth/credential.h"
#include "azure/api.h"
#include "base/arena.h"
#include "base/err.h"

/* Where a cloud is. "sim" is the simulator that AZDECK_SIM names. */
#define FIRST_SIM "sim"
struct first_hosts {
	const char *cloud;	   /* as a configuration has it */
	const char *login;	   /* NULL: the cloud's */
	char arm[300], scope[300]; /* of Resource Manager, and of its tokens */
	char profile[300];	   /* of Azure DevOps; empty: the cloud has none */
	char devops[300];	   /* before the organization's name */
	bool is_sim;
};
/* False: there is no such cloud. */
bool first_hosts_find(struct first_hosts *out, const char *cloud) MUST_CHECK;
/* NULL when the environment names none. */
const char *first_sim_url(void);

/* What can be chosen from. */
enum first_list {
	FIRST_SUBSCRIPTIONS,
	FIRST_CLUSTERS,
	FIRST_ORGANIZATIONS,
	FIRST_PROJECTS,
	FIRST_LISTS
};
/* Clean for the screen; NULL: not said. */
struct first_item {
	const char *name;
	const char *id;	    /* of a subscription, or ARM's whole one of a cluster */
	const char *parent; /* a cluster's subscription, a project's organization */
	const char *group;  /* a cluster's */
	const char *note;   /* what is special about it: "Disabled", "Stopped" */
};

enum first_order_kind {
	FIRST_SIGN_IN,	    /* cloud, tenant; then all lists but that of projects come */
	FIRST_STOP,	    /* nobody waits any more */
	FIRST_LOCATE,	    /* names: ids of clusters */
	FIRST_ASK_PROJECTS, /* names: of organizations */
	FIRST_WRITE,	    /* text, files */
};
struct first_file {
	const char *name; /* from the configuration's folder */
	struct str text;
};
struct first_order {
	struct arena arena; /* all of it */
	enum first_order_kind kind;
	unsigned run;		    /* each sign-in is one; answers repeat it */
	const char *cloud, *tenant; /* NULL: the person's own */
	const char **names;
	size_t n_names;
	struct str text;
	struct first_file *files;
	size_t n_files;
};
struct first_order *first_order_new(enum first_order_kind kind, unsigned run);
void first_order_free(struct first_order *order);

enum first_news_kind {
	FIRST_SIGNED_IN, /* or err */
	FIRST_LISTED,	 /* items of `list`; err beside them: it is not all */
	FIRST_LOCATED,	 /* `about` is at `address`, `ca` vouches for it; or err */
	FIRST_WRITTEN,	 /* or err */
};
struct first_news {
	struct arena arena;
	enum first_news_kind kind;
	unsigned run;
	enum first_list list;
	const char *about; /* the organization whose projects, the cluster located */
	const char *address, *ca;
	struct first_item *items;
	size_t n_items;
	struct err err;
};
struct first_news *first_news_new(enum first_news_kind kind, unsigned run);
/* Accepts NULL. */
void first_news_free(struct first_news *news);

/* Answers, read. Pure; texts go to the news. */
void first_read_list(struct first_news *news, const cJSON *answer);
/* A member of another service's answer, clean; NULL: it has none. */
const char *first_read_text(struct arena *arena, const cJSON *object, const char *name);
/* Out of the credentials of a cluster. */
bool first_read_cluster(struct first_news *news, const cJSON *answer,
			struct err *err) MUST_CHECK;
/* The configuration and what it names, or none of it, and never over what is there. */
bool first_write(const char *path, const struct first_order *order,
		 struct err *err) MUST_CHECK;

struct first_host {
	struct loop *loop;
	struct api *api;
	struct credential_host credentials;
	const char *config_path;
	/* The news are the callee's. */
	void (*tell)(void *ctx, struct first_news *news);
	/* The configuration is there: go on with it. */
	bool (*live)(void *ctx, struct err *err);
	void *ctx;
};
struct first;
struct first *first_new(const struct first_host *host);
void first_free(struct first *f);
void first_obey(struct first *f, const struct first_order *order);
/* Who has signed in, moved out; NULL: nobody has. */
struct credential *first_take_credential(struct first *f);

#endif
