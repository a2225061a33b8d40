#!/usr/bin/env bash
# Compares infralint's reading of mermaid flowcharts with the official parser: verdicts of 12.3.0 and 11.17.2, and the
# model (nodes, labels, shapes, edges, groups) where 12.3.0 accepts.
#
#   scripts/compare-mermaid.sh FILE|FOLDER...               the diagrams in .md, .mmd and .jsonl files ("text" of each line)
#   scripts/compare-mermaid.sh --random N --mutations N     generated flowcharts, and mutations of them (and of the files)
#   scripts/compare-mermaid.sh --seed S                     another series of them; without it, a new one each time
#
# Needs cargo, node (20 or newer) and npm. The official parser is installed once, outside of the repository.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cache=${INFRALINT_MERMAID_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infralint/mermaid-12.3.0}
[ $# -gt 0 ] || set -- --random 20000 --mutations 20000

if [ ! -e "$cache/installed" ]; then
    mkdir -p "$cache"
    echo '{"private": true, "type": "module"}' > "$cache/package.json"
    npm install --prefix "$cache" --no-audit --no-fund --no-update-notifier --loglevel=error \
        mermaid@12.3.0 mermaid-11@npm:mermaid@11.17.2 jsdom@26.1.0
    touch "$cache/installed"
fi
cargo build --quiet --release --manifest-path "$root/Cargo.toml" --example mermaid_model
target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps |
    node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(0)).target_directory)')
exec node "$root/scripts/compare-mermaid.mjs" "$cache" "$target/release/examples/mermaid_model" "$@"
