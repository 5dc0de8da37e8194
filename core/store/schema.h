/* The tables of the history. Thread: any (const). */
#ifndef AZ_STORE_SCHEMA_H
#define AZ_STORE_SCHEMA_H

#include "store/db.h"

extern const struct db_tables history_tables;

#endif
