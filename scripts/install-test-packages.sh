#!/usr/bin/env bash
# The tests talk to a real IMAP server (Dovecot, with a certificate made by openssl) and a real browser (Chromium). Installs
# what is missing, where it may.
set -euo pipefail

missing=()
command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || missing+=(dovecot-imapd)
command -v openssl >/dev/null || missing+=(openssl)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]} for the tests"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "These packages are missing: ${missing[*]}. The tests that need them will be skipped and say so." >&2
  echo "On Debian or Ubuntu: sudo apt-get install ${missing[*]}" >&2
fi
