/* Whether what came with a good status is what was asked for. A sign-in page, an empty
 * body or a list in place of an object would empty a board that has rows to show, and
 * say nothing. Thread: any (no state). */
#ifndef AZ_AZURE_ANSWER_FORM_H
#define AZ_AZURE_ANSWER_FORM_H

#include "azure/api.h"
#include "azure/paging_rule.h"
#include "net/http.h"

/* By its content type; one that says nothing may be. */
bool answer_is_json(const struct http_response *response);
/* What it is instead. */
void answer_say_type(const struct http_response *response, struct err *err);
/* `page` is NULL when the body was empty. */
bool answer_is_of_form(const struct api_call *call, const struct paging_rule *rule,
		       int status, const cJSON *page, struct err *err) MUST_CHECK;

#endif
