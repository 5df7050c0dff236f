#!/usr/bin/env bash
# Sets up what `make run`, `make test`, `make chaos`, `make bench`, `make train` or `make lock` needs, below this folder only.
# A step is done again when what it was made from has changed. Each says what it installs.
set -euo pipefail
cd "$(dirname "$0")/.."
PURPOSE="${1:-run}"
STAMPS=.venv/.stamps
PACKAGES=(chromium:chromium gettext:msgfmt g++:g++ make:make curl:curl iproute2:ip openssl:openssl)

say() { printf '%s\n' "breakwater: $*"; }
fail() { printf '%s\n' "breakwater: $*" >&2; exit 1; }

# changed NAME FILE…: whether the step was never done for these contents.
changed() {
    local name=$1; shift
    SUM=$(cat -- "$@" | sha256sum | cut -d' ' -f1)
    [ "$(cat "$STAMPS/$name" 2>/dev/null)" != "$SUM" ]
}
done_with() { mkdir -p "$STAMPS"; printf '%s' "$SUM" > "$STAMPS/$1"; }

find_python() {
    local candidate
    for candidate in python3.11 python3.12 python3.13 python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            PYTHON=$(command -v "$candidate"); return
        fi
    done
    fail "Python 3.11 was not found. Install it (Debian: apt-get install python3 python3-venv), then run this again."
}

find_uv() {
    if uv --version >/dev/null 2>&1; then UV=uv; return; fi
    UV=.tools/uv/bin/uv
    if [ ! -x "$UV" ]; then
        say "installing uv from PyPI into .tools/"
        "$PYTHON" -m venv .tools/uv 2>/dev/null || { rm -rf .tools/uv; fail "Python's venv module is not complete. Install it (Debian: apt-get install python3-venv), then run this again."; }
        .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/uv.txt ||
            { rm -rf .tools/uv; fail "uv could not be installed from the package index (see above). Check the network and pip's index, then run this again."; }
    fi
    # uv does not read pip's configuration: it is given the index that pip uses.
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        local index
        index=$(.tools/uv/bin/python -m pip config get global.index-url 2>/dev/null || true)
        index=${PIP_INDEX_URL:-$index}
        [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
    fi
}

python_packages() {
    local lock=requirements/$1.txt
    find_python
    if [ ! -x .venv/bin/python ] || [ ! -f "$STAMPS/$1" ] || changed "$1" "$lock"; then
        find_uv
        if [ ! -x .venv/bin/python ]; then
            say "making .venv with $("$PYTHON" -V)"
            "$UV" venv --quiet --python "$PYTHON" .venv
        fi
        say "installing $(grep -c '==' "$lock") Python packages of $lock into .venv"
        # Compiled here once, or by each process that starts before somebody could keep what it compiled.
        "$UV" pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$lock" ||
            fail "the Python packages could not be installed (see above). Check the network and the package index, then run this again."
        changed "$1" "$lock" || true
        done_with "$1"
    fi
    if changed project pyproject.toml || [ ! -x .venv/bin/breakwater ]; then
        find_uv
        say "installing breakwater itself into .venv"
        "$UV" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
        done_with project
    fi
}

# Apart from .venv: what makes the scorer's weights is a hundred times what reads them.
training_packages() {
    find_python
    [ -f ../shared/data/scoring/train.jsonl ] || fail "The texts to train on are not at ../shared/data/scoring. See training/README.md."
    if changed training requirements/training.txt requirements/encoder.txt || [ ! -x .venv-training/bin/python ]; then
        find_uv
        rm -rf .venv-training
        "$UV" venv --quiet --python "$PYTHON" .venv-training
        say "installing $(grep -c '==' requirements/training.txt) Python packages of requirements/training.txt into .venv-training"
        "$UV" pip install --quiet --python .venv-training/bin/python --require-hashes -r requirements/training.txt &&
            "$UV" pip install --quiet --python .venv-training/bin/python --require-hashes --no-deps -r requirements/encoder.txt ||
            fail "the Python packages could not be installed (see above). Check the network and the package index, then run this again."
        changed training requirements/training.txt requirements/encoder.txt || true
        done_with training
    fi
}

pages() {
    local version
    version=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) ||
        fail "Node was not found. Install Node 20 (nodejs.org, or your system's package) with npm, then run this again."
    [ "$version" -ge 20 ] || fail "Node $version is too old. Install Node 20, then run this again."
    command -v npm >/dev/null || fail "npm was not found. Install it beside Node, then run this again."
    if changed npm package.json package-lock.json || [ ! -d node_modules ]; then
        say "installing the npm packages of package-lock.json into node_modules"
        npm ci --ignore-scripts --no-audit --no-fund --silent ||
            fail "npm ci failed (see above). Check the network and npm's registry, then run this again."
        done_with npm
    fi
    local sources
    mapfile -t sources < <(find frontend -type f | LC_ALL=C sort)
    if changed pages package-lock.json "${sources[@]}" || [ ! -d src/breakwater/web/static/dist ]; then
        say "building styles and browser code"
        npm run --silent build
        done_with pages
    fi
}

