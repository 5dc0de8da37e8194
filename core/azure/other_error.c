/* See other_error.h. The first row whose members are all there is the one, so what
 * says more stands further up. */
#include "azure/other_error.h"

#include "base/count.h"

static const struct shape {
	const char *object;	    /* NULL: the document; "errors": the first of them */
	const char *code, *message; /* NULL: there is none */
} shapes[] = {
	{"error", "status", "message"},	      /* Google */
	{"error", "type", "reason"},	      /* Elasticsearch */
	{"error", "title", "message"},	      /* Zendesk */
	{"errors", "code", "message"},	      /* Intercom */
	{"errors", "title", "detail"},	      /* JSON:API, as HCP Terraform */
	{"errors", "status", "title"},	      /* the same, when it says little */
	{NULL, "errorType", "error"},	      /* Prometheus */
	{NULL, "error", "error_description"}, /* OAuth */
	{NULL, "error", "description"},	      /* Zendesk */
	{NULL, "error", "message"},	      /* Kibana */
	{NULL, "errorCode", "detail"},	      /* MongoDB Atlas */
	{NULL, "errorCode", "message"},	      /* Fabric */
	{NULL, "__type", "message"},	      /* AWS */
	{NULL, "typeKey", "message"},	      /* Azure DevOps */
	{NULL, "reason", "message"},	      /* Kubernetes */
	{NULL, NULL, "message"}, /* Alertmanager, GitHub, Grafana, Opsgenie */
	{NULL, NULL, "error"},	 /* Ollama */
	{NULL, NULL, "detail"},	 /* FastAPI */
	{NULL, "__type", NULL},
};

static struct str text_at(const cJSON *object, const char *name)
{
	const cJSON *item =
		cJSON_IsObject(object) ? cJSON_GetObjectItem(object, name) : NULL;

	return str_from(cJSON_GetStringValue(item));
}

static const cJSON *object_of(const cJSON *root, const char *name)
{
	const cJSON *item = name ? cJSON_GetObjectItem(root, name) : root;

	return cJSON_IsArray(item) ? item->child : item;
}

/* "com.amazon.coral.service#ThrottlingException" */
static struct str behind_mark(struct str code)
{
	ptrdiff_t mark = str_find_char(code, '#');

	return mark < 0 ? code : str_sub(code, (size_t)mark + 1, code.n);
}

bool other_error_find(const cJSON *root, struct str *code, struct str *message)
{
	for (size_t i = 0; cJSON_IsObject(root) && i < COUNT(shapes); i++) {
		const cJSON *object = object_of(root, shapes[i].object);
		struct str c = {0}, m = {0};

		if (shapes[i].code)
			c = behind_mark(text_at(object, shapes[i].code));
		if (shapes[i].message)
			m = text_at(object, shapes[i].message);
		if ((shapes[i].code && !c.n) || (shapes[i].message && !m.n))
			continue;
		*code = c;
		*message = m;
		return true;
	}
	return false;
}
