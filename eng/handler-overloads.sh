#!/usr/bin/env bash
# Writes the overloads of WhatsSessionBuilder anew, from tests/WhatsSession.Architecture/Overloads.
set -euo pipefail
cd "$(dirname "$0")/.."
WHATSSESSION_WRITE=1 dotnet run --project tests/WhatsSession.Architecture -- -class '*HandlerOverloadTests'
