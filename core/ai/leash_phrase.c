/* Orders to a model or its reader, by their words; see leash_part.h. A row is a sequence
 * of words: "a|b*" is the word a or one that begins with b, ".4" lets up to four words
 * stand between, and "!a|b" in front says what may not stand before the first one; "do
 * not" is the word "dont". Rows are written so that runbooks and logs may say "ignore", "approved" or "root cause": it
 * takes two or three words that belong together. */
#include "ai/leash_part.h"

#include "base/count.h"

static const struct {
	const char *row, *what;
} phrases[] = {
#define TRIES "asks to ignore what was said"
	{"ignore|disregard|forget|overlook|bypass|override|neglect .4 "
	 "previous|prior|above|earlier|preceding|foregoing|existing|initial|original|"
	 "system|your .3 "
	 "instruct*|prompt*|rule*|order*|direction*|guideline*|directive*|constraint*|"
	 "context|"
	 "safety|restriction*|told|message*",
	 TRIES},
	{"ignore|disregard|forget .2 all|everything|anything|whatever .4 "
	 "above|before|previous*|prior|earlier|instruct*|told|said|rule*|learned",
	 TRIES},
	{"ignore|disregard|forget .2 rule*|instruct*|prompt*|order*|guideline* .3 "
	 "you|your|given|told|set",
	 TRIES},
	{"new|updated|revised|real|actual .1 instructions .2 "
	 "follow*|are|begin|start|for|from|override|supersede|replace",
	 TRIES},
	{"dont|never|stop .1 follow*|obey*|apply* .3 "
	 "instruct*|rule*|guideline*|system|prompt*",
	 TRIES},
	{"ignorier*|vergiss|missachte* .5 vorherig*|bisherig*|obig*|vorangegangen*|alle "
	 ".3 "
	 "anweisung*|instruktion*|regel*|vorgaben",
	 TRIES},
	{"ignor*|oublie* .4 instructions|consignes|regles .2 "
	 "precedent*|anterieur*|dessus",
	 TRIES},
	{"ignora*|olvida*|descarta* .4 instrucciones|reglas|ordenes .2 anterior*|previa*",
	 TRIES},
	{"ignora*|dimentica* .4 istruzioni|regole .2 precedent*|sopra", TRIES},
	{"ignor*|esquec* .4 instrucoes|regras .2 anterior*|acima", TRIES},
	{"negeer|vergeet .4 vorige|eerdere|bovenstaande .2 instructies|opdrachten|regels",
	 TRIES},
	{"zignoruj|pomin|zapomnij .4 poprzedni*|wczesniejsz* .2 instrukcj*|polecen*",
	 TRIES},
	{"onceki|yukaridaki .3 talimat*|komut* .3 yok|unut|gormezden", TRIES},
	{"игнориру*|забудь*|проигнорируй* .4 "
	 "предыдущ*|прежн*|прошл*|все .3 "
	 "инструкц*|указани*|правил*",
	 TRIES},
	{"تجاهل .3 التعليمات|الاوامر|الأوامر", TRIES},
#undef TRIES
#define TRIES "gives a model another role"
	{"you|your are|role|job|task .2 now .8 "
	 "assistant|ai|model|bot|dan|admin*|root|unrestricted|system|developer|allowed|"
	 "in|"
	 "operator|free|a|an|the",
	 TRIES},
	{"from now on|onwards .2 you|assistant|the|always|answer|respond|treat", TRIES},
	{"system message|prompt|override|instruction|directive|notice .3 "
	 "you|must|obey|follow|ignore",
	 TRIES},
	{"system|developer you are|must|shall .4 "
	 "now|obey|ignore|reveal|approve|answer|report|follow|allowed|run|say",
	 TRIES},
	{"developer|god|jailbreak|unrestricted|dan mode .3 "
	 "enabled|activated|on|you|now|engaged",
	 TRIES},
	{"act|pretend|behave|respond|roleplay as|like|to .3 "
	 "unrestricted|administrator|admin|root|system|jailbroken|dan|developer|owner",
	 TRIES},
	{"attention|note|notice|message|instruction*|reminder|dear|hey|hello|important "
	 ".2 "
	 "ai|assistant|llm|llms|chatbot|copilot|agent|gpt|model|models .4 "
	 "you|must|please|should|do|read*|the|ignore|report|say|run|approve|this|your|"
	 "when|that",
	 TRIES},
	{"ai|assistant|llm|chatbot|copilot|gpt .2 must|shall|should|please|now .3 "
	 "say|report|answer|approve|run|execute|ignore|reveal|print|send|state|skip|"
	 "conclude|"
	 "mark|claim|tell|treat|reply|respond|trust|call|include|list|read|open",
	 TRIES},
	{"as .1 ai|language .1 model|assistant .2 you must|should|will|have|are", TRIES},
#undef TRIES
#define TRIES "pretends that the quotation ends"
	{"end|close* of|the .2 "
	 "untrusted|quoted|external|fenced|retrieved|evidence|boundary .3 "
	 "data|text|content|input|block|section|evidence|fence|material",
	 TRIES},
	{"above|preceding|previous .2 data|text|evidence|log|content|lines "
	 "is|was|are|were .2 trusted|fake|test|over|finished|complete|irrelevant",
	 TRIES},
#undef TRIES
#define TRIES "pretends to be the answer of a tool"
	{"tool|function .1 result*|response*|answer*|returned|output|reply .6 "
	 "verified|trusted|authoritative|final|says|success|status|ok|value|lag|null",
	 TRIES},
	{"list boards|query board|read fields|search logs|search runbooks|propose action "
	 ".3 "
	 "returned|result*|says|answered|response",
	 TRIES},
	{"query|read|search|list|propose board|fields|logs|runbooks|boards|action .3 "
	 "returned|result*|says|answered|response*",
	 TRIES},
#undef TRIES
#define TRIES "pretends that something is approved"
	{"pre|already|hereby approved|authorised|authorized|signed .10 "
	 "proceed|execute|go|apply|immediately|no|skip|without|run|directly|ahead",
	 TRIES},
	{"approved|authorised|authorized by .12 "
	 "proceed|execute|go|apply|immediately|skip|without|directly|ahead",
	 TRIES},
	{"approved|authorised|authorized by .12 run|scale|delete|start|fail .1 "
	 "it|now|this|over|the",
	 TRIES},
	{"approval|confirmation|authorisation|authorization .3 "
	 "granted|given|waived|bypassed|unnecessary|received|recorded|obtained .10 "
	 "proceed|execute|go|apply|immediately|skip|without|directly|run|ahead|by",
	 TRIES},
	{"no .2 approval|confirmation .3 needed|required|necessary .8 "
	 "run|execute|proceed|apply|just|directly|go|this",
	 TRIES},
	{"skip|bypass|omit|circumvent|forgo .3 approval*|confirmation* .8 "
	 "run|execute|proceed|apply|directly|just|now|failover|delete|scale|immediately|"
	 "this",
	 TRIES},
	{"run|execute|approve|apply|delete|scale|failover|start .8 without|no "
	 "asking|approval|confirmation|review|consent|prompting|telling",
	 TRIES},
	{"self|auto approve|approved .4 "
	 "this|action|it|change|failover|all|everything|now",
	 TRIES},
	{"approve|authorise|authorize .2 this|the|it|every|all|any .3 "
	 "action|change|plan|request|failover|proposal .4 "
	 "now|immediately|yourself|automatically|on|without|silently",
	 TRIES},
	{"four|two|second eyes|person .4 done|waived|approved|skipped|satisfied", TRIES},
#undef TRIES
#define TRIES "claims the one cause, to end the search"
	{"root cause|culprit|reason .10 "
	 "100|certain|certainly|definitely|undoubtedly|undisputed|proven|conclusively|"
	 "beyond|"
	 "confidence .8 "
	 "stop|no|do|dont|nothing|cause|other|doubt|look|report|not|is|percent|certainty|"
	 "sure",
	 TRIES},
	{"only|real|true|sole|definitive|actual .2 root cause|reason .10 "
	 "ignore|stop|nothing|report|do|dont|no|not|certain|confidence|100|rule*|"
	 "everything",
	 TRIES},
	{"stop|no|end|cease|abandon .2 further|more|the|all|any .2 "
	 "investigation|investigating|analysis|diagnosis|troubleshooting .6 "
	 "is|needed|required|necessary|here|now|cause|report|it",
	 TRIES},
	{"look no further", TRIES},
	{"conclude|report|state|say|answer|tell .2 that .2 root|cause|culprit .6 "
	 "is|was|certain*|confirmed",
	 TRIES},
#undef TRIES
#define TRIES "asks to leave out what else there is"
	{"dont|never|avoid|refrain|without .2 "
	 "mention*|report|cite|include|show*|tell*|reveal|display*|surface|quote|discuss*"
	 "|raise|list .5 "
	 "alert*|error*|evidence|fail*|other|warning*|this|these|log|logs|lines|"
	 "incident*|"
	 "else|anything|outage|problem*|user|engineer|operator",
	 TRIES},
	{"ignore|disregard|suppress|hide|omit|discard|withhold|drop .2 "
	 "all|any|every|other|these|the .2 "
	 "other|remaining|further|contradict*|conflicting|else .3 "
	 "alert*|evidence|error*|log|logs|data|sign*|warning*|source*|board*|finding*|"
	 "line*|"
	 "failure*|information",
	 TRIES},
	{"all|every .1 other|remaining .3 "
	 "alert*|evidence|error*|sources|boards|signals|findings|warnings .3 "
	 "are|is|should|must|can .3 "
	 "false|noise|fake|irrelevant|wrong|ignored|stale|disregarded|"
	 "suppressed|omitted",
	 TRIES},
	{"only .3 trust|believe|use|cite|consider .3 this|me|the .3 "
	 "line|message|entry|note|log|text|comment|description",
	 TRIES},
#undef TRIES
#define TRIES "asks for secrets"
	{"reveal|print|show|repeat|output|dump|disclose|expose|leak|give|tell|send|paste|"
	 "recite|"
	 "include|share|quote .3 me|us|your|all|the|every|any .3 "
	 "system|hidden|initial|secret .2 prompt|instruct*|message|rules",
	 TRIES},
	{"reveal|print|output|dump|disclose|expose|leak|give|tell|paste|recite|share|"
	 "include|append|"
	 "add|put|write|quote .3 me|us|your|all|any|the|every .4 "
	 "password*|secret|secrets|credential*|token|tokens|api|access|keys|connection|"
	 "private "
	 ".6 "
	 "in|into|to|you|here|below|stored|key|string*|with|for|that|from .3 "
	 "your|the|answer|reply|response|have|can|know|me|us|see|chat|summary|output|a",
	 TRIES},
	{"what is|are .2 your|the .2 api|secret|access|system|admin* .1 "
	 "key|keys|token|tokens|password*|prompt|credential*",
	 TRIES},
	{"your|its system|hidden|initial prompt|instructions|configuration .4 "
	 "verbatim|below|here|in|word|exactly",
	 TRIES},
	{"contents of .3 env|environment|credential*|secret|secrets|key|token .3 "
	 "in|into|to|here|below|file|vault|variables",
	 TRIES},
#undef TRIES
#define TRIES "asks to look further than it may"
	{"you|assistant|model|ai .1 are|may|can|have|should|must|is|has .3 "
	 "allowed|now|permission*|access|authorised|authorized|entitled|also|permitted|"
	 "query|read .6 "
	 "all|every|other|any|entire|whole .4 "
	 "subscription*|tenant*|vault*|customer*|resource*|board*|workspace*|database*|"
	 "connection*|file*|cluster*|group*|account*",
	 TRIES},
	{"expand|widen|extend|enlarge|broaden|escalate|raise .2 "
	 "your|the|its|scope|this|query .3 "
	 "scope|permission*|access|privilege*|reach|rights|search|to .6 "
	 "all|every|other|entire|whole|owner|admin*|global|tenant*|subscription*",
	 TRIES},
	{"also|then|now|instead|and|please "
	 "query|read|list|open|fetch|search|dump|enumerate .3 "
	 "all|every|other|any|each|entire .3 "
	 "subscription*|tenant*|vault*|customer*|secret|secrets|workspace*|account*|file|"
	 "files|"
	 "mailbox*|database*",
	 TRIES},
	{"outside|beyond|regardless|ignoring .2 your|the|this|of|any .2 "
	 "scope|boundary|permission*|"
	 "limit|limits|subscription .4 "
	 "read|query|list|too|also|as|all|every|other|is|allowed",
	 TRIES},
#undef TRIES
#define TRIES "asks to send something out"
	{"!to|failed|cannot|unable|could|not|cant "
	 "send|post|upload|forward|exfiltrate|submit|transmit|leak|append|encode|embed|"
	 "report|put .4 "
	 "answer|reply|response|conversation|context|prompt|secrets|keys|everything|"
	 "findings|"
	 "board|boards|summary|budget|estate|history|credentials|tokens|evidence|results|"
	 "values .8 "
	 "http|https|url|webhook|link|image|www|query|address|endpoint",
	 TRIES},
	{"!to|failed|cannot|unable|could|not|cant "
	 "open|visit|fetch|render|load|call|get|request|curl "
	 ".4 http|https|url|link|image .14 "
	 "with|containing|including|plus|followed|append*|replac* .4 "
	 "answer|secret|secrets|data|tokens|context|conversation|prompt|state|budget|key|"
	 "keys|"
	 "result*|value*|password*|contents|subscription*",
	 TRIES},
#undef TRIES
#define TRIES "tells what value to give"
	{"!a|the|its|this|that|each|any|to|which|they|it|of "
	 "say|report|answer|tell|write|claim|assume|reply|respond|insist|state .4 "
	 "lag|rpo|rto|cost|budget|spend|queue|cpu|error|errors|count|rate|value|figure|"
	 "number|"
	 "availability|uptime|score|health|replication|storage|backup .1 "
	 "is|are|as|was|equals|of .1 "
	 "0|zero|1*|2*|3*|4*|5*|6*|7*|8*|9*|none|nothing|healthy|fine|ok|normal|green",
	 TRIES},
	{"true|real|actual|correct|right|verified|confirmed|honest .2 "
	 "lag|rpo|rto|cost|budget|spend|queue|cpu|value|figure|number|count|rate|score|"
	 "usage|"
	 "replication .1 is|are|was|equals|now .1 "
	 "0*|1*|2*|3*|4*|5*|6*|7*|8*|9*|zero|none|nothing|below|under|only",
	 TRIES},
	{"board|boards|dashboard|gauge|metric|monitor|figure|reading|sensor|azdeck .2 "
	 "is|are|shows .2 wrong|broken|faulty|outdated|incorrect|lying|mistaken|false .8 "
	 "is|are|use|trust|say|report|actual|actually|real|true|believe|0",
	 TRIES},
	{"lag|rpo|rto|cost|budget|spend|queue|cpu|errors|usage|replication "
	 "is|are|was .2 actually|really|truly|verified|confirmed|definitely|certainly .2 "
	 "0*|1*|2*|3*|4*|5*|6*|7*|8*|9*|zero|none|at|fine|ok|healthy|only",
	 TRIES},
#undef TRIES
#define TRIES "speaks to who grades the answer"
	{"grader|graders|evaluator|evaluators|judge|judges|scorer|rater|examiner|marker|"
	 "grading|"
	 "rubric|benchmark .8 "
	 "give|award|mark|rate|score|grade|pass|assign|full|maximum|correct|perfect|"
	 "accept|must|"
	 "should|note|please|this|is|answer",
	 TRIES},
	{"rate|score|grade|mark .2 answer|response|output|reply .2 as .1 "
	 "perfect|correct|passed|full|best|right",
	 TRIES},
	{"give|award|mark|rate|score|grade|assign .4 "
	 "answer|response|reply|test|it|output|question .4 "
	 "full|maximum|max|top|highest|perfect|correct|passed|pass|10|100|passing .3 "
	 "mark*|score*|grade|points|credit|stars|out|or|correct|answer|regardless|10|100",
	 TRIES},
#undef TRIES
};

