/* How the configuration's sections are read: by tables of keys, from a place that a
 * mistake names with its line. Every key stands once, so what is counted while it is
 * read has the room that its list was given. Private to core/config. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_READER_H
#define AZ_CONFIG_CONFIG_READER_H

#include "config/config.h"

struct config_reader {
	struct config *config;
	struct err *err;
	char path[200]; /* where it is: "workloads[0].groups" */
	size_t n;
};

struct config_key;
/* The value of a key, into what the table is about. */
typedef bool (*config_key_fn)(struct config_reader *r, const struct config_key *key,
			      const cJSON *item, void *out);

struct config_key {
	const char *name;
	config_key_fn read; /* NULL: somebody else does */
	size_t field;	    /* where it goes, as offsetof says it */
	size_t count;	    /* of a list: where it goes how many there are */
	bool is_required;
	const char *const *words; /* a text is one of these; NULL: any */
	/* Bytes of a text, milliseconds of a span; most 0: no limit. */
	int64_t least, most;
};

/* Members of a row. */
#define CONFIG_AT(type, member) .field = offsetof(struct type, member)
#define CONFIG_TEXTS(type, member)                                                       \
	.name = #member, .read = config_read_texts, CONFIG_AT(type, member),             \
	.count = offsetof(struct type, n_##member)

/* Into a key or an item, and out again: the result is for leave. */
size_t config_enter(struct config_reader *r, const char *key);
size_t config_enter_item(struct config_reader *r, size_t i);
void config_leave(struct config_reader *r, size_t mark);
/* All return false. */
bool config_mistake(struct config_reader *r, const char *what);
/* Or it is told: a list of at most so many. */
bool config_is_list(struct config_reader *r, const cJSON *list, int most);
bool config_mistake_at(struct config_reader *r, const char *key, const char *what);

/* Zeroed, for all that the list or object holds. */
void *config_room(struct config_reader *r, const cJSON *list, size_t size);
const char *config_copy(struct config_reader *r, const char *text);

/* `unknown` is said of a key that is in no row; NULL: somebody else reads it. */
#define CONFIG_NO_SUCH_KEY "there is no such key"
bool config_read_keys(struct config_reader *r, const struct config_key *keys,
		      const cJSON *object, const char *unknown, void *out);

/* Kinds of value. */
bool config_read_text(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out);
bool config_read_texts(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out);
bool config_read_bool(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out);
/* A whole number from 1 on. */
bool config_read_count(struct config_reader *r, const struct config_key *key,
		       const cJSON *item, void *out);
/* A file or folder; it starts from the configuration's own folder. */
bool config_read_path(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out);

/* False: the text is not where a credential is, as "credential" says it. */
bool config_check_credential(struct config_reader *r, const char *text);

/* Sections; `out` is the configuration. */
bool config_read_ai(struct config_reader *r, const struct config_key *key,
		    const cJSON *item, void *out);
bool config_read_actions(struct config_reader *r, const struct config_key *key,
			 const cJSON *item, void *out);
bool config_read_logs(struct config_reader *r, const struct config_key *key,
		      const cJSON *item, void *out);
bool config_read_runbooks(struct config_reader *r, const struct config_key *key,
			  const cJSON *item, void *out);
bool config_read_schedules(struct config_reader *r, const struct config_key *key,
			   const cJSON *item, void *out);
bool config_read_workloads(struct config_reader *r, const struct config_key *key,
			   const cJSON *item, void *out);

#endif
