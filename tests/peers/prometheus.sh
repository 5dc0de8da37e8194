#!/bin/sh
# The boards of Prometheus and Alertmanager against the programs themselves: a target
# that is down, alerts that fire, one that is silenced, one that is inhibited, a rule
# that cannot be evaluated, queries of one's own. Skips (77) where they are not
# installed.
set -eu

. "${AZ_SRCDIR:-.}/tests/peers/path.sh"

builddir=${AZ_BUILDDIR:-.}
case $builddir in /*) ;; *) builddir=$PWD/$builddir ;; esac
for tool in prometheus prometheus-alertmanager curl; do
	command -v "$tool" >/dev/null || {
		echo "1..0 # SKIP $tool is not installed"
		exit 77
	}
done

dir=$(mktemp -d)
pids=
finish() {
	for pid in $pids; do
		kill "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
mkdir -p config/azdeck

give_up() {
	tail -n 3 ./*.log | sed 's/^/# /'
	echo "1..0 # SKIP $1"
	exit 77
}
# Sets $address to where the program behind the log listens: it picks the port.
address_in() {
	tries=0
	until address=$(sed -n 's/.*msg="Listening on" address=\([0-9.:]*\).*/\1/p' "$1" |
		head -n 1) && [ -n "$address" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] && kill -0 "$2" 2>/dev/null || return 1
		sleep .05
	done
}

cat >alertmanager.yml <<'EOF'
route: {receiver: night, group_wait: 0s}
receivers: [{name: night}]
inhibit_rules:
- source_matchers: [alertname = "TargetDown"]
  target_matchers: [alertname = "Follower"]
EOF
prometheus-alertmanager --config.file=alertmanager.yml --storage.path=am \
	--web.listen-address=127.0.0.1:0 --cluster.listen-address= >am.log 2>&1 &
am_pid=$!
pids=$am_pid
address_in am.log "$am_pid" || give_up "Alertmanager does not start"
am=$address
curl -s -o silence.log -H 'Content-Type: application/json' "http://$am/api/v2/silences" \
	-d '{"matchers": [{"name": "alertname", "value": "Quiet", "isRegex": false}],
	"startsAt": "2020-01-01T00:00:00Z", "endsAt": "2099-01-01T00:00:00Z",
	"createdBy": "night shift", "comment": "known"}'

cat >rules.yml <<'EOF'
groups:
- name: all
  rules:
  - {alert: Watchdog, expr: vector(1)}
  - {alert: TargetDown, expr: up == 0, labels: {severity: critical},
     annotations: {summary: "{{ $labels.instance }} is down"}}
  - {alert: Quiet, expr: vector(7), labels: {severity: warning}}
  - {alert: Follower, expr: vector(1), labels: {severity: warning}}
  - {alert: Later, expr: vector(1), for: 1h, labels: {severity: warning}}
  - {alert: Broken, expr: 'label_replace(up, "instance", "x", "", "") > 0'}
EOF
cat >prometheus.yml <<EOF
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ["$am"]}]}]}
scrape_configs:
- {job_name: both, static_configs: [{targets: ["$am", "127.0.0.1:1"]}]}
EOF
# What fired before it had found its Alertmanager is told again after the delay.
prometheus --config.file=prometheus.yml --storage.tsdb.path=tsdb \
	--rules.alert.resend-delay=1s \
	--web.listen-address=127.0.0.1:0 >prometheus.log 2>&1 &
prometheus_pid=$!
pids="$pids $prometheus_pid"
address_in prometheus.log "$prometheus_pid" || give_up "Prometheus does not start"

cat >config/azdeck/config.json <<EOF
{"connections": [
  {"name": "weu", "kind": "prometheus", "base": "http://$address", "credential": "none",
   "queries": [
     {"name": "targets", "query": "count(up)", "warn": 3, "crit": 1},
     {"name": "each", "query": "up{job=\"both\"}"},
     {"name": "nothing", "query": "up == 5"},
     {"name": "scalar", "query": "6 * 7"},
     {"name": "range", "query": "up{instance=\"$am\"}[1m]"},
     {"name": "not a number", "query": "vector(0) / 0"},
     {"name": "wrong", "query": "sum(up"}]},
  {"name": "am", "kind": "alertmanager", "base": "http://$am", "credential": "none"}]}
