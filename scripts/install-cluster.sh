#!/usr/bin/env bash
# Builds the servers that `npm run test:cluster` runs, from the Go module proxy, and prints where each is, as `part folder`. Each is built once and kept under its version.
#   install-cluster.sh [--missing]    with --missing it builds nothing and prints what is not there
set -euo pipefail
# Where Go's own installer puts it, which not every shell knows.
PATH=$PATH:/usr/local/go/bin
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stowage-interop/cluster

etcd=v3.6.16
kubernetes=v1.36.3
# The oldest version whose schemas Stowage carries: manifests are held against its API server as well.
oldest_kubernetes=v1.29.6
kwok=v0.7.0
# 3.2.12 does not compile as a dependency, and from 3.3 on a part of it is not published.
argocd=v3.2.11
sealed_secrets=v0.36.0
# Of these only the definitions of their kinds are taken.
cert_manager=v1.19.1
prometheus_operator=v0.85.0

export CGO_ENABLED=0 GOFLAGS="-buildvcs=false -trimpath -mod=mod"

# The parts, as `part: folder of the cache, function and what it is given`; the slowest ones first.
parts="
kubernetes: kubernetes-$kubernetes build_kubernetes $kubernetes kube-apiserver kube-controller-manager kube-scheduler
argocd: argocd-$argocd build_argocd
oldest-kubernetes: kubernetes-$oldest_kubernetes build_kubernetes $oldest_kubernetes kube-apiserver
kwok: kwok-$kwok build_kwok
etcd: etcd-$etcd build_tool go.etcd.io/etcd/server/v3 $etcd go.etcd.io/etcd/server/v3
sealed-secrets: sealed-secrets-$sealed_secrets build_sealed_secrets
cert-manager: cert-manager-$cert_manager take_definitions github.com/cert-manager/cert-manager $cert_manager deploy/crds
prometheus-operator: prometheus-operator-$prometheus_operator take_definitions github.com/prometheus-operator/prometheus-operator $prometheus_operator example/prometheus-operator-crd
"

# Where the source of a module lies, which it fetches.
source_of() {
  go mod download -json "$1@$2" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p'
}

# A module's own replacements hold only where it is built itself. Those that name a folder of its repository are not published.
module_like() {
  local name=$1 version=$2 source=$3
  echo "module stowage.dev/interop/part"
  grep -E '^go [0-9]' "$source/go.mod"
  echo "require $name $version"
  sed -n -E '/^(replace|exclude) \(/,/^\)/p; /^(replace|exclude) [^(]/p' "$source/go.mod" | sed -E '/=> \.\.?\//d'
}

# build_tool OUTPUT MODULE VERSION PACKAGE
build_tool() {
  local output=$1 name=$2 version=$3 package=$4 source
  source=$(source_of "$name" "$version")
  module_like "$name" "$version" "$source" >go.mod
  cat "$source/go.sum" >go.sum
  go build -ldflags "-s -w" -o "$output/" "$package" >&2
}

