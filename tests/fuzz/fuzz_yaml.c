/* YAML of others: what is read is no deeper and no larger than it may be; what is not
 * has a reason. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "config/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool held)
{
	if (!held)
		abort();
}

static int count(const cJSON *node, int depth)
{
	int n = 1;

	must(depth <= YAML_MAX_DEPTH);
	for (node = node->child; node; node = node->next)
		n += count(node, depth + 1);
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err err;
	cJSON *root;

	if (n > 65536)
		return 0;
	err_clear(&err);
	root = yaml_parse((struct str){.p = (const char *)data, .n = n}, &err);
	if (root)
		must(count(root, 0) <= YAML_MAX_NODES);
	else
		must(err.code != ERR_NONE && err.text[0]);
	cJSON_Delete(root);
	return 0;
}
