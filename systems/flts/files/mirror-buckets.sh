#!/bin/sh
# Copies what is new or changed. What was deleted from a bucket stays in the copy.
set -eu
mc alias set store "$ENDPOINT" "$ACCESS_KEY" "$SECRET_KEY"
for bucket in $BUCKETS; do
  mc mirror --overwrite "store/$bucket" "/backup/$bucket"
done
