#!/usr/bin/env bash
# Makes the throwaway certificates and keys of the tests anew, beside this file. Their keys are public: never use them.
set -euo pipefail
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
touch "$scratch/index"
printf '[ca]\ndefault_ca=own\n[own]\ndatabase=%s/index\nnew_certs_dir=%s\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n[req]\ndistinguished_name=any\n' "$scratch" "$scratch" >"$scratch/openssl.cnf"

# make <name> <first day> <last day> <option of genpkey>…
make() {
  local name=$1 from=$2 to=$3
  shift 3
  { echo 'A throwaway of the tests. It protects nothing.'; openssl genpkey "$@" 2>/dev/null; } >"$name.key"
  openssl req -new -config "$scratch/openssl.cnf" -key "$name.key" -subj "/CN=throwaway-$name" -out "$scratch/$name.csr"
  openssl ca -batch -notext -selfsign -config "$scratch/openssl.cnf" -keyfile "$name.key" -in "$scratch/$name.csr" \
    -startdate "${from}000000Z" -enddate "${to}000000Z" -out "$name.pem" 2>/dev/null
}
make valid 20200101 21200101 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
make other 20200101 21200101 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
make expired 20200101 20210101 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
make not-yet 21000101 21200101 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
make short 20200101 21200101 -algorithm RSA -pkeyopt rsa_keygen_bits:1024
make elliptic 20200101 21200101 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
# Only what the tests open needs its key.
rm expired.key not-yet.key short.key
