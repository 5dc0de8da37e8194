/* curl_multi on the loop: its sockets become uv_poll handles, its timer a uv
 * timer. Finished transfers are collected after every socket action. */
#include "net/http_transfer.h"

#include <stdlib.h>

#include "base/xalloc.h"

struct socket {
	uv_poll_t poll;
	curl_socket_t fd;
	struct http *http;
};

static void collect(struct http *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		struct transfer *t;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		http_transfer_ended(t, code);
	}
}

static void act(struct http *http, curl_socket_t fd, int mask)
{
	int running;

	curl_multi_socket_action(http->multi, fd, mask, &running);
	collect(http);
}

static void socket_ready(uv_poll_t *poll, int status, int events)
{
	struct socket *s = poll->data;
	int mask = 0;

	if (status < 0)
		mask |= CURL_CSELECT_ERR;
	if (events & UV_READABLE)
		mask |= CURL_CSELECT_IN;
	if (events & UV_WRITABLE)
		mask |= CURL_CSELECT_OUT;
	act(s->http, s->fd, mask);
}

static void free_handle(uv_handle_t *handle)
{
	free(handle->data);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *socketp)
{
	struct http *http = ctx;
	struct socket *s = socketp;
	int events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (s) {
			curl_multi_assign(http->multi, fd, NULL);
			uv_poll_stop(&s->poll);
			uv_close((uv_handle_t *)&s->poll, free_handle);
		}
		return 0;
	}
	if (!s) {
		s = xcalloc(1, sizeof(*s));
		s->fd = fd;
		s->http = http;
		s->poll.data = s;
		if (uv_poll_init_socket(loop_uv(http->loop), &s->poll, fd) < 0) {
			free(s);
			return -1;
		}
		curl_multi_assign(http->multi, fd, s);
	}
	if (what & CURL_POLL_IN)
		events |= UV_READABLE;
	if (what & CURL_POLL_OUT)
		events |= UV_WRITABLE;
	uv_poll_start(&s->poll, events, socket_ready);
	return 0;
}

static void timer_came(uv_timer_t *timer)
{
	act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static int on_timer(CURLM *multi, long wait_ms, void *ctx)
{
	struct http *http = ctx;

	(void)multi;
	if (wait_ms < 0) {
		uv_timer_stop(http->timer);
		return 0;
	}
	uv_update_time(loop_uv(http->loop));
	uv_timer_start(http->timer, timer_came, (uint64_t)wait_ms, 0);
	return 0;
}

void http_socket_limit(struct http *http)
{
	curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
			  (long)(http->per_host + http->n_flowing));
}

bool http_socket_start(struct http *http, struct err *err)
{
	http->multi = curl_multi_init();
	if (!http->multi)
		return err_set(err, ERR_INTERNAL, "curl has no multi handle to give");
	http->timer = xcalloc(1, sizeof(*http->timer));
	uv_timer_init(loop_uv(http->loop), http->timer);
	http->timer->data = http;
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)HTTP_MAX_IDLE);
	http_socket_limit(http);
	return true;
}

static void free_timer(uv_handle_t *handle)
{
	free(handle);
}

void http_socket_stop(struct http *http)
{
	curl_multi_cleanup(http->multi);
	uv_timer_stop(http->timer);
	uv_close((uv_handle_t *)http->timer, free_timer);
}
