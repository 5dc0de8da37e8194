/* See board_start.h. The text is read as a board before it is written: what people
 * start from works. Thread: the main thread. */
#include "cli/board_start.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "board/def.h"

/* The name takes the place of each @. */
static const char start[] =
	"// A board of azdeck. Save it, and an open deck shows it at once; `azdeck "
	"boards`\n"
	"// reports what is wrong with it. azdeck-boards(5) has every key,\n"
	"// azdeck-query(7) the expressions.\n"
	"{\n"
	"  \"title\": \"@\",\n"
	"  \"category\": \"mine\",\n"
	"  // What it means and what to do about it: help and the chat read this.\n"
	"  \"about\": \"Resource groups of every subscription; those without an owner "
	"tag stand first.\",\n"
	"  \"states\": {\n"
	"    \"unowned\": {\"means\": \"Nobody is named in its owner tag.\", \"todo\": "
	"\"Ask who deployed it, then tag it.\"},\n"
	"  },\n"
	"  // Named calls over connections. An earlier answer can be gone through\n"
	"  // with \"for_each\"; {sub.subscriptionId} then puts a part of the item in.\n"
	"  // \"kind\" is the kind of connection; arm unless it is said.\n"
	"  \"requests\": {\n"
	"    \"subs\": {\"get\": \"/subscriptions?api-version=2022-12-01\", \"every\": "
	"\"1h\"},\n"
	"    \"groups\": {\n"
	"      \"for_each\": \"subs.value[?state=='Enabled']\", \"as\": \"sub\",\n"
	"      \"get\": "
	"\"/subscriptions/{sub.subscriptionId}/resourcegroups?api-version=2022-09-01\",\n"
	"      \"every\": \"5m\",\n"
	"    },\n"
	"  },\n"
	"  // Which rows: JMESPath over all answers. `azdeck decode @ FILE` tries it on "
	"a\n"
	"  // recorded one.\n"
	"  \"rows\": \"groups[].answer.value[]\",\n"
	"  // \"where\": \"location == 'westeurope'\",\n"
	"  \"key\": \"lower(id)\",\n"
	"  // Cells: JMESPath over the row. Lower priorities stay longest on a narrow "
	"screen.\n"
	"  \"columns\": [\n"
	"    {\"name\": \"name\", \"title\": \"GROUP\", \"value\": \"name\", \"min\": "
	"12, \"max\": 40},\n"
	"    {\"name\": \"state\", \"title\": \"STATE\", \"type\": \"state\", "
	"\"priority\": 1,\n"
	"     \"value\": \"when(tags.owner, 'owned') || 'unowned'\",\n"
	"     \"severity\": {\"owned\": \"ok\", \"unowned\": \"warn\"}},\n"
	"    {\"name\": \"owner\", \"title\": \"OWNER\", \"priority\": 2, \"value\": "
	"\"tags.owner\"},\n"
	"    {\"name\": \"region\", \"title\": \"REGION\", \"priority\": 3, \"value\": "
	"\"location\"},\n"
	"  ],\n"
	"  // Where its row's detail leads.\n"
	"  \"links\": [{\"board\": \"subscriptions\", \"title\": \"subscriptions\"}],\n"
	"  \"sort\": \"-severity\",\n"
	"}\n";

static bool is_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return name.n > 0 && name.n <= 40 && name.p[0] != '-';
}

static void put_text(struct strbuf *out, const char *name)
{
	for (const char *p = start; *p; p++) {
		if (*p == '@')
			strbuf_puts(out, name);
		else
			strbuf_putc(out, *p);
	}
}

bool board_start_write(const char *dir, const char *name, struct strbuf *path,
		       struct err *err)
{
	struct board_def *def;
	struct strbuf text;
	bool ok = false;

	if (!is_name(str_from(name)))
		return err_set(
			err, ERR_USAGE,
			"boards: --new cannot be \"%.60s\"; a board's name is small "
			"letters, digits and '-'",
			name);
	strbuf_printf(path, "%s/%s.json", dir, name);
	if (access(path->p, F_OK) == 0)
		return err_set(err, ERR_CONFIG,
			       "%s is there already; it is left as it is", path->p);
	strbuf_init(&text, sizeof(start) + 1000);
	put_text(&text, name);
	def = board_def_parse(strbuf_str(&text), name, path->p, err);
	if (def)
		ok = folder_make(dir, err) && file_write(path->p, strbuf_str(&text), err);
	board_def_put(def);
	strbuf_fini(&text);
	return ok;
}
