/* `azdeck knowledge`: runbooks by question, and what is known of them. Thread: the main
 * thread. */
#ifndef AZ_CLI_KNOWLEDGE_H
#define AZ_CLI_KNOWLEDGE_H

#include "cli/cli.h"

extern const struct cli_command cli_knowledge_command;

#endif
