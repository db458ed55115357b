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

# In the profile sasl: who logs in where, logins.sh has written before; which listener asks for it is told here, also
# to the configuration of somebody else.
if [ -n "${INTERNAL_PROTOCOL:-}${CLIENT_PROTOCOL:-}" ]; then
  logins=/etc/fluss/conf
  export JVM_ARGS="${JVM_ARGS:-} -Djava.security.auth.login.config=$logins/jaas.conf" # beside env.java.opts.all, which it leaves alone
  {
    if [ "$INTERNAL_PROTOCOL" = SASL ] || [ "$CLIENT_PROTOCOL" = SASL ]; then
      echo "security.protocol.map: INTERNAL:$INTERNAL_PROTOCOL, CLIENT:$CLIENT_PROTOCOL"
      echo "security.sasl.enabled.mechanisms: PLAIN"
    fi
    if [ "$INTERNAL_PROTOCOL" = SASL ]; then
      echo "client.security.protocol: SASL"
      echo "client.security.sasl.mechanism: PLAIN"
    fi
    if [ -e "$logins/zookeeper-client.properties" ]; then
      echo "zookeeper.client.config-path: $logins/zookeeper-client.properties"
    fi
  } >> "$config"
fi

exec "$FLUSS_HOME/bin/$server.sh" start-foreground
