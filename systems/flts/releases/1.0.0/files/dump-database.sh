#!/bin/sh
# A dump is under its own name only when it is whole; old ones go once there is a new one.
set -eu
dump="/backup/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump"
pg_dump --format=custom --file="$dump.part"
mv "$dump.part" "$dump"
find /backup -name '*.dump' -mtime "+$KEEP_DAYS" -delete
find /backup -name '*.dump.part' -mtime +1 -delete
