/* What is rented costs by the hour, from the public price list: enough to tell what a drift
 * costs, what idles and what advice saves, not what a bill says. Disks, backups and the
 * licences of systems are not in it. Thread: any (no state). */
#ifndef AZ_BOARD_LIST_PRICE_H
#define AZ_BOARD_LIST_PRICE_H

#include "base/str.h"

/* Hours of a month, as Azure counts them. */
#define LIST_PRICE_MONTH_H 730.0

/* Pay as you go in USD of East US, as listed on 2025-01-01: machines with Linux, databases
 * with their licence. Other regions and contracts differ; "price_factor" of the
 * configuration makes up for it. Boards that show such prices say region and date in their
 * `about`. */
enum list_price_of {
	LIST_PRICE_MACHINE,   /* "D4s_v5" */
	LIST_PRICE_OBJECTIVE, /* of a database: "S2" */
	LIST_PRICE_CAPACITY,  /* of a tier's vCore, DTU or unit: "GeneralPurpose vCore" */
};

/* NAN: not on the list. Names have no upper and lower case. */
double list_price_hourly(enum list_price_of of, struct str name);
/* Of a database by its size alone: "S2", "GP_Gen5_4". */
double size_price_hourly(struct str size);
/* "D4s_v5", with or without "Standard_". */
double machine_price_hourly(const char *size);

#endif
