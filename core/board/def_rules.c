/* Severity rules of a definition: a map of words, or a list of predicates of
 * which the first that holds decides. Thread: any; one reader at a time. */
#include "board/def_part.h"

enum { MAX_RULES = 64 };

static enum severity read_severity(struct def_reader *r, const char *key,
				   const cJSON *value)
{
	enum severity sev = SEV_NONE;

	if (!cJSON_IsString(value) || !severity_find(str_from(value->valuestring), &sev))
		def_fail(r, key, "must be one of none, ok, info, unknown, warn, crit");
	return sev;
}

static struct sev_rule *new_rules(struct def_reader *r, const cJSON *from)
{
	size_t n = (size_t)cJSON_GetArraySize(from);

	if (n > MAX_RULES)
		def_fail(r, NULL, "more than %d rules", MAX_RULES);
	return arena_calloc(r->arena, n + 1, sizeof(struct sev_rule));
}

static const struct sev_rule *read_words(struct def_reader *r, const cJSON *map,
					 size_t *n)
{
	struct sev_rule *rules = new_rules(r, map);
	struct sev_rule other = {0};
	bool has_other = false;
	const cJSON *at;

	cJSON_ArrayForEach (at, map) {
		struct sev_rule rule = {.sev = read_severity(r, at->string, at)};

		if (at->string[0] == '*' && !at->string[1]) {
			other = rule;
			has_other = true;
			continue;
		}
		rule.equals = arena_str(r->arena, str_from(at->string));
		if (!rule.equals.n)
			def_fail(r, NULL, "an empty word");
		rules[(*n)++] = rule;
	}
	if (has_other)
		rules[(*n)++] = other;
	return rules;
}

static const struct sev_rule *read_predicates(struct def_reader *r, const cJSON *list,
					      size_t *n)
{
	struct sev_rule *rules = new_rules(r, list);
	const cJSON *at;
	size_t i = 0;

	cJSON_ArrayForEach (at, list) {
		size_t mark = def_enter_item(r, i++);

		if (!cJSON_IsObject(at))
			def_fail(r, NULL, "must be {\"when\": ..., \"is\": ...}");
		def_only(r, at, "when is");
		if (!r->failed) {
			struct sev_rule *rule = &rules[(*n)++];

			rule->when = def_query(r, at, "when", DEF_REQUIRED);
			rule->sev =
				read_severity(r, "is",
					      cJSON_GetObjectItemCaseSensitive(at, "is"));
		}
		def_leave(r, mark);
		if (r->failed)
			return NULL;
	}
	return rules;
}

const struct sev_rule *def_read_rules(struct def_reader *r, const cJSON *object,
				      bool allow_words, size_t *n)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(object, "severity");
	const struct sev_rule *rules = NULL;
	size_t mark;

	*n = 0;
	if (!at || r->failed)
		return NULL;
	mark = def_enter(r, "severity");
	if (cJSON_IsArray(at))
		rules = read_predicates(r, at, n);
	else if (allow_words && cJSON_IsObject(at))
		rules = read_words(r, at, n);
	else
		def_fail(r, NULL, "must be a list of rules%s",
			 allow_words ? " or a map of words" : "");
	def_leave(r, mark);
	if (r->failed)
		*n = 0;
	return rules;
}
