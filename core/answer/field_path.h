/* The path of a field taken apart, and the way back for its key. Thread: any. */
#ifndef AZ_ANSWER_FIELD_PATH_H
#define AZ_ANSWER_FIELD_PATH_H

#include "answer/field.h"

struct field_path {
	struct str root; /* before the key; all of it where there is none */
	struct str name; /* behind the key: "drill.at"; empty */
	bool has_key;
	char key[FIELD_KEY_MOST]; /* clean, decoded; of two keys "a/b" */
};

/* False: it is none. */
bool field_path_parse(struct str path, struct field_path *out);
/* Whether it names this root and name; without a key the dot between them may be
 * anywhere. */
bool field_path_is(const struct field_path *path, const char *root, const char *name);
/* A key as it stands between brackets. */
void field_path_put_key(struct strbuf *out, struct str key);

#endif
