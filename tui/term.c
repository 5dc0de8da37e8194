/* See term.h. curses' terminfo says whether this is a terminal we can draw on, how
 * many colours it has and how it clears; the drawing itself is paint.c's, because
 * only with both grids in hand can a key cost a hundred bytes (ADR 0003). */
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include <sodium.h>

#include "base/count.h"
#include "base/sanitize.h"
#include "base/xalloc.h"
#include "tui/paint.h"
#include "tui/term_restore.h"

/* No screen is larger than WIDEST times TALLEST; a terminal that says so is wrong. */
enum { OUT_MAX = 4 << 20, COPY_MAX = 74000, WIDEST = 1000, TALLEST = 500 };

#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

struct terminal {
	int fd;
	struct termios before;
	struct painter painter;
	struct strbuf out;   /* waits for the line */
	struct strbuf enter; /* what begins and what ends our use of the screen */
	struct strbuf leave;
	bool has_mouse;
	bool is_entered;
	bool has_frame; /* one waits in `out` */
};

/* A terminfo text, or "". */
static const char *capability(const char *name)
{
	const char *text = tigetstr(name);

	return text && text != (char *)-1 ? text : "";
}

/* Without its padding, "$<5>" and the like: it is for terminals on a serial line. */
static void put_capability(struct strbuf *out, const char *name)
{
	struct str text = str_from(capability(name));

	while (text.n) {
		ptrdiff_t begin = str_find(text, STR("$<")), end;

		end = begin < 0
			      ? -1
			      : str_find_char(str_sub(text, (size_t)begin, text.n), '>');
		if (end < 0) {
			strbuf_put(out, text);
			return;
		}
		strbuf_put(out, str_sub(text, 0, (size_t)begin));
		text = str_sub(text, (size_t)(begin + end) + 1, text.n);
	}
}

static enum depth depth_of(const struct term_options *o)
{
	int colors = tigetnum("colors");

	if (o->is_colorless || colors < 8)
		return DEPTH_MONO;
	if (o->color_term && (strcmp(o->color_term, "truecolor") == 0 ||
			      strcmp(o->color_term, "24bit") == 0))
		return DEPTH_TRUE;
	if (colors > 256 || tigetflag("RGB") > 0 || tigetflag("Tc") > 0)
		return DEPTH_TRUE;
	return colors >= 256 ? DEPTH_256 : colors >= 16 ? DEPTH_16 : DEPTH_8;
}

/* A description of our own: non-blocking on the shared one would also be set for
 * the shell. */
