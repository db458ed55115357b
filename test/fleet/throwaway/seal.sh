#!/usr/bin/env bash
# Seals what is missing in the reference fleet: values that can be made, and the throwaway ones of values/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
STOWAGE_MAC_KEY=$(<"$here/mac.key")
export STOWAGE_MAC_KEY
for values in "$here"/values/*.env; do
  place=$(basename "$values" .env)
  node bin/stowage.cjs seal --quiet -e "${place%%.*}" -s "${place#*.}" --from-env-file "$values"
done
node bin/stowage.cjs seal --generate
