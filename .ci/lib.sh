# shellcheck shell=bash
# Shared by the scripts here.

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# bundle_image: the image that deploy/bundle.yaml runs the operator from.
bundle_image() { sed -n 's/^[ -]*image: "\{0,1\}\([^" ]\{1,\}\)"\{0,1\}$/\1/p' deploy/bundle.yaml | head -n 1; }
