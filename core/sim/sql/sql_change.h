/* The writes the SQL estate took: the newest scaling of each database.
 * Thread: core. */
#ifndef AZ_SIM_SQL_CHANGE_H
#define AZ_SIM_SQL_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/guid.h"
#include "sim/sql/sql_estate.h"

struct sql_change {
	const struct slo *from, *to; /* NULL: never changed */
	int64_t started_ms;
	int64_t ends_ms;
	struct guid id;
};

struct sql_changes {
	struct sql_change newest[SQL_N_DATABASES];
	uint64_t n_made;
};

#endif
