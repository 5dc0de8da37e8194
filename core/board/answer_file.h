/* One kept answer as the bytes of a file, and back. What is read is as foreign as
 * an answer from the network: every count is checked against what is there.
 * Thread: any (pure). */
#ifndef AZ_BOARD_ANSWER_FILE_H
#define AZ_BOARD_ANSWER_FILE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

enum { ANSWER_FILE_MAX_BYTES = 4 << 20, ANSWER_FILE_NAME_BYTES = 48 };

/* The file that belongs to a key: of fixed length, safe in a path, and the same on
 * every machine. */
void answer_file_name(struct str key, char out[ANSWER_FILE_NAME_BYTES]);

/* Appends the file: who asked what (the key), when it was answered (wall time), the
 * answer (NULL: an empty one). False, with out->overflow, when it is too large. */
bool answer_file_format(struct strbuf *out, struct str key, int64_t fetched_ms,
			const cJSON *json) MUST_CHECK;
/* The answer under exactly this key; an empty one is NULL in *json. The tree is the
 * caller's. ERR_NOT_FOUND: it is the answer to something else. */
bool answer_file_parse(struct str text, struct str key, int64_t *fetched_ms, cJSON **json,
		       struct err *err) MUST_CHECK;

#endif
