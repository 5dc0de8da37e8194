/* What tests of the audit log share: signers that are the same in every run, and logs
 * made of them in memory, as long as they are wanted. Thread: the test's. */
#ifndef AZ_TESTS_UNIT_AUDIT_FIXTURE_H
#define AZ_TESTS_UNIT_AUDIT_FIXTURE_H

#include "unit/check.h"

#include <sodium.h>

#include "act/audit_entry.h"
#include "act/audit_head.h"
#include "act/merkle.h"
#include "act/signer.h"

#define FIXTURE_AT_MS INT64_C(1773224430000) /* CHECK_AT */

/* A signer whose seed is this byte over and over. signer_fini is due. */
static inline struct signer fixture_signer(unsigned char seed)
{
	unsigned char bytes[crypto_sign_SEEDBYTES];
	struct signer s = {0};

	assert_true(secret_setup());
	memset(bytes, seed, sizeof(bytes));
	secret_reserve(&s.secret, crypto_sign_SECRETKEYBYTES);
	crypto_sign_seed_keypair(s.key.p, (unsigned char *)s.secret.p, bytes);
	s.name = sign_key_name(&s.key);
	return s;
}

/* A log and its head, both whole files. */
struct fixture_log {
	struct strbuf log, head;
	struct merkle tree;
	struct merkle_hash last;
};

static inline void fixture_log_init(struct fixture_log *f)
{
	*f = (struct fixture_log){0};
	strbuf_init(&f->log, 1 << 28);
	strbuf_init(&f->head, AUDIT_HEAD_MAX);
}

static inline void fixture_log_fini(struct fixture_log *f)
{
	strbuf_fini(&f->log);
	strbuf_fini(&f->head);
}

/* An entry whose `about` holds `text`. */
static inline void fixture_log_add(struct fixture_log *f, const struct signer *signer,
				   enum audit_kind kind, const char *text)
{
	cJSON *about = cJSON_CreateObject();
	const struct audit_draft draft = {
		.n = f->tree.n + 1,
		.at_ms = FIXTURE_AT_MS + 1000 * (int64_t)f->tree.n,
		.prev = f->last,
		.kind = kind,
		.by = STR("ana@contoso.com"),
		.host = STR("bastion-1"),
		.about = about,
	};
	size_t at = f->log.n;
	struct err err;

	cJSON_AddStringToObject(about, "target", text);
	cJSON_AddNumberToObject(about, "capacity", (double)f->tree.n);
	assert_true(audit_entry_format(&f->log, &draft, signer, &err));
	f->last = merkle_leaf(str_sub(strbuf_str(&f->log), at, f->log.n - at));
	merkle_push(&f->tree, &f->last);
	strbuf_putc(&f->log, '\n');
	cJSON_Delete(about);
}

static inline void fixture_log_seal(struct fixture_log *f, const struct signer *signer)
{
	strbuf_reset(&f->head);
	audit_head_format(&f->head, &f->tree, FIXTURE_AT_MS, signer);
}

/* `n` entries and their head. */
static inline void fixture_log_fill(struct fixture_log *f, const struct signer *signer,
				    size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++)
		fixture_log_add(f, signer, i ? AUDIT_PLAN : AUDIT_BEGUN, text);
	fixture_log_seal(f, signer);
}

#endif
