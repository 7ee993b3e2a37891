#!/usr/bin/env bash
# What takes longer than CI may: the laws at many more cases, and the budgets of speed and memory.
set -euo pipefail
cd "$(dirname "$0")/.."
CsCheck_Iter=200000 dotnet test --project tests/WhatsSession.Core.Tests -c Release
dotnet run -c Release --project tests/WhatsSession.Benchmarks -- budgets
