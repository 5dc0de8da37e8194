/* See tls_server.h. Sockets do not block; a connection steps forward whenever
 * something can be read, and its answers are small enough to be written at once. */
#include "wire/tls_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "base/xalloc.h"

#define DAY_S  86400L
#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nover tls"

struct tls_server {
	uv_poll_t poll;
	int fd;
	SSL_CTX *ctx;
	struct loop *loop;
	struct line *lines;
	size_t n_handles, n_requests, n_connections;
	char url[48];
	char ca_file[48];
	char key[512];
	char offered[128];
	char answer[512];
};

/* One connection. */
struct line {
	uv_poll_t poll;
	struct line *next;
	struct tls_server *server;
	SSL *ssl;
	struct strbuf in;
	bool is_closing;
};

static void add_extension(X509 *cert, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *ext;

	X509V3_set_ctx_nodb(&ctx);
	X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	if (!ext || !X509_add_ext(cert, ext, -1))
		fatal("tls_server: no extension");
	X509_EXTENSION_free(ext);
}

static X509 *make_certificate(EVP_PKEY *key, const struct tls_server_options *options)
{
	X509 *cert = X509_new();
	X509_NAME *name = X509_get_subject_name(cert);

	X509_set_version(cert, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
	X509_gmtime_adj(X509_getm_notBefore(cert), -2 * DAY_S);
	X509_gmtime_adj(X509_getm_notAfter(cert), options->is_expired ? -DAY_S : DAY_S);
	X509_set_pubkey(cert, key);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
				   (const unsigned char *)"azdeck test", -1, -1, 0);
	X509_set_issuer_name(cert, name);
	add_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
	add_extension(cert, NID_subject_alt_name, options->names);
	if (!X509_sign(cert, key, EVP_sha256()))
		fatal("tls_server: cannot sign");
	return cert;
}

static void write_ca_file(struct tls_server *s, X509 *cert)
{
	int fd;
	FILE *f;

	snprintf(s->ca_file, sizeof(s->ca_file), "/tmp/azdeck-ca.XXXXXX");
	fd = mkstemp(s->ca_file);
	f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f || !PEM_write_X509(f, cert) || fclose(f) != 0)
		fatal("tls_server: cannot write the certificate");
}

/* Takes http/1.1 and remembers what was offered. */
static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *n_out,
		   const unsigned char *in, unsigned n_in, void *ctx)
{
	static const unsigned char ours[] = "\x08http/1.1";
	struct tls_server *s = ctx;
	unsigned char *picked;
	size_t n = 0;

	(void)ssl;
	for (unsigned at = 0; at < n_in; at += in[at] + 1u)
		n += (size_t)snprintf(s->offered + n, sizeof(s->offered) - n, "%s%.*s",
				      n ? "," : "", (int)in[at],
				      (const char *)in + at + 1);
	if (SSL_select_next_proto(&picked, n_out, ours, sizeof(ours) - 1, in, n_in) !=
	    OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_NOACK;
	*out = picked;
	return SSL_TLSEXT_ERR_OK;
}

static EVP_PKEY *make_key(void)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
	EVP_PKEY *key = NULL;

	if (!ctx || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, NID_X9_62_prime256v1) != 1 ||
	    EVP_PKEY_keygen(ctx, &key) != 1)
		fatal("tls_server: no key");
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static void keep_key(struct tls_server *s, EVP_PKEY *key)
{
	BIO *out = BIO_new(BIO_s_mem());
	int n;

	if (!out || PEM_write_bio_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) != 1)
		fatal("tls_server: no key to give");
	n = BIO_read(out, s->key, sizeof(s->key) - 1);
	s->key[n > 0 ? n : 0] = '\0';
	BIO_free(out);
}

static void want_certificate(struct tls_server *s, X509 *cert)
{
	if (X509_STORE_add_cert(SSL_CTX_get_cert_store(s->ctx), cert) != 1)
		fatal("tls_server: no trust");
	SSL_CTX_set_verify(s->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
			   NULL);
}

static void make_context(struct tls_server *s, const struct tls_server_options *options)
{
	EVP_PKEY *key = make_key();
	X509 *cert = make_certificate(key, options);

	s->ctx = SSL_CTX_new(TLS_server_method());
	if (!s->ctx || SSL_CTX_use_certificate(s->ctx, cert) != 1 ||
	    SSL_CTX_use_PrivateKey(s->ctx, key) != 1)
		fatal("tls_server: no certificate");
	SSL_CTX_set_alpn_select_cb(s->ctx, on_alpn, s);
	write_ca_file(s, cert);
	keep_key(s, key);
	if (options->wants_certificate)
		want_certificate(s, cert);
	X509_free(cert);
	EVP_PKEY_free(key);
}

