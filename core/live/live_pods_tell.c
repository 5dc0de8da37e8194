/* See pods.h: how pods that are followed are doing, in one state and one note. */
#include "live/pods.h"

/* How it is, over all containers and clusters. */
struct tally {
	size_t n, open, done, failed;
	const struct container_log *bad; /* the first that cannot be read */
	const struct cluster *deaf;	 /* the first whose list cannot be had */
	bool is_asking;			 /* a list has not come yet */
};

/* A break that is over in a moment is nobody's concern. */
static bool is_trouble(const struct container_log *c)
{
	return c->err.code != ERR_NONE &&
	       (c->tries > 1 || c->state == CONTAINER_DONE ||
		c->state == CONTAINER_RESTING || c->err.code == ERR_AUTH ||
		c->err.code == ERR_FORBIDDEN);
}

static struct tally count_all(const struct pods *p)
{
	struct tally t = {0};

	for (const struct container_log *c = p->first; c; c = c->next) {
		t.n++;
		t.open += c->state == CONTAINER_ASKING;
		t.done += c->state == CONTAINER_DONE;
		if (!is_trouble(c))
			continue;
		t.failed++;
		if (!t.bad)
			t.bad = c;
	}
	for (size_t i = 0; i < p->n_clusters; i++) {
		const struct cluster *k = &p->clusters[i];

		t.is_asking |= !k->has_answered && k->err.code == ERR_NONE;
		if (!t.deaf && k->err.code != ERR_NONE)
			t.deaf = k;
	}
	return t;
}

static void put_note(const struct pods *p, const struct tally *t)
{
	struct strbuf note;

	strbuf_init(&note, 2048);
	if (t->deaf)
		strbuf_printf(&note, "%s: %s", t->deaf->connection->name,
			      t->deaf->err.text);
	if (t->bad)
		strbuf_printf(&note, "%s%zu of %zu cannot be read: %s: %s",
			      note.n ? "; " : "", t->failed, t->n, t->bad->now.pod,
			      t->bad->err.text);
	if (p->left_out)
		strbuf_printf(&note, "%s%zu containers are left out: %d are the most",
			      note.n ? "; " : "", p->left_out, PODS_STREAMS_MOST);
	feeder_set_note(p->f, note.p);
	strbuf_fini(&note);
}

/* No container is there: why. */
static bool say_none(const struct pods *p, const struct tally *t, struct err *err)
{
	if (t->deaf) {
		*err = t->deaf->err;
		return err_wrap(err, "pods of %s", t->deaf->connection->name);
	}
	return err_set(err, ERR_NOT_FOUND, "there is no pod %.*s/%.*s%s%.*s in %s",
		       STR_ARG(p->f->source.namespace), STR_ARG(p->f->source.name),
		       p->f->source.container.n ? " with a container " : "",
		       STR_ARG(p->f->source.container),
		       p->n_clusters == 1 ? p->clusters[0].connection->name
					  : "any cluster");
}

static void tell_once(struct pods *p, const struct tally *t)
{
	struct err err;

	if (t->is_asking || t->done < t->n || merge_waiting(p->merge))
		return;
	if (t->n && t->failed < t->n) {
		feeder_set_state(p->f, LIVE_ENDED, NULL);
		return;
	}
	if (t->bad) {
		err = t->bad->err;
		err_wrap(&err, "%s", t->bad->now.pod);
	} else {
		say_none(p, t, &err);
	}
	feeder_set_state(p->f, LIVE_FAILED, &err);
}

/* What will not get better by itself, and has never been there. */
static bool is_hopeless(const struct pods *p)
{
	for (size_t i = 0; i < p->n_clusters; i++) {
		const struct cluster *k = &p->clusters[i];

		if (k->has_answered || k->err.code == ERR_NONE ||
		    err_is_retryable(k->err.code))
			return false;
	}
	return true;
}

void pods_tell(struct pods *p)
{
	struct tally t = count_all(p);
	struct err err;

	feeder_set_origins(p->f, t.n - t.done);
	put_note(p, &t);
	if (p->f->is_once) {
		tell_once(p, &t);
	} else if (t.open) {
		feeder_set_state(p->f, LIVE_FOLLOWING, NULL);
	} else if (t.bad) {
		err = t.bad->err;
		err_wrap(&err, "%s", t.bad->now.pod);
		feeder_set_state(p->f, LIVE_WAITING, &err);
	} else if (t.n > t.done) {
		feeder_set_state(p->f, LIVE_WAITING, NULL);
	} else if (!t.is_asking) {
		say_none(p, &t, &err);
		feeder_set_state(p->f, is_hopeless(p) ? LIVE_FAILED : LIVE_WAITING, &err);
	}
}
