/* See embed.h. */
#include "ai/embed.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"

void embed_put_body(const struct embed_request *r, struct strbuf *out)
{
	strbuf_puts(out, "{\"model\":");
	json_print_text(out, str_from(r->model));
	strbuf_puts(out, ",\"input\":[");
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			strbuf_putc(out, ',');
		json_print_text(out, r->texts[i]);
	}
	strbuf_putc(out, ']');
	if (r->form == EMBED_OPENAI && !r->no_base64)
		strbuf_puts(out, ",\"encoding_format\":\"base64\"");
	if (r->dims && !r->no_dims)
		strbuf_printf(out, ",\"dimensions\":%d", r->dims);
	strbuf_putc(out, '}');
}

struct reading {
	struct embed_answer *out;
	size_t n_texts;
	int dims;
	bool *has; /* by text */
	struct model_error *error;
};

static bool wrong(struct reading *r, const char *what)
{
	r->error->trouble = TROUBLE_OTHER;
	return err_set(&r->error->err, ERR_PARSE, "the answer is of no use: %s", what);
}

/* The first vector says how long they all are. */
static float *room_for(struct reading *r, size_t text, size_t dims)
{
	struct embed_answer *out = r->out;

	if (!out->floats) {
		if (dims < EMBED_DIMS_LEAST || dims > EMBED_DIMS_MOST ||
		    (r->dims && dims != (size_t)r->dims)) {
			r->error->trouble = TROUBLE_OTHER;
			err_set(&r->error->err, ERR_PARSE,
				"its vectors have %zu dimensions, and not %d", dims,
				r->dims ? r->dims : EMBED_DIMS_MOST);
			return NULL;
		}
		out->dims = dims;
		out->floats = xcalloc(r->n_texts * dims, sizeof(*out->floats));
	}
	if (text >= r->n_texts || r->has[text] || dims != out->dims) {
		wrong(r, text >= r->n_texts ? "it has a vector of no text"
			 : r->has[text]	    ? "it has two vectors of one text"
					    : "its vectors differ in length");
		return NULL;
	}
	r->has[text] = true;
	out->n++;
	return out->floats + text * dims;
}

static bool read_floats(struct reading *r, size_t text, const cJSON *list)
{
	float *to = room_for(r, text, (size_t)cJSON_GetArraySize(list));
	const cJSON *item;

	if (!to)
		return false;
	cJSON_ArrayForEach (item, list) {
		if (!cJSON_IsNumber(item))
			return wrong(r, "a vector has something in it that is no number");
		*to++ = (float)item->valuedouble;
	}
	return true;
}

/* The lowest byte first, whatever this machine has. */
static float float_of(const unsigned char *p)
{
	uint32_t bits = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
			(uint32_t)p[3] << 24;
	float value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static bool read_base64(struct reading *r, size_t text, const char *letters)
{
	size_t most = EMBED_DIMS_MOST * sizeof(float) + 4, n = 0;
	unsigned char *bytes = xcalloc(1, most);
	float *to = NULL;

	if (sodium_base642bin(bytes, most, letters, strlen(letters), NULL, &n, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    n % sizeof(float))
		wrong(r, "a vector is no base64 of floats");
	else
		to = room_for(r, text, n / sizeof(float));
	for (size_t i = 0; to && i < n / sizeof(float); i++)
		to[i] = float_of(bytes + i * sizeof(float));
	free(bytes);
	return to != NULL;
}

static bool read_one(struct reading *r, size_t text, const cJSON *vector)
{
	if (cJSON_IsArray(vector))
		return read_floats(r, text, vector);
	if (cJSON_IsString(vector))
		return read_base64(r, text, vector->valuestring);
	return wrong(r, "a vector is neither a list nor a text");
}

static bool read_openai(struct reading *r, const cJSON *root)
{
	const cJSON *item;
	size_t place = 0;

	cJSON_ArrayForEach (item, json_member(root, "data")) {
		double index = (double)place++;

		/* In their order, where it does not say which. */
		json_number(item, "index", &index);
		if (!(index >= 0 && index < EMBED_TEXTS_MOST))
			return wrong(r, "it has a vector of no text");
		if (!read_one(r, (size_t)index, json_member(item, "embedding")))
			return false;
	}
	return true;
}

static bool read_ollama(struct reading *r, const cJSON *root)
{
	const cJSON *item;
	size_t place = 0;

	cJSON_ArrayForEach (item, json_member(root, "embeddings")) {
		if (!read_one(r, place++, item))
			return false;
	}
	return true;
}

/* Numbers that are none, and vectors without a direction, are near to nothing. */
static bool is_sound(const struct embed_answer *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const float *v = a->floats + i * a->dims;
		double sum = 0;

		for (size_t k = 0; k < a->dims; k++)
			sum += (double)v[k] * (double)v[k];
		if (!isfinite(sum) || sum <= 0)
			return false;
	}
	return true;
}

static bool read_all(struct reading *r, enum embed_form form, const cJSON *root)
{
	if (json_member(root, "error")) {
		model_error_read(root, 0, r->error);
		return false;
	}
	if (!(form == EMBED_OLLAMA ? read_ollama(r, root) : read_openai(r, root)))
		return false;
	if (r->out->n < r->n_texts)
		return wrong(r, "it has fewer vectors than were asked for");
	return is_sound(r->out) || wrong(r, "a vector is nothing, or no number");
}

static int64_t tokens_of(enum embed_form form, const cJSON *root)
{
	double n = -1;

	if (form == EMBED_OLLAMA)
		json_number(root, "prompt_eval_count", &n);
	else
		json_number(json_member(root, "usage"), "prompt_tokens", &n);
	return n >= 0 && n < 1e12 ? (int64_t)n : -1;
}

bool embed_read(enum embed_form form, struct str body, size_t n_texts, int dims,
		struct embed_answer *out, struct model_error *error)
{
	struct reading r = {.out = out, .n_texts = n_texts, .dims = dims, .error = error};
	cJSON *root;
	bool ok;

	*out = (struct embed_answer){.asked = -1};
	*error = (struct model_error){.trouble = TROUBLE_OTHER};
	err_clear(&error->err);
	root = json_parse(body, &json_wire, NULL, &error->err);
	if (!root)
		return false;
	r.has = xcalloc(n_texts + 1, sizeof(*r.has));
	ok = read_all(&r, form, root);
	out->asked = tokens_of(form, root);
	free(r.has);
	cJSON_Delete(root);
	if (!ok) {
		free(out->floats);
		out->floats = NULL;
	}
	return ok;
}
