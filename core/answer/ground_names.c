/* What is a name is learnt from the evidence: "atlas-orders" is one because a row is
 * called so, and "qodex-orders" because its parts are parts of such names. */
#include "answer/ground_names.h"

#include "answer/scan_word.h"
#include "board/def.h"

enum { NAMES_MOST = 20000, NAME_MOST = 120, PART_LEAST = 3, TEXT_MOST = 320 };

static bool has_mark(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '-' || name.p[i] == '_' ||
		    (i > 0 && name.p[i] >= 'A' && name.p[i] <= 'Z' &&
		     name.p[i - 1] >= 'a' && name.p[i - 1] <= 'z'))
			return true;
	return false;
}

static void learn(struct ground_names *names, struct str name)
{
	struct str rest = name, part;

	if (!name.n || name.n > NAME_MOST || str_find_char(name, ' ') >= 0 ||
	    !has_mark(name))
		return;
	map_put(&names->known, name, names);
	while (str_next(&rest, '-', &part))
		if (part.n >= PART_LEAST)
			map_put(&names->parts, part, names);
}

static void learn_row(struct ground_names *names, const struct board *board,
		      const struct row *row)
{
	struct str rest = row->key, part = {0};
	const struct column *first = board->def->columns;

	if (board->def->n_columns &&
	    (first->type == CELL_TEXT || first->type == CELL_STATE))
		learn(names, str_from(row->cells[0].text));
	while (str_next(&rest, '/', &part))
		;
	learn(names, part);
}

void ground_names_init(struct ground_names *names, const struct evidence *e)
{
	size_t n = 0;

	*names = (struct ground_names){.e = e};
	map_init(&names->said);
	map_init(&names->known);
	map_init(&names->parts);
	names->said.fold_case = names->known.fold_case = names->parts.fold_case = true;
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < e->boards[i]->n_rows && n < NAMES_MOST; k++, n++)
			learn_row(names, e->boards[i], &e->boards[i]->rows[k]);
	for (size_t i = 0; i < e->config->n_workloads; i++)
		ground_names_allow(names, str_from(e->config->workloads[i].name));
}

void ground_names_fini(struct ground_names *names)
{
	map_fini(&names->said);
	map_fini(&names->known);
	map_fini(&names->parts);
}

void ground_names_allow(struct ground_names *names, struct str text)
{
	struct prose_word word;
	size_t from = 0;

	if (text.n && text.n < TEXT_MOST)
		map_put(&names->said, text, names);
	while (word_next(text, from, &word)) {
		map_put(&names->said, str_sub(text, word.begin, word.end - word.begin),
			names);
		from = word.end;
	}
}

bool ground_names_is_allowed(const struct ground_names *names, struct str word)
{
	return map_find(&names->said, word) != NULL;
}

/* Boards are ours: their names are words of the program. */
static bool is_board(const struct ground_names *names, struct str word)
{
	return names->e->library && library_find(names->e->library, word);
}

static bool all_parts_known(const struct ground_names *names, struct str word)
{
	struct str rest = word, part;

	while (str_next(&rest, '-', &part))
		if (!map_find(&names->parts, part))
			return false;
	return str_find_char(word, '-') > 0;
}

bool ground_names_is_name(const struct ground_names *names, struct str word,
			  bool is_certain)
{
	if (is_board(names, word))
		return false;
	return is_certain || map_find(&names->known, word) ||
	       (all_parts_known(names, word) && !word_is_compound(word));
}
