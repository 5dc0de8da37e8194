/* What the audit log costs: a hundred thousand entries verified, taken over by a process
 * that will add to it, and one more on the disk. Budget: verified within two seconds of
 * a processor. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "act/audit_check.h"
#include "act/audit_head.h"
#include "act/audit_log.h"
#include "base/clock.h"
#include "base/file.h"

enum { ENTRIES = 100000, APPENDS = 50 };

#define NOW_MS INT64_C(1795233906000)

struct bench {
	struct signer signer;
	struct clock clock;
	struct strbuf log, head;
	char path[64], head_path[64];
};

static void fail(const struct err *err)
{
	fprintf(stderr, "bench_audit: %s\n", err->text);
	exit(1);
}

/* Of this process, whoever else has the machine. */
static double cpu_ms(void)
{
	return (double)clock() * 1000.0 / CLOCKS_PER_SEC;
}

static void make_signer(struct bench *b)
{
	unsigned char seed[crypto_sign_SEEDBYTES] = {1};

	secret_reserve(&b->signer.secret, crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(b->signer.key.p, (unsigned char *)b->signer.secret.p,
				 seed);
	b->signer.name = sign_key_name(&b->signer.key);
}

static void make_log(struct bench *b)
{
	cJSON *about = cJSON_Parse("{\"target\":\"sql-atlas\",\"from\":\"GP_Gen5_2\","
				   "\"to\":\"GP_Gen5_4\",\"requests\":[\"PATCH\"]}");
	struct merkle_hash last = {{0}};
	struct merkle tree = {0};
	struct err err;

	strbuf_init(&b->log, 1u << 28);
	strbuf_init(&b->head, AUDIT_HEAD_MAX);
	for (int i = 0; i < ENTRIES; i++) {
		const struct audit_draft draft = {.n = (uint64_t)i + 1,
						  .at_ms = NOW_MS + i,
						  .prev = last,
						  .kind = i ? AUDIT_PLAN : AUDIT_BEGUN,
						  .by = STR("ana@contoso.com"),
						  .host = STR("bastion-1"),
						  .about = about};
		size_t at = b->log.n;

		if (!audit_entry_format(&b->log, &draft, &b->signer, &err))
			fail(&err);
		last = merkle_leaf(str_sub(strbuf_str(&b->log), at, b->log.n));
		merkle_push(&tree, &last);
		strbuf_putc(&b->log, '\n');
	}
	audit_head_format(&b->head, &tree, NOW_MS, &b->signer);
	cJSON_Delete(about);
}

static void verify(const struct bench *b)
{
	const struct audit_how how = {.keys = {&b->signer.key, 1}};
	struct audit_report r;
	double ms = cpu_ms();

	audit_check(strbuf_str(&b->log), strbuf_str(&b->head), &how, &r);
	ms = cpu_ms() - ms;
	printf("verify %d entries, %zu MB: %.0f ms%s\n", ENTRIES, b->log.n / 1000000, ms,
	       audit_report_is_sound(&r) ? "" : ", but they are not sound");
	if (ms > 2000 || !audit_report_is_sound(&r))
		printf("OVER BUDGET: 2000 ms\n");
	audit_report_fini(&r);
}

static void open_and_append(struct bench *b)
{
	const struct audit_author author = {.signer = &b->signer, .clock = &b->clock};
	struct audit_log log;
	struct err err;
	int64_t began;
	double ms;

	if (!file_write(b->path, strbuf_str(&b->log), &err) ||
	    !file_write(b->head_path, strbuf_str(&b->head), &err))
		fail(&err);
	ms = cpu_ms();
	if (!audit_log_open(&log, b->path, &author, &err))
		fail(&err);
	printf("open it to add to it: %.0f ms\n", cpu_ms() - ms);
	began = clock_mono_us();
	for (int i = 0; i < APPENDS; i++) {
		if (!audit_log_append(&log, AUDIT_STEP, NULL, &err))
			fail(&err);
	}
	printf("append, on the disk: %.2f ms\n",
	       (double)(clock_mono_us() - began) / 1000.0 / APPENDS);
	audit_log_close(&log);
}

int main(void)
{
	char dir[] = "/tmp/azdeck-bench-XXXXXX", lock[64];
	struct bench b = {0};

	if (!secret_setup() || !mkdtemp(dir))
		return 1;
	snprintf(b.path, sizeof(b.path), "%s/a.log", dir);
	snprintf(b.head_path, sizeof(b.head_path), "%s/a.head", dir);
	snprintf(lock, sizeof(lock), "%s.lock", b.path);
	clock_init_manual(&b.clock, NOW_MS);
	make_signer(&b);
	make_log(&b);
	verify(&b);
	open_and_append(&b);
	unlink(b.path);
	unlink(b.head_path);
	unlink(lock);
	rmdir(dir);
	strbuf_fini(&b.log);
	strbuf_fini(&b.head);
	signer_fini(&b.signer);
	return 0;
}
