/* A proxy that does what it is told: leads CONNECT to a port of this machine, refuses it,
 * or says nothing. Which one may change between two calls. Thread: the loop's. */
#ifndef AZ_TESTS_FAKE_CONNECT_PROXY_H
#define AZ_TESTS_FAKE_CONNECT_PROXY_H

#include "net/loop.h"

struct connect_proxy;

struct connect_proxy *connect_proxy_new(struct loop *loop);
/* The memory goes as the loop turns on. */
void connect_proxy_free(struct connect_proxy *p);
/* "http://127.0.0.1:PORT" */
const char *connect_proxy_url(const struct connect_proxy *p);
/* From the next call on: to the port of "https://127.0.0.1:PORT". */
void connect_proxy_lead(struct connect_proxy *p, const char *url);
/* Answers with the status; 0: closes without one. */
void connect_proxy_refuse(struct connect_proxy *p, int status);

#endif
