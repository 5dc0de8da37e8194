#!/bin/sh
# The certs board against a real nginx that serves certificates of several ages, one
# for each name it is asked for. Skips (77) where nginx or openssl is not installed.
set -eu

. "${AZ_SRCDIR:-.}/tests/peers/path.sh"

builddir=${AZ_BUILDDIR:-.}
case $builddir in /*) ;; *) builddir=$PWD/$builddir ;; esac

skip() {
	echo "1..0 # SKIP $1"
	exit 77
}
command -v nginx >/dev/null || skip "nginx is not installed"
command -v openssl >/dev/null || skip "openssl is not installed"
date -u -d @0 >/dev/null 2>&1 || skip "date knows no -d"

dir=$(mktemp -d)
pid=
finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || true
	rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
mkdir -p made temp config/azdeck

key() { # a private key, small ones are quicker to make
	openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null
}
moment() {
	date -u -d "$1" +%Y%m%d%H%M%SZ
}
touch index
echo 1000 >serial
cat >ca.conf <<EOF
[ca]
default_ca = it
[it]
database = $dir/index
serial = $dir/serial
new_certs_dir = $dir/made
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
organizationName = optional
[authority]
basicConstraints = critical,CA:true
[leaf]
basicConstraints = CA:false
EOF

# sign NAME SUBJECT FROM UNTIL EXTENSIONS BY [ALT-NAME]
sign() {
	key "$1"
	openssl req -new -key "$1.key" -subj "$2" ${7:+-addext subjectAltName=$7} \
		-out "$1.csr" 2>/dev/null
	openssl ca -batch -notext -config ca.conf -extensions "$5" -in "$1.csr" \
		-cert "$6.pem" -keyfile "$6.key" -startdate "$(moment "$3")" \
		-enddate "$(moment "$4")" -out "$1.pem" 2>>ca.log || {
		cat ca.log
		exit 1
	}
}
key root
openssl req -x509 -new -key root.key -days 3650 -subj "/O=Contoso/CN=Contoso Root" \
	-out root.pem 2>/dev/null
sign between "/O=Let's Encrypt/CN=R11" "-100 days" "+500 days" authority root
sign fading "/O=Contoso/CN=Fading" "-100 days" "+10 days" authority root

# name, from, until, who signs, the state it must be shown in
cat >cases <<'EOF'
good -90days +300days root valid
short -1days +5days root valid
short-late -132hours +12hours root expires
short-overdue -4days +36hours root renewal_overdue
le -30days +60days between valid
le-overdue -70days +20days between renewal_overdue
soon -350days +15days root expires_soon
week -362days +3days root expires
expired -90days -1days root expired
future +2days +90days root not_yet_valid
faded -10days +300days fading expires_soon
EOF
while read -r name from until by _; do
	sign "$name" "/O=Contoso/CN=$name.test" "$from" "$until" leaf "$by" "DNS:$name.test"
	[ "$by" = root ] || cat "$by.pem" >>"$name.pem"
done <cases
sign other "/O=Contoso/CN=other.test" "-1 days" "+300 days" leaf root DNS:other.test
cp other.key wrong.key
cp other.pem wrong.pem
key self
openssl req -x509 -new -key self.key -days 300 -subj /CN=self.test \
	-addext subjectAltName=DNS:self.test -out self.pem 2>/dev/null
cat >>cases <<'EOF'
wrong - - - wrong_name
self - - - untrusted
EOF

start() { # on a port of our choice; false when it is taken
	port=$(($(od -An -N2 -tu2 /dev/urandom) % 20000 + 20000))
	{
		echo "daemon off; master_process off; pid $dir/pid; error_log $dir/error.log;"
		echo "events {} http { access_log off;"
		for what in client_body proxy fastcgi uwsgi scgi; do
			echo "${what}_temp_path $dir/temp/$what;"
		done
		while read -r name _; do
			echo "server { listen 127.0.0.1:$port ssl http2;" \
				"server_name $name.test; ssl_certificate $dir/$name.pem;" \
				"ssl_certificate_key $dir/$name.key; return 204; }"
		done <cases
		echo "}"
	} >nginx.conf
	nginx -c "$dir/nginx.conf" -e "$dir/error.log" >/dev/null 2>&1 &
	pid=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		openssl s_client -connect "127.0.0.1:$port" </dev/null >/dev/null 2>&1 &&
			return 0
		kill -0 "$pid" 2>/dev/null || return 1
	done
	return 1
}
start || start || start || skip "nginx does not start: $(tail -n 1 error.log)"

{
	echo '{"connections": [{"name": "edge", "kind": "tls", "credential": "none",'
	echo "\"ca\": \"$dir/root.pem\", \"endpoints\": [\"127.0.0.1:1\""
	while read -r name _; do
		echo ", {\"host\": \"127.0.0.1\", \"port\": $port, \"name\": \"$name.test\"}"
	done <cases
	echo ']}]}'
} >config/azdeck/config.json

XDG_CONFIG_HOME=$dir/config XDG_STATE_HOME=$dir/state XDG_CACHE_HOME=$dir/cache
export XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME
failed=0
number=0
check() { # what, wanted, expression
	number=$((number + 1))
	got=$("$builddir/azdeck" query -r "$3" rows.json)
	if [ "$got" = "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1: $got instead of $2"
		failed=1
	fi
}
echo "1..$(($(wc -l <cases) + 6))"
"$builddir/azdeck" show certs -o json >rows.json 2>said || true
[ -s rows.json ] || { cat said; echo '{}' >rows.json; }
while read -r name _ _ _ state; do
	check "$name" "$(echo "$state" | tr _ ' ')" \
		"(rows || @)[?starts_with(endpoint, '$name.test')] | [0].state"
done <cases
check "an endpoint that is not there" unreachable \
	"(rows || @)[?endpoint == '127.0.0.1:1'] | [0].state"
check "who issued it" yes "(rows || @)[?starts_with(endpoint, 'le.test')] | [0].letsencrypt"
check "who did not" no "(rows || @)[?starts_with(endpoint, 'good.test')] | [0].letsencrypt"
check "days left" 299 \
	"floor((rows || @)[?starts_with(endpoint, 'good.test')] | [0].left)"
check "whose name it is" "it is for other.test" \
	"(rows || @)[?starts_with(endpoint, 'wrong.test')] | [0].reason"
check "a chain that ends first" "Fading ends before it" \
	"(rows || @)[?starts_with(endpoint, 'faded.test')] | [0].reason"
[ "$failed" = 0 ] || { cat said rows.json | sed 's/^/# /'; exit 1; }
