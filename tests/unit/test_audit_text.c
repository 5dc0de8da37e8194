/* What may stand in the audit log: no secret of any kind, whatever is around it, and
 * what an entry is read back as. */
#include "unit/audit_fixture.h"

#include "act/audit_text.h"
#include "base/json.h"
#include "net/redact_opaque.h"

static void texts(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"scaled sql-atlas from GP_2 to GP_4",
		 "scaled sql-atlas from GP_2 to GP_4"},
		{"a\nb\tc", "a\nb c"},
		{"\x1b[31mred\x1b[0m", "red"},
		{"PATCH https://ana:pw@management.azure.com/x?t=1&c=2",
		 "PATCH https://management.azure.com/x?t=***&c=***"},
		{"see <https://h/b?sv=1&sig=abc> there",
		 "see <https://h/b?sv=1&sig=***> there"},
		{"Authorization: Bearer abcdefgh.ijkl", "Authorization: ***"},
		{"Server=tcp:sql-atlas;User ID=ana;Password=hunter2;Encrypt=True",
		 "Server=tcp:sql-atlas;User ID=ana;Password=***;Encrypt=True"},
		{"pushed with ghp_a1B2c3D4e5F6g7H8i9J0k1L2", "pushed with ***"},
		{"key:\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE "
		 "KEY-----\nend",
		 "key:\n***\nend"},
		{"x-----BEGIN RSA PRIVATE KEY-----\nMIIE", "x***"},
		{"-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----"},
		{"storage "
		 "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"
		 "K1SZFPTOtr/KBHBeksoGMGw== done",
		 "storage *** done"},
		{"pat kj3hx6f2qpl7m4nzt5ybw2sdc6v7g3hrj4kq5xpl2m3nzt6ybw7a", "pat ***"},
		/* What people and services call things stays. */
		{"/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333/resourceGroups/"
		 "rg-Atlas-Prod-weu-001/providers/Microsoft.DBforPostgreSQL/"
		 "flexibleServers/psql-atlas-001",
		 "/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333/resourceGroups/"
		 "rg-Atlas-Prod-weu-001/providers/Microsoft.DBforPostgreSQL/"
		 "flexibleServers/psql-atlas-001"},
		{"virtualMachineScaleSetExtensionInstanceView2",
		 "virtualMachineScaleSetExtensionInstanceView2"},
		{"commit 24f3680b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f",
		 "commit 24f3680b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f"},
		{"etag W/\"datetime'2026-03-11T10%3A20%3A30.1234567Z'\"",
		 "etag W/\"datetime'2026-03-11T10%3A20%3A30.1234567Z'\""},
		{"checkpoint 00001-seqhz-ntwvp-n7dsx-e3zxn-ds01y",
		 "checkpoint 00001-seqhz-ntwvp-n7dsx-e3zxn-ds01y"},
		{"azk1x956rrz2kh90nfqna1xh6bp5z6amexneqtz7q4j23vn6j526t8p0nj6b",
		 "azk1x956rrz2kh90nfqna1xh6bp5z6amexneqtz7q4j23vn6j526t8p0nj6b"},
	};
	struct strbuf out, want;

	(void)state;
	strbuf_init(&out, 1 << 16);
	strbuf_init(&want, 1 << 16);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_reset(&out);
		strbuf_reset(&want);
		audit_text_put(&out, str_from(cases[i].in));
		json_print_text(&want, str_from(cases[i].want));
		check_text(cases[i].in, strbuf_str(&out), want.p);
	}
	strbuf_fini(&out);
	strbuf_fini(&want);
}

