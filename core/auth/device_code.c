/* See device_code.h. */
#include "auth/device_code.h"

#include <stdio.h>

#include "auth/token.h"
#include "base/count.h"
#include "base/json.h"
#include "base/sanitize.h"

static const struct json_limits limits = {.max_bytes = 64 * 1024, .max_depth = 8};

enum { LEAST_S = 1, USUAL_S = 5, MOST_S = 60, USUAL_LIFE_S = 900, MOST_LIFE_S = 86400 };

static void copy_clean(const cJSON *root, const char *name, char *out, size_t size)
{
	const char *text = json_text(root, name);
	struct strbuf clean;

	strbuf_init(&clean, 4096);
	sanitize_line(&clean, str_trim(str_sub(str_from(text), 0, 1000)));
	snprintf(out, size, "%s", clean.p);
	strbuf_fini(&clean);
}

static int64_t seconds(const cJSON *root, const char *name, double usual, double most)
{
	double s;

	if (!json_number(root, name, &s))
		s = usual;
	s = s < LEAST_S ? LEAST_S : s;
	return (int64_t)((s > most ? most : s) * 1000);
}

bool device_code_parse(struct str body, struct device_code *out, struct err *err)
{
	cJSON *root = json_parse(body, &limits, NULL, err);
	const cJSON *device = json_member(root, "device_code");

	*out = (struct device_code){0};
	if (cJSON_IsString(device)) {
		secret_set(&out->device, str_from(device->valuestring));
		secret_wipe(device->valuestring, strlen(device->valuestring));
	}
	copy_clean(root, "user_code", out->user, sizeof(out->user));
	copy_clean(root, "verification_uri", out->url, sizeof(out->url));
	if (!out->url[0])
		copy_clean(root, "verification_url", out->url, sizeof(out->url));
	copy_clean(root, "message", out->message, sizeof(out->message));
	if (!out->message[0])
		snprintf(out->message, sizeof(out->message),
			 "To sign in, open %s in a browser and enter the code %s.",
			 out->url, out->user);
	out->interval_ms = seconds(root, "interval", USUAL_S, MOST_S);
	out->lifetime_ms = seconds(root, "expires_in", USUAL_LIFE_S, MOST_LIFE_S);
	cJSON_Delete(root);
	if (out->device.n && out->user[0] &&
	    str_starts(str_from(out->url), STR("https://")))
		return true;
	device_code_fini(out);
	return err_set(err, ERR_AUTH,
		       "the sign-in endpoint answered something else than a code");
}

void device_code_fini(struct device_code *code)
{
	secret_fini(&code->device);
}

enum device_step device_step_of(int status, struct str body, struct err *err)
{
	static const struct {
		const char *word;
		enum device_step step;
		const char *text;
	} words[] = {
		{"authorization_pending", DEVICE_WAIT, NULL},
		{"slow_down", DEVICE_SLOW, NULL},
		{"authorization_declined", DEVICE_OVER,
		 "the sign-in was declined in the browser"},
		{"access_denied", DEVICE_OVER, "the sign-in was declined in the browser"},
		{"expired_token", DEVICE_OVER,
		 "the code expired before it was entered; ask for a new one"},
	};
	char word[40];

	err_clear(err);
	token_error_word(body, word, sizeof(word));
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(word, words[i].word) != 0)
			continue;
		if (words[i].text)
			err_set(err, ERR_AUTH, "%s", words[i].text);
		return words[i].step;
	}
	/* Throttled or down: the code is as good as before. */
	if (status == 429 || status >= 500)
		return DEVICE_SLOW;
	token_error(status, body, err);
	return DEVICE_OVER;
}
