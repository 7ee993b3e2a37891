#!/usr/bin/env bash
# What takes longer than CI may: the laws at many more cases, ten times the lost answers and the kills, a month of 2,000 customers, .NET 8, fuzzing, and the budgets of speed and memory.
set -euo pipefail
cd "$(dirname "$0")/.."

# afl++ over the instrumented SDK, from the samples, for FUZZ_SECONDS (10 min). What it finds is kept under artifacts/fuzz/found.
fuzz() {
  local bin=artifacts/fuzz/bin found=artifacts/fuzz/found corpus=artifacts/fuzz/corpus
  if ! command -v afl-fuzz >/dev/null; then
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || { echo "Fuzzing needs afl++ (Debian: afl++)."; return 1; }
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++
  fi
  rm -rf artifacts/fuzz
  [ -x artifacts/tools/sharpfuzz ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path artifacts/tools
  dotnet publish tests/WhatsSession.Fuzz -c Release -o "$bin"
  local library
  for library in Sdk Webhooks; do
    artifacts/tools/sharpfuzz "$bin/WhatsSession.$library.dll"
  done
  mkdir -p "$corpus"
  # Minified: each byte that says nothing is a byte changed in vain.
  for sample in tests/Shared/Samples/webhooks/*.json; do
    sed -e 's/^[[:space:]]*//' "$sample" | tr -d '\n' >"$corpus/$(basename "$sample")"
  done
  AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
    afl-fuzz -i "$corpus" -o "$found" -t 10000 -m none -V "${FUZZ_SECONDS:-600}" dotnet "$bin/WhatsSession.Fuzz.dll"
  local crashes
  crashes=$(find "$found" \( -path '*/crashes/id*' -o -path '*/hangs/id*' \) | wc -l)
  echo "fuzz: $crashes crashes and hangs"
  [ "$crashes" -eq 0 ]
}

# The tests on the oldest runtime that the libraries support; the runtime comes with each of them. Property tests need .NET 10 and stay out.
net8() {
  local name
  for name in Core Graph Webhooks Sdk Sqlite AspNetCore MessageKinds; do
    dotnet build "tests/WhatsSession.$name.Tests" -c Release -p:TestFramework=net8.0 -p:RunAnalyzers=false
    "tests/WhatsSession.$name.Tests/bin/Release/net8.0/WhatsSession.$name.Tests"
  done
}

case ${1:-all} in
  fuzz) fuzz ;;
  net8) net8 ;;
  *)
    CsCheck_Iter=200000 dotnet test --project tests/WhatsSession.Core.Tests -c Release
    WHATSSESSION_DEEP=1 dotnet test --project tests/WhatsSession.Sdk.Tests -c Release
    WHATSSESSION_DEEP=1 dotnet test --project tests/WhatsSession.Sqlite.Tests -c Release
    net8
    fuzz
    dotnet run -c Release --project tests/WhatsSession.Benchmarks -- budgets
    dotnet run -c Release --project tests/WhatsSession.Benchmarks -- million
    ;;
esac
