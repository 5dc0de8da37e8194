/* See openai_surface.h: vectors of texts, floats written out or in base64, of as many
 * dimensions as one wants. https://learn.microsoft.com/azure/ai-foundry/openai/reference */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "sim/jw.h"
#include "sim/openai/openai_surface.h"

enum { DIMS = 3072, TEXTS_MOST = 2048, BYTES_MOST = 32768, BYTES_A_TOKEN = 4 };

static bool is_text(const cJSON *item)
{
	return cJSON_IsString(item) && item->valuestring[0] &&
	       strlen(item->valuestring) <= BYTES_MOST;
}

static bool has_input(const cJSON *input)
{
	const cJSON *item;

	if (!cJSON_IsArray(input))
		return is_text(input);
	cJSON_ArrayForEach (item, input) {
		if (!is_text(item))
			return false;
	}
	return input->child && cJSON_GetArraySize(input) <= TEXTS_MOST;
}

static bool is_base64(const cJSON *body)
{
	const char *format = json_text(body, "encoding_format");

	return format && strcmp(format, "base64") == 0;
}

static bool is_sound(const struct ai_deployment *d, const cJSON *body, struct reply *rep)
{
	const cJSON *dims = json_member(body, "dimensions");

	if (!strstr(d->model, "embedding")) {
		openai_refuse(rep, NULL, "OperationNotSupported",
			      "The embeddings operation does not work with the specified "
			      "model. Please choose different model and try again.");
		return false;
	}
	if (!has_input(json_member(body, "input"))) {
		openai_refuse(rep, "input", NULL,
			      "'$.input' is invalid. Please check the API reference.");
		return false;
	}
	if (dims &&
	    (!cJSON_IsNumber(dims) || dims->valueint < 1 || dims->valueint > DIMS)) {
		openai_refuse(rep, "dimensions", NULL,
			      "Invalid value for 'dimensions'. Expected a value between "
			      "1 and 3072.");
		return false;
	}
	return true;
}

static void put_floats(struct strbuf *out, const float *vector, size_t dims)
{
	jw_list(out, "embedding");
	for (size_t i = 0; i < dims; i++)
		jw_number(out, NULL, (double)vector[i], 7);
	jw_list_end(out);
}

/* The lowest byte first. */
static void put_base64(struct strbuf *out, const float *vector, size_t dims)
{
	size_t n = dims * 4,
	       most = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
	unsigned char *bytes = xcalloc(1, n);
	char *letters = xcalloc(1, most);

	for (size_t i = 0; i < dims; i++) {
		uint32_t bits;

		memcpy(&bits, &vector[i], sizeof(bits));
		for (int b = 0; b < 4; b++)
			bytes[4 * i + (size_t)b] = (unsigned char)(bits >> 8 * b);
	}
	sodium_bin2base64(letters, most, bytes, n, sodium_base64_VARIANT_ORIGINAL);
	jw_text(out, "embedding", letters);
	free(letters);
	free(bytes);
}

struct answering {
	const struct world *w;
	struct strbuf *out;
	float *vector;
	size_t dims;
	bool is_base64;
	int64_t tokens;
	int index;
};

static void put_one(struct answering *a, const cJSON *item)
{
	struct str text = str_from(item->valuestring);

	a->w->model->embed(a->w->model->ctx, text, a->vector, a->dims);
	a->tokens += (int64_t)(text.n / BYTES_A_TOKEN) + 1;
	jw_object(a->out, NULL);
	jw_text(a->out, "object", "embedding");
	jw_int(a->out, "index", a->index++);
	if (a->is_base64)
		put_base64(a->out, a->vector, a->dims);
	else
		put_floats(a->out, a->vector, a->dims);
	jw_object_end(a->out);
}

static void begin(const struct world *w, const struct ai_deployment *d, cJSON *body,
		  struct reply *rep)
{
	const cJSON *input = json_member(body, "input"), *item;
	struct strbuf *out = &rep->body;
	struct answering a = {.w = w,
			      .out = out,
			      .dims = DIMS,
			      .is_base64 = is_base64(body)};

	if (json_member(body, "dimensions"))
		a.dims = (size_t)json_member(body, "dimensions")->valueint;
	a.vector = xcalloc(a.dims, sizeof(*a.vector));
	jw_object(out, NULL);
	jw_text(out, "object", "list");
	jw_list(out, "data");
	if (cJSON_IsString(input))
		put_one(&a, input);
	else
		cJSON_ArrayForEach (item, input)
			put_one(&a, item);
	jw_list_end(out);
	jw_text(out, "model", d->model);
	jw_object(out, "usage");
	jw_int(out, "prompt_tokens", a.tokens);
	jw_int(out, "total_tokens", a.tokens);
	jw_object_end(out);
	jw_object_end(out);
	free(a.vector);
	cJSON_Delete(body);
}

const struct openai_surface openai_embed_surface = {
	.operation = "Embeddings_Create",
	.is_sound = is_sound,
	.begin = begin,
};
