/* What is a name is learnt from the evidence: "atlas-orders" is one because a row is
 * called so, and "qodex-orders" because its parts are parts of such names. */
#include "answer/ground_names.h"

#include "answer/scan_word.h"
#include "board/def.h"

enum { ROWS_MOST = 20000, NAME_MOST = 120, PART_LEAST = 3, TEXT_MOST = 320 };

typedef bool (*name_fits_fn)(struct str name, struct str word);

static bool is_whole(struct str name, struct str word)
{
	return str_eq_nocase(name, word);
}

/* "atlas" of "atlas-orders"; sentences with such words are no names. */
static bool has_part(struct str name, struct str word)
{
	struct str rest = name, part;

	if (name.n > NAME_MOST || str_find_char(name, '-') < 0 ||
	    str_find_char(name, ' ') >= 0)
		return false;
	while (str_next(&rest, '-', &part))
		if (str_eq_nocase(part, word))
			return true;
	return false;
}

/* What it is called, or the end of its id. */
static bool row_fits(const struct board *board, const struct row *row, name_fits_fn fits,
		     struct str word)
{
	const struct column *first = board->def->columns;
	struct str id = row->key;

	for (size_t i = id.n; i > 0; i--)
		if (id.p[i - 1] == '/') {
			id = str_sub(id, i, id.n);
			break;
		}
	return fits(id, word) ||
	       (board->def->n_columns &&
		(first->type == CELL_TEXT || first->type == CELL_STATE) &&
		fits(str_from(row->cells[0].text), word));
}

static bool any_row_fits(const struct ground_names *names, name_fits_fn fits,
			 struct str word)
{
	const struct evidence *e = names->e;
	size_t n = 0;

	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < e->boards[i]->n_rows && n < ROWS_MOST; k++, n++)
			if (row_fits(e->boards[i], &e->boards[i]->rows[k], fits, word))
				return true;
	return false;
}

void ground_names_init(struct ground_names *names, const struct evidence *e)
{
	*names = (struct ground_names){.e = e};
	map_init(&names->said);
	names->said.fold_case = true;
	for (size_t i = 0; i < e->config->n_workloads; i++)
		ground_names_allow(names, str_from(e->config->workloads[i].name));
}

void ground_names_fini(struct ground_names *names)
{
	map_fini(&names->said);
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
		if (part.n < PART_LEAST || !any_row_fits(names, has_part, part))
			return false;
	return str_find_char(word, '-') > 0;
}

/* "atlas-payments", where Atlas is a workload. */
static bool is_of_workload(const struct ground_names *names, struct str word)
{
	const struct config *config = names->e->config;
	struct str rest = word, part;

	while (str_next(&rest, '-', &part))
		for (size_t i = 0; i < config->n_workloads && part.n < word.n; i++)
			if (str_eq_nocase(part, str_from(config->workloads[i].name)))
				return true;
	return false;
}

bool ground_names_is_name(const struct ground_names *names, struct str word,
			  bool is_certain)
{
	if (is_board(names, word))
		return false;
	if (is_certain || any_row_fits(names, is_whole, word))
		return true;
	return !word_is_compound(word) &&
	       (is_of_workload(names, word) || all_parts_known(names, word));
}
