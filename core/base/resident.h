/* Memory that starting needed and running does not. Thread: any. */
#ifndef AZ_BASE_RESIDENT_H
#define AZ_BASE_RESIDENT_H

/* Gives the system back what is free on the heap, and the pages of code and constants
 * of the program and its libraries: those that are still in use come back from the
 * page cache when they are next touched, a microsecond each. Initialising OpenSSL,
 * curl and terminfo is half of what is resident after the start. */
void resident_give_back(void);

#endif
