/* The requests of a definition: what is asked, how often, and which answers a
 * request needs first. A board only reads: a POST must say so.
 * Thread: any; one reader at a time. */
#include <string.h>

#include "azure/paging_rule.h"
#include "base/count.h"
#include "base/json.h"
#include "board/def_part.h"
#include "board/type_list.h"

enum { MAX_REQUESTS = 32, MAX_HEADERS = 8 };
enum {
	DEFAULT_INTERVAL_MS = 60 * 1000,
	MIN_INTERVAL_MS = 1000,
	KEPT_FROM_MS = 3600 * 1000
};

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Does the expression use this name? A member of the same name counts too,
 * which at worst makes a request wait for an answer it could do without. */
static bool has_word(struct str text, struct str word)
{
	while (text.n) {
		ptrdiff_t at = str_find(text, word);
		size_t end;

		if (at < 0)
			return false;
		end = (size_t)at + word.n;
		if ((at == 0 || !is_word_char(text.p[at - 1])) &&
		    (end == text.n || !is_word_char(text.p[end])))
			return true;
		text = str_sub(text, (size_t)at + 1, text.n);
	}
	return false;
}

uint32_t def_requests_in(const struct board_def *def, const struct query *query)
{
	uint32_t needs = 0;

	for (size_t i = 0; query && i < def->n_requests; i++)
		if (has_word(query_source(query), str_from(def->requests[i].name)))
			needs |= (uint32_t)1 << i;
	return needs;
}

static uint32_t earlier_in(const struct board_def *def, const struct param_text *params)
{
	uint32_t needs = 0;

	for (size_t i = 0; params && i < params->n; i++)
		needs |= def_requests_in(def, params->pieces[i].query);
	return needs;
}

static void read_headers(struct def_reader *r, const cJSON *object,
			 struct request_def *request)
{
	const cJSON *map = def_object(r, object, "headers", DEF_OPTIONAL), *at;
	struct http_header *headers;
	size_t mark;

	if (!map)
		return;
	mark = def_enter(r, "headers");
	if (cJSON_GetArraySize(map) > MAX_HEADERS)
		def_fail(r, NULL, "more than %d headers", MAX_HEADERS);
	headers = arena_calloc(r->arena, (size_t)cJSON_GetArraySize(map) + 1,
			       sizeof(*headers));
	cJSON_ArrayForEach (at, map) {
		const char *value = def_text(r, map, at->string, DEF_REQUIRED);

		if (!at->string[0] || strpbrk(at->string, ": \t\r\n"))
			def_fail(r, at->string, "is no header name");
		if (str_eq_nocase(str_from(at->string), STR("authorization")))
			def_fail(r, at->string,
				 "comes from the connection, not from a board");
		if (r->failed)
			break;
		headers[request->n_headers++] = (struct http_header){
			.name = arena_str(r->arena, str_from(at->string)),
			.value = str_from(value),
		};
	}
	request->headers = headers;
	def_leave(r, mark);
}

static bool is_resource_type(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (!is_word_char(text.p[i]) && !strchr("./", text.p[i]))
			return false;
		if (text.p[i] >= 'A' && text.p[i] <= 'Z')
			return false;
	}
	return str_find_char(text, '/') > 0;
}

/* All resources of a type: a question of its own form, which is asked for together with
 * others, so nothing of it can be unlike theirs. */
static void read_list(struct def_reader *r, const cJSON *object,
		      struct request_def *request)
{
	static const char *const others[] = {"kind",	 "get",		"post",
					     "read",	 "body",	"headers",
					     "for_each", "as",		"paging",
					     "keep",	 "also_status", "absent",
					     "optional", "secret",	"pages"};
	struct strbuf body;
	cJSON *tree;

