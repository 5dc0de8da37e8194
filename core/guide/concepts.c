/* See concepts.h. Rows go by area; within one, what a tired person types. */
#include "guide/concepts.h"

#include "base/count.h"

const struct concept_row concept_rows[] = {
	/* How a question is put. */
	{"why", "what is eating|"
		"why|how come|reason|what makes|what causes|what caused|for what reason"},
	{"how", "no idea what|what now|"
		"how do i|how do we|how do you|how to|how can i|how can we|how should|"
		"how would i|"
		"steps|procedure|what do i do|what to do|what should i do|"
		"process for|walk me through|checklist|how is it done|the way to|howto|"
		"what are we supposed to do|how does one"},
	{"what", "what is|what s|whats|what are|which|list|show|tell me"},
	{"next",
	 "next|when does|when will|upcoming|coming up|comes up|when is it due|soonest"},
	{"cause",
	 "because|blame|culprit|due to|could it be|is it the|fault|related to|reason "
	 "for|the reason|"
	 "caused by|to blame|guilty|responsible for|behind this|behind the|is this the"},
	{"explain", "mean|meaning|explain|describe|stand for|definition|define|what is a|"
		    "what is an|understand|eli5"},
	{"first", "first|earliest|root cause|began|origin|started it|start failing|"
		  "beginning|initial|trigger|at the start|broke first|original failure"},
	{"many",
	 "free|per hour|idle|"
	 "how many|how much|count|number of|rate|per minute|per second|frequency|"
	 "frequent|how often|percentage|share of|amount of|volume|noisy|noisiest"},
	{"top",
	 "burn|burns the most|eating|most money|"
	 "top|biggest|largest|highest|most expensive|priciest|main driver|driver|"
	 "rank|ranking|breakdown|by service|per service|by resource group|per resource "
	 "group|"
	 "where does|where do|costliest|cost most|costs most|costs the most|"
	 "spend most|goes to|go to|eats|biggest spender|split by|by group|per group|"
	 "what do we spend"},
	{"ready", "and live|and survive|still work without|"
		  "be ok if|goes away|is lost|went down|"
		  "ready|readiness|able to|could|would|could we|could it|would it|can "
		  "we|can i|safe to|"
		  "prepared|score|possible|fit for|good to go|survive|if the region|"
		  "if west europe|region goes down|region dies"},
	/* How things are. */
	{"fail", "not deployed|never deployed|not deploy|not released|"
		 "fail|failure|broke|broken|break|red|went wrong|go wrong|goes wrong|"
		 "did not work|didn t work|crash|bombed|blew up|unsuccessful|abort|"
		 "not succeed|die|exploded|borked"},
	{"stuck",
	 "does not begin|will not start|never start|does nothing|not starting up|not "
	 "getting picked|starve|starving|"
	 "stuck|wait|hang|hung|blocked|pending|not start|does not start|"
	 "doesn t start|won t start|not starting|not moving|not picked up|never starts|"
	 "not run|frozen|sits|not being picked up|in the queue"},
	{"slow",
	 "maxed|hammered|melting|choking|crawling|swamped|overloaded|struggling|hot|"
	 "slow|slowness|sluggish|latency|crawl|laggy|takes forever|takes ages|timeout|"
	 "time out|timing out|performance|hang|unresponsive|pegged|maxed out|at its "
	 "limit|at the limit|"
	 "high cpu|dragging|takes so long|taking so long|bottleneck|throttled|saturated"},
	{"load", "cpu|log io|worker|load|usage|utilisation|utilization|busy|full|disk|"
		 "storage"},
	{"offline",
	 "vanished|not there|unplugged|asleep|"
	 "offline|dead|disconnected|unreachable|gone|missing|not online|lost|away|"
	 "silent|not responding|not reporting|down|unavailable|dropped off"},
	{"error", "500s|500|503|502|throwing|throws|"
		  "error|exception|5xx|stack trace|stacktrace|panic|oops|warning|errs"},
	{"wrong",
	 "what is up|what is broken|doing|how is|holding up|feeling|is ok|is up|is "
	 "fine|is alive|is down|still down|matter with|"
	 "wrong|attention|alert|alarm|incident|firing|fire|on fire|critical|problem|"
	 "issue|outage|health|healthy|unhealthy|going on|what s up|whats up|overview|"
	 "worst|urgent|look at first|state of things|status|anything i should|"
	 "anything open|how are we doing|all ok|all good|everything ok|"
	 "everything fine|all right|alright|bad|ok right now|red right now|"
	 "trouble|anything broken|anything down|is everything|what is broken|"
	 "what s broken|worry about|paging|pages|paged"},
	/* Money. */
	{"cost", "eats most|eats the most|eats money|burns most|"
		 "pricier|cheaper|dearer|burn|burning|costing|"
		 "cost|spend|spent|money|bill|billing|invoice|pricey|expensive|euro|"
		 "eur|usd|dollar|expense|finops|paying|pay|euros|spendings"},
	{"budget", "money left|left to spend|spare money|may we spend|"
		   "budget|over budget|overspend|overspent|overrun|allowance"},
	{"threshold", "threshold|breach|exceed|exceeded|left|remaining|headroom|used up|"
		      "blow through|run over|on track"},
	{"jump",
	 "pricier|dearer|costlier|up since|more than|"
	 "jump|spike|anomaly|surge|rise|rose|risen|climb|doubled|tripled|increase|"
	 "went up|going up|go up|gone up|shot up|skyrocket|more expensive|"
	 "more than usual|unusual|unexpected|out of line|more than last week|"
	 "than usual|sudden|suddenly|explode|exploded|so high|higher|bump in|"
	 "out of the ordinary|weird|odd|outlier|crept up"},
	{"today", "today|so far|month to date|mtd|this month|current month|yesterday|"
		  "until now|to date|per day|daily"},
	{"forecast", "forecast|predict|projected|projection|end of month|eom|month end|"
		     "land at|end of the month|will we|estimate|going to be"},
	{"untagged", "nobody owns|nobody own|whose is|unclaimed|"
		     "untagged|without cost tag|no cost tag|without owner tag|not "
		     "tagged|no tag|without tag|without a tag|missing tag|"
		     "no owner|without owner|without an owner|unallocated|unowned|"
		     "missing tags|not allocated|has no tag|have no tag|lacks a tag|"
		     "tag missing|aren t tagged|isn t tagged"},
	{"tag", "tag|label"},
	{"fresh",
	 "next pull|pulled again|sync|look old|too old|are old|is old|old numbers|old "
	 "figures|old data|"
	 "refresh|fresh|freshness|how old|stale|out of date|up to date|last read|"
	 "read again|reload|fetch|as of|data age|age of|last updated|updated|"
	 "how current|when were|lag behind azure|latest figures|poll"},
	{"figures", "figure|data|number|feed|board|reading"},
	/* Schedules. */
	{"hours",
	 "supposed to be|meant to be|over night|after work|opening hours|wake|sleep|"
	 "business hour|office hour|working hour|off hour|out of hour|after hour|"
	 "outside hour|outside of hour|schedule|overnight|at night|weekend|nightly|"
	 "timetable|sched|outside its hours|during the night|for the night|out of office "
	 "hours|"
	 "outside business hours"},
	{"drift",
	 "should not be|not supposed to be|nobody needs|"
	 "left on|left over|not go to sleep|not sleep|not go down|never went down|not "
	 "off|still awake|not shut down|did not go|forgot to|needlessly|"
	 "drift|out of schedule|off schedule|still on|still running|is left on|was left "
	 "on|were left on|left running|should be off|not scaled down|should be "
	 "down|supposed to be off|forgot|forgotten|not turned off|not switched "
	 "off|running outside|still up|should be asleep|ought to be off|against the "
	 "schedule|not follow|outside schedule|outside its schedule|outside its "
	 "hours|outside of hours|outside business hours"},
	{"skip", "skip|skips|skip day|holiday|bank holiday|leave out|leaves out|left out|"
		 "day off|christmas|easter"},
	{"turns",
	 "switching on|switching off|turning on|turning off|start up|"
	 "turn on|turn off|turns on|turns off|go down|goes down|come back|comes back|"
	 "come up|"
	 "wake up|wakes up|shut down|shuts down|switch off|switches off|edge|"
	 "scale down|scales down|go to sleep|goes to sleep|scale up|scales up|"
	 "switched off|turned off|starts again|stops"},
	/* Databases. */
	{"sql",
	 "sql|database|db|mssql|sqldb|elastic pool|sql server|azure sql|query|queries"},
	{"tier",
	 "how full|how large|how much space|"
	 "tier|sku|size|service objective|vcore|dtu|capacity|serverless|edition|"
	 "compute|gen5|business critical|general purpose|hyperscale|how big|paused"},
	{"scale", "scale|resize|upsize|downsize|bigger|smaller|upgrade|downgrade|beef up|"
		  "shrink|grow|bump up|scale up|scale down|more power|larger|rescale|"
		  "give more|more vcores|more cores|slo change|size up|size down|bump"},
	{"order",
	 "please scale|scale it|can you|could you|please|i want|i d like|make it|"
	 "let s|propose|we need to|need to|prepare|plan a"},
	{"result",
	 "did somebody|did anybody|did anyone|did someone|who scaled|who resized|"
	 "result|outcome|did it|did the|has the|what became of|become of|succeeded|"
	 "worked|finish|complete|how did|done yet|still scaling|last"},
	/* Disaster recovery. */
	{"dr",
	 "lose west europe|lose north europe|lose the region|lose a region|lose "
	 "europe|the copy|copy in|second copy|geo copy|"
	 "survive|region goes|region going|region is down|region down|region outage|west "
	 "europe going|west europe goes|west europe is down|west europe down|datacenter|"
	 "dr|disaster|failover|fail over|failovers|secondary|replica|replication|geo|"
	 "site recovery|asr|recovery plan|second region|fog|replicate|paired region|"
	 "failing over|other region|recovery"},
	{"objective", "rpo|rto|recovery time|recovery point|measured|measure|"
		      "achieved|meet|how fast did we|how long did|met"},
	{"lag", "how stale|copy behind|stale copy|"
		"lag|lagging|behind|delay|out of sync|in sync|how far|catch up|caught up|"
		"seeding|replication state"},
	{"forced",
	 "pull the plug|data is gone|is gone for good|how much is gone|"
	 "force|forced|unplanned|data loss|lose|loses|loss|lost data|without the "
	 "primary|"
	 "allow data loss|emergency failover"},
	{"drill",
	 "drill|exercise|rehearsal|rehearse|test failover|failover test|"
	 "dr test|last test|tested|practice|practise|game day|restore test|testing|"
	 "failover drill"},
	/* Logs. */
	{"log", "log|stdout|stderr|log line|container log|pod log|tail|syslog"},
	{"lines", "line|message|entries|entry|tail|show|last lines|output|see|print|grep|"
		  "patterns|pattern"},
	{"trace",
	 "trace|trace id|traceid|correlation|correlation id|request id|span id|"
	 "operation id|transaction id|follow the request|requestid|correlationid"},
	/* Agents and pipelines. */
	{"agent",
	 "agent|build agent|runner|self hosted|build machine|build server|worker "
	 "machine|build node|hosted agent"},
	{"job", "job|queued job|jobs"},
	{"queue", "queue|queued|backlog|queueing|line up|waiting jobs"},
	{"pool", "pool|agent pool"},
	{"run", "pipeline|build|run|release|stage|deployment|deploy|workflow|ci|task"},
	{"scaler",
	 "free agents|idle agents|agents free|agents idle|spare agents|"
	 "scaler|autoscaler|keda|autoscale|autoscaling|desired|scale set|scaleset|"
	 "scale out|add agents|more agents|elastic agents|"
	 "scaled out|enough agents|keep up"},
	{"again",
	 "rerun|retry|re run|run again|redo|repeat|retrigger|re trigger|kick off|"
	 "try again|once more|start again|restart|another attempt|again|requeue"},
	/* Certificates. */
	{"cert", "cert|certificate|tls|ssl|https|letsencrypt|let s encrypt|x509|acme|"
		 "handshake"},
	{"expire",
	 "expire|expiring|expiry|expires|expired|run out|running out|runs out|renew|"
	 "renewal|"
	 "days left|valid|validity|about to end|rotate|not after|lapse|due|ending|"
	 "how long is|soon"},
	/* Runbooks. */
	{"runbook", "do we have something|have something for|anything written|notes "
		    "on|cheat sheet|have anything on|"
		    "runbook|run book|playbook|sop|documentation|docs|guide|documented|"
		    "instructions for|wiki|written down|write up"},
	{"fits", "match|still right|up to date|still current|still valid|still correct|"
		 "out of date|outdated|supersede|obsolete|still apply|still fit|fits|"
		 "still true|accurate|trust|still works|stale|how old|still good|"
		 "last updated|replaced"},
	{"exists", "is there a|do we have|is there any|have we got|exist|got a|any"},
	{"verb",
	 "restore|rotate|renew|fail back|failback|clean up|clear|unlock|fix|resolve|"
	 "recover|drain|cordon|reset|roll back|rollback|enable|migrate|do a|do the|"
	 "handle|deal with|set up|add|configure|troubleshoot|debug|mitigate|start a"},
	{"vm", "vm|virtual machine|machine"},
	/* Across. */
	{"depends",
	 "hangs on|hang on|hangs off|sits on|built on|"
	 "depend|depends on|dependent|dependency|dependencies|upstream|downstream|rely|"
	 "relies on|talk to|talks to|talking to|blast radius|who uses|what uses|which "
	 "uses|consumer|consumers|break if|breaks if|breaks when|affected if|affected "
	 "when|what does call|the service call|who calls|what calls|does call|calls "
	 "what|callers|caller|"
	 "needs what|impacted"},
	{"audit", "audit|audit log|audit trail|audit entry|tamper|tampered|signed log|"
		  "log sound|log intact"},
	{"model", "model|llm|gpt|ai|openai|chat model|assistant|which model|ai budget|"
		  "ollama|tokens"},
	{"stream", "log stream|stream|streams|following|live log|live logs|retention|"
		   "how far back|kept for|keep logs|logs kept"},
	{"dropped", "drop|dropped|dropping|lost lines|lose lines|lines lost|missed lines|"
		    "lag|late|delay"},
	{"change", "last deploy|who shipped|rolled back|new version|"
		   "change|different|differ|diff|modified|modify|edited|altered|"
		   "new since|recent activity|activity|touched|deleted|created|"
		   "deployed|who did|rolled out|happened|happen|done by|shipped|merged|"
		   "went live|was done|been done"},
	{"handover",
	 "summary|recap|morning report|night report|"
	 "hand over|handover|hand off|handoff|shift|next shift|takeover|take over|"
	 "shift change|briefing|sitrep|summary for|summarise the night|"
	 "pass on|brief me|catch me up|bring me up to speed|up to speed|"
	 "summarize the night|shift report|taking over|next person|next colleague"},
	{"approval", "approved|who signed|approved by|gave the ok|four eyes|"
		     "approval|approve|approver|sign off|signed off"},
	{"failed_again",
	 "red again|fail again|failed again|broken again|broke again|down "
	 "again|failing again|crashed again"},
	{"approved",
	 "who approved|who has approved|approved by|who signed|signed off by|who "
	 "gave"},
	/* What nobody asks a deck. */
	{"elsewhere",
	 "weather|joke|poem|recipe|football|soccer|stock|bitcoin|song|movie|film|"
	 "president|capital of|translate|homework|lunch|dinner|pizza|vacation|horoscope|"
	 "marry|meaning of life|python script|write code|write me "
	 "a|linkedin|crypto|sports|"
	 "chess|restaurant|birthday|sing|haiku|essay|cover letter|dating|girlfriend|"
	 "boyfriend|lottery|world cup|election|religion|philosophy|novel|story|riddle|"
	 "cat|dog|coffee|beer|wine|train ticket|flight|hotel|salary|tax return|doctor|"
	 "headache|who are you|your name|are you human|are you alive|what model are you|"
	 "square root|times table|population of|tallest|fastest car|netflix|world war|"
	 "shakespeare|quantum|planet|moon|dinosaur|sorting algorithm|regex for|"
	 "leetcode|tell me a story|limerick|gift"},
};
const size_t n_concept_rows = COUNT(concept_rows);

