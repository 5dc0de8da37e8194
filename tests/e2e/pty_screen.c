/* What is on a pty's screen, and whether the terminal was given back. See pty.h. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "e2e/pty.h"

static void put_cell(struct strbuf *out, const VTermScreenCell *cell)
{
	if (cell->chars[0] == 0) {
		strbuf_putc(out, ' ');
		return;
	}
	for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		char bytes[4];
		size_t n = utf8_encode(cell->chars[i], bytes);

		strbuf_put(out, (struct str){bytes, n});
	}
}

static void row_text(struct pty *p, int row, struct strbuf *out)
{
	size_t start = out->n;

	for (int col = 0; col < p->cols;) {
		VTermScreenCell cell;

		vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col},
				      &cell);
		put_cell(out, &cell);
		col += cell.width > 1 ? cell.width : 1;
	}
	while (out->n > start && out->p[out->n - 1] == ' ')
		strbuf_cut(out, out->n - 1);
}

void pty_text(struct pty *p, struct strbuf *out)
{
	for (int row = 0; row < p->rows; row++) {
		row_text(p, row, out);
		strbuf_putc(out, '\n');
	}
}

static int find(struct pty *p, const char *text, int *column)
{
	struct strbuf line;
	int found = -1;

	strbuf_init(&line, 65536);
	for (int row = 0; row < p->rows && found < 0; row++) {
		const char *at;

		strbuf_reset(&line);
		row_text(p, row, &line);
		at = strstr(line.p, text);
		if (!at)
			continue;
		found = row;
		*column = utf8_width((struct str){line.p, (size_t)(at - line.p)});
	}
	strbuf_fini(&line);
	return found;
}

int pty_row_of(struct pty *p, const char *text)
{
	int column;

	return find(p, text, &column);
}

int pty_column_of(struct pty *p, const char *text)
{
	int column = -1;

	find(p, text, &column);
	return column;
}

bool pty_has(struct pty *p, const char *text)
{
	return pty_row_of(p, text) >= 0;
}

void pty_print(struct pty *p, const char *why)
{
	struct strbuf text;
	struct str rest, line;

	strbuf_init(&text, 1 << 20);
	pty_text(p, &text);
	printf("# %s\n", why);
	rest = strbuf_str(&text);
	while (str_next(&rest, '\n', &line))
		printf("# |%.*s\n", STR_ARG(line));
	strbuf_fini(&text);
}

/* One sequence "ESC [ ? 1 ; 2 h"; its end, or NULL when it is another. */
static const char *read_mode(const char *at, const char *end, int mode, char *last)
{
	int number = 0;
	bool is_named = false;

	for (; at < end; at++) {
		if (*at >= '0' && *at <= '9') {
			number = number * 10 + (*at - '0');
			continue;
		}
		is_named |= number == mode;
		number = 0;
		if (*at == ';')
			continue;
		if ((*at == 'h' || *at == 'l') && is_named)
			*last = *at;
		return at;
	}
	return NULL;
}

char pty_mode(const struct pty *p, int mode)
{
	const char *at = p->raw.p, *end = p->raw.p + p->raw.n;
	char last = 0;

	while (at && (at = memmem(at, (size_t)(end - at), "\033[?", 3)))
		at = read_mode(at + 3, end, mode, &last);
	return last;
}

static bool has_modes_back(const struct pty *p)
{
	static const struct {
		int mode;
		const char *name;
	} modes[] = {
		{1, "cursor keys"},	{47, "screen"},	 {1047, "screen"},
		{1049, "screen"},	{1000, "mouse"}, {1002, "mouse drag"},
		{1003, "mouse motion"}, {1004, "focus"}, {1006, "mouse form"},
		{1007, "wheel keys"},	{2004, "paste"}, {2026, "frames"},
	};
	bool ok = true;

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (pty_mode(p, modes[i].mode) == 'h') {
			printf("# mode %d (%s) is still set\n", modes[i].mode,
			       modes[i].name);
			ok = false;
		}
	}
	if (pty_mode(p, 2004) != 'l' || pty_mode(p, 25) != 'h') {
		printf("# it never drew: there is nothing it could restore\n");
		ok = false;
	}
	return ok;
}

bool pty_is_restored(struct pty *p)
{
	struct termios now = {0};
	bool ok = has_modes_back(p);

	if (p->is_alt_screen || !p->is_cursor_visible) {
		printf("# alt screen %d, cursor %d\n", p->is_alt_screen,
		       p->is_cursor_visible);
		ok = false;
	}
	tcgetattr(p->slave, &now);
	if (now.c_lflag != p->before.c_lflag || now.c_iflag != p->before.c_iflag ||
	    now.c_oflag != p->before.c_oflag || now.c_cflag != p->before.c_cflag ||
	    memcmp(now.c_cc, p->before.c_cc, sizeof(now.c_cc)) != 0) {
		printf("# termios: lflag %x was %x, iflag %x was %x, oflag %x was %x\n",
		       now.c_lflag, p->before.c_lflag, now.c_iflag, p->before.c_iflag,
		       now.c_oflag, p->before.c_oflag);
		ok = false;
	}
	if (fcntl(p->slave, F_GETFL) & O_NONBLOCK) {
		printf("# the shell's terminal was left non-blocking\n");
		ok = false;
	}
	return ok;
}
