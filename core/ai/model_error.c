/* See model_error.h. */
#include "ai/model_error.h"

#include <stdio.h>
#include <string.h>

#include "azure/arm_error.h"
#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"

static const struct {
	const char *name, *help;
	enum err_code code;
} troubles[] = {
#define X(id, word, code, help) {word, help, ERR_##code},
	MODEL_TROUBLE_LIST(X)
#undef X
};

const char *model_trouble_name(enum model_trouble trouble)
{
	return troubles[trouble].name;
}

const char *model_trouble_help(enum model_trouble trouble)
{
	return troubles[trouble].help;
}

/* What the envelopes have in common. */
struct said {
	const char *message, *code, *type, *param;
	int number; /* a code that is a status, too; 0 */
	const cJSON *inner;
};

static const char *first_of(const cJSON *object, const char *a, const char *b)
{
	const char *text = json_text(object, a);

	return text ? text : json_text(object, b);
}

/* {"detail": "..."} or {"detail": [{"msg": "..."}]}, of proxies. */
static const char *detail_of(const cJSON *root)
{
	const cJSON *detail = json_member(root, "detail");

	return cJSON_IsArray(detail) ? json_text(detail->child, "msg")
				     : json_text(root, "detail");
}

static void read_said(const cJSON *answer, struct said *said)
{
	const cJSON *error = json_member(answer, "error");
	double number;

	*said = (struct said){0};
	if (!cJSON_IsObject(error))
		error = answer;
	said->message = first_of(error, "message", "error");
	if (!said->message)
		said->message = detail_of(answer);
	said->code = json_text(error, "code");
	if ((json_number(error, "code", &number) ||
	     json_number(error, "statusCode", &number)) &&
	    number >= 400 && number < 600)
		said->number = (int)number;
	said->type = json_text(error, "type");
	said->param = json_text(error, "param");
	said->inner = json_member(error, "innererror");
}

/* What a code, a type or a piece of the message says, the first row that fits. Services
 * reuse statuses for different things, so words go before them. */
static const struct {
	const char *code; /* of code or type; NULL: any */
	const char *word; /* in the message; NULL: any */
	enum model_trouble trouble;
} known[] = {
	{"content_filter", NULL, TROUBLE_FILTERED},
	{"context_length_exceeded", NULL, TROUBLE_TOO_LONG},
	{"string_above_max_length", NULL, TROUBLE_TOO_LONG},
	{NULL, "maximum context length", TROUBLE_TOO_LONG},
	{NULL, "exceeds the available context size", TROUBLE_TOO_LONG},
	{"exceed_context_size_error", NULL, TROUBLE_TOO_LONG},
	{"unsupported_parameter", NULL, TROUBLE_PARAMETER},
	{"unsupported_value", NULL, TROUBLE_PARAMETER},
	{"insufficient_quota", NULL, TROUBLE_QUOTA},
	{NULL, "exceeded your current quota", TROUBLE_QUOTA},
	{"DeploymentNotFound", NULL, TROUBLE_MISSING},
	{"model_not_found", NULL, TROUBLE_MISSING},
	{"InvalidAPIVersion", NULL, TROUBLE_MISSING},
	{NULL, "not found, try pulling it first", TROUBLE_MISSING},
	{"invalid_api_key", NULL, TROUBLE_SIGN_IN},
	{NULL, "Loading model", TROUBLE_LOADING},
	{NULL, "loading model", TROUBLE_LOADING},
	{"rate_limit_exceeded", NULL, TROUBLE_BUSY},
	{"too_many_requests", NULL, TROUBLE_BUSY},
	{"server_error", NULL, TROUBLE_DOWN},
};

static bool is_code(const struct said *said, const char *code)
{
	return (said->code && strcmp(said->code, code) == 0) ||
	       (said->type && strcmp(said->type, code) == 0);
}

static enum model_trouble by_words(const struct said *said)
{
	for (size_t i = 0; i < COUNT(known); i++) {
		if (known[i].code && !is_code(said, known[i].code))
			continue;
		if (known[i].word &&
		    (!said->message || !strstr(said->message, known[i].word)))
			continue;
		return known[i].trouble;
	}
	return TROUBLE_NONE;
}

static enum model_trouble by_status(int status)
{
	switch (status) {
	case 0:
		return TROUBLE_DOWN;
	case 401:
	case 403:
		return TROUBLE_SIGN_IN;
	case 404:
		return TROUBLE_MISSING;
	case 413:
		return TROUBLE_TOO_LONG;
	case 408:
	case 429:
		return TROUBLE_BUSY;
	default:
		return status >= 500 ? TROUBLE_DOWN : TROUBLE_OTHER;
	}
}

/* What the filter took it for. */
static void read_filters(const cJSON *results, struct model_error *out)
{
	const cJSON *result;
	struct strbuf names;

	strbuf_init(&names, sizeof(out->filters) - 1);
	cJSON_ArrayForEach (result, results) {
		if (!json_bool(result, "filtered", false) &&
		    !json_bool(result, "detected", false))
			continue;
		if (names.n)
			strbuf_puts(&names, ", ");
		sanitize_line(&names, str_from(result->string));
	}
	snprintf(out->filters, sizeof(out->filters), "%s", names.p);
	strbuf_fini(&names);
}

/* Written in two ways. */
static const cJSON *filter_results(const cJSON *inner)
{
	const cJSON *results = json_member(inner, "content_filter_result");

	return results ? results : json_member(inner, "content_filter_results");
}

void model_error_filtered(const cJSON *results, struct model_error *out)
{
	*out = (struct model_error){.trouble = TROUBLE_FILTERED};
	read_filters(results, out);
	err_set(&out->err, ERR_REFUSED, "its content filter stopped the answer%s%s%s",
		out->filters[0] ? " (" : "", out->filters, out->filters[0] ? ")" : "");
}

static void put_text(const struct said *said, const struct model_error *of,
		     struct err *err)
{
	struct strbuf text;

	strbuf_init(&text, sizeof(err->text) - 1);
	sanitize_line(&text, str_from(said->message ? said->message : ""));
	if (of->trouble == TROUBLE_FILTERED && of->filters[0])
		err_set(err, troubles[of->trouble].code,
			"its content filter refused the question (%s)", of->filters);
	else
		err_set(err, troubles[of->trouble].code, "%s",
			text.n ? text.p : model_trouble_help(of->trouble));
	strbuf_fini(&text);
}

void model_error_read(const cJSON *answer, int status, struct model_error *out)
{
	struct said said;

	*out = (struct model_error){0};
	read_said(answer, &said);
	out->trouble = by_words(&said);
	if (out->trouble == TROUBLE_NONE)
		out->trouble = by_status(status ? status : said.number);
	if (out->trouble == TROUBLE_PARAMETER && said.param)
		snprintf(out->parameter, sizeof(out->parameter), "%s", said.param);
	if (out->trouble == TROUBLE_FILTERED)
		read_filters(filter_results(said.inner), out);
	put_text(&said, out, &out->err);
	out->err.http_status = status;
}

void model_error_decode(struct str body, int status, struct model_error *out)
{
	struct err ignored;
	cJSON *answer = json_parse(body, &json_wire, NULL, &ignored);

	if (cJSON_IsObject(answer)) {
		model_error_read(answer, status, out);
	} else {
		*out = (struct model_error){.trouble = by_status(status)};
		arm_error_decode(status, body, STR(""), &out->err);
		out->err.code = troubles[out->trouble].code;
	}
	cJSON_Delete(answer);
}
