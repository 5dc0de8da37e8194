/* See redact_opaque.h. */
#include "net/redact_opaque.h"

#include "base/count.h"

#define PEM_BEGIN "-----BEGIN "

enum {
	LEAST_TOKEN = 32,  /* letters, digits and what stands between them in base64 */
	LEAST_PIECE = 16,  /* letters and digits alone */
	LEAST_PLAIN = 32,  /* of which there are two classes only */
	LEAST_BEHIND = 16, /* behind a known beginning */
	LONGEST_NAME = 64,
};

static const char hidden[] = "***";

enum { LOWER = 1, UPPER = 2, DIGIT = 4 };

static int class_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return LOWER;
	if (c >= 'A' && c <= 'Z')
		return UPPER;
	return c >= '0' && c <= '9' ? DIGIT : 0;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_between(char c)
{
	return c == '+' || c == '/' || c == '=' || c == '_' || c == '-';
}

/* Words change their class seldom: fewer than one letter in four. Chance changes it at
 * six of ten, and where there are only two classes, at three. */
static bool is_by_chance(struct str piece)
{
	size_t changes = 0;
	int classes = 0;
	bool has_other = false;

	for (size_t i = 0; i < piece.n; i++) {
		classes |= class_of(piece.p[i]);
		has_other = has_other || !is_hex(piece.p[i]);
		changes += i && class_of(piece.p[i]) != class_of(piece.p[i - 1]);
	}
	if (classes == (LOWER | UPPER | DIGIT))
		return changes * 10 >= piece.n * 4;
	return has_other && (classes & DIGIT) && classes != DIGIT &&
	       piece.n >= LEAST_PLAIN && changes * 10 >= piece.n * 2;
}

static bool is_opaque(struct str token)
{
	size_t at = 0;

	if (token.n < LEAST_TOKEN)
		return false;
	while (at < token.n) {
		size_t end = at;

		while (end < token.n && class_of(token.p[end]))
			end++;
		if (end - at >= LEAST_PIECE && is_by_chance(str_sub(token, at, end - at)))
			return true;
		at = end + 1;
	}
	return false;
}

static bool has_known_beginning(struct str token)
{
	static const char *const known[] = {"AKIA",  "ASIA",	    "dapi",   "dop_v1_",
					    "gho_",  "ghp_",	    "ghr_",   "ghs_",
					    "ghu_",  "github_pat_", "glpat-", "npm_",
					    "sk-",   "sk_live_",    "xoxa-",  "xoxb-",
					    "xoxp-", "xoxs-"};

	for (size_t i = 0; i < COUNT(known); i++) {
		struct str front = str_from(known[i]);

		if (str_starts(token, front) && token.n >= front.n + LEAST_BEHIND)
			return true;
	}
	return false;
}

/* How much of the front is a private key; 0: none. One without an end goes on to the
 * end of the text. */
static size_t private_key_bytes(struct str text)
{
	struct str begin = STR(PEM_BEGIN), end = STR("-----END "), label;
	ptrdiff_t dashes, at, last;

	if (!str_starts(text, begin))
		return 0;
	label = str_sub(text, begin.n, text.n);
	dashes = str_find(label, STR("-----"));
	at = str_find(str_sub(label, 0, dashes < 0 ? label.n : (size_t)dashes),
		      STR("PRIVATE KEY"));
	if (at < 0)
		return 0;
	at = str_find(text, end);
	if (at < 0)
		return text.n;
	last = str_find(str_sub(text, (size_t)at + end.n, text.n), STR("-----"));
	return last < 0 ? text.n : (size_t)at + end.n + (size_t)last + 5;
}

static size_t token_bytes(struct str text)
{
	size_t n = 0;

	while (n < text.n && (class_of(text.p[n]) || is_between(text.p[n])) &&
	       !str_starts(str_sub(text, n, text.n), STR(PEM_BEGIN)))
		n++;
	return n;
}

void redact_opaque(struct strbuf *out, struct str text)
{
	while (text.n) {
		size_t n = private_key_bytes(text);
		bool is_secret = n != 0;

		if (!n) {
			struct str token = str_sub(text, 0, token_bytes(text));

			n = token.n ? token.n : 1;
			is_secret = is_opaque(token) || has_known_beginning(token);
		}
		if (is_secret)
			strbuf_puts(out, hidden);
		else
			strbuf_put(out, str_sub(text, 0, n));
		text = str_sub(text, n, text.n);
	}
}

/* Small letters and digits alone, so that all ways to spell a name are one. */
static struct str fold(struct str name, char folded[LONGEST_NAME])
{
	size_t n = 0;

	/* What makes a name a secret's stands at its end. */
	if (name.n > LONGEST_NAME)
		name = str_sub(name, name.n - LONGEST_NAME, name.n);
	for (size_t i = 0; i < name.n; i++) {
		int class = class_of(name.p[i]);

		if (class)
			folded[n++] = (char)(class == UPPER ? name.p[i] - 'A' + 'a'
							    : name.p[i]);
	}
	return (struct str){folded, n};
}

static bool is_one_of(struct str name, const char *const *list,
		      bool (*fits)(struct str, struct str))
{
	for (; *list; list++) {
		if (fits(name, str_from(*list)))
			return true;
	}
	return false;
}

bool redact_is_secret_member(struct str name)
{
	static const char *const whole[] = {"sig", "sas", "pat", "pwd", "pass", NULL};
	static const char *const ends[] = {"password",
					   "passwd",
					   "passphrase",
					   "secret",
					   "secrets",
					   "passwords",
					   "tokens",
					   "token",
					   "accesskey",
					   "accountkey",
					   "adminkey",
					   "apikey",
					   "encryptionkey",
					   "functionkey",
					   "hostkey",
					   "masterkey",
					   "primarykey",
					   "privatekey",
					   "querykey",
					   "secondarykey",
					   "secretkey",
					   "sharedkey",
					   "signingkey",
					   "storagekey",
					   "subscriptionkey",
					   "systemkey",
					   "clientkeydata",
					   "connectionstring",
					   "connectionstrings",
					   "signature",
					   "assertion",
					   "authorization",
					   "cookie",
					   "credential",
					   "credentials",
					   "sasurl",
					   "sasuri",
					   "devicecode",
					   "pwd",
					   NULL};
	char folded[LONGEST_NAME];
	struct str all = fold(name, folded);
	size_t n = all.n;

	while (n && class_of(all.p[n - 1]) == DIGIT)
		n--;
	name = str_sub(all, 0, n);
	/* "key" alone names a tag or a row; numbered, it is one of two. */
	return is_one_of(name, whole, str_eq) || is_one_of(name, ends, str_ends) ||
	       (n < all.n && str_eq(name, STR("key")));
}
