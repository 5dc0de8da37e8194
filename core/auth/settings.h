/* The settings of a credential against its method's table. Private to core/auth.
 * Thread: core. */
#ifndef AZ_AUTH_SETTINGS_H
#define AZ_AUTH_SETTINGS_H

#include "auth/method.h"

/* Copies what the configuration says, and fills in what the environment has. */
void settings_init(struct credential *c, const struct credential_spec *spec);
void settings_fini(struct credential *c);
bool settings_check(const struct credential *c, struct err *err) MUST_CHECK;
/* The row of a name; NULL when the method has none. */
const struct method_setting *setting_row(const struct method *m, const char *name);

#endif