static void let_go(struct tls_server *s)
{
	if (--s->n_handles)
		return;
	SSL_CTX_free(s->ctx);
	free(s);
}

static void line_closed(uv_handle_t *handle)
{
	struct line *line = handle->data;
	struct line **at = &line->server->lines;

	while (*at != line)
		at = &(*at)->next;
	*at = line->next;
	close(SSL_get_fd(line->ssl));
	SSL_free(line->ssl);
	strbuf_fini(&line->in);
	let_go(line->server);
	free(line);
}

static void line_close(struct line *line)
{
	if (line->is_closing)
		return;
	line->is_closing = true;
	uv_poll_stop(&line->poll);
	uv_close((uv_handle_t *)&line->poll, line_closed);
}

static void answer(struct line *line)
{
	ptrdiff_t end;

	while ((end = str_find(strbuf_str(&line->in), STR("\r\n\r\n"))) >= 0) {
		strbuf_consume(&line->in, (size_t)end + 4);
		line->server->n_requests++;
		SSL_write(line->ssl, line->server->answer,
			  (int)strlen(line->server->answer));
	}
}

static void on_readable(uv_poll_t *poll, int status, int events)
{
	struct line *line = poll->data;
	char bytes[4096];
	int n = 0;

	(void)events;
	/* The handshake happens within. */
	while (status == 0 && (n = SSL_read(line->ssl, bytes, sizeof(bytes))) > 0) {
		strbuf_put(&line->in, (struct str){.p = bytes, .n = (size_t)n});
		answer(line);
	}
	if (status != 0 || SSL_get_error(line->ssl, n) != SSL_ERROR_WANT_READ)
		line_close(line);
}

static void on_connection(uv_poll_t *poll, int status, int events)
{
	struct tls_server *s = poll->data;
	struct line *line;
	int fd = accept4(s->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)status;
	(void)events;
	if (fd < 0)
		return;
	line = xcalloc(1, sizeof(*line));
	line->server = s;
	line->ssl = SSL_new(s->ctx);
	SSL_set_fd(line->ssl, fd);
	SSL_set_accept_state(line->ssl);
	strbuf_init(&line->in, 64 * 1024);
	line->next = s->lines;
	s->lines = line;
	s->n_handles++;
	s->n_connections++;
	uv_poll_init(loop_uv(s->loop), &line->poll, fd);
	line->poll.data = line;
	uv_poll_start(&line->poll, UV_READABLE, on_readable);
}

static void listen_somewhere(struct tls_server *s)
{
	struct sockaddr_in addr = {.sin_family = AF_INET};
	socklen_t n = sizeof(addr);

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&addr, sizeof(addr)) != 0 ||
	    listen(s->fd, 16) != 0 ||
	    getsockname(s->fd, (struct sockaddr *)&addr, &n) != 0)
		fatal("tls_server: cannot listen");
	snprintf(s->url, sizeof(s->url), "https://127.0.0.1:%u", ntohs(addr.sin_port));
}

struct tls_server *tls_server_new(struct loop *loop,
				  const struct tls_server_options *options)
{
	struct tls_server *s = xcalloc(1, sizeof(*s));

	s->loop = loop;
	snprintf(s->answer, sizeof(s->answer), "%s", ANSWER);
	if (options->redirect)
		snprintf(s->answer, sizeof(s->answer),
			 "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"
			 "Location: %s\r\n\r\n",
			 options->redirect);
	if (options->json)
		snprintf(s->answer, sizeof(s->answer),
			 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
			 "Connection: close\r\nContent-Length: %zu\r\n\r\n%s",
			 strlen(options->json), options->json);
	make_context(s, options);
	listen_somewhere(s);
	uv_poll_init(loop_uv(loop), &s->poll, s->fd);
	s->poll.data = s;
	s->n_handles = 1;
	uv_poll_start(&s->poll, UV_READABLE, on_connection);
	return s;
}

static void server_closed(uv_handle_t *handle)
{
	struct tls_server *s = handle->data;

	close(s->fd);
	let_go(s);
}

void tls_server_free(struct tls_server *s)
{
	unlink(s->ca_file);
	for (struct line *line = s->lines; line; line = line->next)
		line_close(line);
	uv_poll_stop(&s->poll);
	uv_close((uv_handle_t *)&s->poll, server_closed);
}

const char *tls_server_url(const struct tls_server *s)
{
	return s->url;
}

const char *tls_server_key(const struct tls_server *s)
{
	return s->key;
}

const char *tls_server_ca_file(const struct tls_server *s)
{
	return s->ca_file;
}

size_t tls_server_requests(const struct tls_server *s)
{
	return s->n_requests;
}

size_t tls_server_connections(const struct tls_server *s)
{
	return s->n_connections;
}

const char *tls_server_offered(const struct tls_server *s)
{
	return s->offered;
}
