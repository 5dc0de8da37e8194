/* The configuration's "actions": who may change what, when, and how far. Whether a window
 * can be understood only core/schedule can tell, and whether a key is one only core/act;
 * here they are texts. Without it every action is allowed that Azure allows, and those of
 * high risk need a second person, of whom there is none. Thread: any. */
#ifndef AZ_CONFIG_CONFIG_ACTIONS_H
#define AZ_CONFIG_CONFIG_ACTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct config_person {
	const char *name;
	const char *key; /* public; as `azdeck audit key` prints it */
};

/* One input that a rule bounds: to a list of texts, or to a range. */
struct config_limit {
	const char *input;
	const char *const *values; /* NULL: a range */
	size_t n_values;
	double least, most;
};

/* The first rule that fits an action and its target decides. Patterns hold '*'; an empty
 * list fits everything. */
struct config_action_rule {
	const char *const *actions;
	size_t n_actions;
	const char *const *targets;
	size_t n_targets;
	bool is_denied;
	const char *why;	   /* it is; NULL */
	const char *const *people; /* who may; empty: everybody */
	size_t n_people;
	const char *window; /* a tag of hours, within which; NULL: always */
	bool needs_second;  /* person, whatever its risk */
	const struct config_limit *limits;
	size_t n_limits;
};

struct config_freeze {
	int64_t from_ms, to_ms; /* the day of `to` is within */
	const char *why;
	const char *const *except; /* actions that may all the same */
	size_t n_except;
};

struct config_actions {
	bool is_off;	     /* there are none */
	int64_t lifetime_ms; /* of a plan; default 30 minutes */
	/* Changes that are over stay so long in the list, and at most so many of them. */
	int keep_days, keep_changes;
	const struct config_person *people;
	size_t n_people;
	const struct config_action_rule *rules;
	size_t n_rules;
	const struct config_freeze *freezes;
	size_t n_freezes;
};

extern const struct config_actions config_actions_default;

#endif
