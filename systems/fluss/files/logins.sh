#!/usr/bin/env bash
# Writes who logs in where, in the profile sasl: into memory, of variables that the server itself does not have.
set -euo pipefail
umask 077

folder=/etc/fluss/conf
plain=org.apache.fluss.security.auth.sasl.plain.PlainLoginModule

refuse() {
  echo "ERROR: $1" >&2 # by its variable, never what it holds
  exit 1
}

for name in "${!FLUSS_JAAS_@}"; do
  case $name in
    *_USERNAME*) other=${name/_USERNAME/_PASSWORD} ;;
    *_PASSWORD*) other=${name/_PASSWORD/_USERNAME} ;;
    *) other=$name ;;
  esac
  [ -n "${!other:-}" ] || refuse "$name is no use alone: $other is missing or empty"
  case ${!name} in
    *[$'\n\r']*) refuse "$name has an end of line in it; what was sealed may have one too many" ;;
    [[:space:]]* | *[[:space:]]) refuse "$name begins or ends with a blank" ;;
    *'${'*'}'*) refuse "$name holds \${…}, which Java takes for a property of its own" ;;
  esac
done

quote() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }

section() { # its name, its module, and its options in pairs
  printf '%s {\n  %s required' "$1" "$2"
  shift 2
  while [ $# -gt 0 ]; do
    printf '\n  %s=%s' "$(quote "$1")" "$(quote "$2")"
    shift 2
  done
  printf ';\n};\n'
}

clients=()
for name in "${!FLUSS_JAAS_CLIENT_USERNAME_@}"; do
  password=${name/_USERNAME/_PASSWORD}
  clients+=("user_${!name}" "${!password}")
done

{
  if [ -n "${FLUSS_JAAS_ZOOKEEPER_USERNAME:-}" ]; then
    # The name that a client of ZooKeeper looks for where nobody tells it another.
    section Client "$FLUSS_JAAS_ZOOKEEPER_MODULE" username "$FLUSS_JAAS_ZOOKEEPER_USERNAME" password "$FLUSS_JAAS_ZOOKEEPER_PASSWORD"
    echo "zookeeper.sasl.clientconfig=Client" > "$folder/zookeeper-client.properties"
  fi
  if [ -n "${FLUSS_JAAS_INTERNAL_USERNAME:-}" ]; then
    section internal.FlussServer "$plain" "user_$FLUSS_JAAS_INTERNAL_USERNAME" "$FLUSS_JAAS_INTERNAL_PASSWORD"
    section FlussClient "$plain" username "$FLUSS_JAAS_INTERNAL_USERNAME" password "$FLUSS_JAAS_INTERNAL_PASSWORD"
  fi
  if [ ${#clients[@]} -gt 0 ]; then section client.FlussServer "$plain" "${clients[@]}"; fi
} > "$folder/jaas.conf"

# The readiness check of a tablet server asks as a client does: as the first of them.
if [ ${#clients[@]} -gt 0 ]; then
  if [[ ${clients[0]}${clients[1]} = *';'* ]]; then refuse "the first client has a ; in its name or password, at which the readiness check would end it"; fi
  printf 'client.security.protocol:SASL;client.security.sasl.mechanism:PLAIN;' > "$folder/readiness"
  printf 'client.security.sasl.username:%s;client.security.sasl.password:%s' "${clients[0]#user_}" "${clients[1]}" >> "$folder/readiness"
fi
