/* See faults.h: which faults there are to be, and which of them is on for a request. */
#include "sim/fault/fault_part.h"

#include "base/count.h"
#include "base/timefmt.h"

/* "90", "90s", "5m" or "2h". */
static bool read_span(struct str text, int64_t *ms)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = {{'s', 1000}, {'m', MINUTE_MS}, {'h', HOUR_MS}};
	int64_t each = 1000, number;

	for (size_t i = 0; text.n && i < COUNT(units); i++) {
		if (text.p[text.n - 1] != units[i].letter)
			continue;
		each = units[i].ms;
		text.n--;
		break;
	}
	if (!str_to_i64(text, &number) || number < 0 || number > 1000000)
		return false;
	*ms = number * each;
	return true;
}

static bool read_times(struct str text, struct fault *out)
{
	ptrdiff_t dash = str_find_char(text, '-');
	struct str from = dash < 0 ? text : str_sub(text, 0, (size_t)dash);

	return read_span(from, &out->from_ms) &&
	       (dash < 0 ||
		read_span(str_sub(text, (size_t)dash + 1, text.n), &out->to_ms)) &&
	       out->from_ms < out->to_ms;
}

bool faults_add(struct faults *f, struct str spec, struct err *err)
{
	ptrdiff_t colon = str_find_char(spec, ':'), at;
	struct str name = colon < 0 ? spec : str_sub(spec, 0, (size_t)colon);
	struct fault fault = {.kind = fault_kind_find(name), .to_ms = INT64_MAX};

	if (!fault.kind)
		return err_set(err, ERR_USAGE,
			       "there is no fault \"%.*s\"; `azdeck sim --faults` lists "
			       "them",
			       (int)(name.n < 40 ? name.n : 40), name.p ? name.p : "");
	if (f->n == FAULTS_MAX)
		return err_set(err, ERR_USAGE, "there can be %d faults at most",
			       FAULTS_MAX);
	fault.pattern = colon < 0 ? STR("*") : str_sub(spec, (size_t)colon + 1, spec.n);
	at = str_find_char(fault.pattern, '@');
	if (at >= 0 &&
	    !read_times(str_sub(fault.pattern, (size_t)at + 1, fault.pattern.n), &fault))
		return err_set(
			err, ERR_USAGE,
			"what is behind the @ of a fault is FROM or FROM-TO, as in "
			"30s-5m");
	if (at >= 0)
		fault.pattern = str_sub(fault.pattern, 0, (size_t)at);
	if (!fault.pattern.n)
		return err_set(err, ERR_USAGE,
			       "a fault needs the path it is for, as in 503:/_devops/*");
	f->list[f->n++] = fault;
	return true;
}

bool fault_is_sign_in(const struct request *req)
{
	return req->n_segments &&
	       str_eq_nocase(req->segments[req->n_segments - 1], STR("token"));
}

/* The token that comes first is revoked: it is refused until a new one was asked for,
 * which within the same second reads the same. */
static bool is_let_through(struct fault *fault, const struct request *req)
{
	uint64_t token = str_hash(req->authorization);

	if (fault_is_sign_in(req) || !req->authorization.n) {
		fault->is_renewed = fault->token != 0;
		return true;
	}
	if (!fault->token)
		fault->token = token;
	return fault->is_renewed || fault->token != token;
}

struct fault *faults_find(struct faults *f, const struct request *req, int64_t now_ms)
{
	int64_t at_ms = now_ms - f->began_ms;

	for (size_t i = 0; i < f->n; i++) {
		struct fault *fault = &f->list[i];

		bool is_on = at_ms >= fault->from_ms && at_ms < fault->to_ms;
		bool is_meant = str_fits_nocase(req->path, fault->pattern);

		if (is_on && fault->kind->way == WAY_REVOKED &&
		    (is_meant || fault_is_sign_in(req)) && is_let_through(fault, req))
			continue;
		if (is_on && is_meant)
			return fault;
	}
	return NULL;
}
