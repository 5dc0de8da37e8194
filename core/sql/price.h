/* What a size of a database or pool costs by the hour. Storage is not in it.
 * Thread: any (no state). */
#ifndef AZ_SQL_PRICE_H
#define AZ_SQL_PRICE_H

#include "board/list_price.h"
#include "sql/size.h"

/* List price. NAN: not on the list, or by use, as serverless is. */
double sql_price_hourly(const struct sql_size *size);

#endif
