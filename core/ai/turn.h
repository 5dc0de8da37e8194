/* What is asked of a model in one turn: the conversation so far, the tools it may call,
 * and limits. Plain values, borrowed; a dialect (dialect.h) makes a body of it. Thread:
 * any. */
#ifndef AZ_AI_TURN_H
#define AZ_AI_TURN_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum turn_role {
	TURN_SYSTEM,
	TURN_USER,
	TURN_MODEL,
	TURN_TOOL, /* what a tool answered: from outside, and fenced by its maker */
};

/* A tool the model called: in a message of the model's. */
struct turn_call {
	const char *id, *name;
	const char *arguments; /* JSON text */
};

struct turn_message {
	enum turn_role role;
	struct str text;
	const struct turn_call *calls; /* TURN_MODEL */
	size_t n_calls;
	const char *call_id, *call_name; /* TURN_TOOL: what it answers */
};

struct turn_tool {
	const char *name, *about;
	const cJSON *parameters; /* JSON schema */
};

struct turn {
	const char *model;
	const struct turn_message *messages;
	size_t n_messages;
	const struct turn_tool *tools;
	size_t n_tools;
	int most_tokens;    /* of the answer; 0: not said */
	int context;	    /* tokens that the model may read; 0: not said */
	double temperature; /* < 0: not said */
	bool no_limit_word; /* the server refused max_completion_tokens */
	bool no_usage;	    /* likewise stream_options */
};

#endif
