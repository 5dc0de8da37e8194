/* `azdeck themes [THEME]`: the themes there are, or every role of one as it looks
 * where there is all colour. A broken file of the user's is reported here too. */
#include "base/count.h"
#include "base/err.h"
#include "tui/cli_data.h"
#include "tui/theme.h"

/* "bold underline", or "-" for none. */
static void put_attrs(struct strbuf *out, uint8_t attrs)
{
	static const struct {
		uint8_t bit;
		const char *name;
	} names[] = {
		{ATTR_BOLD, "bold"},	   {ATTR_DIM, "dim"},
		{ATTR_ITALIC, "italic"},   {ATTR_UNDERLINE, "underline"},
		{ATTR_REVERSE, "reverse"},
	};
	size_t start = out->n;

	for (size_t i = 0; i < COUNT(names); i++) {
		if (!(attrs & names[i].bit))
			continue;
		if (out->n > start)
			strbuf_putc(out, ' ');
		strbuf_puts(out, names[i].name);
	}
	if (out->n == start)
		strbuf_putc(out, '-');
}

struct texts {
	struct strbuf fg, bg, attrs;
};

static void put_row(struct strbuf *out, enum role role, const struct texts *look)
{
	strbuf_printf(out, "  %-15s %-8s %-8s %-15s %s\n", role_name(role), look->fg.p,
		      look->bg.p, look->attrs.p, role_help(role));
}

static void put_object(struct strbuf *out, enum role role, const struct texts *look)
{
	strbuf_puts(out, role ? ",{" : "{");
	data_put_member(out, true, "role", str_from(role_name(role)));
	data_put_member(out, false, "fg", strbuf_str(&look->fg));
	data_put_member(out, false, "bg", strbuf_str(&look->bg));
	data_put_member(out, false, "attributes", strbuf_str(&look->attrs));
	data_put_member(out, false, "help", str_from(role_help(role)));
	strbuf_putc(out, '}');
}

static void put_roles(struct strbuf *out, const struct theme *theme,
		      void (*put)(struct strbuf *, enum role, const struct texts *))
{
	struct texts look;

	strbuf_init(&look.fg, 20);
	strbuf_init(&look.bg, 20);
	strbuf_init(&look.attrs, 60);
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct style style = theme_style(theme, (uint16_t)i, DEPTH_TRUE);

		strbuf_reset(&look.fg);
		strbuf_reset(&look.bg);
		strbuf_reset(&look.attrs);
		color_format(&look.fg, style.fg);
		color_format(&look.bg, style.bg);
		put_attrs(&look.attrs, style.attrs);
		put(out, (enum role)i, &look);
	}
	strbuf_fini(&look.fg);
	strbuf_fini(&look.bg);
	strbuf_fini(&look.attrs);
}

static void put_json(struct strbuf *out, const struct theme *theme)
{
	strbuf_putc(out, '{');
	data_put_member(out, true, "schema", STR("azdeck.theme/1"));
	data_put_member(out, false, "theme", str_from(theme_name(theme)));
	data_put_member(out, false, "description", str_from(theme_description(theme)));
	strbuf_puts(out, ",\"roles\":[");
	put_roles(out, theme, put_object);
	strbuf_puts(out, "]}\n");
}

static void put_table(struct strbuf *out, const struct theme *theme)
{
	strbuf_printf(out, "%s: %s\n", theme_name(theme), theme_description(theme));
	put_roles(out, theme, put_row);
}

static bool put_theme(struct strbuf *out, const struct data_request *r, const char *dir,
		      struct err *err)
{
	struct theme *theme = theme_load(r->name, dir, err);

	if (!theme)
		return false;
	if (r->is_json)
		put_json(out, theme);
	else
		put_table(out, theme);
	theme_free(theme);
	return true;
}

static int run(int argc, char **argv, const struct clock *clock)
{
	static const struct data_command themes = {"theme", embedded_themes, put_theme};
	struct data_request r = {0};
	int code = cli_walk(&cli_themes_command, argc, argv, &r);

	(void)clock;
	if (!r.name)
		r.is_list = true;
	return code ? code : data_run(&themes, &r);
}

const struct cli_command cli_themes_command = {
	.name = "themes",
	.usage = "[THEME] [OPTION...]",
	.help = "the themes, or the roles of one",
	.options = data_options,
	.words = DATA_WORDS,
	.run = run,
};
