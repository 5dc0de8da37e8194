/* See paging_body.h. The rest of the body goes out again as it was: another query
 * with an old token is refused. */
#include "azure/paging_body.h"

#include "azure/paging_rule.h"
#include "base/count.h"
#include "base/json.h"

enum { BODY_MAX_BYTES = 1 << 20 };

static const struct member {
	const char *given;  /* path in the answer */
	const char *object; /* where it goes; NULL: the top */
	const char *wanted;
} members[] = {
	{"$skipToken", "options", "$skipToken"},
	{"continuationToken", NULL, "continuationToken"},
	{"NextToken", NULL, "NextToken"},
	{"pages.next.starting_after", "pagination", "starting_after"},
};

void paging_body_init(struct paging_body *b, struct str first)
{
	*b = (struct paging_body){.first = first};
	strbuf_init(&b->next, BODY_MAX_BYTES);
}

void paging_body_fini(struct paging_body *b)
{
	cJSON_Delete(b->tree);
	b->tree = NULL;
	strbuf_fini(&b->next);
}

static const char *token_at(const cJSON *page, const struct member *m)
{
	return cJSON_GetStringValue(json_at(page, str_from(m->given)));
}

static const struct member *member_of(const cJSON *page)
{
	for (size_t i = 0; i < COUNT(members); i++) {
		const char *token = token_at(page, &members[i]);

		if (token && token[0])
			return &members[i];
	}
	return NULL;
}

const char *paging_body_token(const cJSON *page)
{
	const struct member *m = member_of(page);

	return m ? token_at(page, m) : NULL;
}

/* The object the token goes into, made when it is not there. */
static cJSON *target_of(cJSON *tree, const char *name)
{
	cJSON *object;

	if (!name)
		return tree;
	object = cJSON_GetObjectItemCaseSensitive(tree, name);
	if (!object)
		object = cJSON_AddObjectToObject(tree, name);
	return cJSON_IsObject(object) ? object : NULL;
}

bool paging_body_follow(struct paging_body *b, const cJSON *page, struct err *err)
{
	const struct member *m = member_of(page);
	cJSON *target;

	if (!b->tree)
		b->tree = json_parse(b->first, &json_wire, NULL, err);
	if (!b->tree)
		return err_wrap(err, "the body of the first page");
	target = cJSON_IsObject(b->tree) ? target_of(b->tree, m->object) : NULL;
	if (!target)
		return err_set(err, ERR_PARSE, "the body of the first page takes no %s",
			       m->wanted);
	cJSON_DeleteItemFromObjectCaseSensitive(target, m->wanted);
	cJSON_AddStringToObject(target, m->wanted, token_at(page, m));
	strbuf_reset(&b->next);
	json_print(&b->next, b->tree);
	if (b->next.overflow)
		return err_set(err, ERR_TOO_LARGE,
			       "the body for the next page is too long");
	return true;
}
