#!/usr/bin/env bash
# Measures that a run keeps nothing of a file but its names and its findings: the peak of memory over 2,000 and over
# 20,000 specs. Needs cargo and python3. INFRALINT names the binary.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${INFRALINT:-}" ]; then
    cargo build --release --quiet --locked
    INFRALINT=$PWD/target/release/infralint
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$INFRALINT" fixtures/specs/infrastructure.md "$work" <<'PYTHON'
import pathlib, resource, subprocess, sys

command, spec, work = sys.argv[1], pathlib.Path(sys.argv[2]).read_bytes(), pathlib.Path(sys.argv[3])
FEW, MANY = 2_000, 20_000
# Its path, as it is written, opened and resolved, and what was counted in it.
KIB_PER_FILE = 2


def peak(files):
    """The peak of memory of a run over so many specs, in KiB. Children only grow it: call it from few to many."""
    folder = work / str(files)
    for number in range(files):
        path = folder / f"team-{number // 100}" / f"infrastructure-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(spec)
    subprocess.run([command, "check", "--quiet", "--today", "2026-12-31", folder], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


few, many = peak(FEW), peak(MANY)
per_file = (many - few) / (MANY - FEW)
print(f"{FEW} specs: {few} KiB, {MANY} specs: {many} KiB: {per_file:.2f} KiB a file of {len(spec) / 1024:.1f} KiB")
sys.exit(per_file > KIB_PER_FILE)
PYTHON