	request->list = def_text(r, object, "list", DEF_REQUIRED);
	if (r->failed)
		return;
	if (!is_resource_type(str_from(request->list)))
		def_fail(r, "list", "must be a type of resources, in small letters");
	for (size_t i = 0; i < COUNT(others); i++) {
		if (cJSON_HasObjectItem(object, others[i]))
			def_fail(r, others[i], "does not go with \"list\"");
	}
	request->method = HTTP_POST;
	request->path = TYPE_LIST_PATH;
	request->path_params = def_params_path(r, "list", STR(TYPE_LIST_PATH));
	strbuf_init(&body, 4096);
	type_list_body(&body, &request->list, 1);
	tree = cJSON_ParseWithLength(body.p, body.n);
	request->body = arena_strdup(r->arena, strbuf_str(&body));
	request->body_params = def_params_body(r, "list", tree);
	cJSON_Delete(tree);
	strbuf_fini(&body);
}

static void read_path(struct def_reader *r, const cJSON *object,
		      struct request_def *request)
{
	const char *get = def_text(r, object, "get", DEF_OPTIONAL);
	const char *post = def_text(r, object, "post", DEF_OPTIONAL);
	const char *key = get ? "get" : "post";

	request->path = get ? get : post;
	request->method = get ? HTTP_GET : HTTP_POST;
	if (!get == !post)
		def_fail(r, NULL, "needs either \"get\" or \"post\", with a path");
	else if (request->path[0] != '/' && request->path[0] != '{')
		def_fail(r, key, "must begin with '/' or a parameter");
	else if (post && !def_bool(r, object, "read"))
		def_fail(r, NULL,
			 "a \"post\" needs \"read\": true, because boards only read");
	if (!r->failed)
		request->path_params = def_params_path(r, key, str_from(request->path));
}

static void read_body(struct def_reader *r, const cJSON *object,
		      struct request_def *request)
{
	const cJSON *body = cJSON_GetObjectItemCaseSensitive(object, "body");
	struct strbuf text;

	if (!body || r->failed)
		return;
	if (request->method == HTTP_GET) {
		def_fail(r, "body", "a \"get\" has none");
		return;
	}
	strbuf_init(&text, 64 * 1024);
	json_print(&text, body);
	request->body = arena_strdup(r->arena, strbuf_str(&text));
	if (text.overflow)
		def_fail(r, "body", "too long");
	strbuf_fini(&text);
	request->body_params = def_params_body(r, "body", body);
}

static void read_loop(struct def_reader *r, const cJSON *object,
		      const struct board_def *def, struct request_def *request)
{
	uint32_t needs;

	request->for_each_query = def_query(r, object, "for_each", DEF_OPTIONAL);
	request->as = def_text(r, object, "as", DEF_OPTIONAL);
	if (!request->for_each_query) {
		if (request->as)
			def_fail(r, "as",
				 "names the item of \"for_each\", which is missing");
		return;
	}
	request->for_each = arena_strdup(r->arena, query_source(request->for_each_query));
	needs = def_requests_in(def, request->for_each_query);
	if (!needs && !has_word(query_source(request->for_each_query), STR("connection")))
		def_fail(r, "for_each",
			 "names no request above this one, nor the connection");
	if (!request->as)
		request->as = "item";
	if (!def_is_name(str_from(request->as)))
		def_fail(r, "as", "must be letters, digits and _");
	if (board_def_request(def, str_from(request->as)) >= 0)
		def_fail(r, "as", "is the name of a request");
	request->needs |= needs;
}

static void read_paging(struct def_reader *r, const cJSON *object,
			struct request_def *request)
{
	const char *name = def_text(r, object, "paging", DEF_OPTIONAL);

	if (!name)
		return;
	request->paging = paging_rule_find(str_from(name));
	if (!request->paging)
		def_fail(r, "paging", "there is no such way lists go on: %s", name);
}

