/* Data files compiled in: boards, themes, keymaps, runbooks. The tables are made by
 * core/base/embed.awk from the very files users copy. Thread: any (const). */
#ifndef AZ_BASE_EMBED_H
#define AZ_BASE_EMBED_H

struct embedded_file {
	const char *name; /* without folder and suffix */
	const char *text;
	const char *title, *category; /* as the text says; "" when it does not */
};

/* Sorted by name, ended by a row with a NULL name. */
extern const struct embedded_file embedded_boards[];
extern const struct embedded_file embedded_themes[];
extern const struct embedded_file embedded_keymaps[];
extern const struct embedded_file embedded_config[];
extern const struct embedded_file embedded_actions[];
extern const struct embedded_file embedded_runbooks[];

const struct embedded_file *embed_find(const struct embedded_file *table,
				       const char *name);

#endif
