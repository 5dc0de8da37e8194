/* Key names: "ctrl-r", "g", "f5", "alt-enter", "space". One table for reading and
 * writing. */
#include "tui/keymap.h"

#include "base/count.h"
#include "base/utf8.h"

static const struct {
	uint32_t code;
	const char *name;
} named[] = {
	{KEYCODE_UP, "up"},
	{KEYCODE_DOWN, "down"},
	{KEYCODE_LEFT, "left"},
	{KEYCODE_RIGHT, "right"},
	{KEYCODE_HOME, "home"},
	{KEYCODE_END, "end"},
	{KEYCODE_PAGE_UP, "page-up"},
	{KEYCODE_PAGE_DOWN, "page-down"},
	{KEYCODE_INSERT, "insert"},
	{KEYCODE_DELETE, "delete"},
	{KEYCODE_BACKSPACE, "backspace"},
	{KEYCODE_TAB, "tab"},
	{KEYCODE_ENTER, "enter"},
	{KEYCODE_ESCAPE, "esc"},
	{' ', "space"},
	{KEYCODE_F1, "f1"},
	{KEYCODE_F1 + 1, "f2"},
	{KEYCODE_F1 + 2, "f3"},
	{KEYCODE_F1 + 3, "f4"},
	{KEYCODE_F1 + 4, "f5"},
	{KEYCODE_F1 + 5, "f6"},
	{KEYCODE_F1 + 6, "f7"},
	{KEYCODE_F1 + 7, "f8"},
	{KEYCODE_F1 + 8, "f9"},
	{KEYCODE_F1 + 9, "f10"},
	{KEYCODE_F1 + 10, "f11"},
	{KEYCODE_F12, "f12"},
};

static const struct {
	uint8_t mod;
	struct str prefix;
} mods[] = {
	{MOD_CTRL, {"ctrl-", 5}},
	{MOD_ALT, {"alt-", 4}},
	{MOD_SHIFT, {"shift-", 6}},
};

static bool take_mod(struct str *text, uint8_t *set)
{
	for (size_t i = 0; i < COUNT(mods); i++) {
		/* "ctrl--" is control and minus. */
		if (!str_starts(*text, mods[i].prefix) || text->n == mods[i].prefix.n)
			continue;
		*set |= mods[i].mod;
		*text = str_sub(*text, mods[i].prefix.n, text->n);
		return true;
	}
	return false;
}

/* Control and these are other keys to a terminal: it sends the same byte. */
static const struct {
	uint32_t with_ctrl;
	struct key is;
} same_byte[] = {
	{'i', {KEYCODE_TAB, 0}},       {'m', {KEYCODE_ENTER, 0}},
	{'[', {KEYCODE_ESCAPE, 0}},    {'@', {' ', MOD_CTRL}},
	{'?', {KEYCODE_BACKSPACE, 0}}, {'/', {'_', MOD_CTRL}},
};

static void fold_ctrl(struct key *key)
{
	if (key->code >= 'A' && key->code <= 'Z')
		key->code += 'a' - 'A';
	for (size_t i = 0; i < COUNT(same_byte); i++) {
		if (same_byte[i].with_ctrl != key->code)
			continue;
		key->code = same_byte[i].is.code;
		key->mods = (uint8_t)((key->mods & ~MOD_CTRL) | same_byte[i].is.mods);
		return;
	}
}

bool key_parse(struct str text, struct key *out)
{
	struct key key = {0};
	size_t n;

	while (take_mod(&text, &key.mods))
		continue;
	for (size_t i = 0; i < COUNT(named); i++) {
		if (str_is(text, named[i].name)) {
			key.code = named[i].code;
			*out = key;
			return true;
		}
	}
	n = utf8_decode(text, &key.code);
	if (n == 0 || n != text.n || key.code == UTF8_REPLACEMENT || key.code <= ' ' ||
	    (key.code >= 0x7f && key.code < 0xa0) || utf8_cp_width(key.code) < 1)
		return false;
	/* A shifted letter is another letter; control folds case. */
	if (key.mods & MOD_SHIFT)
		return false;
	if (key.mods & MOD_CTRL)
		fold_ctrl(&key);
	*out = key;
	return true;
}

void key_format(struct strbuf *out, struct key key)
{
	char bytes[4];

	for (size_t i = 0; i < COUNT(mods); i++) {
		if (key.mods & mods[i].mod)
			strbuf_put(out, mods[i].prefix);
	}
	for (size_t i = 0; i < COUNT(named); i++) {
		if (key.code == named[i].code) {
			strbuf_puts(out, named[i].name);
			return;
		}
	}
	strbuf_put(out, (struct str){bytes, utf8_encode(key.code, bytes)});
}
