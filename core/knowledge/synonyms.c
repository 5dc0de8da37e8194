/* See synonyms.h. Words are compared by stem, so one form of each is enough. Rows go by
 * subject; within one, what is said is what a tired person types. */
#include "knowledge/synonyms.h"

const struct synonym synonyms[] = {
	/* How things are. */
	{"slow|sluggish|crawling|laggy|lagging|snail|takes ages|takes forever|drags|"
	 "unresponsive|hangs|hanging|bad response|poor response|treacle|spinning",
	 "slow|performance|latency|timeout"},
	{"dead|down|broken|not working|does not work|gone|kaput|offline|unavailable|no "
	 "answer|"
	 "not answering|silent|unreachable|not responding|stopped responding",
	 "down|offline|unreachable|unavailable|stopped|does not answer"},
	{"stuck|frozen|hung|blocked|not moving|no progress|sits there|never finishes|"
	 "never ends|endless|does not start|will not start",
	 "stuck|waits|queued|pending|does not end"},
	{"full|no room|out of space|no space|out of room|exhausted|overflowing|bursting|"
	 "filled up|run out of disk|ran out of disk",
	 "full|storage|disk|quota|maximum size"},
	{"fails|failing|failed|red|errored|error|exploded|blew up|went wrong|bombs",
	 "failed|fails|errors"},
	{"flapping|bouncing|restarts|restarting|reboots|keeps dying|dies|dying|crash|"
	 "crashing|falls over|comes back and dies|over and over|boot loop|restart loop",
	 "crash|CrashLoopBackOff|restart|again and again"},
	{"ram|heap|memory|eats memory|memory leak|bloated|hungry|out of memory",
	 "memory|OOMKilled|limit|leak"},
	{"denied|refused|forbidden|rejected|not allowed|not permitted|no rights|"
	 "no permission|no access|may not|locked out|turned "
	 "away|unauthorised|unauthorized",
	 "refused|403|role|permission|access|denied"},
	{"bigger|larger|upsize|beef up|grow|enlarge|more power|more horsepower|upgrade|"
	 "resize|make it larger|stronger|downsize|smaller|shrink|cheaper tier",
	 "scale|size|tier|service objective"},
	/* Money. */
	{"expensive|pricey|invoice|bill|billing|spending|spend|money|euros|dollars|"
	 "charges|"
	 "charged|paying|pay|price|overspend|overspent",
	 "cost|budget|spend"},
	{"doubled|tripled|exploding|skyrocketing|shot up|went up|surged|through the roof|"
	 "climbing|soaring|sudden increase|more than usual|than usual|than last week",
	 "spike|jump|anomaly|rise"},
	{"overrun|over the limit|allowance|ceiling reached|nearly spent|financial "
	 "warning|"
	 "spending warning|monthly allotment|monthly limit",
	 "budget|alert|threshold|80%|95%"},
	{"prepaid|prepayment|voucher|sponsorship|sponsored|free money|balance|macc|"
	 "committed spend|pot is empty",
	 "credits|commitment|prepayment|balance"},
	/* SQL. */
	{"database|db|dbs|databases|rdbms|mssql|sqlserver|data store|datastore|"
	 "relational store",
	 "sql|database"},
	{"postgres|pg|psql|postgresql", "postgresql|postgres"},
	{"queries|query|reports|report|select|stored procedure|lookups",
	 "query|sql|performance"},
	{"each other|mutual wait|waiting on each other|contention|locks|locked "
	 "rows|victim|"
	 "gridlock|standoff|sessions wait|transactions collide|fight over rows",
	 "deadlock|blocking|lock|1205"},
	{"asleep|sleeping|sleeps|wakes|wake up|nap|napping|dozing|first user in the "
	 "morning|"
	 "cold|hibernating|snoozing|idle overnight|first connection",
	 "paused|serverless|auto-pause|resume"},
	{"rewind|roll back the data|turn back|time machine|yesterday's data|undelete|"
	 "deleted by accident|accidentally deleted|deleted|wiped|wrong "
	 "delete|dropped|lost rows|"
	 "without where|oops|undo a delete|as it was|truncated",
	 "restore|point in time|backup|deleted"},
	{"log in|logon|sign in|login|signin|credentials|password|authenticate|"
	 "authentication",
	 "sign-in|login|authentication"},
	{"office hours|working hours|night|nights|overnight|evening|weekend|after hours|"
	 "bedtime|out of hours|nobody at work|everybody is at home|sunday|saturday",
	 "schedule|business hours|drift"},
	{"too many connections|connection pool|connections exhausted|too many sessions|"
	 "worker threads|busy server|concurrency",
	 "workers|sessions|limit|connections"},
	{"customer key|cmk|byok|own key|wrapped key|encryption",
	 "customer-managed key|tde|inaccessible|encryption"},
	/* Disaster recovery. */
	{"region down|region is down|data centre|datacenter|data center|burnt down|fire|"
	 "flood|catastrophe|disaster|everything is lost|continent|earthquake|blackout",
	 "dr|outage|region|failover"},
	{"switch over|switchover|fail over|move to the other region|swap sides|swap "
	 "regions|"
	 "other side|change sides|second site|standby site|switch regions|promote|"
	 "take over|trade places",
	 "failover|planned|failover group"},
	{"no time|at any price|emergency|lose data|losing data|data loss|sacrifice|"
	 "never mind the loss|cannot wait|accept loss|whatever it costs",
	 "forced failover|data loss|forced"},
	{"rehearse|rehearsal|practice|practise|exercise|dry run|fire drill|simulate|"
	 "simulation|try out the emergency|test the emergency|prove it works",
	 "drill|test failover|rehearsal"},
	{"prepared|preparedness|would we survive|survive|are we safe|fit for|weak spots|"
	 "confident",
	 "readiness|ready|score|dr"},
	{"behind|out of sync|stale copy|old copy|catching up|far behind|delayed copy|"
	 "replica is late|mirror|copy|replicating",
	 "replication|lag|rpo|secondary"},
	{"how much would we lose|seconds lost|minutes lost", "rpo|lag"},
	{"snapshot|safety copy|nightly copy|tape|copies", "backup|snapshot"},
	/* Certificates. */
	{"cert|certs|ssl|tls|padlock|x509|https|browser warning|not secure|handshake",
	 "certificate|tls"},
	{"run out|runs out|running out|ends|ending|out of "
	 "date|lapse|lapses|lapsed|invalid|"
	 "expiry|expires|expired|about to end|no longer valid|too old|due",
	 "expires|expired|expiry|renewal"},
	{"browser warning|padlock|not secure|red lock|security warning in the browser|"
	 "visitors are warned",
	 "certificate|expired|tls|https"},
	{"acme|letsencrypt|let's encrypt|free certificate|free issuer|robot",
	 "lets encrypt|acme|certbot|cert-manager"},
	{"keyvault|safe|strongbox|kv|vaults", "key vault|vault"},
	{"rotate|rotation|roll over|refresh the key|new version", "rotation|renewal"},
	/* Build agents and pipelines. */
	{"runner|runners|build machine|build machines|build server|build "
	 "box|worker|workers|"
	 "ci machine|ci machines|buildbox|build host",
	 "agents|agent|pool|build"},
	{"in line|waiting in line|line is long|backlog|queue|queued|waiting room|waiting "
	 "list|"
	 "waiting for a machine|in the queue|not picked up|nobody picks",
	 "queue|waits|queued|job|waiting"},
	{"more machines|not enough machines|does not grow|no new machines|adds machines|"
	 "elasticity|elastic|grow with|too few|spin up|nothing spins up",
	 "scaler|scale|autoscale|maximum|pool"},
	{"ci|cd|ci/"
	 "cd|workflow|jenkins|build|compile|compiling|release|rollout|ship|shipping|"
	 "deploy|deploying|delivery",
	 "pipeline|build|release|deployment"},
	/* Kubernetes. */
	{"kubernetes|k8s|cluster|aks|kube|containers|container|pods|pod",
	 "aks|kubernetes|pod"},
	{"download|downloading|fetch|fetching|pull|pulling", "pull|image|ErrImagePull"},
	{"docker hub|docker|registry|acr|container registry|image tag|tag missing",
	 "image|registry|acr"},
	{"nowhere to run|no place|unplaced|cannot be placed|unschedulable|homeless|not "
	 "placed|"
	 "no seat|waits for a node|finds no host|scheduler",
	 "pending|scheduling|FailedScheduling|capacity"},
	{"host|hosts|kubelet|worker node|server of the cluster|nodes", "node|machine"},
	{"bad gateway|gateway timeout|upstream|front end cannot reach|reverse "
	 "proxy|nginx|"
	 "load balancer|proxy",
	 "ingress|502|504|gateway"},
	/* Logs. */
	{"noise|noisy|chatty|flood|flooded|flooding|spam|spamming|torrent|avalanche|"
	 "verbose|"
	 "screaming|shouting|deluge|chattering",
	 "log storm|storm|flood|volume"},
	{"log|logs|logging|trace|traces|stdout|syslog|telemetry|records", "logs|log"},
	{"gigabytes|terabytes|gb|tb|intake|ingest|ingested|data volume|swallow",
	 "ingestion|log analytics|daily cap"},
	{"how long|last year|last quarter|older|auditor|audit|compliance|keep "
	 "for|archive|"
	 "archived|history of|months ago|legal hold|gdpr|storage period|period",
	 "retention|archive|keep"},
	/* Identity. */
	{"msi|managed identity|passwordless|workload identity|identity",
	 "managed identity|identity"},
	{"app registration|application registration|service principal|spn|robot account|"
	 "technical user|app password|application password",
	 "client secret|application registration|service principal"},
	{"second factor|mfa|2fa|two factor|authenticator|phone prompt|otp|conditional",
	 "conditional access|mfa|sign-in|AADSTS"},
	{"azure ad|aad|entra|entra id|tenant|directory|sso|single sign on",
	 "entra|sign-in|tenant|AADSTS"},
	{"leak|leaked|exposed|published|pushed to github|compromised|stolen|in the open|"
	 "posted|pasted|hacked|intruder|committed a",
	 "leak|secret has leaked|rotate|exposed"},
	/* Terraform. */
	{"terraform|tf|tofu|opentofu|iac|infrastructure as code|hcl", "terraform|state"},
	{"by hand|manually|manual|clicked|clickops|portal|hand made|handmade|behind our "
	 "back|"
	 "someone changed|somebody changed|tinkered|fiddled",
	 "drift|unmanaged|manual change|portal"},
	{"not in code|outside code|adopt|take over into|bring under|unknown resources|"
	 "nobody declared|not declared|wild",
	 "unmanaged|import|terraform"},
	{"plan differs|code and reality|reality|differs|mismatch|deviate|deviates|"
	 "no longer match|diverged|out of step",
	 "drift|difference|drifted"},
	{"lock|locked|lease|cannot acquire|someone else is applying|held by",
	 "lock|state lock|lease"},
	/* Web, edge and other services. */
	{"frontdoor|afd|cdn|edge|waf|front door|global entry", "front door|origin|edge"},
	{"backend|backends|behind the edge|origin|origins", "origin|backend"},
	{"cache|redis|key value|in-memory store|memcache|session store", "redis|cache"},
	{"evict|evicts|evicted|thrown out|pushed out|forgets|forgetting",
	 "evictions|evicted|memory"},
	{"lambda|function|functions|serverless code|timer job|cron|trigger|triggers|"
	 "queue reader",
	 "functions|function app|trigger"},
	{"api gateway|apim|gateway|api management|developer portal|api product",
	 "api management|gateway"},
	{"too many requests|rate limit|rate limited|throttle|throttled|throttling|slow "
	 "down|"
	 "back off|hammering",
	 "throttling|429|rate limit"},
	{"adf|data factory|etl|elt|ingestion job|nightly load|data load|copy job|data "
	 "flow|"
	 "nightly transfer|load job",
	 "data factory|copy|pipeline run|adf"},
	{"web app|webapp|site|website|web site|app service|appservice|homepage|shop|"
	 "web page|page",
	 "web app|app service"},
	{"storage account|blob|blobs|bucket|s3|file share|sas|container of files|files",
	 "storage account|blob|storage"},
	{"vm|vms|virtual machine|server|box|instance|ssh|rdp|jump host",
	 "virtual machine|vm"},
	{"dns|hostname|host name|domain|resolve|resolves|lookup|name server|nameserver|"
	 "a record|cname|phone book|wrong address",
	 "dns|name|record|resolve"},
	{"quota|capacity|no capacity|sold out|shortage|cores|vcpu|not enough cores|"
	 "region is full|no machines left",
	 "quota|capacity|AllocationFailed"},
	{"microsoft|is it us|is it them|platform|status page|provider|everybody affected|"
	 "wide|worldwide|whole region|their fault",
	 "outage|service health|platform"},
	{"slo|sla|uptime|error budget|objective|nines|promise to customers|availability",
	 "slo|error budget|availability"},
	/* People and shifts. */
	{"handover|hand over|next shift|shift change|end of my shift|going home|"
	 "pass on|brief|briefing|relieve|successor|colleague takes|go to bed|my "
	 "replacement",
	 "hand-over|shift|hand over"},
	{"who decides|who may|approve|approval|permission to|sign off|authority|allowed "
	 "to",
	 "who decides|approval"},
	{"undo|revert|go back|take back|back out|reverse", "undo|roll back"},
	{"did it work|check that|confirm|make sure|verify|is it over|all clear",
	 "verify"},
	{0, 0},
};
