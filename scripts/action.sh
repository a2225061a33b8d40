#!/usr/bin/env bash
# What action.yml runs: builds infralint where this version of it is not installed, checks, annotates the pull request,
# and leaves the report in the summary of the job. Everything it is told comes through INFRALINT_* variables.
set -euo pipefail

temporary=${RUNNER_TEMP:-/tmp}
wanted="infralint $(sed -n '/^version = /{s/^version = "\(.*\)"$/\1/p;q;}' "$GITHUB_ACTION_PATH/Cargo.toml")"
installed=$(infralint --version 2>/dev/null || true)
if [ "$installed" != "$wanted" ]; then
    [ -z "$installed" ] || echo "::notice::$installed is installed, but the action is $wanted, which is built and used"
    CARGO_TARGET_DIR=$temporary/infralint-target \
        cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$temporary/infralint"
    PATH="$temporary/infralint/bin:$PATH"
fi

report=$(mktemp)
trap 'rm -f "$report"' EXIT
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

# A summary holds one MiB.
most=900000
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    {
        printf '### infralint\n\n'
        if [ -s "$report" ]; then
            # Findings quote backticks: the fence is longer than any of them.
            printf '``````text\n'
            if [ "$(wc -c <"$report")" -le "$most" ]; then
                cat "$report"
            else
                # Whole lines only.
                head -c "$most" "$report" | sed '$d'
                printf '... cut here: these are not all findings, the log of the job holds them\n'
            fi
            printf '\n``````\n'
        elif [ "$status" -eq 0 ]; then
            printf 'Nothing found.\n'
        else
            printf 'It could not work: see the log.\n'
        fi
    } >>"$GITHUB_STEP_SUMMARY"
fi
[ -z "${GITHUB_OUTPUT:-}" ] || printf 'exit-code=%s\n' "$status" >>"$GITHUB_OUTPUT"
exit "$status"
