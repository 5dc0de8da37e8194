/* Tools and the words that make them change things. What is not known to only read, of a
 * tool that is known, is taken for a change where one of these words is near. */
#include "answer/ground_command.h"

#include "base/count.h"

enum { WORDS_NEAR = 10, TOKEN_MOST = 200 };

static const struct {
	const char *name, *words;
	bool is_exact; /* "AZ" is a zone */
} tools[] = {
	{"az",
	 "delete create update set add remove assign unassign start stop restart "
	 "deallocate failover failover-group-set-primary set-primary purge scale "
	 "resize move import restore rename pause resume reset regenerate renew "
	 "rotate approve reject enable disable grant revoke lock upgrade run invoke "
	 "invoke-action put post patch deploy redeploy cancel swap sync copy "
	 "initiate-failover activate-failover apply attach detach rest",
	 true},
	{"kubectl",
	 "delete apply scale edit patch drain cordon uncordon rollout replace "
	 "set exec create label annotate taint run expose cp autoscale debug "
	 "restart",
	 false},
	{"oc", "delete apply scale edit patch rollout replace set exec create", true},
	{"terraform", "apply destroy import taint untaint state force-unlock", false},
	{"tofu", "apply destroy import taint untaint state force-unlock", true},
	{"helm", "install upgrade uninstall rollback delete", true},
	{"argocd", "sync delete rollback set create patch", true},
	{"flux", "reconcile suspend resume delete create", true},
	{"docker", "rm rmi stop kill restart run exec prune push", true},
	{"podman", "rm rmi stop kill restart run exec prune push", true},
	{"systemctl", "stop start restart disable enable mask reload kill", true},
	{"service", "stop start restart reload", true},
	{"git", "push reset clean rebase", true},
	{"gh", "rerun cancel delete merge create edit run", true},
	{"azcopy", "remove rm copy sync", true},
	{"redis-cli", "flushall flushdb del set config shutdown", true},
	{"azdeck", "approve run", true},
	{"curl",
	 "post put patch delete --data --data-raw --data-binary -d --form -f "
	 "--upload-file -t --json -xpost -xput -xpatch -xdelete",
	 false},
	{"wget", "--post-data --post-file --method", false},
	{"http", "post put patch delete", true},
	{"invoke-restmethod", "post put patch delete -body", false},
	{"invoke-webrequest", "post put patch delete -body", false},
	{"iwr", "post put patch delete -body", true},
	{"irm", "post put patch delete -body", true},
	{"rm", "-r -f -rf -fr -rf/ --recursive --force", true},
	{"kill", "-9 -kill -term -15", true},
	{"shutdown", "-h -r now /s /r", true},
	{"dd", "of", true},
	/* SQL; its first words are written large, or are code. */
	{"ALTER",
	 "database table index view login user server role procedure schema "
	 "availability",
	 true},
	{"DROP",
	 "database table index view login user server role procedure schema "
	 "trigger column constraint",
	 true},
	{"CREATE",
	 "database table index view login user server role procedure schema "
	 "trigger",
	 true},
	{"TRUNCATE", "table", true},
	{"DELETE", "from", true},
	{"INSERT", "into", true},
	{"MERGE", "into", true},
	{"UPDATE", "set statistics", true},
	{"GRANT", "to", true},
	{"REVOKE", "from", true},
	{"DENY", "to", true},
	{"EXEC", "sp_configure sp_executesql sp_rename xp_cmdshell sp_addrolemember",
	 true},
	{"EXECUTE", "sp_configure sp_executesql sp_rename xp_cmdshell", true},
	{"DBCC", "shrinkdatabase shrinkfile freeproccache dropcleanbuffers checkident",
	 true},
	{"RESTORE", "database log", true},
	{"BACKUP", "database log", true},
	{"KILL", "", true},
};

/* PowerShell: VERB-AzNOUN. */
static const char *const verbs[] = {
	"set",	   "remove", "new",	"stop",	   "start",    "restart", "invoke",
	"update",  "add",    "disable", "enable",  "move",     "reset",	  "resume",
	"suspend", "switch", "restore", "publish", "register", "revoke",  "grant",
};

struct token {
	size_t begin, end;
};

static bool is_gap(char c)
{
	return (unsigned char)c <= ' ' || memchr("`\"'();|&,<>{}=$\\*", c, 18) != NULL;
}

static bool token_next(struct str text, size_t from, struct token *out)
{
	while (from < text.n && is_gap(text.p[from]))
		from++;
	out->begin = from;
	while (from < text.n && !is_gap(text.p[from]) && from - out->begin < TOKEN_MOST)
		from++;
	out->end = from;
	return out->end > out->begin;
}

