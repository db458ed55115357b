#!/usr/bin/env bash
# Starts a Fluss server, coordinator-server or tablet-server, after appending what only the pod knows. Of a key
# that occurs twice the last one wins, so these cannot be set by mistake in the ConfigMap.
set -euo pipefail

server=$1
config=$FLUSS_HOME/conf/server.yaml
host=$ADVERTISED_HOST
[ "$server" = tablet-server ] && host=$POD_NAME.$ADVERTISED_HOST

cat /opt/conf/server.yaml > "$config"
{
  echo "data.dir: /tmp/fluss/data"
  echo "bind.listeners: INTERNAL://$POD_IP:$INTERNAL_PORT, CLIENT://$POD_IP:$CLIENT_PORT"
  echo "advertised.listeners: CLIENT://$host:$CLIENT_PORT"
} >> "$config"

if [ "$server" = tablet-server ]; then
  export FLUSS_SERVER_ID=${POD_NAME##*-}
  echo "tablet-server.id: $FLUSS_SERVER_ID" >> "$config"
fi

exec "$FLUSS_HOME/bin/$server.sh" start-foreground
