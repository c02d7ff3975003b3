#!/usr/bin/env bash
# Fails if the update of the stack $STACK would lose data, or if its preview fails. $ALLOW lists the URNs for which
# a loss is intended, separated by spaces, and $REASON says why; both are part of the output.
set -euo pipefail

preview=$(mktemp)
trap 'rm -f "$preview"' EXIT

# The gate explains a preview that failed, as far as its document does.
failed=0
pulumi preview --stack "$STACK" --json >"$preview" || failed=$?

options=()
read -ra urns <<<"${ALLOW:-}"
for urn in "${urns[@]}"; do options+=(--allow "$urn"); done
if [ -n "${REASON:-}" ]; then options+=(--reason "$REASON"); fi

npx streamlake gate "$preview" "${options[@]}"
exit "$failed"
