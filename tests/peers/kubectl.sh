#!/bin/sh
# kubectl against the simulator's clusters, and the deck with the same kubeconfigs: the
# simulator says what a real client wants to know, types included, and both see the same
# cluster as the same user, whatever way the file says. nginx stands before the
# simulator, because kubectl proves itself over TLS alone. Skips (77) where kubectl,
# nginx, openssl, jq or curl is not installed.
set -eu

. "${AZ_SRCDIR:-.}/tests/peers/path.sh"

. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
case $deck in /*) ;; *) deck=$PWD/$deck ;; esac
need kubectl nginx openssl jq curl
cd "$dir"
trap 'for p in $pids; do kill "$p" 2>/dev/null || :; wait "$p" 2>/dev/null || :; done; rm -rf "$dir"' EXIT
serve sim
TOKEN=$(token_of reader)
HOME=$dir
export HOME XDG_CONFIG_HOME="$dir/config" XDG_STATE_HOME="$dir/state" XDG_CACHE_HOME="$dir/cache"
unset KUBECONFIG

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
	-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem 2>openssl.log
mkdir temp
# Two of them: one lets the token through, one wants a client's certificate in its place.
front() { # on ports of our choice; false when one is taken
	plain=$(($(od -An -N2 -tu2 /dev/urandom) % 20000 + 20000))
	mutual=$((plain + 1))
	cat >nginx.conf <<CONF
daemon off;
pid $dir/nginx.pid;
events {}
http {
	access_log off;
	client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
	uwsgi_temp_path temp; scgi_temp_path temp;
	ssl_certificate $dir/cert.pem;
	ssl_certificate_key $dir/key.pem;
	server { listen 127.0.0.1:$plain ssl; location / { proxy_pass $url; } }
	server {
		listen 127.0.0.1:$mutual ssl;
		ssl_client_certificate $dir/cert.pem;
		ssl_verify_client on;
		location / { proxy_pass $url; proxy_set_header Authorization "Bearer $TOKEN"; }
	}
}
CONF
	nginx -p "$dir" -e "$dir/nginx.log" -c nginx.conf >nginx.out 2>&1 &
	nginx=$!
	tries=0
	until curl -s -o /dev/null --cacert cert.pem "https://127.0.0.1:$plain/metadata/endpoints"; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] && kill -0 "$nginx" 2>/dev/null || return 1
		sleep .05
	done
	pids="$pids $nginx"
}
front || front || front || {
	sed 's/^/# /' nginx.log nginx.out
	echo "1..0 # SKIP nginx does not start"
	exit 77
}

# Older ones speak the plugins' first version only, and have no word for events.
minor=$(kubectl version --client -o json | jq -r .clientVersion.minor | tr -dc 0-9)
api=client.authentication.k8s.io/v1
[ "$minor" -ge 22 ] || api=${api}beta1

mkdir -p config/azdeck kube/bin
printf '%s' "$TOKEN" >kube/token
cp cert.pem kube/ca.pem
cat >kube/bin/plugin <<'PLUGIN'
#!/bin/sh
# An exec plugin: its arguments, its variables, and what it is told of the cluster.
[ "$1 $2" = "get --for=night" ] && [ "$SHIFT" = night ] || exit 3
case $KUBERNETES_EXEC_INFO in *'"kind":"ExecCredential"'*) ;; *) exit 4 ;; esac
cat <<JSON
{"apiVersion": "$PLUGIN_API", "kind": "ExecCredential",
 "status": {"token": "$(cat "$TOKEN_AT")"}}
JSON
PLUGIN
chmod +x kube/bin/plugin
cat >kube/config <<YAML
apiVersion: v1
kind: Config
clusters:
- name: atlas
  cluster: {server: "https://127.0.0.1:$plain/_k8s/aks-atlas-prod", certificate-authority: ca.pem}
- name: qodex
  cluster:
    server: https://127.0.0.1:$plain/_k8s/aks-qodex-prod
    certificate-authority-data: $(openssl base64 -A <cert.pem)
- name: mutual
  cluster: {server: "https://127.0.0.1:$mutual/_k8s/aks-qodex-prod", certificate-authority: ca.pem}
- name: unknown
  cluster: {server: "https://127.0.0.1:$plain/_k8s/aks-atlas-prod"}
users:
- {name: token, user: {token: "$TOKEN"}}
- {name: wrong, user: {token: "$TOKEN-not"}}
- {name: file, user: {tokenFile: token}}
- name: plugin
  user:
    exec:
      apiVersion: $api
      command: bin/plugin
      args: [get, --for=night]
      env: [{name: SHIFT, value: night}, {name: PLUGIN_API, value: $api}, {name: TOKEN_AT, value: "$dir/kube/token"}]
      interactiveMode: Never
      provideClusterInfo: true
- name: certificate
  user: {client-certificate: ca.pem, client-key: ../key.pem}
- name: certificate-data
  user:
    client-certificate-data: $(openssl base64 -A <cert.pem)
    client-key-data: $(openssl base64 -A <key.pem)
contexts:
- {name: by-token, context: {cluster: atlas, user: token, namespace: orders}}
- {name: by-file, context: {cluster: qodex, user: file}}
- {name: by-plugin, context: {cluster: atlas, user: plugin}}
- {name: by-certificate, context: {cluster: mutual, user: certificate}}
- {name: by-certificate-data, context: {cluster: mutual, user: certificate-data}}
- {name: wrong-token, context: {cluster: atlas, user: wrong}}
- {name: no-authority, context: {cluster: unknown, user: token}}
- {name: no-certificate, context: {cluster: mutual, user: token}}
current-context: by-file
YAML

configure() { # SETTINGS of the connection
	echo "{\"connections\": [{\"name\": \"it\", \"kind\": \"k8s\", \"credential\": \"kubeconfig\"$1}]}" \
		>config/azdeck/config.json
}
rows() { # BOARD EXPRESSION of jq over the rows, sorted
	"$deck" show "$1" -o json 2>said | jq -c "[.rows[]? | $2] | sort" || :
}
real() { # CONTEXT WHAT EXPRESSION of jq over the items, sorted
	kubectl --kubeconfig kube/config --context "$1" get "$2" -A --chunk-size=7 -o json 2>kubectl.log |
		jq -c "[.items[]? | $3] | sort" || :
}
same() { # NAME BOARD EXPRESSION WHAT EXPRESSION
	check "$1" "$(rows "$2" "$3")" "$(real by-token "$4" "$5")"
}

# As kubectl asks: what there is, and each kind by its short name.
kinds() {
	kubectl --kubeconfig kube/config --context "$1" api-resources --no-headers | wc -l | tr -d ' '
}
check "every kind, as far as it is installed" "$(kinds by-token) $(kinds by-file)" "13 13"
check "its version" "$(kubectl --kubeconfig kube/config version -o json | jq -r .serverVersion.gitVersion)" \
	"$(real by-file nodes .status.nodeInfo.kubeletVersion | jq -r 'unique[0]')"
for short in no po ev pvc deploy sts hpa ing secrets app so sj atlas:cert atlas:ks atlas:hr; do
	context=by-file
	[ "${short#atlas:}" = "$short" ] || context=by-token
	short=${short#atlas:}
	kubectl --kubeconfig kube/config --context $context get "$short" -A -o json \
		>"list.$short" 2>kubectl.log || echo '{}' >"list.$short"
	check "a list of $short" "$(jq -r .kind "list.$short")" List
done
# These become Kubernetes' own types on the way: a wrong one is an error.
for short in po deploy sts; do
	kubectl set image --local -f "list.$short" '*=none:1' -o name >named 2>kubectl.log || :
	check "types of $short" "$(wc -l <named)$(cat kubectl.log)" "$(jq '.items | length' "list.$short")"
done
[ "$minor" -lt 26 ] || check "types of events" "$(kubectl --kubeconfig kube/config events -A --no-headers 2>kubectl.log | wc -l)" \
	"$(jq '.items | length' list.ev)"
check "what nodes use" "$(kubectl --kubeconfig kube/config top nodes --no-headers | wc -l)" \
	"$(jq '[.items[] | select(any(.status.conditions[]; .type == "Ready" and .status == "True"))] | length' list.no)"
space=$(jq -r '.items[0].metadata.namespace' list.deploy)
check "a namespace" "$(kubectl --kubeconfig kube/config get deploy -n "$space" -o json | jq -c '[.items[].metadata.name]')" \
	"$(jq -c --arg space "$space" '[.items[].metadata | select(.namespace == $space).name]' list.deploy)"
check "a kind that is not there" "$(kubectl --kubeconfig kube/config get gateways 2>&1 | cut -c1-52)" \
	"error: the server doesn't have a resource type \"gate"

# The same cluster by the deck.
configure ", \"kubeconfig\": \"$dir/kube/config\", \"context\": \"by-token\""
same nodes k8s-nodes .node nodes .metadata.name
same "their versions" k8s-nodes .version nodes .status.nodeInfo.kubeletVersion
same pods k8s-pods '[.namespace, .pod, .restarts]' pods \
	'[.metadata.namespace, .metadata.name, ([.status.containerStatuses[]?.restartCount] | add // 0)]'
same "where they run" k8s-pods '[.pod, .node]' pods '[.metadata.name, .spec.nodeName]'
same deployments k8s-deployments '[.namespace, .name, .wanted, .ready]' deployments \
	'[.metadata.namespace, .metadata.name, .spec.replicas, (.status.readyReplicas // 0)]'
same "sets with state" k8s-statefulsets '[.name, .wanted, .ready]' statefulsets \
	'[.metadata.name, .spec.replicas, (.status.readyReplicas // 0)]'

# Every way a file may say it.
for context in by-token by-file by-plugin by-certificate by-certificate-data; do
	configure ", \"kubeconfig\": \"$dir/kube/config\", \"context\": \"$context\""
	names=$(real "$context" nodes .metadata.name)
	check "nodes $context" "$(rows k8s-nodes .node)" "$names"
	check "and there are some $context" "$(echo "$names" | jq 'length > 0')" true
done
configure ", \"kubeconfig\": \"$dir/kube/config\""
check "the current context" "$(rows k8s-nodes .node)" \
	"$(real "$(kubectl --kubeconfig kube/config config current-context)" nodes .metadata.name)"
for context in wrong-token no-authority no-certificate; do
	configure ", \"kubeconfig\": \"$dir/kube/config\", \"context\": \"$context\""
	check "neither $context" \
		"$(echo "$(real "$context" nodes .metadata.name)$(rows k8s-nodes .node)" | grep -c aks- || :)" 0
done

# Several files are one: what the first says counts, names start from their own file.
cat >first <<YAML
apiVersion: v1
kind: Config
contexts: [{name: merged, context: {cluster: atlas, user: file}}]
users: [{name: token, user: {token: not-this-one}}]
current-context: merged
YAML
export KUBECONFIG="$dir/first:$dir/absent:$dir/kube/config"
configure ''
check "several files" "$(rows k8s-nodes .node)" \
	"$(kubectl get nodes -o json 2>kubectl.log | jq -c '[.items[].metadata.name] | sort')"
check "as kubectl reads them" "$(kubectl config view --minify -o json |
	jq -c '[.contexts[0].context.cluster, .contexts[0].context.user, .users[0].user.tokenFile]')" \
	'["atlas","file","token"]'
configure ', "context": "by-token"'
check "the first one's user" \
	"$(echo "$(rows k8s-nodes .node)$(kubectl --context by-token get nodes -o name 2>&1)" | grep -c aks- || :)" 0
check "no token in what is said" "$(cat said nginx.log | grep -c "$TOKEN" || :)" 0
checked
