/* See resource_tag.h. Most resources do not have it, and for them nothing is parsed. */
#include "board/resource_tag.h"

#include <strings.h>

#include "base/json.h"

static bool may_have(struct str raw, struct str name)
{
	for (size_t i = 1; i + name.n < raw.n; i++) {
		if (raw.p[i - 1] == '"' && raw.p[i + name.n] == '"' &&
		    strncasecmp(raw.p + i, name.p, name.n) == 0)
			return true;
	}
	return false;
}

bool resource_tag(struct str raw, struct str name, struct strbuf *out)
{
	struct err err = {.code = ERR_NONE};
	const cJSON *tags = NULL, *tag;
	bool is_there = false;
	cJSON *json;

	strbuf_reset(out);
	if (!name.n || !may_have(raw, name))
		return false;
	json = json_parse(raw, &json_wire, NULL, &err);
	if (json)
		tags = json_member(json, "tags");
	/* Node pools have them deeper down. */
	if (json && !tags)
		tags = json_member(json_member(json, "properties"), "tags");
	cJSON_ArrayForEach (tag, tags) {
		if (!cJSON_IsString(tag) || !str_eq_nocase(str_from(tag->string), name))
			continue;
		strbuf_puts(out, tag->valuestring);
		is_there = true;
		break;
	}
	cJSON_Delete(json);
	return is_there;
}