messages() {
    local catalogues
    mapfile -t catalogues < <(find src/breakwater -name '*.po' | LC_ALL=C sort)
    [ ${#catalogues[@]} -gt 0 ] || return 0
    if changed messages "${catalogues[@]}" || [ ! -f "${catalogues[0]%.po}.mo" ]; then
        say "compiling the translations"
        .venv/bin/python setup/messages.py "${catalogues[@]}"
        done_with messages
    fi
}

debian_packages() {
    local missing=() entry
    for entry in "${PACKAGES[@]}"; do
        command -v "${entry#*:}" >/dev/null || missing+=("${entry%%:*}")
    done
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
    [ "$PURPOSE" != bench ] || [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
    # What prints PDFs. `make run` does without: its pages then offer their print view.
    if command -v ldconfig >/dev/null; then
        for entry in libpango-1.0-0:libpango-1.0.so.0 libpangoft2-1.0-0:libpangoft2-1.0.so.0 libharfbuzz-subset0:libharfbuzz-subset.so.0; do
            ldconfig -p | grep -q "${entry#*:}" || missing+=("${entry%%:*}")
        done
    fi
    # Without it the pictures of the README show boxes; nothing fails for the want of it.
    [ "$(id -u)" -ne 0 ] || [ -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ] || missing+=(fonts-noto-color-emoji)
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null ||
        fail "The tests need these packages. Run as root: apt-get install --no-install-recommends ${missing[*]}"
    say "installing the Debian packages ${missing[*]}"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null; } ||
        fail "apt-get could not install ${missing[*]} (see above)."
}

peers() {
    [ -f tests/peers/package-lock.json ] || return 0
    if changed peers tests/peers/package.json tests/peers/package-lock.json || [ ! -d tests/peers/node_modules ]; then
        say "installing the real servers that tests talk to into tests/peers/node_modules (compiles better-sqlite3)"
        (cd tests/peers && JOBS=max npm ci --no-audit --no-fund --loglevel=error) ||
            fail "the test servers could not be installed (see above). They need g++, make and python3, and Node's headers."
        done_with peers
    fi
}

lock() {
    find_python; find_uv
    local common=(pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links)
    "$UV" "${common[@]}" pyproject.toml --group build -o requirements/run.txt
    "$UV" "${common[@]}" pyproject.toml --group build --extra onnx -o requirements/onnx.txt
    "$UV" "${common[@]}" pyproject.toml --group dev --extra onnx -o requirements/dev.txt
    "$UV" "${common[@]}" pyproject.toml --group bench --extra onnx -o requirements/bench.txt
    "$UV" "${common[@]}" --group training -o requirements/training.txt
    "$UV" "${common[@]}" --no-deps requirements/encoder.in -o requirements/encoder.txt
    "$UV" "${common[@]}" requirements/uv.in -o requirements/uv.txt
    npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent
    if grep -nE 'https?://' requirements/*.txt; then fail "a lock file names a host (see above)"; fi
    say "requirements/*.txt and package-lock.json are compiled"
}

case "$PURPOSE" in
    run) python_packages run; pages; messages ;;
    test) debian_packages; python_packages dev; pages; messages; peers ;;
    chaos) debian_packages; python_packages dev; messages ;;
    bench) debian_packages; python_packages bench; pages; messages ;;
    train) training_packages ;;
    lock) lock ;;
    *) fail "setup.sh run | test | chaos | bench | train | lock" ;;
esac
