/* See settings.h. */
#include "auth/settings.h"

#include <stdlib.h>
#include <string.h>

#include "auth/secret_ref.h"
#include "base/strbuf.h"
#include "base/xalloc.h"
#include "config/env.h"

const char *credential_setting(const struct credential *c, const char *name)
{
	for (size_t i = 0; i < c->n_settings; i++) {
		if (strcmp(c->settings[i].name, name) == 0)
			return c->settings[i].value;
	}
	return NULL;
}

const struct method_setting *setting_row(const struct method *m, const char *name)
{
	const struct method_setting *row = m->settings;

	while (row->name && strcmp(row->name, name) != 0)
		row++;
	return row->name ? row : NULL;
}

static void add(struct credential *c, const char *name, const char *value)
{
	c->settings[c->n_settings++] = (struct credential_setting){
		.name = xstrdup(name),
		.value = xstrdup(value),
	};
}

/* A secret stays where it is: the setting names the place. */
static void add_reference(struct credential *c, const struct method_setting *row,
			  const char *value)
{
	struct strbuf reference;

	strbuf_init(&reference, 4096);
	if (row->names_file)
		strbuf_printf(&reference, "file:%s", value);
	else
		strbuf_printf(&reference, "env:%s", row->variable);
	add(c, row->name, reference.p);
	strbuf_fini(&reference);
}

static void add_missing(struct credential *c, const struct method_setting *row)
{
	const char *value = row->variable ? env_get(row->variable) : NULL;

	if (credential_setting(c, row->name))
		return;
	if (value && row->is_secret)
		add_reference(c, row, value);
	else if (value)
		add(c, row->name, value);
	else if (row->fallback || row->is_authority)
		add(c, row->name, row->is_authority ? c->authority : row->fallback);
	c->follows_cloud = c->follows_cloud || (row->is_authority && !value);
}

void settings_init(struct credential *c, const struct credential_spec *spec)
{
	const struct method_setting *row = c->method->settings;
	size_t n_rows = 0;

	while (row[n_rows].name)
		n_rows++;
	c->settings = xcalloc(spec->n_settings + n_rows + 1, sizeof(*c->settings));
	for (size_t i = 0; i < spec->n_settings; i++)
		add(c, spec->settings[i].name, spec->settings[i].value);
	for (; row->name; row++)
		add_missing(c, row);
}

void settings_fini(struct credential *c)
{
	for (size_t i = 0; i < c->n_settings; i++) {
		free((char *)(uintptr_t)c->settings[i].name);
		free((char *)(uintptr_t)c->settings[i].value);
	}
	free(c->settings);
}

static bool is_one_of(const char *words, const char *value)
{
	struct str rest = str_from(words), word;

	while (str_next(&rest, '|', &word)) {
		if (str_eq(word, str_from(value)))
			return true;
	}
	return false;
}

static bool check_one(const struct credential *c, const struct credential_setting *s,
		      struct err *err)
{
	const struct method_setting *row = setting_row(c->method, s->name);
	struct str rest;

	if (!row)
		return err_set(err, ERR_CONFIG,
			       "%.60s: a \"%s\" credential has no such setting", s->name,
			       c->method->name);
	/* A secret in the file would be in backups and in every paste of it. */
	if (row->is_secret && !secret_ref_check(str_from(s->value), err))
		return err_wrap(err, "%s", row->name);
	if (row->is_secret && !c->host.keyvault &&
	    secret_ref_is_remote(str_from(s->value), &rest))
		return err_set(err, ERR_CONFIG,
			       "%s: nobody reads key vaults; name a credential that may: "
			       "\"keyvault\": {\"credential\": NAME}",
			       row->name);
	if (row->words && !is_one_of(row->words, s->value))
		return err_set(err, ERR_CONFIG, "%s: must be one of %s", row->name,
			       row->words);
	if (!s->value[0])
		return err_set(err, ERR_CONFIG, "%s: must not be empty", row->name);
	return true;
}

bool settings_check(const struct credential *c, struct err *err)
{
	const struct method_setting *row = c->method->settings;

	for (size_t i = 0; i < c->n_settings; i++) {
		if (!check_one(c, &c->settings[i], err))
			return false;
	}
	for (; row->name; row++) {
		if (row->is_required && !credential_setting(c, row->name))
			return err_set(err, ERR_CONFIG, "%s is missing: %s%s%s",
				       row->name, row->help,
				       row->variable ? "; or set " : "",
				       row->variable ? row->variable : "");
	}
	return true;
}
