#!/bin/bash
# Brings the database to the schema of this release. Safe to repeat.
set -euo pipefail

for attempt in $(seq 60); do
  pg_isready -q -h "$DB_HOST" -p "$DB_PORT" ${DB_USER:+-U "$DB_USER"} && break
  if [ "$attempt" = 60 ]; then
    echo "the database at $DB_HOST:$DB_PORT does not answer" >&2
    exit 1
  fi
  sleep 2
done

# The image's workspace belongs to root, and its schema is written for CockroachDB.
cp -R /workspace/. /work
cd /work
find prisma/schema -name '*.prisma' -exec sed -i '/^datasource /,/^}/s/"cockroachdb"/"postgresql"/' {} +

if [ "$ACCEPT_DATA_LOSS" = true ]; then
  exec bunx prisma db push --schema=prisma/schema --accept-data-loss
fi
exec bunx prisma db push --schema=prisma/schema
