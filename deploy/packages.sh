#!/bin/sh
# Installs packages into an environment: `packages.sh PYTHON ARGUMENT…`, arguments as pip takes them. By uv where it is
# installed, which takes a tenth of pip's time, else by pip. Neither compiles ahead: most modules are never imported, and
# Python keeps what it compiled at the first import.
set -eu
python=$1
shift
if command -v uv >/dev/null 2>&1 && uv pip install --quiet --python "$python" "$@"; then
    exit 0
fi
exec "$python" -m pip install --quiet --disable-pip-version-check --no-compile "$@"
