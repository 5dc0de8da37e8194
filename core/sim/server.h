/* The HTTP side: a microhttpd daemon without a thread, driven by the caller's
 * loop. Thread: core. */
#ifndef AZ_SIM_SERVER_H
#define AZ_SIM_SERVER_H

#include "base/err.h"
#include "net/loop.h"
#include "sim/world.h"

struct server;

/* server_late.c: the HTTP library is loaded when it is first called; here is who says why
 * not. */
bool server_late_load(struct err *err) MUST_CHECK;

/* `listen` is "ADDRESS:PORT", port 0 picks one. The world is borrowed. A private one
 * refuses requests whose Host is not its own address. */
struct server *server_new(struct loop *loop, const char *listen, struct world *world,
			  bool is_private, struct err *err) MUST_CHECK;
/* Open connections are dropped; memory goes when the loop has turned once more. */
void server_free(struct server *server);
const char *server_url(const struct server *server);

#endif
