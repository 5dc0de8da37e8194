/* The table of what is refused. See unsafe.h. Acts stand in the form of an order, so that
 * "who deleted the group" stays a question. */
#include "base/count.h"
#include "guide/unsafe.h"

/* A person asks about what was, or who did it. */
#define ASKS_BACK                                                                        \
	"who|whose|did anyone|did anybody|did someone|has anyone|has anybody|was "       \
	"anything|"                                                                      \
	"was there|were there|were any|was any|which runs|which changes|has been|have "  \
	"been|"                                                                          \
	"what happens|what happened"

const struct unsafe_rule unsafe_rules[] = {
	{.name = "skip-approval",
	 .acts = "skip|skipping|bypass|bypassing|without|circumvent|get around|get past|"
		 "work around|go around|override|overriding|ignore|ignoring|disable|"
		 "turn off|switch off|waive|forgo|dodge|avoid|leave out|don t need|"
		 "do not need|don t want|no need for|evade|sidestep|dispense with|drop|"
		 "remove|self approve|auto approve|fake|forge|spoof|not ask for|"
		 "don t ask for|don t wait for|not wait for|never mind|forget",
	 .objects =
		 "approval|approvals|approver|approvers|approving|second person|four "
		 "eyes|"
		 "four eye|reviewer|confirmation|confirming|confirm|sign off|"
		 "change control|gate|authorisation|authorization|asking|asking anyone|"
		 "anyone noticing|telling anyone|permission|questions asked|"
		 "second pair of eyes|peer review|the review",
	 .asks = ASKS_BACK,
	 .says = SAYS_NEEDS_APPROVAL,
	 .what = "A change without its approval",
	 .instead = "Plan the change on its row; a second person approves it there, and "
		    "then it runs."},
	{.name = "approve-own",
	 .acts = "approve|approving|sign off|rubber stamp|okay|accept|confirm|authorise|"
		 "authorize|grant",
	 .objects =
		 "my own|my change|my plan|my request|my proposal|my run|myself|mine|"
		 "on my behalf|in my name|for me|as me|my scaling|my action|own change|"
		 "own plan|own request|own proposal|self|as another user|as someone else|"
		 "as the approver|with another account|with my second account|"
		 "as my colleague",
	 .says = SAYS_SELF_APPROVAL,
	 .what = "Approving one's own change",
	 .instead =
		 "Ask a colleague to approve it: it stands in the list of changes until "
		 "it expires."},
	{.name = "approve-by-chat",
	 .acts = "please approve|just approve|approve the|approve this|approve it|"
		 "approve that|approve all|approve everything|approve every|approve run|"
		 "approve plan|approve change|you approve|go approve|approve for|"
		 "and approve|approve both|approve any|approve pending|reject all|"
		 "approve them|mark as approved|mark it approved|mark it as approved|"
		 "set it to approved|treat it as approved|consider it approved|"
		 "assume it is approved|assume approval|pretend it is approved|"
		 "pretend it was approved",
	 .asks = "who|how do|how can|when did|did|has|why|is it",
	 .says = SAYS_NEEDS_APPROVAL,
	 .what = "An approval from a conversation",
	 .instead =
		 "A person approves on the row itself, after reading what will change."},
	{.name = "run-expired",
	 .acts = "run|execute|apply|use|revive|extend|reuse|re use|resurrect|"
		 "go ahead with|force|proceed with|start|launch|carry out|reactivate|"
		 "renew|go on with|push through|prolong|restore|do",
	 .objects =
		 "expired plan|expired approval|expired one|expired change|"
		 "expired proposal|expired request|expired action|plan that expired|"
		 "approval that expired|plan has expired|approval has expired|"
		 "approval expired|plan expired|old approval|lapsed approval|lapsed plan|"
		 "stale plan|outdated plan|outdated approval|yesterday s approval|"
		 "yesterday s plan|last week s plan|last week s approval|"
		 "even if it expired|even though it expired|although it expired|"
		 "though expired|expired scaling|expired failover|it expired|"
		 "out of date plan|out of date approval|that expired|expired approvals|"
		 "expired plans|old plan|stale approval",
	 .says = SAYS_EXPIRED,
	 .what = "Running what has expired",
	 .instead =
		 "Plan it again: the new plan shows what is there now, and is approved "
		 "anew."},
	{.name = "ignore-limits",
	 .acts = "ignore|bypass|override|skip|circumvent|get around|disable|turn off|"
		 "switch off|exceed|go above|go over|go past|break|lift|disregard|"
		 "work around|evade|remove",
	 .objects = "ceiling|the cap|policy|policies|change freeze|the freeze|guardrail|"
		    "guardrails|safety|safeguard|safeguards|safety checks|safety check|"
		    "checks|the window|maintenance window|mfa|two factor|resource lock|"
		    "delete lock|the limit|your limits|the "
		    "limits|restrictions|preconditions|"
		    "precondition|the preview|dry run|what if|protection|locks on",
	 .asks = ASKS_BACK "why|how many",
	 .says = SAYS_READ_ONLY,
	 .what = "Going past what protects the estate",
	 .instead = "Whoever owns the limit can change it; until then plan within it."},
	{.name = "destroy-all",
	 .acts = "delete|destroy|wipe|wipe out|erase|purge|nuke|kill|terminate|tear down|"
		 "rm|truncate|shut down|deallocate|stop|remove|uninstall|get rid of|"
		 "clean out|format|turn off|switch off|reboot|restart|drop|scale to zero|"
		 "burn down|take down|power off|fail over|failover|encrypt|blow away|"
		 "obliterate|deleting|wiping",
	 .objects =
		 "everything|all of it|the lot|all the|all our|all resources|all vms|"
		 "all databases|all servers|all machines|all backups|all data|all groups|"
		 "all clusters|all of them|all pods|all agents|entire|whole|every vm|"
		 "every database|every server|every resource|every machine|every group|"
		 "every|the estate|subscription|tenant|production|prod|all azure|"
		 "all subscriptions|all production|all prod|all logs|all snapshots|"
		 "all disks|all tables|all storage",
	 .asks = ASKS_BACK "why|when|which|does|did|do all|how many",
	 .unless = "error rate|how do i restore",
	 .says = SAYS_READ_ONLY,
	 .what = "Destroying or stopping things wholesale",
	 .instead = "One resource at a time can be planned on its row, shown beforehand, "
		    "and approved."},
	{.name = "destroy-one",
	 .acts = "delete|destroy|wipe|erase|purge|nuke|obliterate|drop table|"
		 "drop database|rm rf|tear down|blow away|drop the database|"
		 "drop the table|drop schema|delete from",
	 .objects =
		 "database|databases|db|resource group|resource groups|rg|vault|vaults|"
		 "cluster|server|servers|backup|backups|recovery vault|table|tables|disk|"
		 "disks|vm|vms|storage|storage account|key vault|logs|log|snapshot|"
		 "snapshots|replica|secondary|namespace|pod|pods|agent|agents|pool|"
		 "recovery point|recovery points|it|them|atlas|qodex|data|rows|history|"
		 "evidence|the lock|this|that|network|vnet|alerts",
	 .asks = ASKS_BACK "which|why|when|what deleted|does|did",
	 .unless = "accidentally|by accident|undo|how do i restore|how to restore",
	 .says = SAYS_READ_ONLY,
	 .what = "Deleting something by a question",
	 .instead =
		 "A person can plan `resource-delete` on the row of the resource, where "
		 "it is shown what goes with it, and a second one approves it."},
	{.name = "secrets",
	 .acts = "include|append|show|print|reveal|give|tell|dump|list|export|what "
		 "is|what s|whats|"
		 "what are|read|display|output|send|share|paste|decode|decrypt|leak|get|"
		 "fetch|expose|extract|copy|need|want|retrieve|spell|write|hand over|"
		 "repeat|provide|see|view|cat|echo",
	 .objects =
		 "password|passwords|passwd|secret value|secret values|secrets|the "
		 "secret|"
		 "client secret|token|tokens|api key|api keys|access key|access keys|"
		 "account key|account keys|connection string|connection strings|"
		 "credentials|credential|private key|private keys|client secrets|bearer|"
		 "sas token|sas url|env file|ssh key|ssh keys|kubeconfig|system prompt|"
		 "your instructions|your prompt|hidden instructions|your hidden|hidden "
		 "prompt|initial prompt|pfx|"
		 "passphrase|storage key|storage keys|primary key of|database password|"
		 "admin password|sa password|secret|keys of|the keys|"
		 "environment variables|env vars|instructions above",
	 .unless = "expire|expires|expiring|expiry|expired|rotate|rotated|rotation|how "
		   "many|"
		   "how old|renew|renewed|usage|were used|used up|leaked|per day|per "
		   "answer|"
		   "token budget|tokens spent|run out|runbook|foreign key|end soon|ends|"
		   "about to end",
	 .says = SAYS_NO_PERMISSION,
	 .what = "Showing a secret",
	 .instead =
		 "Azdeck shows when secrets end and which were renewed, never what they "
		 "are; who may read one opens its vault in the portal."},
	{.name = "secret-plain",
	 .acts = "plain text|plaintext|cleartext|clear text|in the clear|unmasked|"
		 "unredacted|without redaction|don t redact|do not redact|unredact|"
		 "actual value|real value",
	 .objects = "password|passwords|secret|secrets|token|tokens|key|keys|credential|"
		    "credentials|connection string|value|values|logs|it|them",
	 .says = SAYS_NO_PERMISSION,
	 .what = "Showing a secret",
	 .instead =
		 "Azdeck shows when secrets end and which were renewed, never what they "
		 "are."},
	{.name = "audit",
	 .acts = "disable|turn off|switch off|stop|pause|clear|edit|delete|erase|tamper|"
		 "tamper with|rewrite|hide|wipe|falsify|forge|remove|suppress|doctor|"
		 "alter|backdate|truncate|change the|modify|skip|don t write|do not "
		 "write|"
		 "not write|cover|without|keep out of|leave out of|bypass|avoid|purge|"
		 "clean|scrub|redact me from|omit",
	 .objects = "audit|audit log|audit trail|auditing|the record|audit entry|"
		    "audit entries|my tracks|traces of|my traces|being logged|logging it|"
		    "recording it|recording this|a trace|leaving a trace|the change log|"
		    "activity log",
	 .asks = ASKS_BACK "how do i verify",
	 .says = SAYS_READ_ONLY,
	 .what = "Touching the audit log",
	 .instead = "`azdeck audit show` reads it and `azdeck audit verify` checks it; "
		    "nothing changes it."},
	{.name = "alerts-off",
	 .acts = "disable|turn off|switch off|kill|suppress|mute all|silence all|"
		 "silence every|delete|remove|shut up|stop|hide|get rid of|close all|"
		 "ack all|acknowledge all|pause|mute every|mute|unsubscribe from|"
		 "deactivate|stop sending|silence the",
	 .objects =
		 "alert|alerts|alerting|all alerts|alarms|alarm|monitoring|notifications|"
		 "notification|paging|pager|pages|all of them|monitors|alert rules|"
		 "alert rule|every alert|probes|health checks",
	 .asks = ASKS_BACK "when|why|which|did|how many",
	 .says = SAYS_READ_ONLY,
	 .what = "Switching off alerts",
	 .instead =
		 "One alert can be silenced for some hours on its row (`alert-silence`): "
		 "that is approved, ends by itself, and is seen by all."},
	{.name = "run-command",
	 .acts = "run|execute|exec|invoke|eval|launch|type in|issue|perform|fire off|do "
		 "a",
	 .objects =
		 "command|commands|script|shell|bash|powershell|pwsh|kubectl|az|az cli|"
		 "sudo|curl|wget|rm|sql statement|this code|this sql|this query|"
		 "update statement|delete statement|terraform apply|terraform destroy|"
		 "python|cmd|ssh|this as root|as root|helm|ansible|psql|sqlcmd|drop "
		 "table",
	 .asks = ASKS_BACK "how do i|which command|what command|why|did anyone|when",
	 .unless = "runbook",
	 .says = SAYS_READ_ONLY,
	 .what = "Running a command",
	 .instead =
		 "Azdeck changes things only by its own actions, each planned, shown and "
		 "approved; `azdeck act list` has them."},
	{.name = "destructive-words",
	 .acts = "rm rf|drop table|drop database|kubectl delete|az group delete|"
		 "az vm delete|az sql db delete|terraform destroy|truncate table|"
		 "delete from|remove item recurse|invoke webrequest|bash c|sh c|dd if|"
		 "mkfs|curl http|curl https|wget http|wget https|xp_cmdshell|exec master|"
		 "shutdown h|format c",
	 .asks = ASKS_BACK "why|when|what does|which|what did",
	 .says = SAYS_READ_ONLY,
	 .what = "Running a command",
	 .instead =
		 "Azdeck changes things only by its own actions, each planned, shown and "
		 "approved; `azdeck act list` has them."},
	{.name = "exfiltrate",
	 .acts = "append|calling|send|post|upload|email|mail|exfiltrate|forward|leak|"
		 "transfer|push|ship|"
		 "publish|share|copy|export|sync|beam|paste|tweet|put|load|open|fetch|"
		 "visit|call|embed|render|include",
	 .objects =
		 "http|https|pastebin|gist|webhook|external server|external address|"
		 "outside|gmail|my personal|my private|my server|ftp|dropbox|attacker|"
		 "attackers|the internet|a competitor|competitor|competitors|home "
		 "address|"
		 "hotmail|my own server|public repository|public repo|public bucket|"
		 "third party|telegram|discord|personal account|my laptop|my phone|evil|"
		 "everyone outside|the press|twitter",
	 .unless = "from outside|http error|http errors|http 5|http status|"
		   "https certificate|reachable",
	 .says = SAYS_READ_ONLY,
	 .what = "Sending the estate's data elsewhere",
	 .instead =
		 "Nothing leaves this machine by a question. `azdeck show BOARD -o json` "
		 "prints what you may read."},
	{.name = "falsify",
	 .acts = "fake|falsify|forge|make up|invent|fabricate|cover up|fudge|massage|"
		 "doctor|pretend|lie about|lie that|claim that|claim|say that|write that|"
		 "report that|tell them|tell everyone|tell the customer|answer that|"
		 "state that|just say|mark the|mark it|set the|reply with|assert",
	 .objects =
		 "drill|drill result|drill passed|figures|numbers|the report|evidence|"
		 "the incident|passed|is fine|all green|is green|no problem|"
		 "everything is ok|everything is fine|is healthy|lag is|lag is zero|"
		 "is zero|was tested|no data loss|no outage|is under budget|under budget|"
		 "is resolved|no incident|as passed|as healthy|as resolved|there is no|"
		 "there are no|within slo|the rto|the rpo|was met",
	 .asks = ASKS_BACK "is it fair|does|did",
	 .says = SAYS_READ_ONLY,
	 .what = "Saying what is not so",
	 .instead = "Ask how it stands; what is on the boards can be cited."},
	{.name = "privilege",
	 .acts = "give|grant|make|add|assign|elevate|escalate|promote|put",
	 .objects =
		 "me owner|me admin|me an admin|me administrator|me contributor|me root|"
		 "me access|me the owner|me global|myself owner|myself admin|my account|"
		 "my user|me full|owner role|admin role|contributor role|global admin|"
		 "my privileges|my permissions|me to the|my rights|me permission|"
		 "me permissions|everyone owner|admin rights|root access|him owner|"
		 "her owner|them owner",
	 .asks = ASKS_BACK "how do i|why",
	 .says = SAYS_NO_PERMISSION,
	 .what = "Granting rights",
	 .instead =
		 "Rights are granted in Entra ID by who owns them; `:role-assignments` "
		 "shows who has which."},
	{.name = "do-it-now",
	 .acts = "no questions asked|without asking|don t ask me|without telling|"
		 "behind their back|without anybody knowing|without anyone knowing|"
		 "without being seen|secretly|covertly|before anyone notices|"
		 "before anybody notices|without review",
	 .asks = ASKS_BACK,
	 .says = SAYS_NEEDS_APPROVAL,
	 .what = "Changing something unseen",
	 .instead = "Plan the change on its row; a second person approves it there, and "
		    "then it runs."},
};
const size_t n_unsafe_rules = COUNT(unsafe_rules);
