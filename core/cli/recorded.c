/* Recorded answers, put together as a poll would have. Thread: any (no state). */
#include "cli/recorded.h"

#include "base/json.h"

/* The first success of an example: "200" before others. */
static cJSON *example_response(cJSON *responses)
{
	cJSON *at = cJSON_GetObjectItemCaseSensitive(responses, "200");

	if (at)
		return at;
	cJSON_ArrayForEach (at, responses) {
		if (at->string[0] == '2')
			return at;
	}
	return NULL;
}

static cJSON *take_body(cJSON *response)
{
	cJSON *body = cJSON_DetachItemFromObjectCaseSensitive(response, "body");

	return body ? body : cJSON_CreateNull();
}

cJSON *recorded_body(cJSON *file, struct err *err)
{
	cJSON *response = cJSON_GetObjectItemCaseSensitive(file, "response");
	cJSON *responses = cJSON_GetObjectItemCaseSensitive(file, "responses");
	cJSON *body = NULL;
	double status = 200;

	if (cJSON_IsObject(response) && json_member(file, "request")) {
		json_number(response, "status", &status);
		if (status >= 200 && status < 300)
			body = take_body(response);
	} else if (cJSON_IsObject(responses)) {
		response = example_response(responses);
		status = 0;
		if (response)
			body = take_body(response);
	} else {
		return file;
	}
	if (!body && status)
		err_set(err, ERR_SERVICE, "the recorded answer is an error, status %d",
			(int)status);
	else if (!body)
		err_set(err, ERR_PARSE, "the example has no answer with a 2xx status");
	cJSON_Delete(file);
	return body;
}

/* The list of a page: itself, "value", or "data" of Resource Graph. */
static cJSON *list_of(cJSON *page)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(page, "value");

	if (cJSON_IsArray(page))
		return page;
	return list ? list : cJSON_GetObjectItemCaseSensitive(page, "data");
}

/* Lists at the end of lists. */
static bool join_page(cJSON *first, cJSON *body)
{
	cJSON *to = list_of(first), *from = list_of(body);

	if (!cJSON_IsArray(to) || !cJSON_IsArray(from))
		return false;
	while (from->child)
		cJSON_AddItemToArray(to, cJSON_DetachItemViaPointer(from, from->child));
	return true;
}

bool recorded_add(cJSON *answers, const struct request_def *request, cJSON *body,
		  const cJSON *item, struct err *err)
{
	cJSON *known = cJSON_GetObjectItemCaseSensitive(answers, request->name);
	cJSON *entry;
	bool ok;

	if (!request->for_each) {
		if (!known)
			return cJSON_AddItemToObject(answers, request->name, body);
		ok = join_page(known, body);
		cJSON_Delete(body);
		return ok || err_set(err, ERR_USAGE,
				     "request %s: only lists can have more than one file",
				     request->name);
	}
	if (!known)
		known = cJSON_AddArrayToObject(answers, request->name);
	entry = cJSON_CreateObject();
	cJSON_AddItemToObject(entry, "item",
			      item ? cJSON_Duplicate(item, true) : cJSON_CreateObject());
	cJSON_AddItemToObject(entry, "answer", body);
	return cJSON_AddItemToArray(known, entry);
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

const struct request_def *recorded_default(const struct board_def *def)
{
	struct str rest = query_source(def->rows);

	while (rest.n) {
		size_t n = 0;
		ptrdiff_t at;

		while (n < rest.n && is_word_char(rest.p[n]))
			n++;
		at = n ? board_def_request(def, str_sub(rest, 0, n)) : -1;
		if (at >= 0)
			return &def->requests[at];
		rest = str_sub(rest, n ? n : 1, rest.n);
	}
	return &def->requests[0];
}
