/* What a size costs by the hour, from the public price list: enough to tell what a drift
 * costs and what advice saves, not what a bill says. Storage, backups and the region's
 * own prices are not in it. Thread: any (no state). */
#ifndef AZ_SQL_PRICE_H
#define AZ_SQL_PRICE_H

#include "sql/size.h"

/* Pay as you go with the licence, in USD, of East US, as listed then. Other regions and
 * contracts differ; "price_factor" of the configuration makes up for it. */
#define SQL_PRICE_DATE "2025-01-01"

/* NAN: not on the list, or by use, as serverless is. */
double sql_price_hourly(const struct sql_size *size);
/* Hours of a month, as Azure counts them. */
#define SQL_PRICE_MONTH_H 730.0

#endif
