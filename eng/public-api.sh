#!/usr/bin/env bash
# Writes what RS0016 and RS0017 find into PublicAPI.Unshipped.txt of every library (or of those named), for review in the diff.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in "${@:-src/WhatsSession.Core src/WhatsSession.Graph src/WhatsSession.Webhooks src/WhatsSession.Sdk src/WhatsSession.AspNetCore src/WhatsSession.Sqlite src/WhatsSession.Testing src/WhatsSession.Emulator}"; do
  for folder in $project; do
    file=$folder/PublicAPI.Unshipped.txt
    log=$(dotnet build "$folder" --no-dependencies -tl:off -p:TreatWarningsAsErrors=false -f net10.0 --no-incremental 2>&1 || true)
    added=$(grep -oP "RS0016: Symbol '\K.*(?=' is not part of the declared)" <<<"$log" || true)
    gone=$(grep -oP "RS0017: Symbol '\K.*(?=' is part of the declared API)" <<<"$log" || true)
    { echo '#nullable enable'; { tail -n +2 "$file"; printf '%s\n' "$added"; } | grep -vxF -f <(printf '%s\n' "${gone:-#}") | grep . | LC_ALL=C sort -u; } >"$file.new"
    mv "$file.new" "$file"
    echo "$folder: $(grep -c . <<<"$added" || true) added, $(grep -c . <<<"$gone" || true) removed"
  done
done
