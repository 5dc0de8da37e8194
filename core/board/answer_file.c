/* See answer_file.h. The file is
 *
 *   azdeck-answer 1 FETCHED KEY-BYTES JSON-BYTES SUM
 *   KEY
 *   JSON
 *
 * with a newline after each. The sum (BLAKE2b over all but itself) finds what a full
 * disk cut and what was edited by hand; it keeps nobody out. */
#include "board/answer_file.h"

#include <sodium.h>
#include <stdio.h>

#include "base/json.h"

#define MAGIC	  "azdeck-answer"
#define VERSION	  1
#define SUFFIX	  ".answer"
#define SUM_BYTES 16

/* The year 9999, in milliseconds. */
#define LATEST_MS INT64_C(253402300799000)

static const struct json_limits limits = {.max_bytes = ANSWER_FILE_MAX_BYTES,
					  .max_depth = JSON_MAX_DEPTH};

void answer_file_name(struct str key, char out[ANSWER_FILE_NAME_BYTES])
{
	unsigned char sum[SUM_BYTES];
	char hex[2 * SUM_BYTES + 1];

	crypto_generichash(sum, sizeof(sum), (const unsigned char *)key.p, key.n, NULL,
			   0);
	sodium_bin2hex(hex, sizeof(hex), sum, sizeof(sum));
	snprintf(out, ANSWER_FILE_NAME_BYTES, "%s%s", hex, SUFFIX);
}

static void sum_of(int64_t fetched_ms, struct str key, struct str json,
		   char hex[2 * SUM_BYTES + 1])
{
	crypto_generichash_state state;
	unsigned char sum[SUM_BYTES];
	char head[64];
	int n = snprintf(head, sizeof(head), "%d %lld %zu %zu", VERSION,
			 (long long)fetched_ms, key.n, json.n);

	crypto_generichash_init(&state, NULL, 0, sizeof(sum));
	crypto_generichash_update(&state, (const unsigned char *)head, (size_t)n);
	crypto_generichash_update(&state, (const unsigned char *)key.p, key.n);
	crypto_generichash_update(&state, (const unsigned char *)json.p, json.n);
	crypto_generichash_final(&state, sum, sizeof(sum));
	sodium_bin2hex(hex, 2 * SUM_BYTES + 1, sum, sizeof(sum));
}

bool answer_file_format(struct strbuf *out, struct str key, int64_t fetched_ms,
			const cJSON *json)
{
	char hex[2 * SUM_BYTES + 1];
	struct strbuf text;

	strbuf_init(&text, ANSWER_FILE_MAX_BYTES);
	if (json)
		json_print(&text, json);
	sum_of(fetched_ms, key, strbuf_str(&text), hex);
	strbuf_printf(out, "%s %d %lld %zu %zu %s\n", MAGIC, VERSION,
		      (long long)fetched_ms, key.n, text.n, hex);
	strbuf_put(out, key);
	strbuf_putc(out, '\n');
	strbuf_put(out, strbuf_str(&text));
	strbuf_putc(out, '\n');
	out->overflow = out->overflow || text.overflow;
	strbuf_fini(&text);
	return !out->overflow;
}

/* The next word of the first line as a whole number from 0 on. */
static bool next_count(struct str *line, int64_t most, int64_t *out)
{
	struct str word;

	return str_next(line, ' ', &word) && str_to_i64(word, out) && *out >= 0 &&
	       *out <= most;
}

/* `rest` loses the part and the newline after it. */
static bool next_part(struct str *rest, size_t n, struct str *part)
{
	if (rest->n <= n || rest->p[n] != '\n')
		return false;
	*part = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n + 1, rest->n);
	return true;
}

struct parts {
	int64_t fetched_ms;
	struct str key, json;
};

static bool take_apart(struct str text, struct parts *out)
{
	int64_t version, n_key, n_json;
	char hex[2 * SUM_BYTES + 1];
	struct str line, word;

	if (text.n > ANSWER_FILE_MAX_BYTES || !str_next(&text, '\n', &line) || !text.p ||
	    !str_next(&line, ' ', &word) || !str_eq(word, STR(MAGIC)) ||
	    !next_count(&line, VERSION, &version) || version != VERSION ||
	    !next_count(&line, LATEST_MS, &out->fetched_ms) ||
	    !next_count(&line, ANSWER_FILE_MAX_BYTES, &n_key) ||
	    !next_count(&line, ANSWER_FILE_MAX_BYTES, &n_json) ||
	    !next_part(&text, (size_t)n_key, &out->key) ||
	    !next_part(&text, (size_t)n_json, &out->json) || text.n)
		return false;
	sum_of(out->fetched_ms, out->key, out->json, hex);
	return str_eq(line, str_from(hex));
}

bool answer_file_parse(struct str text, struct str key, int64_t *fetched_ms, cJSON **json,
		       struct err *err)
{
	struct parts parts;

	*json = NULL;
	if (!take_apart(text, &parts))
		return err_set(err, ERR_PARSE, "this is no kept answer");
	if (!str_eq(parts.key, key))
		return err_set(err, ERR_NOT_FOUND, "the answer is to another request");
	*fetched_ms = parts.fetched_ms;
	if (!parts.json.n)
		return true;
	*json = json_parse(parts.json, &limits, NULL, err);
	return *json != NULL;
}
