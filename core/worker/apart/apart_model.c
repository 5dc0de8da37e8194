/* See apart_model.h. */
#include "worker/apart/apart_model.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/xalloc.h"

/* A question on its way there, with what was said on its way back; or that nobody waits
 * for it any more. */
struct model_mail {
	struct mail mail;
	uint64_t question;
	cJSON *body; /* NULL: it is over */
	bool is_said;
	struct sim_said said;
};

static void free_mail(struct mail *mail)
{
	struct model_mail *m = (struct model_mail *)mail;

	cJSON_Delete(m->body);
	strbuf_fini(&m->said.text);
	for (size_t i = 0; i < SIM_SAID_CALLS; i++)
		strbuf_fini(&m->said.calls[i].arguments);
	free(m);
}

static struct model_mail *mail_new(uint64_t question, const cJSON *body)
{
	struct model_mail *m = xcalloc(1, sizeof(*m));

	m->mail.free = free_mail;
	m->question = question;
	m->body = body ? cJSON_Duplicate(body, true) : NULL;
	strbuf_init(&m->said.text, SIM_SAID_BYTES);
	for (size_t i = 0; i < SIM_SAID_CALLS; i++)
		strbuf_init(&m->said.calls[i].arguments, SIM_SAID_BYTES);
	return m;
}

static ptrdiff_t place_of(const struct apart_model *m, uint64_t question)
{
	for (size_t i = 0; i < m->open.n; i++)
		if (m->open.p[i] == question)
			return (ptrdiff_t)i;
	return -1;
}

/* What nobody waits for any more is dropped. */
static void fetch(struct apart_model *m)
{
	struct mail *mail = mailbox_drain(m->said);

	while (mail) {
		struct mail *next = mail->next;

		if (place_of(m, ((struct model_mail *)mail)->question) >= 0)
			vec_push(&m->came, (struct model_mail *)mail);
		else
			mail->free(mail);
		mail = next;
	}
}

static struct model_mail *take_said(struct apart_model *m, uint64_t question)
{
	for (size_t i = 0; i < m->came.n; i++) {
		struct model_mail *said = m->came.p[i];

		if (said->question != question)
			continue;
		m->came.p[i] = m->came.p[--m->came.n];
		return said;
	}
	return NULL;
}

static void close_question(struct apart_model *m, uint64_t question)
{
	ptrdiff_t at = place_of(m, question);

	if (at >= 0)
		m->open.p[at] = m->open.p[--m->open.n];
}

static void put_said(struct sim_said *out, const struct sim_said *said)
{
	strbuf_put(&out->text, strbuf_str(&said->text));
	for (size_t i = 0; i < said->n_calls && out->n_calls < SIM_SAID_CALLS; i++) {
		size_t at = out->n_calls++;

		snprintf(out->calls[at].name, sizeof(out->calls[at].name), "%s",
			 said->calls[i].name);
		strbuf_put(&out->calls[at].arguments,
			   strbuf_str(&said->calls[i].arguments));
	}
}

static bool ask(void *ctx, uint64_t question, const cJSON *body, struct sim_said *out)
{
	struct apart_model *m = ctx;
	struct model_mail *said;

	fetch(m);
	if (place_of(m, question) < 0) {
		vec_push(&m->open, question);
		mailbox_post(m->asked, &mail_new(question, body)->mail);
		return false;
	}
	said = take_said(m, question);
	if (!said)
		return false;
	if (!said->is_said) {
		mailbox_post(m->asked, &said->mail);
		return false;
	}
	close_question(m, question);
	put_said(out, &said->said);
	free_mail(&said->mail);
	return true;
}

static void over(void *ctx, uint64_t question)
{
	struct apart_model *m = ctx;
	struct model_mail *said;

	fetch(m);
	close_question(m, question);
	said = take_said(m, question);
	if (said)
		free_mail(&said->mail);
	if (m->behind->over)
		mailbox_post(m->asked, &mail_new(question, NULL)->mail);
}

static void embed(void *ctx, struct str text, float *out, size_t dims)
{
	const struct sim_model *behind = ((struct apart_model *)ctx)->behind;

	behind->embed(behind->ctx, text, out, dims);
}

void apart_model_init(struct apart_model *m, const struct sim_model *behind,
		      mailbox_wake_fn wake, void *wake_ctx)
{
	*m = (struct apart_model){
		.model = {.answer = ask, .over = over, .embed = embed, .ctx = m},
		.behind = behind,
		.asked = mailbox_new(wake, wake_ctx),
		.said = mailbox_new(NULL, NULL),
	};
}

void apart_model_fini(struct apart_model *m)
{
	struct model_mail **said;

	mailbox_free(m->asked);
	mailbox_free(m->said);
	vec_each (said, &m->came)
		free_mail(&(*said)->mail);
	vec_fini(&m->came);
	vec_fini(&m->open);
}

/* What is not said yet goes back as well, and is asked again from there. */
static void answer(struct apart_model *m, struct model_mail *q)
{
	const struct sim_model *behind = m->behind;

	if (!q->body) {
		behind->over(behind->ctx, q->question);
		free_mail(&q->mail);
		return;
	}
	q->is_said = behind->answer(behind->ctx, q->question, q->body, &q->said);
	mailbox_post(m->said, &q->mail);
}

void apart_model_read(struct apart_model *m)
{
	struct mail *mail = m->asked ? mailbox_drain(m->asked) : NULL;

	while (mail) {
		struct mail *next = mail->next;

		answer(m, (struct model_mail *)mail);
		mail = next;
	}
}
