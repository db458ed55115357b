#!/usr/bin/env bash
# Builds the tools of the comparison, at pinned versions, from the Go module proxy into a cache outside
# this tree. Needs Go; `npm run bench` finds them there, unless PATH has its own.
set -euo pipefail

export GOBIN="${XDG_CACHE_HOME:-$HOME/.cache}/stowage-bench"
export CGO_ENABLED=0
mkdir -p "$GOBIN"
go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1
go install github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0
echo "installed in $GOBIN: $(ls "$GOBIN" | tr '\n' ' ')"
