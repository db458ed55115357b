#!/usr/bin/env bash
# Starts a Fluss server, coordinator-server or tablet-server, after appending what only the pod knows. Of a key
# that occurs twice the last one wins, so these cannot be set by mistake in the ConfigMap.
set -euo pipefail

server=$1
config=$FLUSS_HOME/conf/server.yaml
host=$ADVERTISED_HOST
[ "$server" = tablet-server ] && host=$POD_NAME.$ADVERTISED_HOST

given=/opt/conf/server.yaml
[ -d /opt/custom ] && given=/opt/custom/server.yaml
if grep -nE '^[[:space:]]*((bind|advertised)\.listeners|tablet-server\.id|data\.dir)[[:space:]]*:' "$given" >&2; then
  echo "WARNING: these lines of $given have no effect, since only the pod knows what they say" >&2
fi
if grep -nE '^[^#]*[^#[:space:]]#' "$given" | cut -d: -f1,2 >&2; then
  echo "WARNING: of these lines of $given Fluss takes all from the # on for a comment" >&2
fi

cat "$given" > "$config"
{
  echo # the last line may have no end
  echo "data.dir: /tmp/fluss/data"
  echo "bind.listeners: INTERNAL://$POD_IP:$INTERNAL_PORT, CLIENT://$POD_IP:$CLIENT_PORT"
  echo "advertised.listeners: CLIENT://$host:$CLIENT_PORT"
} >> "$config"

if [ "$server" = tablet-server ]; then
  export FLUSS_SERVER_ID=${POD_NAME##*-}
  echo "tablet-server.id: $FLUSS_SERVER_ID" >> "$config"
fi

# Who logs in where: a file in memory, made of what secrets gave as variables, which the server then does not have.
zookeeper=${FLUSS_JAAS_ZOOKEEPER_USERNAME:-} internal=${FLUSS_JAAS_INTERNAL_USERNAME:-} client=${FLUSS_JAAS_CLIENT_USERNAME:-}
logins=/dev/shm/jaas.conf
plain=org.apache.fluss.security.auth.sasl.plain.PlainLoginModule
section() { # its name, its module, and its options in pairs
  printf '%s {\n  %s required' "$1" "$2"
  shift 2
  while [ $# -gt 0 ]; do
    printf '\n  %s="%s"' "$1" "$(printf '%s' "$2" | sed 's/[\\"]/\\&/g')"
    shift 2
  done
  printf ';\n};\n'
}
protocol() { if [ -n "$1" ]; then echo SASL; else echo PLAINTEXT; fi; }

if [ -n "$zookeeper$internal$client" ]; then
  (
    umask 077
    {
      # The name that the client of ZooKeeper looks for where it is told none.
      if [ -n "$zookeeper" ]; then
        section Client "$FLUSS_JAAS_ZOOKEEPER_MODULE" username "$zookeeper" password "$FLUSS_JAAS_ZOOKEEPER_PASSWORD"
      fi
      if [ -n "$internal" ]; then
        section internal.FlussServer "$plain" "user_$internal" "$FLUSS_JAAS_INTERNAL_PASSWORD"
        section FlussClient "$plain" username "$internal" password "$FLUSS_JAAS_INTERNAL_PASSWORD"
      fi
      if [ -n "$client" ]; then section client.FlussServer "$plain" "user_$client" "$FLUSS_JAAS_CLIENT_PASSWORD"; fi
    } > "$logins"
  )
  export JVM_ARGS="${JVM_ARGS:-} -Djava.security.auth.login.config=$logins" # beside env.java.opts.all, which it leaves alone
fi
if [ -n "$internal$client" ]; then
  {
    echo "security.protocol.map: INTERNAL:$(protocol "$internal"), CLIENT:$(protocol "$client")"
    echo "security.sasl.enabled.mechanisms: PLAIN"
  } >> "$config"
fi
if [ -n "$internal" ]; then
  {
    echo "client.security.protocol: SASL"
    echo "client.security.sasl.mechanism: PLAIN"
  } >> "$config"
fi
unset FLUSS_JAAS_ZOOKEEPER_PASSWORD FLUSS_JAAS_INTERNAL_PASSWORD FLUSS_JAAS_CLIENT_PASSWORD READINESS_HEALTH_CHECK_AUTH

exec "$FLUSS_HOME/bin/$server.sh" start-foreground