/* Without the full stop of its sentence. */
static struct str token_text(struct str text, const struct token *token)
{
	struct str s = str_sub(text, token->begin, token->end - token->begin);

	while (s.n > 1 && memchr(".:!?", s.p[s.n - 1], 4))
		s.n--;
	return s;
}

static bool is_word_of(const char *words, struct str word)
{
	struct str rest = str_from(words), part;

	while (str_next(&rest, ' ', &part))
		if (str_eq_nocase(part, word))
			return true;
	return false;
}

static bool ends_sentence(struct str text, const struct token *token)
{
	return memchr(".!?", text.p[token->end - 1], 3) &&
	       (token->end == text.n || (unsigned char)text.p[token->end] <= ' ');
}

/* Whether one of the words is near behind; `end` goes behind it. */
static bool is_followed(struct str text, const struct token *first, const char *words,
			size_t *end)
{
	struct token token = *first;

	*end = first->end;
	if (!words[0])
		return token_next(text, first->end, &token) &&
		       text.p[token.begin] >= '0' && text.p[token.begin] <= '9';
	for (int i = 0; i < WORDS_NEAR && !ends_sentence(text, &token); i++) {
		if (!token_next(text, token.end, &token))
			return false;
		if (is_word_of(words, token_text(text, &token))) {
			*end = token.end;
			return true;
		}
	}
	return false;
}

/* "`", "~~~" and an indent make code; here a mark on the line is enough. */
static bool is_code(struct str text, size_t at)
{
	size_t marks = 0, fences = 0;

	for (size_t i = 0; i < at; i++) {
		bool is_fence = str_starts(str_sub(text, i, 3), STR("```")) ||
				str_starts(str_sub(text, i, 3), STR("~~~"));

		fences += is_fence;
		if (is_fence)
			i += 2;
		else
			marks += text.p[i] == '`';
	}
	return fences % 2 || marks % 2;
}

static bool is_tool(struct str text, const struct token *token, size_t *end)
{
	struct str word = token_text(text, token);
	ptrdiff_t slash = 0;

	/* "/usr/bin/az" is az. */
	while ((slash = str_find_char(word, '/')) >= 0)
		word = str_sub(word, (size_t)slash + 1, word.n);
	for (size_t i = 0; i < COUNT(tools); i++) {
		struct str name = str_from(tools[i].name);
		bool is_it = tools[i].is_exact ? str_eq(word, name)
					       : str_eq_nocase(word, name);

		if (!is_it && str_eq_nocase(word, name) && name.p[0] <= 'Z')
			is_it = is_code(text, token->begin);
		if (is_it && is_followed(text, token, tools[i].words, end))
			return true;
	}
	return false;
}

static bool is_cmdlet(struct str word)
{
	ptrdiff_t dash = str_find_char(word, '-');

	if (dash <= 0 ||
	    !str_starts_nocase(str_sub(word, (size_t)dash + 1, 2), STR("Az")))
		return false;
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (str_eq_nocase(str_sub(word, 0, (size_t)dash), str_from(verbs[i])))
			return true;
	return false;
}

/* "DELETE /subscriptions/..." */
static bool is_request(struct str text, const struct token *token)
{
	struct str method = token_text(text, token);
	struct token next;

	if (!is_word_of("POST PUT PATCH DELETE", method) || method.p[0] > 'Z' ||
	    !token_next(text, token->end, &next))
		return false;
	return text.p[next.begin] == '/' ||
	       str_starts_nocase(str_sub(text, next.begin, 4), STR("http"));
}

/* To the end of the line that `at` is on, of the code or the sentence; a line goes on
 * behind a stroke. */
static size_t command_end(struct str text, size_t at)
{
	for (; at < text.n; at++) {
		if (text.p[at] == '`')
			break;
		if (text.p[at] == '\n' && text.p[at - 1] != '\\')
			break;
		if (text.p[at] == '.' &&
		    (at + 1 == text.n || (unsigned char)text.p[at + 1] <= ' '))
			break;
	}
	return at;
}

bool command_next(struct str text, size_t from, size_t *begin, size_t *end)
{
	struct token token = {.end = from};

	while (token_next(text, token.end, &token)) {
		size_t behind = token.end;

		if (is_tool(text, &token, &behind) || is_request(text, &token) ||
		    is_cmdlet(token_text(text, &token))) {
			*begin = token.begin;
			*end = command_end(text, behind);
			return true;
		}
	}
	return false;
}
