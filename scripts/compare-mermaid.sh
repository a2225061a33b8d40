#!/usr/bin/env bash
# Compares infralint's reading of mermaid flowcharts with the official parser: verdicts of 12.3.0 and 11.17.2, and the
# model (nodes, labels, shapes, edges, groups) where 12.3.0 accepts.
#
#   scripts/compare-mermaid.sh                              20,000 random flowcharts, and 20,000 mutations of them
#   scripts/compare-mermaid.sh --random N --mutations N     as many of each (mutations of the files, too)
#   scripts/compare-mermaid.sh FILE|FOLDER...               the diagrams in .md, .mmd and .jsonl files ("text" of each line)
#   scripts/compare-mermaid.sh --seed S                     another series of them; without it, a new one each time
#
# Fails (1) where any file or random flowchart is read otherwise, or more than 1 in 1,000 mutations, and says so loudly
# (2) where it cannot compare.
#
# Needs cargo, node (20 or newer) and npm. The official parser is installed once, outside of the repository.
set -euo pipefail
fail() {
    echo "compare-mermaid.sh: NOTHING WAS COMPARED: $1" >&2
    exit 2
}

root=$(cd "$(dirname "$0")/.." && pwd)
cache=${INFRALINT_MERMAID_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/infralint/mermaid-12.3.0}
case "${1:-}" in -h | --help) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0 ;; esac
for program in cargo node npm; do
    command -v "$program" > /dev/null || fail "$program is not installed"
done
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || fail "node $(node --version) is older than 20"

if [ ! -e "$cache/installed" ]; then
    echo "installing the official parser into $cache" >&2
    mkdir -p "$cache" || fail "$cache cannot be written"
    echo '{"private": true, "type": "module"}' > "$cache/package.json"
    npm install --prefix "$cache" --no-audit --no-fund --no-update-notifier --loglevel=error \
        mermaid@12.3.0 mermaid-11@npm:mermaid@11.17.2 jsdom@26.1.0 >&2 ||
        fail 'npm could not install the official parser (see above)'
    touch "$cache/installed"
fi
cargo build --quiet --release --manifest-path "$root/Cargo.toml" --example mermaid_model ||
    fail 'the example mermaid_model does not build (see above)'
target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps |
    node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(0)).target_directory)')
exec node "$root/scripts/compare-mermaid.mjs" "$cache" "$target/release/examples/mermaid_model" "$@"