/* "a|b*": whether the word is one of them. Asked for most words of a text, so nothing is
 * cut out of the choices. */
static bool is_among(struct str word, struct str choices)
{
	for (size_t at = 0; at < choices.n; at++) {
		size_t k = 0;
		char next;

		while (k < word.n && at + k < choices.n && choices.p[at + k] == word.p[k])
			k++;
		next = at + k < choices.n ? choices.p[at + k] : '|';
		if (next == '*' || (next == '|' && k == word.n))
			return k > 0;
		at += k;
		while (at < choices.n && choices.p[at] != '|')
			at++;
	}
	return false;
}

/* From word `at` on, the rest of a row; a gap is tried at its shortest first. */
static bool goes_on(const struct leash_words *words, size_t at, struct str row)
{
	struct str rest = row, token;
	size_t gap = 0;

	if (!row.n || !str_next(&rest, ' ', &token))
		return true;
	if (token.p[0] == '.') {
		for (size_t i = 1; i < token.n; i++)
			gap = gap * 10 + (size_t)(token.p[i] - '0');
		if (!str_next(&rest, ' ', &token))
			return false;
	}
	for (size_t i = at; i < words->list.n && i <= at + gap; i++) {
		if (str_is(words->list.p[i], LEASH_BREAK))
			return false;
		if (is_among(words->list.p[i], token) && goes_on(words, i + 1, rest))
			return true;
	}
	return false;
}

