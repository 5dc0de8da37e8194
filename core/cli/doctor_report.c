/* What was found, for people and for scripts. Whatever a service said is made clean
 * and rid of secrets here, whoever passed it on. Thread: any. */
#include <stdarg.h>

#include "base/json.h"
#include "base/sanitize.h"
#include "cli/doctor_check.h"
#include "net/redact.h"

enum { TEXT_MAX = 600 };

static const char *const marks[] = {[DOCTOR_OK] = "ok",
				    [DOCTOR_WARN] = "warn",
				    [DOCTOR_FAIL] = "fail",
				    [DOCTOR_SKIP] = "skip"};

static const char *keep(struct doctor *d, struct str text)
{
	struct strbuf safe;
	const char *kept;

	strbuf_init(&safe, TEXT_MAX + TEXT_MAX / 2);
	redact_text(&safe, text);
	kept = sanitize_to_arena(&d->arena, strbuf_str(&safe)).p;
	strbuf_fini(&safe);
	return kept;
}

static void add(struct doctor *d, enum doctor_mark mark, enum err_code code,
		const char *subject, struct str what, const char *todo)
{
	vec_push(&d->findings, (struct finding){.mark = mark,
						.code = code,
						.check = d->check,
						.subject = keep(d, str_from(subject)),
						.what = keep(d, what),
						.todo = keep(d, str_from(todo))});
}

void doctor_say(struct doctor *d, enum doctor_mark mark, const char *subject,
		const char *todo, const char *fmt, ...)
{
	struct strbuf what;
	va_list ap;

	strbuf_init(&what, TEXT_MAX);
	va_start(ap, fmt);
	strbuf_vprintf(&what, fmt, ap);
	va_end(ap);
	add(d, mark, mark == DOCTOR_FAIL ? ERR_CONFIG : ERR_NONE, subject,
	    strbuf_str(&what), todo);
	strbuf_fini(&what);
}

void doctor_fail(struct doctor *d, const char *subject, const struct err *err,
		 const char *todo)
{
	add(d, DOCTOR_FAIL, err->code, subject, str_from(err->text), todo);
}

int doctor_exit_code(const struct doctor *d)
{
	const struct finding *f;

	vec_each (f, &d->findings) {
		if (f->mark == DOCTOR_FAIL)
			return err_exit_code(f->code);
	}
	return 0;
}

void doctor_print_text(const struct doctor *d, struct strbuf *out)
{
	size_t count[DOCTOR_SKIP + 1] = {0};
	const struct finding *f;

	vec_each (f, &d->findings) {
		count[f->mark]++;
		strbuf_printf(out, "%-4s  %-10s  ", marks[f->mark], f->check);
		if (f->subject[0])
			strbuf_printf(out, "%s: ", f->subject);
		strbuf_printf(out, "%s\n", f->what);
		if (f->todo[0])
			strbuf_printf(out, "%18s%s\n", "", f->todo);
	}
	strbuf_printf(out, "\n%zu ok, %zu to look at, %zu failed, %zu skipped\n",
		      count[DOCTOR_OK], count[DOCTOR_WARN], count[DOCTOR_FAIL],
		      count[DOCTOR_SKIP]);
}

void doctor_print_json(const struct doctor *d, struct strbuf *out)
{
	cJSON *root = cJSON_CreateObject(), *list;
	const struct finding *f;

	cJSON_AddStringToObject(root, "schema", "azdeck.doctor/1");
	cJSON_AddNumberToObject(root, "exit_code", doctor_exit_code(d));
	list = cJSON_AddArrayToObject(root, "checks");
	vec_each (f, &d->findings) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "mark", marks[f->mark]);
		cJSON_AddStringToObject(row, "check", f->check);
		cJSON_AddStringToObject(row, "subject", f->subject);
		cJSON_AddStringToObject(row, "what", f->what);
		if (f->mark == DOCTOR_FAIL)
			cJSON_AddStringToObject(row, "class", err_name(f->code));
		if (f->todo[0])
			cJSON_AddStringToObject(row, "todo", f->todo);
		cJSON_AddItemToArray(list, row);
	}
	json_print_pretty(out, root);
	strbuf_putc(out, '\n');
	cJSON_Delete(root);
}
