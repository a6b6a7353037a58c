# Make .venv when there is none that works, and install one locked requirements file into it.
# Debian and Ubuntu leave the venv module out of python3: it is installed where we may, otherwise asked for in one line.
set -eu
python=${PYTHON:-python3}
requirements=$1

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Tarvitaan Python 3.11 tai uudempi. Jos se on toisella nimellä: make PYTHON=python3.12 …" >&2
    exit 1
}

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
    if ! has_venv && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Asennetaan python3-venv …"
        export DEBIAN_FRONTEND=noninteractive
        # Whatever apt complains of, what counts is whether the module is there after it.
        { apt-get update && apt-get install -y --no-install-recommends python3-venv; } >/dev/null 2>&1 || true
    fi
    has_venv || {
        echo "Pythonin venv-moduuli puuttuu. Aja: sudo apt-get update && sudo apt-get install -y python3-venv" >&2
        exit 1
    }
    "$python" -m venv --clear .venv
fi

echo "Asennetaan $requirements kansioon .venv …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$requirements" || {
    echo "Asennus ei onnistunut, pip kertoo yllä miksi. Kun verkko toimii, anna sama komento uudelleen." >&2
    exit 1
}
