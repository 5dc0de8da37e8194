/* The door of a deployment: who may ask, of what, how often, and with which parameters.
 * What it says then is openai_flow.c's. */
#include <string.h>

#include "base/json.h"
#include "sim/openai/openai_flow.h"
#include "sim/openai/openai_surface.h"
#include "sim/service.h"

#define CLASSIC_VERSIONS                                                                 \
	"2024-06-01 2024-10-21 2024-12-01-preview 2025-01-01-preview 2025-04-01-preview"

static bool is_let_in(const struct world *w, const struct request *req, struct reply *rep)
{
	struct str token = req->authorization;

	if (str_eq(req->api_key, STR(OPENAI_SIM_KEY)) ||
	    (str_starts_nocase(token, STR("Bearer ")) &&
	     token_check(&w->key, str_trim(str_sub(token, 7, token.n)), w->now_ms) ==
		     TOKEN_GOOD))
		return true;
	service_error(req, rep, 401, "401", "%s",
		      req->api_key.n ? "Access denied due to invalid subscription key or "
				       "wrong API endpoint. Make sure to provide a valid "
				       "key for an active subscription and use a correct "
				       "regional API endpoint for your resource."
				     : "Unauthorized. Access token is missing, invalid, "
				       "audience is incorrect, or have expired.");
	return false;
}

/* Only those that talk and are there. */
static const struct ai_deployment *find(const struct world *w, const struct request *req,
					struct str name, struct reply *rep, size_t *at)
{
	struct str account = request_param(req, "oai");

	for (size_t i = 0; w->model && i < ai_n_deployments; i++) {
		const struct ai_deployment *d = &ai_deployments[i];

		if (!str_eq_nocase(account, str_from(d->account)) ||
		    !str_eq_nocase(name, str_from(d->name)) ||
		    strcmp(d->state, "Succeeded") != 0)
			continue;
		*at = i;
		return d;
	}
	service_error(req, rep, 404, "DeploymentNotFound",
		      "The API deployment for this resource does not exist. If you "
		      "created the deployment within the last 5 minutes, please wait a "
		      "moment and try again.");
	return NULL;
}

void openai_refuse(struct reply *rep, const char *param, const char *code,
		   const char *message)
{
	struct strbuf *out = &rep->body;

	rep->status = 400;
	strbuf_reset(out);
	jw_object(out, NULL);
	jw_object(out, "error");
	jw_text(out, "message", message);
	jw_text(out, "type", "invalid_request_error");
	jw_text(out, "param", param);
	jw_text(out, "code", code);
	jw_object_end(out);
	jw_object_end(out);
}

static bool is_sound(const struct ai_deployment *d, const cJSON *body, struct reply *rep)
{
	const cJSON *messages = json_member(body, "messages");

	if (strstr(d->model, "embedding")) {
		openai_refuse(
			rep, NULL, "OperationNotSupported",
			"The chatCompletion operation does not work with the specified "
			"model, text-embedding-3-large. Please choose different model "
			"and try again.");
		return false;
	}
	if (!cJSON_IsArray(messages) || !messages->child) {
		openai_refuse(
			rep, "messages", NULL,
			"Invalid 'messages': empty array. Expected an array with minimum "
			"length 1, but got an empty array instead.");
		return false;
	}
	if (json_member(body, "stream_options") && !json_bool(body, "stream", false)) {
		openai_refuse(
			rep, "stream_options", NULL,
			"The 'stream_options' parameter is only allowed when 'stream' is "
			"enabled.");
		return false;
	}
	return true;
}

/* Thousands of tokens a minute are six requests. */
static bool has_room(struct world *w, const struct request *req,
		     const struct openai_surface *surface, const struct ai_deployment *d,
		     size_t at, struct reply *rep)
{
	struct bucket *bucket = &w->models[at % WORLD_MODELS];
	int wait_s = 0;

	if (bucket->size == 0)
		bucket_init(bucket, d->capacity, d->capacity / 10.0, w->now_ms);
	if (!bucket_take(bucket, w->now_ms, &wait_s)) {
		reply_header(rep, "Retry-After", "%d", wait_s);
		reply_header(rep, "retry-after-ms", "%d", wait_s * 1000);
		service_error(req, rep, 429, "429",
			      "Requests to the %s Operation under "
			      "Azure OpenAI API have exceeded call rate limit of your "
			      "current pricing tier. Please retry after %d seconds.",
			      surface->operation, wait_s);
		return false;
	}
	reply_header(rep, "x-ratelimit-limit-requests", "%d", d->capacity * 6);
	reply_header(rep, "x-ratelimit-remaining-requests", "%d", (int)bucket->level * 6);
	reply_header(rep, "x-ratelimit-limit-tokens", "%d", d->capacity * 1000);
	reply_header(rep, "x-ratelimit-remaining-tokens", "%d",
		     (int)bucket->level * 1000);
	return true;
}

static void put_headers(const struct world *w, const struct ai_deployment *d,
			struct reply *rep)
{
	struct guid id = guid_of(w->seed, "apim", w->n_requests);

	reply_header(rep, "apim-request-id", "%s", id.text);
	reply_header(rep, "x-ms-deployment-name", "%s", d->name);
	reply_header(rep, "x-ms-rai-invoked", "true");
	reply_header(rep, "x-ms-region", "West Europe");
	reply_header(rep, "x-ms-is-spilled-over", "false");
	reply_header(rep, "x-accel-buffering", "no");
}

static const struct openai_surface chat_surface = {
	.operation = "ChatCompletions_Create",
	.is_sound = is_sound,
	.begin = openai_flow_begin,
};

/* `name` empty: the body says it. */
static void answer(struct world *w, const struct request *req,
		   const struct openai_surface *surface, struct str name,
		   struct reply *rep)
{
	const struct ai_deployment *d;
	struct err ignored;
	size_t at = 0;
	cJSON *body;

	if (!is_let_in(w, req, rep))
		return;
	body = json_parse(req->body, &json_wire, NULL, &ignored);
	if (!cJSON_IsObject(body)) {
		openai_refuse(rep, NULL, NULL,
			      "We could not parse the JSON body of your request.");
	} else {
		if (!name.n)
			name = str_from(json_text(body, "model"));
		d = find(w, req, name, rep, &at);
		if (d && surface->is_sound(d, body, rep) &&
		    has_room(w, req, surface, d, at, rep)) {
			put_headers(w, d, rep);
			surface->begin(w, d, body, rep);
			return;
		}
	}
	cJSON_Delete(body);
}

void openai_chat(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, &chat_surface, (struct str){0}, rep);
}

void openai_embed(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, &openai_embed_surface, (struct str){0}, rep);
}

void openai_responses(struct world *w, const struct request *req, struct reply *rep)
{
	answer(w, req, &openai_responses_surface, (struct str){0}, rep);
}

static void answer_classic(struct world *w, const struct request *req,
			   const struct openai_surface *surface, struct reply *rep)
{
	struct str version = request_query(req, "api-version");
	struct str rest = STR(CLASSIC_VERSIONS), one;

	while (str_next(&rest, ' ', &one)) {
		if (!str_eq_nocase(one, version))
			continue;
		answer(w, req, surface, request_param(req, "deployment"), rep);
		return;
	}
	service_error(req, rep, 404, "404", "Resource not found");
}

void openai_chat_classic(struct world *w, const struct request *req, struct reply *rep)
{
	answer_classic(w, req, &chat_surface, rep);
}

void openai_embed_classic(struct world *w, const struct request *req, struct reply *rep)
{
	answer_classic(w, req, &openai_embed_surface, rep);
}