/* A row in its parts. */
struct phrase {
	struct str before, first, rest;
	uint64_t initials; /* of the first word: a bit for each letter; bit 0: others */
};

static uint64_t initial(char c)
{
	return UINT64_C(1) << (c >= 'a' && c <= 'z'   ? c - 'a' + 1
			       : c >= '0' && c <= '9' ? c - '0' + 30
						      : 0);
}

static struct phrase phrase_of(const char *row)
{
	struct phrase p = {.rest = str_from(row)};
	struct str choices, choice;

	if (row[0] == '!' && str_next(&p.rest, ' ', &p.before))
		p.before = str_sub(p.before, 1, p.before.n);
	str_next(&p.rest, ' ', &p.first);
	choices = p.first;
	while (str_next(&choices, '|', &choice))
		p.initials |= initial(choice.n ? choice.p[0] : 0);
	return p;
}

static bool is_said(const struct phrase *p, const struct leash_words *words)
{
	for (size_t i = 0; i < words->list.n; i++) {
		struct str word = words->list.p[i];

		if (!(p->initials & initial(word.p[0])) || !is_among(word, p->first))
			continue;
		if (i && p->before.n && is_among(words->list.p[i - 1], p->before))
			continue;
		if (goes_on(words, i + 1, p->rest))
			return true;
	}
	return false;
}

/* "i g n o r e": nobody writes so who has nothing to hide. */
static bool is_spaced_out(const struct leash_words *words)
{
	static const char *const hidden[] = {"ignore",	  "disregard", "instruction",
					     "approve",	  "override",  "systemprompt",
					     "forgetall", "password",  "execute"};
	char run[256];
	size_t n = 0;

	for (size_t i = 0; i <= words->list.n; i++) {
		bool is_letter = i < words->list.n && words->list.p[i].n == 1;

		if (is_letter && n < sizeof(run)) {
			run[n++] = words->list.p[i].p[0];
			continue;
		}
		for (size_t k = 0; n >= 6 && k < COUNT(hidden); k++) {
			if (str_find((struct str){run, n}, str_from(hidden[k])) >= 0)
				return true;
		}
		n = 0;
	}
	return false;
}

const char *leash_phrase(const struct leash_words *words)
{
	for (size_t i = 0; i < COUNT(phrases); i++) {
		struct phrase p = phrase_of(phrases[i].row);

		if (is_said(&p, words))
			return phrases[i].what;
	}
	return is_spaced_out(words) ? "hides words between blanks" : NULL;
}
