#!/usr/bin/env bash
# Prints where the kubeseal is that `npm run test:interop` holds Stowage against: on PATH in this version, else kept from an earlier run, else built now.
set -euo pipefail
version=v0.36.0
# Where Go's own installer puts it, which not every shell knows.
PATH=$PATH:/usr/local/go/bin
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stowage-interop
kept=$cache/kubeseal-$version

# The releases leave out the v.
if found=$(command -v kubeseal) && "$found" --version 2>/dev/null | grep -Eq " v?${version#v}\$"; then
  echo "$found"
  exit
fi
if [ ! -x "$kept" ]; then
  if ! command -v go >/dev/null; then
    echo "there is no kubeseal $version on PATH, none in $cache, and no Go to build it with; install either: https://go.dev/dl (1.25.7 or newer), https://github.com/bitnami-labs/sealed-secrets/releases/tag/$version" >&2
    exit 1
  fi
  mkdir -p "$cache"
  draft=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  echo "building kubeseal $version, which takes a minute" >&2
  GOBIN=$draft CGO_ENABLED=0 go install "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal@$version" >&2
  # Two runs may build at once; each moves a whole file into place.
  mv "$draft/kubeseal" "$kept"
fi
echo "$kept"
