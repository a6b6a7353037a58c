# Run a command of the toolbox on older data: a folder, or the data/ of a version that git knows.
# sh tools/old_data.sh <folder or version> <command> [options]
set -eu
old=$1
command=$2
shift 2
python=${TOOLBOX_PYTHON:-.venv/bin/python}

if [ -z "$old" ]; then
    echo "Anna entiset tiedot: make $command old=<kansio tai gitin versio>" >&2
    exit 1
fi
if [ ! -d "$old" ]; then
    case $old in -*) echo "Versiota ei ole: $old" >&2; exit 1 ;; esac
    git rev-parse --quiet --verify "$old^{commit}" >/dev/null || { echo "Kansiota tai versiota ei ole: $old" >&2; exit 1; }
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 1' HUP INT TERM
    git archive "$old" data | tar -x -C "$folder"
    old=$folder
fi
"$python" -m toolbox "$command" "$old" "$@"