static void documents(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{"{}", "{}"},
		{"{\"sku\":{\"name\":\"GP_Gen5\",\"capacity\":4},\"tags\":[\"a\",null,"
		 "true,1.5]}",
		 "{\"sku\":{\"name\":\"GP_Gen5\",\"capacity\":4},\"tags\":[\"a\",null,"
		 "true,1.5]}"},
		{"{\"administratorLoginPassword\":\"hunter2\"}",
		 "{\"administratorLoginPassword\":\"***\"}"},
		{"{\"properties\":{\"Client_Secret\":{\"a\":1},\"key1\":\"abc\",\"key\":"
		 "\"env\"}}",
		 "{\"properties\":{\"Client_Secret\":\"***\",\"key1\":\"***\",\"key\":"
		 "\"env\"}}"},
		{"{\"connectionString\":\"x\",\"primaryKey\":\"x\",\"sasToken\":\"x\","
		 "\"secrets\":[1]}",
		 "{\"connectionString\":\"***\",\"primaryKey\":\"***\",\"sasToken\":\"***"
		 "\","
		 "\"secrets\":\"***\"}"},
		{"{\"hasPassword\":true,\"token\":null}",
		 "{\"hasPassword\":true,\"token\":null}"},
		{"{\"secretName\":\"pat-of-builds\",\"tokenType\":\"Bearer\"}",
		 "{\"secretName\":\"pat-of-builds\",\"tokenType\":\"Bearer\"}"},
		{"[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
		 "[[[[[[[[[[[[[[[[\"(left out: too deep)\"]]]]]]]]]]]]]]]]"},
	};
	struct strbuf out;

	(void)state;
	strbuf_init(&out, 1 << 16);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *value = cJSON_Parse(cases[i].in);

		assert_non_null(value);
		strbuf_reset(&out);
		audit_text_put_json(&out, value);
		check_text(cases[i].in, strbuf_str(&out), cases[i].want);
		cJSON_Delete(value);
	}
	strbuf_fini(&out);
}

/* A long text is cut, and says by how much; a secret at the cut is hidden. */
static void long_texts(void **state)
{
	struct strbuf in, out;

	(void)state;
	strbuf_init(&in, 1 << 16);
	strbuf_init(&out, 1 << 17);
	strbuf_pad(&in, 'x', 10);
	strbuf_pad(&in, ' ', AUDIT_TEXT_MAX - 30);
	strbuf_puts(&in, " password=hunter2hunter2hunter2");
	audit_text_put(&out, strbuf_str(&in));
	assert_true(str_find(strbuf_str(&out), STR("hunter")) < 0);
	assert_true(str_find(strbuf_str(&out), STR(" (11 bytes more)\"")) > 0);
	/* The worst that making visible can do fits. */
	strbuf_reset(&in);
	strbuf_reset(&out);
	strbuf_pad(&in, '\x01', AUDIT_TEXT_MAX);
	audit_text_put(&out, strbuf_str(&in));
	assert_true(out.n >= 3 * AUDIT_TEXT_MAX && out.p[out.n - 1] == '"');
	strbuf_fini(&in);
	strbuf_fini(&out);
}

/* By and host are texts like all others. */
static void nothing_secret_in_an_entry(void **state)
{
	struct signer s = fixture_signer(1);
	cJSON *about = cJSON_Parse("{\"body\":{\"adminPassword\":\"S3cr3t!\"},"
				   "\"header\":\"Bearer S3cr3tS3cr3tS3cr3t\"}");
	const struct audit_draft draft = {
		.n = 1,
		.at_ms = FIXTURE_AT_MS,
		.kind = AUDIT_REQUEST,
		.by = STR("ana\x1b[2J\"\npassword=S3cr3t!"),
		.host = STR("https://ana:S3cr3t!@bastion-1"),
		.about = about,
	};
	struct audit_entry e;
	struct strbuf line;
	struct err err;

	(void)state;
	strbuf_init(&line, AUDIT_LINE_MAX);
	assert_true(audit_entry_format(&line, &draft, &s, &err));
	assert_true(str_find(strbuf_str(&line), STR("S3cr3t")) < 0);
	assert_true(str_find_char(strbuf_str(&line), '\n') < 0);
	assert_true(str_find_char(strbuf_str(&line), '\x1b') < 0);
	assert_true(audit_entry_parse(strbuf_str(&line), &e));
	assert_true(audit_entry_is_signed(&e, &s.key));
	assert_int_equal(e.n, 1);
	assert_true(e.at_ms == FIXTURE_AT_MS);
	check_text("kind", e.kind, "request");
	check_text("key", e.key, s.name.p);
	check_text("by", e.by, "\"ana\\\"\\npassword=***\"");
	check_text("host", e.host, "\"https://bastion-1\"");
	cJSON_Delete(about);
	strbuf_fini(&line);
	signer_fini(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(documents),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(nothing_secret_in_an_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
