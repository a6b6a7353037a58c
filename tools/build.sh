# Build the site beside site/ and put it in its place only when it is whole: a failing build leaves the old one as it was.
# Never with -q: MkDocs then forgets that --strict found something.
set -eu
mkdir -p build
fresh=$(mktemp -d "$PWD/build/site-XXXXXX")
trap 'rm -rf "$fresh"' EXIT
trap 'exit 1' HUP INT TERM

# The time of the last commit instead of the clock: two builds of one commit on one day are the same to the byte.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

.venv/bin/python -m mkdocs build --strict --site-dir "$fresh/new"
chmod 755 "$fresh/new"
if [ -e site ]; then mv site "$fresh/old"; fi
mv "$fresh/new" site
