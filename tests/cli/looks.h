/* A look at a board through the program itself: an answer decoded, or the board alive
 * on the simulator, and what JMESPath makes of its rows. Thread: the test's. */
#ifndef AZ_TESTS_CLI_LOOKS_H
#define AZ_TESTS_CLI_LOOKS_H

#include <cjson/cJSON.h>
#include <stddef.h>

/* The file lies in "../shared/wire" beside the source; where it does not, that is
 * said and nothing is looked at. `want` is JSON. */
struct recorded_look {
	const char *board, *request, *file, *query, *want;
};
void looks_recorded(const struct recorded_look *looks, size_t n);

struct alive_look {
	const char *board, *query, *want;
};
void looks_alive(const struct alive_look *looks, size_t n);

/* The rows of a board alive at CHECK_AT; the caller's. */
cJSON *looks_rows(const char *board);

#endif
