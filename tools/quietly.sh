# Sourced by ./run, ./test and the scripts in tools/.
#
# quietly LOG LABEL COMMAND…: runs a command or shell function with its output in LOG and no input.
# Says nothing when it is quick; after 3 s, and then every 10 s, prints LABEL and the log's latest line to stderr, so that
# nobody thinks it hangs. On failure prints the end of the log to stderr. Returns the command's status.
#
# A function of several steps stops at the first that fails, but only when quietly is called as a plain statement: left of
# `||` or `&&`, or in an `if`, bash ignores `set -e` in everything below, whatever is said there.
quietly() {
  local log=$1 label=$2
  shift 2

  # Inside another quietly, that one's log gets it all.
  if [[ -n ${SELVEDGE_QUIET:-} ]]; then
    "$@" >&2 </dev/null
    return
  fi

  mkdir -p "$(dirname "$log")"
  : >"$log"

  # The ticker waits on a pipe nobody writes to instead of in `sleep`: a `sleep` left behind would keep our caller's
  # stderr open for seconds after we are done.
  local idle
  exec {idle}<> <(:)
  local parent=$BASHPID
  (
    wait=3
    while kill -0 "$parent" 2>/dev/null; do
      read -r -t "$wait" -u "$idle" && break
      printf '%s … %s\n' "$label" "$(tail -c 4000 "$log" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | cut -c 1-100)" >&2
      wait=10
    done
  ) &
  local ticker=$!

  local errexit=$- status
  set +e
  (
    set -euo pipefail
    export SELVEDGE_QUIET=1
    "$@"
  ) >"$log" 2>&1 </dev/null
  status=$?

  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null
  exec {idle}>&-
  [[ $errexit != *e* ]] || set -e

  if ((status != 0)); then
    {
      printf '\n%s failed. The end of %s:\n\n' "$label" "$log"
      tail -n 60 "$log" | sed 's/^/    /'
      printf '\n'
    } >&2
  fi
  return "$status"
}
