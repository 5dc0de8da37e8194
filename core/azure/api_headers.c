/* See api_headers.h. */
#include "azure/api_headers.h"

#include <sodium.h>

#include "azure/kinds.h"
#include "azure/throttle.h"
#include "base/json.h"

enum { OWN_HEADERS = 6 + KIND_MAX_HEADERS };

/* Random, in the form every Azure log knows. */
static struct str make_guid(struct arena *arena)
{
	unsigned char b[16];
	struct strbuf text;
	struct str copy;

	randombytes_buf(b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	strbuf_init(&text, 40);
	for (int i = 0; i < 16; i++)
		strbuf_printf(&text, "%s%02x",
			      i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", b[i]);
	copy = arena_str(arena, strbuf_str(&text));
	strbuf_fini(&text);
	return copy;
}

static void add_header(struct http_header *out, size_t *n, const char *name,
		       struct str value)
{
	out[(*n)++] = (struct http_header){str_from(name), value};
}

static bool has_own(const struct api_call *what, const char *name)
{
	for (size_t i = 0; i < what->n_headers; i++) {
		if (str_eq_nocase(what->headers[i].name, str_from(name)))
			return true;
	}
	return false;
}

static const char *type_of(const struct kind_row *kind, enum http_method method)
{
	if (method == HTTP_PATCH && kind->patch_type)
		return kind->patch_type;
	return kind->content_type ? kind->content_type : "application/json";
}

/* The caller's own stand last, and there may be any number of them. */
const struct http_header *api_headers(const struct api_call *what, struct str url,
				      struct arena *arena, size_t *n_headers)
{
	const struct kind_row *kind = kind_row(what->connection->kind);
	struct http_header *out =
		arena_calloc(arena, OWN_HEADERS + what->n_headers, sizeof(*out));
	const char *from;
	size_t n = 0;

	if (!has_own(what, "Accept"))
		add_header(out, &n, "Accept",
			   str_from(kind->accept ? kind->accept : "application/json"));
	if (kind->is_azure)
		add_header(out, &n, "x-ms-client-request-id", make_guid(arena));
	if (what->connection->kind == CONN_ARM)
		add_header(out, &n, "x-ms-return-client-request-id", STR("true"));
	/* Cost Management counts callers without a name together, all tenant wide. */
	if (what->connection->kind == CONN_ARM && throttle_family(url) == THROTTLE_COST)
		add_header(out, &n, "ClientType", STR("azdeck"));
	if (what->body.n)
		add_header(out, &n, "Content-Type",
			   str_from(type_of(kind, what->method)));
	from = json_text(what->connection->about, "from");
	if (kind->names_writer && from && what->method != HTTP_GET && !what->is_read)
		add_header(out, &n, "From", str_from(from));
	for (size_t i = 0; i < KIND_MAX_HEADERS && kind->headers[i].name; i++)
		add_header(out, &n, kind->headers[i].name,
			   str_from(kind->headers[i].value));
	for (size_t i = 0; i < what->n_headers; i++)
		out[n++] = what->headers[i];
	*n_headers = n;
	return out;
}
