/* libmicrohttpd, loaded when it is first called, which only a simulator does. See
 * net/http_late.c. Thread: any. */
#include <microhttpd.h>
#include <stdarg.h>

#include "base/count.h"
#include "base/late.h"
#include "config.h"
#include "sim/server.h"

#define FUNCTION_LIST(X)                                                                 \
	X(MHD_add_response_header)                                                       \
	X(MHD_create_response_from_buffer)                                               \
	X(MHD_create_response_from_callback)                                             \
	X(MHD_destroy_response)                                                          \
	X(MHD_get_daemon_info)                                                           \
	X(MHD_get_timeout)                                                               \
	X(MHD_lookup_connection_value)                                                   \
	X(MHD_queue_response)                                                            \
	X(MHD_resume_connection)                                                         \
	X(MHD_run)                                                                       \
	X(MHD_start_daemon_va)                                                           \
	X(MHD_stop_daemon)                                                               \
	X(MHD_suspend_connection)

struct functions {
#define X(name) __typeof__(name) *name;
	FUNCTION_LIST(X)
#undef X
};

static const struct late_function functions[] = {
#define X(name) {#name, offsetof(struct functions, name)},
	FUNCTION_LIST(X)
#undef X
};

static struct late library = {.library = AZ_LIBMICROHTTPD,
			      .functions = functions,
			      .n_functions = COUNT(functions),
			      .table_bytes = sizeof(struct functions)};

static const struct functions *mhd(void)
{
	return late_table(&library);
}

bool server_late_load(struct err *err)
{
	return late_load(&library, err) != NULL;
}

enum MHD_Result MHD_add_response_header(struct MHD_Response *response, const char *name,
					const char *value)
{
	return mhd()->MHD_add_response_header(response, name, value);
}

struct MHD_Response *MHD_create_response_from_buffer(size_t n, void *bytes,
						     enum MHD_ResponseMemoryMode mode)
{
	return mhd()->MHD_create_response_from_buffer(n, bytes, mode);
}

struct MHD_Response *MHD_create_response_from_callback(uint64_t n, size_t block,
						       MHD_ContentReaderCallback read,
						       void *ctx,
						       MHD_ContentReaderFreeCallback free)
{
	return mhd()->MHD_create_response_from_callback(n, block, read, ctx, free);
}

void MHD_destroy_response(struct MHD_Response *response)
{
	mhd()->MHD_destroy_response(response);
}

enum MHD_Result MHD_get_timeout(struct MHD_Daemon *daemon,
				MHD_UNSIGNED_LONG_LONG *wait_ms)
{
	return mhd()->MHD_get_timeout(daemon, wait_ms);
}

const char *MHD_lookup_connection_value(struct MHD_Connection *connection,
					enum MHD_ValueKind kind, const char *name)
{
	return mhd()->MHD_lookup_connection_value(connection, kind, name);
}

enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned status,
				   struct MHD_Response *response)
{
	return mhd()->MHD_queue_response(connection, status, response);
}

void MHD_resume_connection(struct MHD_Connection *connection)
{
	mhd()->MHD_resume_connection(connection);
}

enum MHD_Result MHD_run(struct MHD_Daemon *daemon)
{
	return mhd()->MHD_run(daemon);
}

void MHD_stop_daemon(struct MHD_Daemon *daemon)
{
	mhd()->MHD_stop_daemon(daemon);
}

void MHD_suspend_connection(struct MHD_Connection *connection)
{
	mhd()->MHD_suspend_connection(connection);
}

/* What follows the kind of information is for kinds that nobody asks for here. */
const union MHD_DaemonInfo *MHD_get_daemon_info(struct MHD_Daemon *daemon,
						enum MHD_DaemonInfoType kind, ...)
{
	return mhd()->MHD_get_daemon_info(daemon, kind);
}

struct MHD_Daemon *MHD_start_daemon(unsigned flags, uint16_t port,
				    MHD_AcceptPolicyCallback accept, void *accept_ctx,
				    MHD_AccessHandlerCallback answer, void *ctx, ...)
{
	struct MHD_Daemon *daemon;
	va_list ap;

	va_start(ap, ctx);
	daemon = mhd()->MHD_start_daemon_va(flags, port, accept, accept_ctx, answer, ctx,
					    ap);
	va_end(ap);
	return daemon;
}
