#!/usr/bin/env bash
# What `lint -o sarif` writes, in Microsoft's validator, by the rules of SARIF and of GitHub.
# usage: run.sh STEPREG GOLDEN_DIRECTORY; SARIF_MULTITOOL names the validator if it is not in the
# PATH (npm install @microsoft/sarif-multitool; the program is called Sarif.Multitool there).
set -euo pipefail

stepreg=$1 golden=$2
validator=${SARIF_MULTITOOL:-$(command -v Sarif.Multitool || command -v sarif-multitool || true)}
[ -n "$validator" ] || {
  echo "skipped: sarif-multitool is not installed (npm install @microsoft/sarif-multitool)"
  exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Findings with fixes, and ignored ones.
for case in tool-unsafe-fixes tool-ignores-of-blocks-and-files; do
  cd "$golden/$case/in"
  arguments=(--registry registry)
  [ ! -d configs ] || arguments+=(--configs configs)
  code=0
  "$stepreg" lint "${arguments[@]}" --profile strict -o sarif >"$work/$case.sarif" 2>/dev/null || code=$?
  [ "$code" -le 1 ] || { echo "FAILED: $case: stepreg ended with $code"; exit 1; }
  for kind in Sarif Ghas; do
    "$validator" validate "$work/$case.sarif" --rule-kind "$kind" --output "$work/result.sarif" \
      --log ForceOverwrite >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    # It ends with 0 whatever it finds. That there is no page of the tool is known (SARIF2005).
    if grep -q '"level": "error"' "$work/result.sarif" ||
      grep '"ruleId"' "$work/result.sarif" | grep -v SARIF2005; then
      cat "$work/result.sarif"
      echo "FAILED: $case: not valid by the rules of $kind"
      exit 1
    fi
  done
done
echo "sarif: accepted by the validator"
