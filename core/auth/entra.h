/* One form posted to a token endpoint, and what came of it. Thread: core. */
#ifndef AZ_AUTH_ENTRA_H
#define AZ_AUTH_ENTRA_H

#include "auth/method.h"

/* The form so far: "name=value&...", values encoded. Wiped by entra_post. */
void entra_form_put(struct strbuf *form, const char *name, struct str value);
/* Posts it for the slot and gives or fails it. */
void entra_post(struct slot *slot, struct str url, struct strbuf *form);

#endif