const char *const filler_words =
	"min|mins|sec|secs|hr|hrs|numbers|peak|stuff|before|after|moment|right|"
	"burst|nite|begin|guess|anyone|someone|please|quickly|really|"
	"ago|already|always|alright|anybody|anyway|around|ask|asked|away|back|best|"
	"better|"
	"between|big|both|bring|brief|briefly|call|called|cant|check|clear|close|cluster|"
	"come|comes|common|compare|compared|container|contoso|couple|current|currently|"
	"day|"
	"days|detail|details|dev|did|doing|don|during|early|either|em|end|enough|env|"
	"environment|estate|even|evening|exactly|expect|expected|far|find|fine|five|"
	"follow|"
	"four|friday|front|full|give|good|great|group|guys|half|hello|hey|hi|high|hour|"
	"hours|"
	"hows|id|ids|important|info|information|inside|instead|into|job|jobs|kindly|"
	"knows|"
	"large|last|late|lately|later|latest|least|leave|less|level|life|little|live|"
	"local|"
	"long|longer|looking|lot|lots|low|machine|machines|main|matter|maybe|minute|"
	"minutes|"
	"moment|monday|month|months|morning|much|must|my|name|named|names|near|nearly|"
	"never|new|nice|night|nobody|normal|nothing|old|once|onto|open|opposite|ours|"
	"overall|"
	"part|past|people|per|person|place|pls|plz|point|prod|production|put|question|"
	"quick|"
	"quickly|quite|ran|rather|read|real|really|recent|recently|region|report|"
	"reported|"
	"resource|resources|rest|right|room|row|running|safe|saturday|say|second|"
	"seconds|seen|sent|server|servers|set|several|short|should|side|since|single|six|"
	"small|somebody|sometimes|soon|sort|staging|stand|standing|stands|state|states|"
	"step|"
	"straight|subscription|sunday|sure|system|systems|take|taken|takes|taking|talk|"
	"tell|"
	"term|test|thank|thanks|thanx|think|three|through|thursday|till|time|times|today|"
	"together|tomorrow|tonight|took|total|towards|tuesday|two|type|upon|usual|"
	"usually|"
	"utc|various|vs|versus|wanna|wednesday|week|weeks|well|went|whatever|whether|"
	"whole|"
	"within|won|wonder|wondering|word|words|work|working|works|world|worse|would|wrt|"
	"yeah|year|yes|yesterday|yet|you|yourself|zone|whos|hows|wheres|gimme|lemme|im|"
	"were|"
	"using|used|seems|behave|behaving|basically|actually|literally|damn|bloody|hell|"
	"ok|"
	"came|occur|occurs|occurred|saw|begin|lasted|chance|probably|possibly|perhaps|"
	"roughly|exact|precisely|doesnt|dont|isnt|arent|wont|thats|theres|heres|achieve|"
	"become|becomes|became|seem|shows|shown|move|moved|"
	"okay|mate|folks|team|colleague|customer|customers|user|users|app|apps|"
	"application|"
	"workload|workloads|azdeck|deck|subscriptions|region|west|north|europe|value|"
	"values|"
	"am|pm|midnight|noon|currently|history|target|targets|deep|due|kind|across|"
	"details|"
	"secret|password|token|credential|vault|audit|script|command|monitoring|"
	"everything|anything|something|everyone|everybody|else|except|including|include|"
	"happening|look|looks|looking|thing|stuff|whole|entire|under|above|below|before|"
	"oldest|longest|shortest|newest|fast|quick|quickly|certain|specific|particular|"
	"whichever|wherever|whenever|again|apart|available|compute|minus|plus|percent|"
	"sum|"
	"gpu|pr|main|branch|primary|hold|held|holding|ends|ending|goes|going|gonna|got|"
	"keep|keeps|let|lets|like|likely|may|might|need|needs|off|on|only|other|others|"
	"out";
