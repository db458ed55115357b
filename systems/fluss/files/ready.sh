#!/usr/bin/env bash
# Ready when the cluster is healthy. Images before 1.0 cannot tell; there an open port has to do.
set -euo pipefail

export FLUSS_SERVER_ID=${POD_NAME##*-} READINESS_TCP_HOST=$POD_IP READINESS_TCP_PORT=$CLIENT_PORT
login=/etc/fluss/conf/readiness
if [ -r "$login" ]; then
  READINESS_HEALTH_CHECK_AUTH=$(cat "$login")
  export READINESS_HEALTH_CHECK_AUTH
fi
check=$FLUSS_HOME/bin/readiness-check.sh
if [ -x "$check" ]; then exec "$check"; fi
exec 3<> "/dev/tcp/$POD_IP/$CLIENT_PORT"
