#!/usr/bin/env bash
# Prints the Gitea that `npm run test:interop` holds Stowage against, and the folder of its templates: kept from an earlier run, else built now from the Go module proxy.
set -euo pipefail
version=v1.25.5
# Where Go's own installer puts it, which not every shell knows.
PATH=$PATH:/usr/local/go/bin
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stowage-interop
kept=$cache/gitea-$version

# The templates that it serves are read from the module's folder, so Go is needed even when the program is there.
for tool in go gcc; do
  if ! command -v "$tool" >/dev/null; then
    echo "there is no $tool to build Gitea $version with; install it: https://go.dev/dl (1.25.8 or newer), and gcc from your distribution" >&2
    exit 1
  fi
done
draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
cd "$draft"
go mod init stowage.dev/interop/gitea 2>/dev/null
source=$(go mod download -json "code.gitea.io/gitea@$version" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')

if [ ! -x "$kept" ]; then
  mkdir -p "$cache"
  echo "building Gitea $version, which takes some seven minutes" >&2
  # A module's own replacements hold only where it is built itself, and it does not build without them.
  {
    echo "module stowage.dev/interop/gitea"
    grep -E '^go [0-9]' "$source/go.mod"
    echo "require code.gitea.io/gitea $version"
    sed -n -E '/^(replace|exclude) \(/,/^\)/p; /^(replace|exclude) [^(]/p' "$source/go.mod"
  } >go.mod
  cp "$source/go.sum" go.sum
  chmod u+w go.sum
  CGO_ENABLED=1 nice go build -mod=mod -trimpath -tags "sqlite sqlite_unlock_notify" -ldflags "-s -w -X main.Version=${version#v}" -o gitea code.gitea.io/gitea >&2
  # Two runs may build at once; each moves a whole file into place.
  cp gitea "$kept.$$"
  mv "$kept.$$" "$kept"
fi
printf '%s\n%s\n' "$kept" "$source"