static int open_tty(void)
{
	const char *name = isatty(STDIN_FILENO) ? ttyname(STDIN_FILENO) : NULL;
	int fd = name ? open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;

	return fd >= 0 ? fd
		       : open("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

static void make_raw(const struct terminal *t)
{
	struct termios raw = t->before;

	raw.c_iflag &=
		(tcflag_t) ~(BRKINT | ICRNL | INPCK | ISTRIP | IXON | INLCR | IGNCR);
	raw.c_oflag &= (tcflag_t)~OPOST;
	raw.c_lflag &= (tcflag_t) ~(ECHO | ICANON | IEXTEN | ISIG);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	tcsetattr(t->fd, TCSANOW, &raw);
}

static void prepare_texts(struct terminal *t)
{
	strbuf_init(&t->enter, 1024);
	strbuf_init(&t->leave, 512);
	put_capability(&t->enter, "smcup");
	put_capability(&t->enter, "civis");
	/* Bracketed paste; then: do you know synchronized frames? Terminals that do
	 * not know the question do not answer. */
	strbuf_puts(&t->enter, "\033[?2004h\033[?2026$p");
	strbuf_puts(&t->leave, MOUSE_OFF "\033[?2004l\033[m");
	put_capability(&t->leave, "cnorm");
	/* Without a screen to go back to, the prompt comes below what is left of ours. */
	if (capability("rmcup")[0])
		put_capability(&t->leave, "rmcup");
	else
		strbuf_puts(&t->leave, "\033[999;1H\n");
	strbuf_puts(&t->leave, "\r");
}

void term_enter(struct terminal *t)
{
	term_restore_arm();
	make_raw(t);
	/* Terminals count: what is entered twice is not left by leaving once. */
	if (t->is_entered)
		strbuf_put(&t->out, strbuf_str(&t->leave));
	t->is_entered = true;
	strbuf_put(&t->out, strbuf_str(&t->enter));
	if (t->has_mouse)
		strbuf_puts(&t->out, MOUSE_ON);
	painter_forget(&t->painter);
	t->painter.is_cursor_on = false;
}

static bool refuse(const struct term_options *o, const char *why, struct err *err)
{
	struct strbuf type;

	strbuf_init(&type, 80);
	sanitize_line(&type, str_from(o->term));
	err_set(err, ERR_USAGE, "the terminal type \"%s\" %s", type.p, why);
	strbuf_fini(&type);
	return false;
}

/* Terminals of our day whose description a bastion may lack, and the one that all
 * of them follow. */
static const char *stand_in(const char *type)
{
	static const char *const known[] = {
		"alacritty", "contour", "foot",	  "ghostty", "iTerm",
		"kitty",     "konsole", "mintty", "rxvt",    "screen",
		"st-",	     "tmux",	"vte",	  "wezterm", "xterm-",
	};

	for (size_t i = 0; type && i < COUNT(known); i++) {
		if (str_starts_nocase(str_from(type), str_from(known[i])))
			return "xterm-256color";
	}
	return NULL;
}

static bool is_usable(const struct term_options *o, struct err *err)
{
	const char *other = stand_in(o->term);
	int rc;

	if (setupterm(o->term, STDOUT_FILENO, &rc) != OK &&
	    (!other || setupterm(other, STDOUT_FILENO, &rc) != OK))
		return refuse(o, "is not known here; set TERM, or use `azdeck show`",
			      err);
	/* paint.c writes what all terminals of the last forty years understand. */
	if (strncmp(capability("cup"), "\033[", 2) != 0)
		return refuse(o, "cannot place text; use `azdeck show`", err);
	return true;
}

struct terminal *term_open(const struct term_options *options, struct err *err)
{
	struct terminal *t;
	int fd;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(err, ERR_USAGE,
			"the deck needs a terminal; for scripts there is `azdeck show`");
		return NULL;
	}
	if (!is_usable(options, err))
		return NULL;
	fd = open_tty();
	if (fd < 0) {
		err_errno(err, ERR_USAGE, errno, "cannot open the terminal");
		return NULL;
	}
	t = xcalloc(1, sizeof(*t));
	t->fd = fd;
	t->has_mouse = options->has_mouse;
	tcgetattr(fd, &t->before);
	strbuf_init(&t->out, OUT_MAX);
	prepare_texts(t);
	painter_init(&t->painter, options->theme, depth_of(options));
	t->painter.has_bce = tigetflag("bce") > 0;
	t->painter.is_ascii = options->is_ascii;
	t->painter.has_scroll = strncmp(capability("csr"), "\033[", 2) == 0 &&
				strncmp(capability("dl"), "\033[", 2) == 0 &&
				strncmp(capability("il"), "\033[", 2) == 0;
	term_restore_prepare(fd, &t->before, strbuf_str(&t->leave));
	term_restore_on_crash();
	term_enter(t);
	return t;
}

void term_close(struct terminal *t)
{
	if (!t)
		return;
	term_restore_now();
	close(t->fd);
	painter_fini(&t->painter);
	strbuf_fini(&t->out);
	strbuf_fini(&t->enter);
	strbuf_fini(&t->leave);
	free(t);
}

int term_fd(const struct terminal *t)
{
	return t->fd;
}

void term_size(const struct terminal *t, int *w, int *h)
{
	struct winsize size = {0};

	ioctl(t->fd, TIOCGWINSZ, &size);
	*w = !size.ws_col ? 80 : size.ws_col < WIDEST ? size.ws_col : WIDEST;
	*h = !size.ws_row ? 24 : size.ws_row < TALLEST ? size.ws_row : TALLEST;
}

bool term_drain(struct terminal *t)
{
	while (t->out.n) {
		ssize_t n = write(t->fd, t->out.p, t->out.n);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return true;
		if (n <= 0)
			return false;
		strbuf_consume(&t->out, (size_t)n);
	}
	t->has_frame = false;
	return true;
}

bool term_is_drained(const struct terminal *t)
{
	return t->out.n == 0;
}

bool term_takes_frame(const struct terminal *t)
{
	return !t->has_frame;
}

void term_draw(struct terminal *t, const struct grid *grid)
{
	painter_paint(&t->painter, grid, &t->out);
	/* Part of it was left out: what the screen shows is not what was painted. */
	if (t->out.overflow)
		painter_forget(&t->painter);
	t->out.overflow = false;
	t->has_frame = t->out.n > 0;
}

void term_forget(struct terminal *t)
{
	painter_forget(&t->painter);
}

void term_set_theme(struct terminal *t, const struct theme *theme)
{
	t->painter.theme = theme;
	painter_forget(&t->painter);
}

void term_set_mouse(struct terminal *t, bool is_on)
{
	t->has_mouse = is_on;
	strbuf_puts(&t->out, is_on ? MOUSE_ON : MOUSE_OFF);
}

void term_has_sync(struct terminal *t)
{
	t->painter.has_sync = true;
}

bool term_copy(struct terminal *t, struct str text)
{
	size_t room = sodium_base64_encoded_len(text.n, sodium_base64_VARIANT_ORIGINAL);
	char *encoded;

	if (text.n > COPY_MAX)
		return false;
	encoded = xmalloc(room);
	sodium_bin2base64(encoded, room, (const unsigned char *)text.p, text.n,
			  sodium_base64_VARIANT_ORIGINAL);
	strbuf_printf(&t->out, "\033]52;c;%s\033\\", encoded);
	free(encoded);
	return true;
}

void term_leave(struct terminal *t)
{
	strbuf_reset(&t->out);
	t->has_frame = false;
	t->is_entered = false;
	term_restore_now();
}
