#!/usr/bin/env bash
# Builds and runs every test. Needs the .NET SDK and nothing else. Further arguments go to "dotnet test".
# Ends with what failed and why, and a line "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet test --solution WhatsSession.Sdk.sln --no-progress "$@" 2>&1 | tee "$log"
code=${PIPESTATUS[0]}

# The closing summary of the run; before it each project prints one of its own.
count() { awk -v name="$1:" '$1 == name { value = $2 } END { print value + 0 }' "$log"; }
failed=$(count failed)
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1 # A build error, a crash or a project without tests.
fi
# Again at the end, where a reader looks: each failed test and the first lines of its reason.
if [ "$failed" -ne 0 ]; then
  echo "== failed"
  grep -E -A 12 '^[[:space:]]*failed [A-Za-z]' "$log"
fi
echo "$(count succeeded) passed, $failed failed"
exit "$code"