# build_kubernetes OUTPUT VERSION PROGRAM…
build_kubernetes() {
  local output=$1 version=$2 source staged packages=()
  shift 2
  source=$(source_of k8s.io/kubernetes "$version")
  staged=v0.${version#v1.}
  {
    echo "module stowage.dev/interop/part"
    grep -E '^go [0-9]' "$source/go.mod"
    echo "require k8s.io/kubernetes $version"
    # Its libraries are folders of its repository, and published on their own.
    sed -n -E "s,^[[:space:]]*(k8s.io/[a-z0-9-]+) => ./staging/.*,replace \\1 => \\1 $staged,p" "$source/go.mod"
  } >go.mod
  cat "$source/go.sum" >go.sum
  local program
  for program in "$@"; do packages+=("k8s.io/kubernetes/cmd/$program"); done
  # Up to 1.30 the clouds of old are built in, whose libraries cannot be had for 1.29 any more.
  go build -tags providerless -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$version -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$(echo "$version" | cut -d. -f2)" -o "$output/" "${packages[@]}" >&2
}

# One program that is the controller or the repo server by the name that it is given; the definitions of its kinds and its settings lie beside it.
build_argocd() {
  local output=$1 source
  source=$(source_of github.com/argoproj/argo-cd/v3 "$argocd")
  module_like github.com/argoproj/argo-cd/v3 "$argocd" "$source" >go.mod
  cat "$source/go.sum" >go.sum
  go build -ldflags "-s -w -X github.com/argoproj/argo-cd/v3/common.version=${argocd#v}" -o "$output/argocd" github.com/argoproj/argo-cd/v3/cmd >&2
  mkdir "$output/crds" "$output/config"
  cp "$source"/manifests/crds/*.yaml "$output/crds"
  cp "$source"/manifests/base/config/*.yaml "$output/config"
  chmod -R u+w "$output"
}

# How it plays nodes and pods lies beside it.
build_kwok() {
  local output=$1 source
  build_tool "$output" sigs.k8s.io/kwok "$kwok" sigs.k8s.io/kwok/cmd/kwok
  source=$(source_of sigs.k8s.io/kwok "$kwok")
  mkdir "$output/stages"
  cp "$source"/kustomize/stage/pod/fast/pod-*.yaml "$source"/kustomize/stage/node/fast/node-*.yaml "$source"/kustomize/stage/node/heartbeat/node-*.yaml "$output/stages"
  chmod -R u+w "$output"
}

# The controller only looks for a cluster from the inside of a pod; here it is told by a kubeconfig.
build_sealed_secrets() {
  local output=$1 source
  source=$(source_of github.com/bitnami-labs/sealed-secrets "$sealed_secrets")
  cp -r "$source/." .
  chmod -R u+w .
  sed -i -e 's|rest\.InClusterConfig()|clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))|' -e 's|"k8s.io/client-go/rest"|"k8s.io/client-go/tools/clientcmd"|' pkg/controller/main.go
  go build -ldflags "-s -w -X main.VERSION=$sealed_secrets" -o "$output/" ./cmd/controller >&2
  mkdir "$output/crds"
  cp "$source"/helm/sealed-secrets/crds/*.yaml "$output/crds"
  chmod -R u+w "$output"
}

# take_definitions OUTPUT MODULE VERSION FOLDER
take_definitions() {
  local output=$1 source
  source=$(source_of "$2" "$3")
  mkdir "$output/crds"
  cp "$source/$4"/*.yaml "$output/crds"
  chmod -R u+w "$output"
}

missing=()
while read -r part folder build; do
  [ -n "$folder" ] && [ ! -d "$cache/$folder" ] && missing+=("$folder $build")
done <<<"$parts"

if [ "${1-}" = --missing ]; then
  for part in "${missing[@]}"; do echo "${part%% *}"; done
  command -v redis-server >/dev/null || echo "redis-server (of your system's packages)"
  exit
fi
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v go >/dev/null; then
    echo "there is no Go to build the servers of the cluster with (${missing[*]%% *}): install it (https://go.dev/dl, 1.26 or newer)" >&2
    exit 1
  fi
  mkdir -p "$cache"
  for part in "${missing[@]}"; do
    read -r folder build arguments <<<"$part"
    draft=$(mktemp -d "$cache/build.XXXXXX")
    trap 'rm -rf "$draft"' EXIT
    mkdir "$draft/module" "$draft/output"
    started=$SECONDS
    echo "building $folder" >&2
    # shellcheck disable=SC2086 # The arguments are words.
    (cd "$draft/module" && "$build" "$draft/output" $arguments)
    # Two runs may build at once; each moves a whole folder into place, and the first one stays.
    mv -T "$draft/output" "$cache/$folder" 2>/dev/null || [ -d "$cache/$folder" ]
    rm -rf "$draft"
    echo "built $folder in $((SECONDS - started)) s" >&2
  done
fi
while read -r part folder build; do
  if [ -n "$folder" ]; then echo "${part%:} $cache/$folder"; fi
done <<<"$parts"
