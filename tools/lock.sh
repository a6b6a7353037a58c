# Write the locked requirements again: exact versions with the hashes of every platform's files, no address of any registry.
# The locking tool gets an environment of its own, so that it never mixes with what it locks.
set -eu
.venv/bin/python -m venv build/lock
build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
cd requirements
for name in build test; do
    ../build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        "$@" "$name.in" --output-file "$name.txt"
done
