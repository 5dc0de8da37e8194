/* An answer that comes bit by bit, for as long as both sides like: the log of a pod. Token,
 * one fresh one after a 401, errors in every envelope, an end to silence; what to do when
 * it is over is the caller's. Thread: core. */
#ifndef AZ_AZURE_API_FLOW_H
#define AZ_AZURE_API_FLOW_H

#include "azure/api.h"

struct api_flow_end {
	int status;	/* 0: no answer came */
	bool is_silent; /* nothing came for idle_ms: it was given up; ERR_TIMEOUT */
	/* ERR_NONE: the other side ended it, and all of it came. */
	struct err err;
};

struct api_flow_call {
	const struct connection *connection;
	struct str path; /* copied */
	int64_t idle_ms; /* longest silence; 0: any */
	/* Borrowed for the call. It must not stop the flow. */
	void (*on_bytes)(void *ctx, struct str bytes);
	/* Later, once; the flow is gone by then. */
	void (*done)(void *ctx, const struct api_flow_end *end);
	void *ctx;
};

struct api_flow;

struct api_flow *api_flow_start(struct http *http, struct loop *loop,
				const struct api_flow_call *call);
/* Nothing comes after; accepts NULL. */
void api_flow_stop(struct api_flow *flow);

#endif
