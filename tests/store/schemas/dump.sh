#!/usr/bin/env bash
# tests/store/schemas/dump.sh BUILD_FOLDER: writes NUMBER.sqlite.sql and NUMBER.postgres.sql, the sample of
# tests/store/sample.h as the newest schema stores it. Run once for each new schema; what has been released stays.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${1:?usage: dump.sh BUILD_FOLDER}" && pwd)
number=$(find "$here/../../../src/store/schema" -name '*.sql' | wc -l)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/tests/store/fill_store" "$work/store.db"
python3 - "$work/store.db" >"$here/$number.sqlite.sql" <<'PYTHON'
import sqlite3, sys
print("PRAGMA foreign_keys = OFF;")
print("\n".join(sqlite3.connect(sys.argv[1]).iterdump()))
PYTHON

# Without the schema's name and the session's settings, so that a test can put it where it likes.
export build work
pg_virtualenv -t -v 15 -o fsync=on bash -euc \
  '"$build/tests/store/fill_store" postgresql:/// && pg_dump --inserts --no-owner >"$work/postgres.sql"'
sed -E -e '/^(--|SET |SELECT |\\|$)/d' -e 's/\bpublic\.//g' "$work/postgres.sql" >"$here/$number.postgres.sql"
