#!/usr/bin/env bash
# Prints the folder of the Gitea that `npm run test:interop` holds Stowage against: kept from an earlier run, else built now from the Go module proxy.
set -euo pipefail
version=v1.25.5
# Where Go's own installer puts it, which not every shell knows.
PATH=$PATH:/usr/local/go/bin
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stowage-interop
kept=$cache/gitea-$version

if [ ! -x "$kept/gitea" ]; then
  for tool in go gcc; do
    if ! command -v "$tool" >/dev/null; then
      echo "there is no Gitea $version in $cache and no $tool to build it with; install Go (https://go.dev/dl, 1.25.8 or newer) and gcc" >&2
      exit 1
    fi
  done
  mkdir -p "$cache"
  draft=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$draft"' EXIT
  echo "building Gitea $version, which takes some ten minutes" >&2
  mkdir "$draft/module" "$draft/gitea"
  cd "$draft/module"
  go mod init stowage.dev/interop/gitea 2>/dev/null
  source=$(go mod download -json "code.gitea.io/gitea@$version" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
  # A module's own replacements hold only where it is built itself, and it does not build without them.
  {
    echo "module stowage.dev/interop/gitea"
    grep -E '^go [0-9]' "$source/go.mod"
    echo "require code.gitea.io/gitea $version"
    sed -n -E '/^(replace|exclude) \(/,/^\)/p; /^(replace|exclude) [^(]/p' "$source/go.mod"
  } >go.mod
  cat "$source/go.sum" >go.sum
  CGO_ENABLED=1 nice go build -mod=mod -trimpath -tags "sqlite sqlite_unlock_notify" -ldflags "-s -w -X main.Version=${version#v}" -o "$draft/gitea/gitea" code.gitea.io/gitea >&2
  # What it serves is not inside of the program; that which its front end is built from is not needed.
  cp -r "$source/templates" "$source/options" "$source/public" "$draft/gitea"
  chmod -R u+w,a+rX "$draft/gitea"
  # Two runs may build at once; each moves a whole folder into place, and the first one stays.
  mv -T "$draft/gitea" "$kept" 2>/dev/null || [ -x "$kept/gitea" ]
fi
echo "$kept"
