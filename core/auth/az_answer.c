/* See az_answer.h. */
#include "auth/az_answer.h"

#include <stdio.h>
#include <time.h>

#include "auth/explain.h"
#include "base/json.h"
#include "net/redact.h"

enum { LINE_BYTES = 150 };

static const struct json_limits limits = {.max_bytes = 64 * 1024, .max_depth = 8};

bool az_word_is_fine(struct str word)
{
	for (size_t i = 0; i < word.n; i++) {
		char c = word.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && !memchr(".:/_-", c, 5))
			return false;
	}
	return word.n > 0 && word.p[0] != '-';
}

/* "2022-08-24 00:43:08.000000", where this machine is. */
static bool local_ms(const char *text, int64_t *utc_ms)
{
	struct tm tm = {.tm_isdst = -1};
	time_t at;

	if (!text || sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d", &tm.tm_year, &tm.tm_mon,
			    &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6)
		return false;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	at = mktime(&tm);
	*utc_ms = (int64_t)at * 1000;
	return at > 0;
}

static bool end_of(const cJSON *root, int64_t *utc_ms)
{
	double seconds;

	if (json_number(root, "expires_on", &seconds) && seconds > 0 && seconds < 1e11) {
		*utc_ms = (int64_t)(seconds * 1000);
		return true;
	}
	return local_ms(json_text(root, "expiresOn"), utc_ms);
}

bool az_answer_parse(struct str out, int64_t now_ms, struct token_answer *token,
		     struct err *err)
{
	cJSON *root = json_parse(out, &limits, NULL, err);
	const cJSON *text = json_member(root, "accessToken");
	int64_t end = 0;

	*token = (struct token_answer){0};
	if (cJSON_IsString(text) && text->valuestring[0]) {
		secret_set(&token->token, str_from(text->valuestring));
		secret_wipe(text->valuestring, strlen(text->valuestring));
	}
	if (end_of(root, &end) && end - now_ms < INT64_C(100000000000))
		token->lifetime_ms = end - now_ms;
	cJSON_Delete(root);
	if (token->token.n && token->lifetime_ms > 0)
		return true;
	end = token->token.n ? end : 0;
	token_answer_fini(token);
	return end ? err_set(err, ERR_AUTH,
			     "az gave a token that has ended; compare this machine's "
			     "clock, or run: az login")
		   : err_set(err, ERR_AUTH,
			     "az printed something else than a token; try: az account "
			     "get-access-token");
}

/* The first line that says anything: warnings stand before the error. */
static struct str first_line(struct str errs)
{
	struct str rest = errs, line, first = {0};

	while (str_next(&rest, '\n', &line)) {
		line = str_trim(line);
		if (str_starts(line, STR("ERROR: ")))
			return str_sub(line, 7, line.n);
		if (!first.n && !str_starts(line, STR("WARNING: ")))
			first = line;
	}
	return first;
}

void az_error(struct str errs, int exit_code, struct err *err)
{
	const struct explain_row *row = explain_find(explain_number(errs));
	struct str line = first_line(errs);
	struct strbuf clean;

	if (str_find(errs, STR("az login")) >= 0 && !row) {
		err_set(err, ERR_AUTH, "nobody has signed in to az; run: az login");
		return;
	}
	strbuf_init(&clean, 2048);
	redact_line(&clean, line, LINE_BYTES);
	if (clean.n)
		err_set(err, ERR_AUTH, "az: %s%s%s", clean.p, row ? "; " : "",
			row ? row->todo : "");
	else
		err_set(err, ERR_AUTH,
			"az ended with %d and no word; try: az account show", exit_code);
	strbuf_fini(&clean);
}
