#!/usr/bin/env bash
# The one build, for people and for CI: restore (locked), build, format check, tests, Native AOT publish and run, pack, programs that use the packages, sample.
# Installs what it needs where it may. Its last line reads "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

passed=0
failed=0
times=()
reasons=()
step() {
  local name=$1 before=$SECONDS
  shift
  echo "== $name"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "== $name: FAILED"
  fi
  times+=("$(printf '%-12s %4d s' "$name" $((SECONDS - before)))")
}

finish() {
  printf '%s\n' "== time" "${times[@]}" "${reasons[@]}"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
  exit
}

install() {
  # Native AOT links with a C compiler and zlib; the emulator's page is tested in Chromium, and its wire by an unrelated client on Node.
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || { echo "Install: ${missing[*]}"; return 1; }
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" || return 1
  fi
  npm ci --silent --no-audit --no-fund --prefix eng/peers
}

tests() {
  local log code
  log=$(mktemp)
  eng/test.sh -c Release --no-build | tee "$log"
  code=${PIPESTATUS[0]}
  local line
  line=$(tail -n 1 "$log")
  [ "$code" -eq 0 ] || mapfile -t -O "${#reasons[@]}" reasons < <(sed -n '/^== failed$/,$p' "$log" | head -n -1)
  rm -f "$log"
  [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || return 1
  passed=$((passed + BASH_REMATCH[1]))
  failed=$((failed + BASH_REMATCH[2]))
  return "$code"
}

aot() {
  local out=artifacts/aot
  dotnet publish tests/WhatsSession.Aot -c Release -o "$out" && "$out/WhatsSession.Aot"
}

step "install" install
step "restore" dotnet restore --locked-mode
[ "$failed" -eq 0 ] || finish
step "build" dotnet build -c Release --no-restore
[ "$failed" -eq 0 ] || finish
step "format" dotnet format whitespace --verify-no-changes --no-restore
step "tests" tests
step "aot" aot
step "pack" dotnet pack -c Release --no-build
step "packages" eng/packages.sh
step "quickstart" dotnet run --project samples/Quickstart -c Release --no-build
step "followups" dotnet run --project samples/FollowUps -c Release --no-build
finish
