#!/bin/sh
# Writes the lock files in requirements/ from pyproject.toml. Needs uv, which nothing else in the project does:
# it can lock for every platform at once, and pip-tools only for the machine it runs on.
set -eu
cd "$(dirname "$0")/.."
test -x .venv/bin/uv || .venv/bin/python -m pip install --quiet uv

las() { # las OUTPUT ARGUMENTS...: no header and no addresses, so that the files are the same whoever writes them
    out=$1
    shift
    .venv/bin/uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --output-file "$out" "$@"
}

las requirements/run.txt pyproject.toml
las requirements/test.txt pyproject.toml --extra test --constraint requirements/run.txt
.venv/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["node"])' |
    las requirements/node.txt -
