#!/bin/sh
# The program over TLS and HTTP/2, as it meets Azure: nginx with a certificate made
# here stands before the simulator. A whole board comes over one connection; who is
# not vouched for is refused. Skips (77) without nginx, curl or openssl.
set -eu

PATH=$PATH:/usr/sbin
. "${AZ_SRCDIR:-.}/tests/sim/serve.sh"
need nginx curl openssl
nginx -V 2>&1 | grep -q http_v2 || { echo "1..0 # SKIP nginx has no HTTP/2"; exit 77; }

unset CURL_CA_BUNDLE SSL_CERT_DIR

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
	-subj '/CN=azdeck test' -addext 'subjectAltName=IP:127.0.0.1' \
	-keyout "$dir/key.pem" -out "$dir/ca.pem" 2>/dev/null
serve back
back=$url
token=$(token_of a)

# nginx cannot pick a port, so one that was free a moment ago is tried.
front() {
	serve "port$1"
	kill "$pid"
	wait "$pid" || :
	port=${url##*:}
	cat >"$dir/nginx.conf" <<END
daemon off;
master_process off;
pid $dir/nginx.pid;
error_log $dir/error.log;
events {}
http {
	log_format wire '\$server_protocol \$status \$connection \$http_user_agent';
	access_log $dir/access.log wire;
	client_body_temp_path $dir/t1;
	proxy_temp_path $dir/t2;
	fastcgi_temp_path $dir/t3;
	uwsgi_temp_path $dir/t4;
	scgi_temp_path $dir/t5;
	server {
		listen 127.0.0.1:$port ssl http2;
		ssl_certificate $dir/ca.pem;
		ssl_certificate_key $dir/key.pem;
		location / {
			proxy_pass $back;
			proxy_set_header Host \$http_host;
			proxy_set_header X-Forwarded-Proto https;
		}
	}
}
END
	nginx -c "$dir/nginx.conf" -p "$dir" -e "$dir/error.log" 2>/dev/null &
	pid=$!
	pids="$pids $pid"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		curl -s --cacert "$dir/ca.pem" -o /dev/null \
			"https://127.0.0.1:$port/metadata/endpoints" && return 0
		kill -0 "$pid" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}
front 1 || front 2 || front 3 || { echo "1..0 # SKIP nginx does not start"; exit 77; }
# What the deck asked: the lines of the questions above may come late.
asked() { # FIELDS
	grep -v ' curl/' "$dir/access.log" | cut -d ' ' -f "$1" | sort -u
}

cat >"$dir/config.json" <<END
{"connections": [{"name": "azure", "kind": "arm", "base": "https://127.0.0.1:$port",
	"credential": "env:AZ_TEST_TOKEN"}]}
END
show() { # CA-FILE
	SSL_CERT_FILE=$1 AZ_TEST_TOKEN=$token "$deck" show sql --config "$dir/config.json" -o json \
		--query 'length(@)' 2>"$dir/err"
}
check "every database comes" "$(show "$dir/ca.pem" || :)" 29
check "all of it over HTTP/2" "$(asked 1,2)" \
	"HTTP/2.0 200"
check "over one connection" "$(asked 3 | wc -l)" 1
check "we say who we are" "$(asked 4)" \
	"azdeck/$("$deck" version | sed -n '1s/azdeck //p')"
status=0
show "" >"$dir/out" || status=$?
check "without the certificate it is refused" "$status" 5
check "on one line" "$(wc -l <"$dir/err")" 1
check "naming host and reason" \
	"$(grep -c "127.0.0.1:$port: its certificate is not trusted" "$dir/err")" 1
checked
