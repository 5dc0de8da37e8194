/* Which SQL servers, databases, pools and failover groups exist.
 * Thread: any (const). */
#ifndef AZ_SIM_SQL_ESTATE_H
#define AZ_SIM_SQL_ESTATE_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/estate.h"

/* A service objective: what one asks for, what the pieces of its sku are, and how large
 * a database may be on it. */
struct slo {
	const char *name; /* "GP_Gen5_4", "S3" */
	const char *sku;  /* "GP_Gen5", "Standard" */
	const char *tier;
	const char *family; /* NULL for DTU tiers */
	int capacity;	    /* vCores or DTUs */
	int most_gb;	    /* 0: there is no end */
};
/* Of a sku, for each unit of a data warehouse. */
#define SQL_DWU_CAPACITY 9
extern const struct slo sql_slos[];

struct sql_server {
	const char *name;
	const char *group;
	const char *least_tls;
	bool is_entra_only;
	bool is_audited;
	bool is_public;
	bool is_open_to_all; /* a firewall rule lets every address in */
};
extern const struct sql_server sql_servers[];
extern const size_t sql_n_servers;

enum sql_trait {
	SQL_MASTER = 1 << 0,
	SQL_SERVERLESS = 1 << 1,
	SQL_HYPERSCALE = 1 << 2,
	SQL_POOLED = 1 << 3,
	SQL_GEO_SECONDARY = 1 << 4,
	SQL_NAMED_REPLICA = 1 << 5,
	SQL_READ_SCALE = 1 << 6,
	SQL_INACCESSIBLE = 1 << 7, /* its encryption key is gone */
	SQL_STAYS_UP = 1 << 8,	   /* the evening's scaling fails, every evening */
	SQL_NO_LOAD = 1 << 9,	   /* serverless that sleeps at night and weekends */
	/* Its tag of business hours is in somebody's own words. */
	SQL_ODD_HOURS = 1 << 10,
	/* A team in Los Angeles uses it. */
	SQL_WEST = 1 << 11,
	/* Nothing acts on its tag. */
	SQL_UNATTENDED = 1 << 12,
	/* Its tag says S2 by day; every morning somebody finds that slow, and scales it
	 * to its slo by hand. */
	SQL_BY_HAND = 1 << 13,
	/* Its tag says hours and no sizes: it may sleep outside of them. */
	SQL_WORKDAYS = 1 << 14,
	/* Its tag leaves the day out. */
	SQL_STAYS_AT_CHRISTMAS = 1 << 15,
	SQL_WAREHOUSE = 1 << 16, /* a dedicated pool: it is paused by hand */
};

#define SQL_N_DATABASES 35

struct sql_database {
	const char *server;
	const char *name;
	const char *slo;   /* in business hours */
	const char *night; /* outside them; NULL: the same */
	const char *pool;  /* or NULL */
	unsigned traits;
	double max_gb;
	double used;	     /* of max_gb, 0 to 1 */
	double load;	     /* how busy it is at noon, 0 to 1 */
	const char *partner; /* server of the primary, for secondaries and replicas */
};
extern const struct sql_database sql_databases[SQL_N_DATABASES];

struct sql_pool {
	const char *server;
	const char *name;
	const char *sku;
	const char *tier;
	const char *family;
	int capacity;
	double max_gb;
	double used;
	double load;
	double per_database_max;
	bool is_zone_redundant;
	int night; /* its capacity outside business hours; 0: the same */
};
extern const struct sql_pool sql_pools[];
extern const size_t sql_n_pools;

struct sql_failover_group {
	const char *name;
	const char *primary, *secondary; /* servers */
	int grace_minutes;		 /* -1: manual failover */
	const char *state;
};
extern const struct sql_failover_group sql_failover_groups[];
extern const size_t sql_n_failover_groups;

/* What its tag says of business hours. */
const char *sql_tagged(const struct sql_database *db);
const struct slo *sql_find_slo(struct str name);
const struct sql_server *sql_find_server(const struct group *group, struct str name);
/* The server is in our own tables: it exists. */
const struct sql_server *sql_server(const char *name);
const struct sql_database *sql_find_database(const struct sql_server *s, struct str name);
const struct sql_pool *sql_find_pool(const struct sql_server *s, struct str name);
size_t sql_index(const struct sql_database *db);
/* The failover group a database takes part in, or NULL. */
const struct sql_failover_group *sql_group_of(const struct sql_database *db);
/* Both ends of a geo pair. NULL when there is no other end. */
const struct sql_database *sql_partner_of(const struct sql_database *db);

void sql_put_server_id(struct strbuf *out, const struct sql_server *s);
void sql_put_database_id(struct strbuf *out, const struct sql_database *db);

#endif