static void read_also(struct def_reader *r, const cJSON *object,
		      struct request_def *request)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "also_status"), *at;
	size_t n = 0;

	if (!list)
		return;
	if (!cJSON_IsArray(list) || cJSON_GetArraySize(list) > API_ALSO_MAX)
		def_fail(r, "also_status", "must be a list of at most %d statuses",
			 API_ALSO_MAX);
	cJSON_ArrayForEach (at, list) {
		if (r->failed)
			break;
		if (!cJSON_IsNumber(at) || at->valueint < 300 || at->valueint > 599)
			def_fail(r, "also_status", "must hold statuses from 300 to 599");
		else
			request->also_status[n++] = at->valueint;
	}
}

static void read_request(struct def_reader *r, const cJSON *object, struct board_def *def,
			 struct request_def *request)
{
	const char *kind;

	def_only(r, object,
		 "kind list get post read body headers for_each as every pages paging "
		 "optional keep secret also_status absent");
	kind = def_text(r, object, "kind", DEF_OPTIONAL);
	request->kind = CONN_ARM;
	if (kind && !conn_kind_find(str_from(kind), &request->kind))
		def_fail(r, "kind", "no such kind of connection: %s", kind);
	if (cJSON_HasObjectItem(object, "list")) {
		read_list(r, object, request);
	} else {
		read_path(r, object, request);
		read_body(r, object, request);
	}
	read_headers(r, object, request);
	read_loop(r, object, def, request);
	request->interval_ms =
		def_span(r, object, "every", MIN_INTERVAL_MS, DEFAULT_INTERVAL_MS);
	read_paging(r, object, request);
	read_also(r, object, request);
	request->max_pages = def_int(r, object, "pages", 1, 1000, 0);
	request->is_optional = def_bool(r, object, "optional");
	request->absent = def_text(r, object, "absent", DEF_OPTIONAL);
	request->is_kept = def_bool(r, object, "keep");
	if (request->is_kept && request->interval_ms < KEPT_FROM_MS)
		def_fail(r, "keep", "is for what is asked every hour or less often");
	request->is_secret = def_bool(r, object, "secret");
	if (request->is_secret && request->is_kept)
		def_fail(r, "secret", "answers are never kept on disk");
	def->is_secret = def->is_secret || request->is_secret;
	request->needs |= earlier_in(def, request->path_params);
	request->needs |= earlier_in(def, request->body_params);
	/* Addresses stand in logs, here and elsewhere. */
	for (size_t i = 0; i < def->n_requests; i++) {
		if (request->needs >> i & 1 && def->requests[i].is_secret)
			def_fail(r, NULL,
				 "asks by the answers of \"%s\", which are secret",
				 def->requests[i].name);
	}
}

void def_read_requests(struct def_reader *r, const cJSON *root, struct board_def *def)
{
	const cJSON *map = def_object(r, root, "requests", DEF_REQUIRED), *at;
	struct request_def *requests;
	size_t mark;

	if (!map)
		return;
	mark = def_enter(r, "requests");
	if (cJSON_GetArraySize(map) > MAX_REQUESTS)
		def_fail(r, NULL, "more than %d requests", MAX_REQUESTS);
	requests = arena_calloc(r->arena, (size_t)cJSON_GetArraySize(map) + 1,
				sizeof(*requests));
	def->requests = requests;
	cJSON_ArrayForEach (at, map) {
		struct request_def *request = &requests[def->n_requests];
		size_t inner = def_enter(r, at->string);

		if (!def_is_name(str_from(at->string)))
			def_fail(r, NULL, "a request's name is letters, digits and _");
		else if (board_def_request(def, str_from(at->string)) >= 0)
			def_fail(r, NULL, "given twice");
		else if (!cJSON_IsObject(at))
			def_fail(r, NULL, "must be an object {...}");
		if (!r->failed) {
			request->name = arena_strdup(r->arena, str_from(at->string));
			read_request(r, at, def, request);
			def->n_requests++;
		}
		def_leave(r, inner);
		if (r->failed)
			break;
	}
	if (!def->n_requests)
		def_fail(r, NULL, "needs one request at least");
	def_leave(r, mark);
}
