/* How the parts of `azdeck schema` are written, and those that have a file of their own.
 * Private to core/cli/schema*.c. Thread: any (no state). */
#ifndef AZ_CLI_SCHEMA_PART_H
#define AZ_CLI_SCHEMA_PART_H

#include <cjson/cJSON.h>

/* A property of that type; `about` may be NULL. Whoever adds more to it adds it to what
 * is returned, of a list to its items. */
cJSON *schema_put(cJSON *properties, const char *name, const char *type,
		  const char *about);
cJSON *schema_put_list(cJSON *properties, const char *name, const char *about);
void schema_put_texts(cJSON *properties, const char *name, const char *about);
/* "90d" */
void schema_put_span(cJSON *properties, const char *name, const char *about);
/* One of the words, which end with NULL. */
void schema_put_choice(cJSON *properties, const char *name, const char *about,
		       const char *const *words);
void schema_require(cJSON *schema, const char *name);
/* An object that holds what it names and nothing else: the caller's. */
cJSON *schema_object(const char *about, cJSON **properties);
/* Names of clouds: the caller's. */
cJSON *schema_clouds(void);

void schema_put_connections(cJSON *properties);
void schema_put_credentials(cJSON *properties);
void schema_put_keyvault(cJSON *properties);
void schema_put_ai(cJSON *properties);

#endif