EOF
XDG_CONFIG_HOME=$dir/config XDG_STATE_HOME=$dir/state XDG_CACHE_HOME=$dir/cache
export XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME

failed=0
number=0
ask() { # BOARD EXPRESSION, over its rows
	"$builddir/azdeck" show "$1" -o json >rows.json 2>said || :
	"$builddir/azdeck" query -r "rows | $2" rows.json 2>>said || :
}
check() { # NAME WANT BOARD EXPRESSION
	number=$((number + 1))
	got=$(ask "$3" "$4")
	if [ "$got" = "$2" ]; then
		echo "ok $number - $1"
	else
		sed 's/^/# /' said rows.json
		echo "# got '$got', want '$2'"
		echo "not ok $number - $1"
		failed=1
	fi
}
# Everything has come once Alertmanager was told of all that fires.
tries=0
until [ "$(ask alertmanager 'length(@)')" = 3 ] &&
	[ "$(ask prometheus-targets "length([?state == 'unknown'])")" = 0 ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 150 ] || give_up "no alert fired in time"
	sleep .2
done

echo "1..19"
check "a target that is down" "down crit 1/2" prometheus-targets \
	"[?instance == '127.0.0.1:1'] | [0].join(' ', [state, severity, pool_down])"
check "and why" true prometheus-targets \
	"[?state == 'down'] | [0].match(error, 'connection refused')"
check "one that is up" "up ok" prometheus-targets \
	"[?instance == '$am'] | [0].join(' ', [state, severity])"
check "an alert that fires" "firing crit 127.0.0.1:1 is down" prometheus-alerts \
	"[?name == 'TargetDown'] | [0].join(' ', [state, severity, summary])"
check "one that will" "pending info" prometheus-alerts \
	"[?name == 'Later'] | [0].join(' ', [state, severity])"
check "its value" 7 prometheus-alerts "[?name == 'Quiet'] | [0].value"
check "a rule that cannot be evaluated" "broken rule" prometheus-alerts \
	"[?name == 'Broken'] | [0].state"
check "the watchdog barks" 0 prometheus-alerts "length([?name == 'Watchdog'])"
check "who is told" "active crit night" alertmanager \
	"[?name == 'TargetDown'] | [0].join(' ', [state, severity, receivers])"
check "a silence" "silenced info night shift: known" alertmanager \
	"[?name == 'Quiet'] | [0].join(' ', [state, severity, because])"
check "an inhibition" "inhibited by TargetDown" alertmanager \
	"[?name == 'Follower'] | [0].because"
check "fewer than wanted" "2 warning" prometheus-query \
	"[?name == 'targets'] | [0].join(' ', [to_string(value), state])"
check "a row a series" 2 prometheus-query "length([?name == 'each'])"
check "no series at all" "no data" prometheus-query "[?name == 'nothing'] | [0].state"
check "a scalar" 42 prometheus-query "[?name == 'scalar'] | [0].value"
check "the last of a range" 1 prometheus-query "[?name == 'range'] | [0].value"
check "no number" "no number NaN" prometheus-query \
	"[?name == 'not a number'] | [0].join(' ', [state, raw])"
check "a query that is wrong" refused prometheus-query "[?name == 'wrong'] | [0].state"
kill "$prometheus_pid"
wait "$prometheus_pid" 2>/dev/null || :
pids=$am_pid
"$builddir/azdeck" show prometheus-targets >rows.json 2>said && code=0 || code=$?
number=$((number + 1))
if [ "$code" = 5 ] && grep -q "nothing listens there" said; then
	echo "ok $number - nobody there"
else
	sed 's/^/# /' said
	echo "not ok $number - nobody there: $code"
	failed=1
fi
exit "$failed"
