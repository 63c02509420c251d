# shellcheck shell=bash
# Shared by the scripts here: words for the reader, checks that are counted, waiting.

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# check TEXT COMMAND...: one line for the reader, and one in the file $CHECKS for who counts; the command's output is
# shown only if it fails.
check() {
  local text=$1 output status=0
  shift
  output=$(mktemp)
  "$@" >"$output" 2>&1 || status=$?
  if ((status == 0)); then
    printf 'ok    %s\n' "$text"
    echo ok >>"${CHECKS:-/dev/null}"
  else
    printf 'FAIL  %s\n' "$text"
    echo failed >>"${CHECKS:-/dev/null}"
    tail -n 20 "$output" | sed 's/^/      /'
  fi
  rm -f "$output"
  return "$status"
}

# within SECONDS COMMAND...: repeat the command until it succeeds; only the last try's output is shown.
within() {
  local deadline=$((SECONDS + $1)) output
  shift
  until output=$("$@" 2>&1); do
    if ((SECONDS >= deadline)); then
      printf '%s\n' "$output"
      return 1
    fi
    sleep 1
  done
  printf '%s\n' "$output"
}

# bundle_image: the image that deploy/bundle.yaml runs the operator from.
bundle_image() { sed -n 's/^[ -]*image: "\{0,1\}\([^" ]\{1,\}\)"\{0,1\}$/\1/p' deploy/bundle.yaml | head -n 1; }
