#!/usr/bin/env bash
# Proves the hooks with the real pre-commit and prek: commits, in a temporary repository, to the hooks of this clone.
# Needs git, cargo and python3; installs the runners from PyPI into target/validators. INFRALINT names the binary of
# `infralint-system`.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/target/validators

step() { printf '\n== %s\n' "$*"; }
cannot() {
    printf 'THE HOOKS WERE NOT TRIED: %s\n' "$*" >&2
    exit 2
}

for needed in git cargo python3; do command -v "$needed" >/dev/null || cannot "there is no $needed"; done

step "runners"
mkdir -p "$tools"
[ -x "$tools/venv/bin/python" ] || python3 -m venv "$tools/venv" || cannot "python3 makes no virtual environment"
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit==4.7.0 prek==0.5.11 ||
    cannot "pip installs no pre-commit and prek"
if [ -z "${INFRALINT:-}" ]; then
    cargo build --quiet --locked || cannot "infralint does not build"
    INFRALINT=$root/target/debug/infralint
fi
[ -x "$INFRALINT" ] || cannot "there is no $INFRALINT"
for runner in pre-commit prek; do "$tools/venv/bin/$runner" validate-manifest .pre-commit-hooks.yaml; done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the user's own git and runners takes part, and nothing of theirs is touched.
export GIT_CONFIG_GLOBAL=$work/gitconfig PRE_COMMIT_HOME=$work/pre-commit PREK_HOME=$work/prek NO_COLOR=1
git config --file "$GIT_CONFIG_GLOBAL" user.name hooks.sh
git config --file "$GIT_CONFIG_GLOBAL" user.email hooks@example.com
git config --file "$GIT_CONFIG_GLOBAL" safe.directory '*'
git config --file "$GIT_CONFIG_GLOBAL" advice.detachedHead false
# The runners build the crate: once for all, and not for speed.
export CARGO_TARGET_DIR=$tools/hooks CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0
export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

# The hooks are those of the files as they are, committed or not; a file that git does not know yet takes no part.
state=$(git stash create)
git clone --quiet --shared "$root" "$work/infralint"
git -C "$work/infralint" tag v0.0.0 "${state:-$(git rev-parse HEAD)}"

say() { # what is expected of the commit, its log
    printf 'not so: %s\n' "$1" >&2
    cat "$2" >&2
    exit 1
}
commits() { # message, texts that the log must hold
    git add --all
    git commit --quiet --message "$1" >"$work/log" 2>&1 || say "$1: passes" "$work/log"
    holds "$@"
}
refuses() { # message, texts that the log must hold
    git add --all
    ! git commit --quiet --message "$1" >"$work/log" 2>&1 || say "$1: is refused" "$work/log"
    holds "$@"
}
holds() {
    local message=$1 expected
    shift
    for expected in "$@"; do
        grep --quiet --fixed-strings -- "$expected" "$work/log" || say "$message: says \"$expected\"" "$work/log"
    done
    printf '%s: so\n' "$message"
}

# A project whose commits go through a hook, with nothing but its configuration in it.
project() { # runner, hook
    local runner=$1 hook=$2
    step "$runner, $hook"
    rm -rf "$work/project"
    git init --quiet "$work/project"
    cd "$work/project"
    # `verbose` shows what is said when the hook passes, too.
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $work/infralint
    rev: v0.0.0
    hooks:
      - id: $hook
        verbose: true
YAML
    printf 'exclude = ["archive/**"]\n' >infralint.toml
    git add --all
    git commit --quiet --message "before there are hooks"
    "$tools/venv/bin/$runner" install >/dev/null
    mkdir docs archive
}

checks() { # runner, hook
    project "$@"
    printf '# Notes\n\nOrdinary Markdown: [a link](README.md) into nowhere.\n' >docs/notes.md
    commits "a commit of ordinary Markdown passes" "Checked nothing: 1 Markdown file is no spec"
    printf 'Some text.\n' >docs/notes.txt
    commits "a commit without Markdown passes"
    cp "$specs/payments-infrastructure.md" archive/
    commits "an excluded spec stays excluded although it is named" "Checked nothing"
    cp "$specs/payments-infrastructure.md" docs/payments.md
    refuses "a broken spec is refused" "invalid-field" "docs/payments.md:5:21" "help: write \`261002\`" \
        "renamed-section" "docs/payments.md:116:7" "5 errors"
    cp "$specs/infrastructure.md" docs/payments.md
    commits "a mended spec passes" "Checked 1 spec: all good."
}

mends() { # runner, hook
    project "$@"
    sed 's/^> \*\*Last Updated:\*\* .*/> **Last Updated:** 2026-09-15/' "$specs/infrastructure.md" >docs/spec.md
    refuses "a spec that can be mended is refused, for it was mended" "files were modified by this hook" "Fixed 1"
    cmp "$specs/infrastructure.md" docs/spec.md
    commits "what was mended passes" "Checked 1 spec: all good."
}

specs=$root/fixtures/specs
path=$PATH
for runner in pre-commit prek; do
    PATH=$path checks "$runner" infralint
    PATH=$path mends "$runner" infralint-fix
    PATH=$(dirname "$INFRALINT"):$path checks "$runner" infralint-system
done

printf '\nThe hooks hold.\n'
