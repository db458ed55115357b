#!/bin/sh
# Makes each bucket that is missing, private as MinIO makes them; safe to repeat.
set -eu
mc alias set store "$ENDPOINT" "$ACCESS_KEY" "$SECRET_KEY"
for bucket in $BUCKETS; do
  mc mb --ignore-existing "store/$bucket"
done
