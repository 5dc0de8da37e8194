/* See cert.h. Certificates are renewed by machines, so most of them are young; what is
 * not renewed any more stays what it is whatever the clock says. */
#include "sim/entry/cert.h"

#include "base/count.h"
#include "sim/rhythm.h"

enum maker { LETS_ENCRYPT, DIGICERT, OWN, SELF };
static const struct {
	const char *organization, *name;
} makers[] = {
	{"Let's Encrypt", "R11"},
	{"DigiCert Inc", "DigiCert Global G2 TLS RSA SHA256 2020 CA1"},
	{"Contoso", "Contoso Issuing CA 2"},
	{NULL, "localhost"},
};

static const struct served {
	const char *at;
	const char *names; /* of the certificate; NULL: nothing answers */
	enum maker maker;
	int life_days;
	int left_days; /* of the day that began; 0: it is renewed in time */
	const char *key, *problem;
} served[] = {
	{"www.atlas.example:443", "www.atlas.example atlas.example", LETS_ENCRYPT, 90, 0,
	 "EC 256", NULL},
	{"api.atlas.example:443", "api.atlas.example", LETS_ENCRYPT, 90, 0, "EC 256",
	 NULL},
	{"api.qodex.example:443", "api.qodex.example", LETS_ENCRYPT, 90, 17, "RSA 2048",
	 NULL},
	{"login.contoso.example:443", "login.contoso.example", DIGICERT, 397, 12,
	 "RSA 2048", NULL},
	{"edge.qodex.example:443", "edge.qodex.example", LETS_ENCRYPT, 6, 0, "EC 256",
	 NULL},
	{"files.contoso.example:990", "files.contoso.example", DIGICERT, 397, -2,
	 "RSA 2048", NULL},
	{"sql-gw.atlas.example:8443", "sql-gw.atlas.example", OWN, 730, 402, "RSA 4096",
	 NULL},
	{"old.atlas.example:443", "www.atlas.example atlas.example", LETS_ENCRYPT, 90, 0,
	 "EC 256", NULL},
	{"vm-qodex-relay-01:9443", "localhost", SELF, 3650, 2900, "RSA 2048", NULL},
	{"vm-qodex-relay-02:9443", NULL, SELF, 0, 0, NULL,
	 "vm-qodex-relay-02: no route to the host; check the firewall"},
};

/* Renewed at two thirds of its life, at a moment of its own. */
static int64_t begins_ms(const struct world *w, const struct served *s)
{
	int64_t life_ms = s->life_days * DAY_MS, term_ms = life_ms * 2 / 3;
	int64_t day_ms = rhythm_floor_div(w->now_ms, DAY_MS) * DAY_MS;
	int64_t shift_ms = (int64_t)(s - served) * 29 * HOUR_MS;

	if (s->left_days)
		return day_ms + s->left_days * DAY_MS + 11 * HOUR_MS - life_ms;
	return rhythm_floor_div(w->now_ms - shift_ms, term_ms) * term_ms + shift_ms;
}

static void put_names(struct strbuf *out, const char *names)
{
	struct str rest = str_from(names), one;

	jw_list(out, "names");
	while (names && rest.n && str_next(&rest, ' ', &one))
		jw_str(out, NULL, one);
	jw_list_end(out);
}

static void put_leaf(struct strbuf *out, const struct world *w, const struct served *s)
{
	struct str rest = str_from(s->names), first = {0};
	struct guid serial = guid_of(w->seed, s->at, 3);
	int64_t from_ms = begins_ms(w, s);

	str_next(&rest, ' ', &first);
	jw_object(out, NULL);
	jw_str(out, "subject", first);
	jw_text(out, "issuer", makers[s->maker].name);
	jw_text(out, "organization", makers[s->maker].organization);
	jw_format(out, "serial", "04%.8s%.4s%.12s", serial.text, serial.text + 9,
		  serial.text + 24);
	jw_time(out, "not_before", from_ms, 0);
	jw_time(out, "not_after", from_ms + s->life_days * DAY_MS, 0);
	put_names(out, s->names);
	jw_text(out, "key", s->key);
	jw_bool(out, "is_self_signed", s->maker == SELF);
	jw_object_end(out);
}

static void put_issuer(struct strbuf *out, const struct world *w, const struct served *s)
{
	int64_t year_ms = rhythm_floor_div(w->now_ms, 365 * DAY_MS) * 365 * DAY_MS;

	jw_object(out, NULL);
	jw_text(out, "subject", makers[s->maker].name);
	jw_text(out, "issuer", "ISRG Root X1");
	jw_text(out, "organization", "Internet Security Research Group");
	jw_text(out, "serial", "8A7D3E13D62F30EF2386BD29076B34F8");
	jw_time(out, "not_before", year_ms - 365 * DAY_MS, 0);
	jw_time(out, "not_after", year_ms + 900 * DAY_MS, 0);
	put_names(out, NULL);
	jw_text(out, "key", "RSA 2048");
	jw_bool(out, "is_self_signed", false);
	jw_object_end(out);
}

static const struct served *find(struct str at)
{
	for (size_t i = 0; i < COUNT(served); i++)
		if (str_eq_nocase(at, str_from(served[i].at)))
			return &served[i];
	return NULL;
}

static bool is_named(const struct served *s, struct str name)
{
	struct str rest = str_from(s->names), one;

	while (rest.n && str_next(&rest, ' ', &one))
		if (str_eq_nocase(one, name))
			return true;
	return false;
}

static void put_trust(struct strbuf *out, const struct served *s, int64_t left_ms)
{
	/* OpenSSL's words, by its numbers. */
	int verdict = s->maker == SELF	? 18
		      : s->maker == OWN ? 20
		      : left_ms <= 0	? 10
					: 0;

	jw_object(out, "trust");
	jw_bool(out, "ok", verdict == 0);
	jw_text(out, "reason",
		verdict == 18	? "self-signed certificate"
		: verdict == 20 ? "unable to get local issuer certificate"
		: verdict == 10 ? "certificate has expired"
				: "ok");
	jw_object_end(out);
}

void cert_probe(struct world *w, const struct request *req, struct reply *rep)
{
	struct str at = request_query(req, "at"), name = request_query(req, "name");
	const struct served *s = find(at);
	struct strbuf *out = &rep->body;

	jw_object(out, NULL);
	jw_str(out, "at", at);
	jw_str(out, "name", name);
	if (s && s->names) {
		jw_null(out, "problem");
		put_trust(out, s, begins_ms(w, s) + s->life_days * DAY_MS - w->now_ms);
		jw_list(out, "chain");
		put_leaf(out, w, s);
		if (s->maker == LETS_ENCRYPT)
			put_issuer(out, w, s);
		jw_list_end(out);
		jw_bool(out, "name_matches", is_named(s, name));
	} else {
		jw_text(out, "problem", s ? s->problem : "the name does not resolve");
	}
	jw_object_end(out);
}
