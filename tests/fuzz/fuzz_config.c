/* A configuration file: either one line that names the file says what is wrong, or
 * what was read holds what the rest of the program relies on. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "config/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_refusal(const struct err *err)
{
	struct str text = str_from(err->text);

	if (err->code != ERR_CONFIG || !str_starts(text, STR("config.json: ")) ||
	    !utf8_is_valid(text))
		abort();
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
			abort();
	}
}

static void check_connection(const struct config *c, size_t i)
{
	const struct config_connection *conn = &c->connections[i];
	struct str credential = str_from(conn->credential);

	if (!conn->name || !conn->kind || !conn->cloud || !conn->object)
		abort();
	/* A secret in the file is refused: what stays is a word or names a place. */
	if (!config_credential(c, credential) && !str_starts(credential, STR("env:")) &&
	    credential.n > 24)
		abort();
	for (size_t k = 0; k < i; k++) {
		if (str_eq(str_from(c->connections[k].name), str_from(conn->name)))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = {.p = (const char *)data, .n = n};
	struct config *config;
	struct err err;

	err_clear(&err);
	config = config_parse(text, "config.json", &err);
	if (!config) {
		check_refusal(&err);
		return 0;
	}
	for (size_t i = 0; i < config->n_connections; i++)
		check_connection(config, i);
	config_free(config);
	return 0;
}
