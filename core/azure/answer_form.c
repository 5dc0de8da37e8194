/* See answer_form.h. */
#include "azure/answer_form.h"

bool answer_is_json(const struct http_response *r)
{
	struct str type = http_header_find(r, "content-type");
	ptrdiff_t semicolon = str_find_char(type, ';');

	if (semicolon >= 0)
		type = str_trim(str_sub(type, 0, (size_t)semicolon));
	return type.n == 0 || str_eq_nocase(type, STR("text/plain")) ||
	       str_starts_nocase(type, STR("application/x-amz-json-")) ||
	       (type.n >= 4 && str_eq_nocase(str_sub(type, type.n - 4, 4), STR("json")));
}

void answer_say_type(const struct http_response *r, struct err *err)
{
	struct str type = http_header_find(r, "content-type");

	if (str_starts_nocase(type, STR("text/html")))
		err_set(err, ERR_AUTH,
			"a web page came instead of JSON, such as a sign-in page: sign "
			"in again, or look at the proxy");
	else
		err_set(err, ERR_PARSE,
			"%.*s came instead of JSON; check the connection's base "
			"address, or a proxy that answers in its place",
			(int)(type.n < 60 ? type.n : 60), type.p);
	err->http_status = r->status;
}

bool answer_is_of_form(const struct api_call *call, const struct paging_rule *rule,
		       int status, const cJSON *page, struct err *err)
{
	if (!call->is_read || status == 204 || (!page && call->may_be_empty))
		return true;
	if (!page)
		return err_set(err, ERR_PARSE,
			       "an empty answer came where JSON is due; a proxy may have "
			       "taken it: azdeck doctor");
	if (rule->list && !paging_rule_takes_list(rule) && !cJSON_IsObject(page))
		return err_set(err, ERR_PARSE,
			       "the answer is %s where an object is due; check the "
			       "connection's base address",
			       cJSON_IsArray(page) ? "a list" : "a bare value");
	return true;
}
