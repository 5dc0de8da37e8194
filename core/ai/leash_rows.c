/* Orders to a model or its reader, as rows of words; see leash_part.h for how a row is
 * read. Rows are written so that runbooks and logs may say "ignore", "approved" or "root
 * cause": it takes two or three words that belong together. A warning is all that comes of
 * one, so what is not found here is no less fenced. Thread: any (no state). */
#include "ai/leash_part.h"

#include "base/count.h"

const struct leash_row leash_rows[] = {
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
	{"set aside .4 guidance|instruct*|rule*|order*|received|told|said", TRIES},
	{"discard|abandon|drop|void|revoke|replace .3 "
	 "previous|prior|earlier|existing|initial|original|your .2 "
	 "instruct*|prompt*|rule*|order*|guidance|guideline*",
	 TRIES},
	{"previous|prior|earlier|former|old|initial .2 "
	 "instruct*|orders|guidance|rules|prompt*|guideline* .2 are|is|were|was .1 "
	 "void|invalid|cancelled|obsolete|outdated|revoked|replaced|superseded|over|"
	 "wrong",
	 TRIES},
	{"pay|give no .1 attention|heed|regard .4 "
	 "before|above|previous*|earlier|prior|instruct*|rule*|text|board*|rest",
	 TRIES},
	{"your new|real|actual|only orders|instruct*|task|goal|job|mission|purpose .1 "
	 "is|are",
	 TRIES},
	{"vergiss|ignorier* .3 alles|was .5 gesagt|stand|oben|vorher*|befohlen", TRIES},
	{"oublie* tout .4 dit|avant|precede*|dessus", TRIES},
	{"olvida* todo .4 anterior|dicho|antes", TRIES},
	{"dimentica* tutto .4 detto|prima|precede*", TRIES},
	{"ignore|disregard|forget|overlook the|all|what .1 "
	 "above|previous|preceding|foregoing .2 "
	 "and|then|say|instead|you|is",
	 TRIES},
	{"told|instructed|instructions|rules .6 no longer apply|applies|valid|hold|count",
	 TRIES},
	{"skip|break|bend|relax .1 the|your|all .1 rules|instructions|policy|policies",
	 TRIES},
	{"ignorier* .2 deine|eure|die|diese .1 regeln|anweisung*|vorgaben", TRIES},
	{"ignora* .4 mensaje|prompt .2 sistema", TRIES},
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
	{"as the|an|our assistant|ai|model|copilot|chatbot .2 you|your|must|should",
	 TRIES},
	{"switch|change|enter|go .2 into|to .2 "
	 "unrestricted|administrator|developer|jailbreak|god "
	 "mode",
	 TRIES},
	{"answer|respond|reply .2 every|each|any|all .1 question* .1 with", TRIES},
#undef TRIES
#define TRIES "pretends that the quotation ends"
	{"end|close* of|the .2 "
	 "untrusted|quoted|external|fenced|retrieved|evidence|boundary .3 "
	 "data|text|content|input|block|section|evidence|fence|material",
	 TRIES},
	{"above|preceding|previous .2 data|text|evidence|log|content|lines "
	 "is|was|are|were .2 trusted|fake|test|over|finished|complete|irrelevant",
	 TRIES},
	{"external|quoted|untrusted|retrieved .1 "
	 "content|data|text|material|evidence|input .3 ends|ended|over|finished|stops",
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
	{"tool|function answered|replied|responded|returned|reported .3 "
	 "all|no|nothing|ok|healthy|success|fine|normal|true",
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
	{"dont|not|no|without .2 need|needs|require|second|another|other .3 "
	 "person|approver|approval|review|eyes|confirmation .4 "
	 "run|execute|just|go|proceed|apply",
	 TRIES},
	{"management|ciso|cto|cab|admin*|lead|director .2 has|have|is|was|been .1 "
	 "okd|cleared|approved|signed|agreed|authorised|authorized .8 "
	 "carry|run|execute|proceed|right|go|away",
	 TRIES},
	{"cleared|okd|agreed by .8 no|without|skip|dont .4 "
	 "approval|wait|reason|confirmation",
	 TRIES},
	{"treat|count|take|regard .1 this|it .1 message|line|text|comment|entry .1 as .2 "
	 "approv*|confirm*|authoris*|authoriz*|order*",
	 TRIES},
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
	{"definitely|certainly|undoubtedly|surely|obviously .12 "
	 "dont|stop|nothing|no waste|look|need|else|further|more|check|investigate",
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
	{"leave|skip|exclude|omit|drop .6 in|from|when your|you .2 "
	 "summar*|answer|reply|report|response|write|hand*",
	 TRIES},
	{"alarm*|alert*|warning*|error* .2 bogus|noise|false|fake|irrelevant .4 "
	 "skip|ignore|omit|disregard|drop",
	 TRIES},
	{"dont|never bring|talk|speak .3 up|about|of", TRIES},
	{"make|ensure .1 sure|that .5 isnt|arent|not|never .1 "
	 "mentioned|reported|shown|cited",
	 TRIES},
	{"keep|stay|remain quiet|silent|mum .1 about|on", TRIES},
	{"ignore|disregard .1 the .1 "
	 "measurements|boards|board|figures|readings|dashboards",
	 TRIES},
	{"ne mentionne* pas", TRIES},
	{"no menciones|mencione|reveles .4 error*|alerta*|fallo*", TRIES},
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
	{"your .1 system|hidden|initial|secret prompt|instructions", TRIES},
	{"list|enumerate|show|name|tell|dump .3 "
	 "credential*|secrets|passwords|tokens|keys .3 "
	 "you|your|to .1 have|know|you|see|memory|context",
	 TRIES},
	{"attach|include|provide|supply|share|send .3 "
	 "sas|access|api|bearer|refresh|account|storage .2 token|key|keys|secret .4 "
	 "so|for|that .2 support|we|us|me|i|they|help",
	 TRIES},
	{"give|tell|send|show me .3 "
	 "secret|secrets|password*|token|key|credential*|connection",
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
	{"look|check|search|query|read|go .2 into|through|at|in|across .3 "
	 "other|all|every .2 "
	 "tenant*|subscription*|customer*|vault* .4 too|also|well|while",
	 TRIES},
	{"you .2 have|hold|got .2 right|rights|access|permission|permissions|clearance "
	 ".2 "
	 "on|to|for|over .4 "
	 "subscription*|tenant*|vault*|customer*|workspace*|connection*",
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
	{"!to|failed|cannot|unable|could|not|cant add|append|attach|encode|embed|include "
	 ".10 "
	 "figure|figures|cost|value|values|budget|answer|names|rows|findings|leak .4 "
	 "to|into|in|at .1 http|https|url|link|image|address",
	 TRIES},
	{"include|embed|add|insert|put .3 "
	 "pixel|beacon|tracker|image|picture .4 your|the .1 "
	 "reply|answer|response|summary",
	 TRIES},
#undef TRIES
#define TRIES "tells what value to give"
	{"!a|the|its|this|that|each|any|to|which|they|it|of "
	 "say|report|answer|tell|write|claim|assume|reply|respond|insist|state|treat|"
	 "take|"
	 "consider|regard .4 "
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
	{"is|are|was .1 0|zero|fine|healthy|ok|normal|none .3 "
	 "whatever|regardless|despite .4 "
	 "you|board*|read|say|says|show|shows|else*|the",
	 TRIES},
	{"so|just|simply|then say|answer|reply .1 "
	 "0*|1*|2*|3*|4*|5*|6*|7*|8*|9*|zero|none|nothing|yes|ok",
	 TRIES},
#undef TRIES
#define TRIES "speaks to who grades the answer"
	{"grader|graders|evaluator|evaluators|judge|judges|scorer|examiner|grading|"
	 "rubric|"
	 "benchmark .8 "
	 "give|award|mark|rate|score|grade|pass|assign|full|maximum|correct|perfect|"
	 "accept|"
	 "must|should|answer",
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

const size_t leash_n_rows = COUNT(leash_rows);
