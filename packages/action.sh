#!/usr/bin/env bash
# The step of action.yml: checks, prints findings as commands of GitHub, and writes them as SARIF if asked to.
# Its inputs are the variables PMTA_LS_...; it writes `status` to the file GITHUB_OUTPUT, and how often each rule
# spoke to GITHUB_STEP_SUMMARY. Ends as `pmta-ls check` does.
set -euo pipefail

program=${PMTA_LS_PROGRAM:-}
if [ -z "$program" ]; then
    tools=$RUNNER_TEMP/pmta-ls
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check "pmta-ls${PMTA_LS_VERSION:+==$PMTA_LS_VERSION}"
    program=$tools/bin/pmta-ls
fi

arguments=(--fail-on "${PMTA_LS_FAIL_ON:-warning}")
[ -z "${PMTA_LS_POWERMTA:-}" ] || arguments+=(--powermta "$PMTA_LS_POWERMTA")
arguments+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || arguments+=("$path")
done <<< "${PMTA_LS_PATHS:-}"

status=0
"$program" check --format github "${arguments[@]}" || status=$?
if [ -n "${PMTA_LS_SARIF_FILE:-}" ]; then
    "$program" check --format sarif --output-file "$PMTA_LS_SARIF_FILE" "${arguments[@]}" 2>/dev/null || true
fi
echo "status=$status" >> "$GITHUB_OUTPUT"
{
    echo '### pmta-ls'
    echo '```'
    "$program" check --statistics "${arguments[@]}" 2>&1 || true
    echo '```'
} >> "$GITHUB_STEP_SUMMARY"
exit "$status"
