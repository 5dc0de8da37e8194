/* Pages as services give them: "rule, header, then a page a line". Whatever a page says,
 * what is asked next is on our own host, and a list that goes round ends. */
#include <stdint.h>
#include <stdlib.h>

#include "azure/host.h"
#include "azure/paging.h"
#include "azure/paging_rule.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define BASE	   "https://management.azure.com"
#define FIRST	   BASE "/subscriptions?api-version=2022-12-01&per_page=2"
#define MOST_BYTES 32768

enum { MOST_PAGES = 20 };

static void must(bool held)
{
	if (!held)
		abort();
}

static const struct paging_rule *pick_rule(struct str line)
{
	const struct paging_rule *rule = paging_rule_find(line);
	int64_t number;

	if (rule || !str_to_i64(line, &number) || number < 0)
		return rule;
	return number < 100 ? paging_rule_at((size_t)number) : NULL;
}

/* All rows there are in pages that were taken, under any name of the rule. */
static size_t rows_of(const struct paging_rule *rule, const cJSON *page)
{
	const cJSON *list = page ? paging_rule_list(rule, page) : NULL;

	return list ? (size_t)cJSON_GetArraySize(list) : 0;
}

static void take_pages(struct paging *p, struct str header, struct str rest)
{
	enum paging_step step = PAGING_MORE;
	struct strbuf next;
	struct str line;
	size_t rows = 0;

	strbuf_init(&next, 16384);
	while (step == PAGING_MORE && str_next(&rest, '\n', &line)) {
		struct err err;
		cJSON *page = json_parse(line, &json_wire, NULL, &err);

		err_clear(&err);
		rows += rows_of(p->rule, page);
		step = paging_add(p, page, header, &next, &err);
		must(step != PAGING_MORE ||
		     host_is_ours(strbuf_str(&next), str_from(BASE)));
		must((step == PAGING_CUT) == (err.code != ERR_NONE));
		must(p->pages <= MOST_PAGES);
	}
	must(rows_of(p->rule, p->all) <= rows || rows == 0);
	strbuf_fini(&next);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str rest = {.p = (const char *)data, .n = n}, first, header;
	const struct paging_rule *rule;
	struct paging paging;

	if (n > MOST_BYTES || !str_next(&rest, '\n', &first) ||
	    !str_next(&rest, '\n', &header))
		return 0;
	rule = pick_rule(first);
	if (!rule)
		return 0;
	paging_init(&paging, rule, STR(BASE), STR(FIRST), MOST_PAGES);
	paging_set_body(&paging, STR("{\"query\":\"Resources\",\"options\":{}}"));
	take_pages(&paging, header, rest);
	cJSON_Delete(paging_take(&paging));
	paging_fini(&paging);
	return 0;
}
