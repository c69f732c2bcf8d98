#!/usr/bin/env bash
# Runs a command with WAREHOUSE_URL set to a PostgreSQL server made for it: `test/warehouse/with-postgres.sh npm test`.
# Installs Debian's packages when there are none and we may; the server listens on loopback only and goes with us.
set -euo pipefail

pg_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

if [ -z "$(pg_bin)" ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'with-postgres: there is no PostgreSQL in /usr/lib/postgresql, and only root on Debian can install it' >&2
    exit 1
  fi
  # no cluster of Debian's own: it would take the usual port
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  apt-get -qq update && apt-get -qq install -y --no-install-recommends postgresql >/dev/null
fi
bin=$(pg_bin)

folder=$(mktemp -d "${TMPDIR:-/tmp}/postgres-XXXXXX")
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
# the server refuses to run as root
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
stop() {
  as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop || true
  rm -rf "$folder"
}
trap stop EXIT

echo flows-on-loopback >"$folder/password"
if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; fi
as_owner "$bin/initdb" -D "$folder/data" -U flows --pwfile="$folder/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder' -c fsync=off" start

WAREHOUSE_URL="postgres://flows:flows-on-loopback@127.0.0.1:$port/postgres" "$@"
