#!/usr/bin/env bash
# What is checked of the screens' scripts where Node is: they parse, their tests pass, they are formatted, their types fit.
# Nothing here is needed to run the product. Packages are pinned in tools/js/package-lock.json.
# Usage: tools/screens.sh check | format
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-check}

if ! command -v node >/dev/null; then
    echo "Node is not installed: the screens' scripts were not checked." >&2
    exit 0
fi

# A browser takes them as modules; a module that Node cannot parse, it cannot either.
find screens -name '*.js' -not -path '*/vendor/*' | sort | while read -r file; do
    node --input-type=module --check < "$file" || { echo "does not parse: $file" >&2; exit 1; }
done
told=$(node --test tests/screens/*.test.js) || { echo "$told"; exit 1; }
grep -E '^# (pass|fail)' <<< "$told"

if ! command -v npm >/dev/null || ! npm ci --prefix tools/js --no-audit --no-fund --loglevel error; then
    echo "The packages of tools/js could not be installed: format and types of the scripts were not checked." >&2
    exit 0
fi
bin=tools/js/node_modules/.bin
files=('screens/**/*.js' '!screens/kit/vendor/**' 'tests/screens/*.js')
if [ "$what" = format ]; then
    "$bin/prettier" --config tools/js/package.json --log-level warn --write "${files[@]}"
else
    "$bin/prettier" --config tools/js/package.json --log-level warn --check "${files[@]}"
fi
"$bin/tsc" -p tools/js
node tools/js/long-lines.js $(find screens tests/screens -name '*.js' -not -path '*/vendor/*')
node tools/js/long-templates.js $(find screens -name '*.js' -not -path '*/vendor/*')
echo "Scripts are checked."
