/* Who renews a certificate and when that was due, as the board of renewals reads it out
 * of a vault's lists and policies. It is 2026-11-21T04:05:06Z. */
#include "board_fixture.h"

#include <math.h>
#include <stdio.h>

#define DAY    86400
#define NOW_S  1795233906
#define POLICY "\"key_props\":{\"kty\":\"RSA\",\"key_size\":2048},"
#define AUTO_30                                                                          \
	"[{\"trigger\":{\"days_before_expiry\":30},\"action\":{\"action_type\":"         \
	"\"AutoRenew\"}}]"
#define AUTO_80                                                                          \
	"[{\"trigger\":{\"lifetime_percentage\":80},\"action\":{\"action_type\":"        \
	"\"AutoRenew\"}}]"
#define MAIL_80                                                                          \
	"[{\"trigger\":{\"lifetime_percentage\":80},\"action\":{\"action_type\":"        \
	"\"EmailContacts\"}}]"
#define ACMEBOT "{\"Issuer\":\"Acmebot\",\"Endpoint\":\"acme-v02.api.letsencrypt.org\"}"

static const struct {
	const char *name;
	int made_days_ago, days_left;	     /* left 0: it has no end */
	const char *tags, *issuer, *actions; /* issuer NULL: the policy cannot be read */
	const char *state, *says_issuer, *renews;
	double late_days;
	enum severity sev;
} cases[] = {
	{"an issuer that is known, in time", 300, 65, "{}", "DigiCert", AUTO_30, "Fine",
	 "DigiCert", "the vault", NAN, SEV_OK},
	{"the same, overdue", 350, 15, "{}", "DigiCert", AUTO_30, "Late", "DigiCert",
	 "the vault", 15, SEV_WARN},
	{"by its share of life, in time", 70, 30, "{}", "Self", AUTO_80, "Fine",
	 "self-signed", "the vault", NAN, SEV_OK},
	{"by its share of life, overdue", 95, 5, "{}", "Self", AUTO_80, "Late",
	 "self-signed", "the vault", 15, SEV_CRIT},
	{"a vault cannot renew what it did not sign", 350, 15, "{}", "Unknown", AUTO_30,
	 "By hand", "outside", "hand", NAN, SEV_WARN},
	{"Let's Encrypt, in time", 50, 40, ACMEBOT, "Unknown", MAIL_80, "Fine",
	 "Let's Encrypt", "Acmebot", NAN, SEV_OK},
	{"Let's Encrypt, overdue", 70, 20, ACMEBOT, "Unknown", MAIL_80, "Late",
	 "Let's Encrypt", "Acmebot", 10, SEV_WARN},
	{"a mail renews nothing", 300, 65, "{}", "Unknown", MAIL_80, "Manual", "outside",
	 "hand, after a mail", NAN, SEV_INFO},
	{"nobody, and days are left", 360, 5, "null", "Unknown", "[]", "By hand",
	 "outside", "hand", NAN, SEV_CRIT},
	{"over", 400, -35, "{}", "DigiCert", AUTO_30, "Ended", "DigiCert", "the vault",
	 NAN, SEV_CRIT},
	{"without an end", 400, 0, "{}", "Unknown", "null", "Manual", "outside", "hand",
	 NAN, SEV_INFO},
	{"a policy that is not ours to read", 10, 80, "{}", NULL, NULL, "Unknown", "", "",
	 NAN, SEV_UNKNOWN},
};

static const struct cell *cell_of(const struct board *board, const char *name)
{
	return &board->rows[0].cells[board_def_column(board->def, str_from(name))];
}

static void put_answers(char *out, size_t size, size_t i)
{
	char end[40] = "", policy[600] = "";
	const char *id = "https://kv.vault.azure.net/certificates/c";

	if (cases[i].days_left)
		snprintf(end, sizeof(end), ",\"exp\":%d",
			 NOW_S + cases[i].days_left * DAY);
	if (cases[i].issuer)
		snprintf(policy, sizeof(policy),
			 "{\"item\":{\"id\":\"%s\"},\"answer\":{" POLICY
			 "\"lifetime_actions\":%s,\"issuer\":{\"name\":\"%s\"}}}",
			 id, cases[i].actions, cases[i].issuer);
	snprintf(
		out, size,
		"{\"certs\":{\"value\":[{\"id\":\"%s\",\"x5t\":\"x\",\"tags\":%s,"
		"\"attributes\":{\"enabled\":true,\"created\":%d%s}}],\"nextLink\":null},"
		"\"policies\":[%s]}",
		id, cases[i].tags, NOW_S - cases[i].made_days_ago * DAY, end, policy);
}

static void test_renewals(void **state)
{
	struct library *library = library_new(NULL, NULL, NULL);
	const struct board_def *def = library_find(library, STR("keyvault-renewal"));

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct board *board;
		const struct cell *late;
		char answers[2000];

		put_answers(answers, sizeof(answers), i);
		board = fixture_board(def, answers);
		late = cell_of(board, "late");
		check_case(cases[i].name, board->n_rows == 1);
		check_text(cases[i].name, str_from(cell_of(board, "state")->text),
			   cases[i].state);
		check_text(cases[i].name, str_from(cell_of(board, "issuer")->text),
			   cases[i].says_issuer);
		check_text(cases[i].name, str_from(cell_of(board, "renews")->text),
			   cases[i].renews);
		check_case(cases[i].name, board->rows[0].sev == cases[i].sev);
		check_case(cases[i].name, late->is_null == isnan(cases[i].late_days));
		if (!late->is_null)
			check_case(cases[i].name, fabs(late->number / 1000 / DAY -
						       cases[i].late_days) < .01);
		board_put(board);
	}
	library_free(library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_renewals),
	};

	return cmocka_run_group_tests_name("board_keyvault", tests, NULL, NULL);
}
