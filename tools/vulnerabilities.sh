# Compare the locked requirements with the known vulnerabilities. Needs the network, so it is no test.
# --strict: what could not be looked up is a failure, silence is not.
# The tool gets an environment of its own, so that it never mixes with what it checks.
set -eu
.venv/bin/python -m venv build/vulnerabilities
build/vulnerabilities/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
for name in build test; do
    echo "requirements/$name.txt"
    build/vulnerabilities/bin/python -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off --requirement "requirements/$name.txt"
done
