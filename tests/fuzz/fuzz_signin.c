/* What sign-in endpoints, az, Arc's agent and a shared credentials file may hold: the
 * first byte says whose text the rest is. Whatever it is, errors are one clean line,
 * and a value is there exactly when there is no error. */
#include <stdint.h>
#include <stdlib.h>

#include "auth/arc.h"
#include "auth/aws_file.h"
#include "auth/az_answer.h"
#include "auth/device_code.h"
#include "auth/explain.h"
#include "base/sanitize.h"

#define NOW_MS INT64_C(1773224430123)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool holds)
{
	if (!holds)
		abort();
}

/* Clean is what cleaning leaves alone. */
static void check_error(const struct err *err)
{
	struct strbuf clean;

	check(err->code != ERR_NONE && err->text[0]);
	strbuf_init(&clean, 8192);
	sanitize_line(&clean, str_from(err->text));
	check(str_eq(strbuf_str(&clean), str_from(err->text)));
	strbuf_fini(&clean);
}

static void check_token(bool ok, struct token_answer *token, const struct err *err)
{
	check(ok == (token->token.n > 0));
	check(ok == (token->lifetime_ms > 0));
	check(ok || !secret_is_set(&token->refresh));
	if (!ok)
		check_error(err);
	token_answer_fini(token);
}

static void try_token(struct str text)
{
	struct token_answer token;
	struct err err = {0};
	bool ok = token_answer_parse(text, NOW_MS, &token, &err);

	check_token(ok, &token, &err);
	token_error(400, text, &err);
	check_error(&err);
}

static void try_az(struct str text)
{
	struct token_answer token;
	struct err err = {0};
	bool ok = az_answer_parse(text, NOW_MS, &token, &err);

	check_token(ok, &token, &err);
	az_error(text, 1, &err);
	check_error(&err);
}

static void try_code(struct str text)
{
	struct device_code code;
	struct err err = {0};

	if (device_code_parse(text, &code, &err)) {
		check(code.interval_ms >= 1000 && code.interval_ms <= 60000);
		check(code.lifetime_ms >= 1000 && code.user[0] && code.device.n > 0);
		check(str_starts(str_from(code.url), STR("https://")));
		device_code_fini(&code);
	} else {
		check_error(&err);
	}
	if (device_step_of(400, text, &err) == DEVICE_OVER)
		check_error(&err);
}

static void try_arc(struct str text)
{
	struct str name;
	struct err err = {0};

	if (!arc_key_name(text, ARC_KEYS, &name, &err)) {
		check_error(&err);
		return;
	}
	check(str_ends(name, STR(".key")) && str_find_char(name, '/') < 0);
	check(name.p[0] != '.' && name.n < 128);
}

static void try_aws(struct str text)
{
	struct aws_keys keys;
	bool ok = aws_file_find(text, STR("prod"), &keys);

	check(ok || (!keys.id.n && !keys.secret.n && !keys.session.n));
	check(str_find_char(keys.secret, '\n') < 0);
	check(explain_number(text) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const tries[])(struct str text) = {try_token, try_az, try_code,
							 try_arc, try_aws};
	struct str text = {.p = (const char *)data + 1, .n = n ? n - 1 : 0};

	if (!n)
		return 0;
	check(secret_setup());
	tries[data[0] % (sizeof(tries) / sizeof(*tries))](text);
	return 0;
}
