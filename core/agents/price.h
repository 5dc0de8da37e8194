/* What a machine costs by the hour, from the public price list: enough to tell what idle
 * agents cost and what going down to none would save, not what a bill says. Disks and
 * licences are not in it. Thread: any (no state). */
#ifndef AZ_AGENTS_PRICE_H
#define AZ_AGENTS_PRICE_H

/* Pay as you go, Linux, in USD, of East US, as listed then. */
#define MACHINE_PRICE_DATE "2025-01-01"

/* "D4s_v5", with or without "Standard_". NAN: not on the list. */
double machine_price_hourly(const char *size);

#endif
