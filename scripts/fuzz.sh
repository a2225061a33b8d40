#!/usr/bin/env bash
# Looks for texts over which infralint breaks, beginning with the fixtures: scripts/fuzz.sh [TARGET] [SECONDS].
# Without a target each in turn: check, fix, mermaid, template. Needs rustup and a C++ compiler; installs a nightly
# compiler and cargo-fuzz where they are missing. What breaks lies in fuzz/artifacts/ afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${2:-60}

rustup run nightly rustc --version 2>/dev/null || rustup toolchain install nightly --profile minimal
cargo fuzz --version 2>/dev/null || cargo install cargo-fuzz --locked

# Pieces of all kinds, each under a name of its own.
seeds() {
    mkdir -p "fuzz/corpus/$1"
    find "${@:3}" -name "$2" | while read -r file; do cp "$file" "fuzz/corpus/$1/${file//\//-}"; done
}
seeds check '*.md' fixtures
seeds fix '*.md' fixtures
seeds template '*.toml' fixtures rules templates
mkdir -p fuzz/corpus/mermaid
find fixtures -name '*.md' | while read -r file; do
    awk -v to="fuzz/corpus/mermaid/${file//\//-}" '/^```mermaid/ {inside = 1; count++; next} /^```/ {inside = 0} inside {print > (to count)}' "$file"
done

for target in ${1:-check fix mermaid template}; do
    printf '\n== %s, %s s\n' "$target" "$seconds"
    cargo +nightly fuzz run "$target" -- -max_total_time="$seconds" -max_len=16384 -timeout=10 -print_final_stats=1
done
