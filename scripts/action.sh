#!/usr/bin/env bash
# What action.yml runs: builds infralint where it is not installed, checks, annotates the pull request, and leaves the
# report in the summary of the job. Everything it is told comes through INFRALINT_* variables.
set -euo pipefail

if ! command -v infralint >/dev/null; then
    root="${RUNNER_TEMP:-/tmp}/infralint"
    cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$root"
    PATH="$root/bin:$PATH"
fi

report=$(mktemp)
arguments=(check --format github --format concise --output "$report")
[ -z "${INFRALINT_TEMPLATE:-}" ] || arguments+=("--template=$INFRALINT_TEMPLATE")
[ -z "${INFRALINT_FAIL_ON:-}" ] || arguments+=("--fail-on=$INFRALINT_FAIL_ON")
[ -z "${INFRALINT_SARIF:-}" ] || arguments+=(--format sarif "--output=$INFRALINT_SARIF")
[ "${INFRALINT_ALLOW_NO_SPECS:-false}" != true ] || arguments+=(--allow-no-specs)
arguments+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || arguments+=("$path")
done <<<"${INFRALINT_PATHS:-.}"

status=0
infralint "${arguments[@]}" || status=$?

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    {
        printf '### infralint\n\n'
        if [ -s "$report" ]; then
            # Findings quote backticks: the fence is longer than any of them.
            printf '``````text\n'
            # A summary holds one MiB.
            head -c 900000 "$report"
            printf '\n``````\n'
        elif [ "$status" -eq 0 ]; then
            printf 'Nothing found.\n'
        else
            printf 'It could not work: see the log.\n'
        fi
    } >>"$GITHUB_STEP_SUMMARY"
fi
rm -f "$report"
[ -z "${GITHUB_OUTPUT:-}" ] || printf 'exit-code=%s\n' "$status" >>"$GITHUB_OUTPUT"
exit "$status"
