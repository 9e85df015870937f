#!/usr/bin/env bash
set -o errexit -o nounset -o pipefail

site=$(< "$SHARED_DIR/site")
seen=$ARTIFACT_DIR/flashes.txt

./lampd shine "$site" "$PERIODS" "$SPEED" | tee "$seen"

wrong=0
cases=''
period=0
while read -r pattern; do
  period=$((period + 1))
  cases+="  <testcase name=\"period $period shows $EXPECTED_PATTERN\">"
  if [ "$pattern" != "$EXPECTED_PATTERN" ]; then
    wrong=$((wrong + 1))
    cases+="<failure message=\"saw $pattern\"/>"
    echo "period $period: saw $pattern, expected $EXPECTED_PATTERN"
  fi
  cases+=$'</testcase>\n'
done < "$seen"

printf '<testsuite name="flashes" tests="%d" failures="%d">\n%s</testsuite>\n' "$period" "$wrong" "$cases" \
  > "$ARTIFACT_DIR/junit_flashes.xml"
[ "$wrong" -eq 0 ]
echo "all $period periods are as the chart says"
