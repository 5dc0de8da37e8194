/* A sign-in that waits for a person, as the deck shows it. Plain data, copied and
 * clean for the screen. Thread: any. */
#ifndef AZ_WORKER_SIGN_IN_H
#define AZ_WORKER_SIGN_IN_H

#include <stdint.h>

struct sign_in {
	char credential[64]; /* which one asks */
	char code[32];	     /* to enter; empty: nothing is waited for any more */
	char url[200];	     /* where */
	int64_t until_ms;    /* wall time the code is good until */
};

#endif
