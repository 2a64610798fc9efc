#!/usr/bin/env bash
# The one script: sets up what is missing, builds, shows, tests, packages.
# `./build.sh help` lists what it can do.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly ROOT=$PWD
readonly BEGUN=$EPOCHREALTIME
readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/doppelcheck
readonly TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
readonly WASM_TARGET=wasm32-unknown-unknown
readonly ENGINE=$ROOT/dist/wasm
readonly GECKODRIVER_VERSION=0.37.1
readonly NODE_MAJOR=20
export PATH=$CACHE/bin:$CACHE/node/node_modules/.bin:$HOME/.cargo/bin:$PATH

usage() {
  cat <<'TEXT'
usage: ./build.sh [COMMAND]

  (none)         set up what is missing and build everything
  demo           build, judge the sample mails, serve the training page
  test           build, then every check and test, browsers and webmail too
  bench          how fast the engine is, how large, and how fast in browsers
  measure [DIR]  how well the engine judges the mails and hosts in DIR
  package        the archives for the stores, the same bytes every time
  screens        take the pictures of docs/screens
  help           this text

The browsers for the tests can be named: DOPPELCHECK_CHROMIUM,
DOPPELCHECK_CHROMEDRIVER, DOPPELCHECK_FIREFOX, DOPPELCHECK_GECKODRIVER.
TEXT
}

# --- words -----------------------------------------------------------------

if [[ -t 1 ]]; then
  readonly BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
  readonly BOLD='' DIM='' RED='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }

# Ends the script with a sentence: 1 something failed, 2 something is missing.
die() {
  local status=$1
  shift
  printf '%sbuild.sh: %s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit "$status"
}

trap 'die 1 "“$BASH_COMMAND” failed (line $LINENO)"' ERR

# The seconds since a moment, with one decimal place.
since() {
  local us=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%d.%d s' $((us / 1000000)) $((us / 100000 % 10))
}

# Says what is done, does it, and says how long it took.
step() {
  local what=$1 begun=$EPOCHREALTIME
  shift
  say "$BOLD▸ $what$PLAIN"
  "$@"
  say "$DIM  $what: $(since "$begun")$PLAIN"
}

# Runs a command that needs the network.
fetch() {
  local what=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die 1 "$what could not be installed (see above)." \
      "Is there a network? Run the same command again afterwards."
  fi
  rm -f "$log"
}

have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [[ $EUID -eq 0 ]]; }

# --- Debian packages -------------------------------------------------------

is_debian() { have apt-get && have dpkg-query; }
is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

installed() {
  dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null |
    grep -x installed >/dev/null
}

# The packages that building needs and that are not there yet.
missing_for_build() {
  have cc || echo build-essential
  have curl || echo curl ca-certificates
  have node || echo nodejs
  have npm || echo npm
}

# The packages that only the tests need and that are not there yet.
missing_for_tests() {
  local package
  missing_browsers
  for package in roundcube-core roundcube-sqlite3 php-cli php-sqlite3 \
    dovecot-imapd sogo postgresql memcached \
    ciderwebmail libdbd-sqlite3-perl starman; do
    installed "$package" || echo "$package"
  done
}

missing_browsers() {
  # Ubuntu's packages of these names only fetch snaps, which cannot reach
  # the profiles and extensions that tests put into temporary folders.
  is_ubuntu && return
  [[ -x $(chromium_path) ]] || echo chromium
  [[ -x $(chromedriver_path) ]] || echo chromium-driver
  [[ -x $(firefox_path) ]] || echo firefox-esr
}

chromium_path() { echo "${DOPPELCHECK_CHROMIUM:-/usr/bin/chromium}"; }
chromedriver_path() {
  echo "${DOPPELCHECK_CHROMEDRIVER:-/usr/bin/chromedriver}"
}
firefox_path() { echo "${DOPPELCHECK_FIREFOX:-/usr/bin/firefox-esr}"; }
geckodriver_path() {
  echo "${DOPPELCHECK_GECKODRIVER:-$CACHE/bin/geckodriver}"
}

# Installs packages, or says which ones to install.
need_packages() {
  local missing=("$@")
  ((${#missing[@]})) || return 0
  is_debian || die 2 "these are missing: ${missing[*]} (names as in Debian)." \
    "Install them with your system's package manager, then run this again."
  is_root || die 2 "some packages are missing and only root may install" \
    "them. Run this, then start again:" $'\n' \
    "  sudo apt-get update && sudo apt-get install" \
    "--no-install-recommends ${missing[*]}"
  step "installing Debian packages: ${missing[*]}" \
    install_packages "${missing[@]}"
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  hold_daemons
  fetch 'The package list' apt-get update -qq
  if have debconf-set-selections; then
    echo 'roundcube-core roundcube/dbconfig-install boolean false' |
      debconf-set-selections
  fi
  fetch "$*" apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
    --no-install-recommends "$@"
  release_daemons
}

# Keeps Apache, Dovecot and the others from being started by their
# installation: the tests start their own, on the loopback interface.
hold_daemons() {
  local cluster=/etc/postgresql-common/createcluster.conf
  if [[ ! -e $cluster ]]; then
    mkdir -p "${cluster%/*}"
    echo 'create_main_cluster = false' >"$cluster"
  fi
  [[ -e /usr/sbin/policy-rc.d ]] && return
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod +x /usr/sbin/policy-rc.d
  trap release_daemons EXIT
}

# Takes back what `hold_daemons` put there; it runs at most once.
release_daemons() {
  if [[ $(trap -p EXIT) == *release_daemons* ]]; then
    rm -f /usr/sbin/policy-rc.d
    trap - EXIT
  fi
}

# --- tools -----------------------------------------------------------------

# Tells a user without the right to install packages so before anything else.
set_up() {
  local kind missing=()
  for kind in "$@"; do
    mapfile -t -O "${#missing[@]}" missing < <("missing_for_$kind")
  done
  need_packages "${missing[@]}"
  need_node
  need_rust
  need_wasm_bindgen
  need_npm_packages
}

set_up_tests() {
  set_up build tests
  need_browsers
  need_geckodriver
  if have rustup && ! { have cargo-clippy && have rustfmt; }; then
    step 'installing rustfmt and clippy' \
      fetch 'rustfmt and clippy' rustup component add rustfmt clippy
  fi
}

node_major() {
  local version
  version=$(node --version)
  version=${version#v}
  echo "${version%%.*}"
}

# Debian 12 has Node.js 18, which web-ext refuses; npm brings a newer one.
need_node() {
  (($(node_major) >= NODE_MAJOR)) && return
  say "Node.js here is $(node --version), the tools need $NODE_MAJOR or newer"
  step 'installing Node.js 22 from npm into the cache' \
    fetch 'Node.js' npm install --prefix "$CACHE/node" node@22
  hash -r
}

need_rust() {
  have cargo || step 'installing Rust with rustup' install_rust
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  found=$(rustc --version | cut -d ' ' -f 2)
  if [[ $(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1) != "$wanted" ]]
  then
    die 2 "Rust here is $found, but $wanted or newer is needed." \
      "Run “rustup update stable”, or install rustup (https://rustup.rs)" \
      "in place of the packaged compiler."
  fi
  need_wasm_target
}

install_rust() {
  local script
  script=$(mktemp)
  fetch 'rustup' curl --proto '=https' --tlsv1.2 -fsSL \
    -o "$script" https://sh.rustup.rs
  fetch 'Rust' sh "$script" -y --profile minimal --no-modify-path
  rm -f "$script"
}

need_wasm_target() {
  local libraries
  libraries=$(rustc --print target-libdir --target "$WASM_TARGET")
  [[ -d $libraries ]] && return
  have rustup || die 2 "Rust's $WASM_TARGET target is missing. Install it" \
    "with your package manager (Debian: libstd-rust-dev-wasm32), or use rustup."
  step "installing Rust's $WASM_TARGET target" \
    fetch "$WASM_TARGET" rustup target add "$WASM_TARGET"
}

# Builds a program from the crate registry into the cache. Without --locked:
# the lock file of wasm-bindgen-cli names a version that was withdrawn.
cargo_install() {
  local crate=$1 version=$2
  CARGO_TARGET_DIR=$CACHE/build fetch "$crate" \
    cargo install --root "$CACHE" --force "$crate" --version "$version"
  rm -rf "$CACHE/build"
}

# The command-line tool must have exactly the version of the crate.
need_wasm_bindgen() {
  local wanted
  wanted=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' \
    Cargo.lock)
  if [[ $(wasm-bindgen --version 2>/dev/null) != "wasm-bindgen $wanted" ]]; then
    step "building wasm-bindgen-cli $wanted (two minutes, once)" \
      cargo_install wasm-bindgen-cli "$wanted"
  fi
}

need_geckodriver() {
  [[ -x $(geckodriver_path) ]] && return
  step "building geckodriver $GECKODRIVER_VERSION (two minutes, once)" \
    cargo_install geckodriver "$GECKODRIVER_VERSION"
}

need_npm_packages() {
  cmp -s package-lock.json node_modules/.installed-for && return
  step 'installing npm packages' fetch 'The npm packages' npm ci
  cp package-lock.json node_modules/.installed-for
}

need_browsers() {
  local path
  for path in "$(chromium_path)" "$(chromedriver_path)" "$(firefox_path)"; do
    [[ -x $path ]] || die 2 "$path is missing. Ubuntu's own packages are" \
      "snaps, which the tests cannot use: install Chromium with its driver" \
      "and Firefox ESR from elsewhere and name them in DOPPELCHECK_CHROMIUM," \
      "DOPPELCHECK_CHROMEDRIVER and DOPPELCHECK_FIREFOX."
  done
}

# --- building --------------------------------------------------------------

build() {
  set_up build
  build_all
}

build_all() {
  step 'building the command-line program' cargo build --release --quiet
  step 'building the engine for browsers' build_engine
  step 'assembling dist/chromium, dist/firefox and dist/www' \
    node extension/build.mjs
}

# Paths of this machine stay out of the module: it is the same everywhere.
build_engine() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo}
  local raw=$TARGET/$WASM_TARGET/wasm/doppelcheck.wasm
  RUSTFLAGS="--remap-path-prefix=$cargo_home=/cargo\
 --remap-path-prefix=$ROOT=/doppelcheck" \
    cargo rustc --quiet --profile wasm --lib --crate-type cdylib \
    --target "$WASM_TARGET" --no-default-features
  cmp -s "$raw" "$TARGET/engine.wasm" && [[ -f $ENGINE/doppelcheck.js ]] &&
    return
  wasm-bindgen --target web --remove-name-section --remove-producers-section \
    --out-dir "$ENGINE" "$raw"
  # No --all-features: Chromium refuses what wasm-opt writes then.
  # Loops anew (rereloop) and functions left apart (ocimfs) take less space.
  # Below 1 KB lies the far end of the stack, which nothing reaches (lmu).
  npx wasm-opt --flatten --rereloop -Oz -Oz -ocimfs 0 -lmu \
    "$ENGINE/doppelcheck_bg.wasm" -o "$ENGINE/doppelcheck_bg.wasm"
  cp "$raw" "$TARGET/engine.wasm"
}

# --- demo ------------------------------------------------------------------

demo() {
  build
  step 'judging the sample mails' judge_samples
  serve_demo
}

# Finding something (status 1) is what the samples are for.
judge_samples() {
  local status=0
  "$TARGET/release/doppelcheck" mail tests/mails || status=$?
  ((status < 2)) || die 1 'the sample mails could not be judged'
}

SERVER=''
SERVER_LOG=''
BROWSER=''
PROFILE=''

# What the demo started and put down ends with it.
end_demo() {
  local process
  for process in $BROWSER $SERVER; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  rm -rf "$SERVER_LOG" "$PROFILE"
}

serve_demo() {
  local address
  SERVER_LOG=$(mktemp)
  node tools/serve.mjs dist/www >"$SERVER_LOG" &
  SERVER=$!
  trap end_demo EXIT
  address=$(wait_for_address)
  say "${BOLD}The training page is at $address$PLAIN"
  if [[ ! -t 1 || -n ${CI:-} || -n ${DOPPELCHECK_DEMO_ONCE:-} ]]; then
    curl -fsS "$address" | grep -i '<title>' || die 1 'the page is not served'
    say 'Nobody watches: the page was fetched once; ending.'
    explain_loading
    return
  fi
  show_browser "$address"
  say 'Press Ctrl-C to end.'
  trap 'exit 0' INT
  wait "$SERVER"
}

# The server prints its address as soon as it listens.
wait_for_address() {
  until [[ -s $SERVER_LOG ]]; do
    kill -0 "$SERVER" 2>/dev/null || die 1 'the page could not be served'
    sleep 0.05
  done
  head -n 1 "$SERVER_LOG"
}

show_browser() {
  local address=$1
  if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    explain_loading
  elif [[ -x $(chromium_path) ]]; then
    open_chromium "$address"
  elif [[ -x $(firefox_path) ]]; then
    npx web-ext run --source-dir dist/firefox --start-url "$address" \
      --firefox "$(firefox_path)" >/dev/null 2>&1 &
    BROWSER=$!
  else
    explain_loading
  fi
}

open_chromium() {
  local sandbox=()
  # As root it does not start with its sandbox.
  if is_root; then sandbox=(--no-sandbox); fi
  PROFILE=$(mktemp -d)
  "$(chromium_path)" "${sandbox[@]}" --user-data-dir="$PROFILE" \
    --no-first-run --disable-features=DisableLoadExtensionCommandLineSwitch \
    --load-extension="$ROOT/dist/chromium" "$1" >/dev/null 2>&1 &
  BROWSER=$!
}

explain_loading() {
  cat <<TEXT
To see the extension in your browser:
  Chrome, Edge, Chromium: open chrome://extensions, switch on “Developer
    mode”, choose “Load unpacked” and take $ROOT/dist/chromium
  Firefox: open about:debugging#/runtime/this-firefox, choose “Load Temporary
    Add-on” and take $ROOT/dist/firefox/manifest.json
TEXT
}

# --- testing ---------------------------------------------------------------

PASSED=0
FAILED=0
FAILURES=()

# Runs one check; goes on when it fails. A command that prints test results
# in cargo's form counts with as many tests as it names, any other as one.
check() {
  local what=$1 begun=$EPOCHREALTIME log status=0 passed failed
  shift
  log=$(mktemp)
  say "$BOLD▸ $what$PLAIN"
  "$@" 2>&1 | tee "$log" || status=$?
  passed=$(count_tests passed "$log")
  failed=$(count_tests failed "$log")
  rm -f "$log"
  if ((passed + failed == 0)); then
    ((status == 0)) && passed=1 || failed=1
  elif ((status != 0 && failed == 0)); then
    failed=1
  fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  ((failed == 0)) || FAILURES+=("$what")
  say "$DIM  $what: $passed passed, $failed failed, $(since "$begun")$PLAIN"
}

count_tests() {
  sed -n "s/^test result:.* \([0-9]*\) $1;.*/\1/p" "$2" |
    awk '{ n += $1 } END { print n + 0 }'
}

test_all() {
  set_up_tests
  build_all
  check_rust
  check_javascript
  check 'cargo test' cargo test --quiet
  check 'browsers and webmail' test_browsers
  summary
}

check_rust() {
  check 'rustfmt' cargo fmt --all --check
  # --all-targets leaves out tests that a plain `cargo test` does not run.
  check 'clippy' cargo clippy --quiet --workspace --all-targets \
    --test browser -- -D warnings
  check 'clippy for WebAssembly' cargo clippy --quiet --lib \
    --target "$WASM_TARGET" --no-default-features -- -D warnings
  RUSTDOCFLAGS='-D warnings' check 'rustdoc' \
    cargo doc --quiet --workspace --no-deps --document-private-items
}

check_javascript() {
  check 'Biome and TypeScript' npm run --silent check
  check 'web-ext lint' lint_extension
  if compgen -G 'extension/tests/*.test.mjs' >/dev/null; then
    check 'node tests' node --test --test-reporter=tap \
      extension/tests/*.test.mjs
  fi
}

# web-ext ends with 0 on warnings and notices too: the counts must be 0.
lint_extension() {
  local report
  report=$(npx web-ext lint --source-dir dist/firefox --output json \
    --no-config-discovery || true)
  node -e '
    const { summary, ...found } = JSON.parse(process.argv[1]);
    const { errors, warnings, notices } = summary;
    console.log(`${errors} errors, ${warnings} warnings, ${notices} notices`);
    if (errors + warnings + notices) {
      console.log(JSON.stringify(found, null, 1));
      process.exit(1);
    }' "$report"
}

test_browsers() {
  DOPPELCHECK_CHROMIUM=$(chromium_path) \
    DOPPELCHECK_CHROMEDRIVER=$(chromedriver_path) \
    DOPPELCHECK_FIREFOX=$(firefox_path) \
    DOPPELCHECK_GECKODRIVER=$(geckodriver_path) \
    DOPPELCHECK_PROGRAM=$TARGET/release/doppelcheck \
    cargo test --quiet --test browser -- "$@"
}

summary() {
  local failure
  say ''
  for failure in "${FAILURES[@]}"; do say "${RED}failed: $failure$PLAIN"; done
  say "$PASSED passed, $FAILED failed"
  ((FAILED == 0)) || { finish && exit 1; }
}

# --- the rest --------------------------------------------------------------

bench() {
  set_up build
  build_all
  step 'measuring the speed' cargo run --release --quiet --example bench
  if [[ -x $(chromedriver_path) && -x $(geckodriver_path) ]]; then
    step 'measuring the speed in the browsers' \
      test_browsers --ignored --test-threads 1 bench
  else
    say 'The browsers are left out: “./build.sh test” installs their drivers.'
  fi
}

measure() {
  set_up build
  step 'building the command-line program' cargo build --release --quiet
  step 'measuring' cargo run --release --quiet --example measure -- \
    "${1:-../shared/corpora}"
}

package() {
  build
  local version
  version=$(sed -n '0,/^version/s/^version = "\(.*\)"/\1/p' Cargo.toml)
  mkdir -p dist/packages
  step 'packing' node tools/package.mjs "$version"
}

screens() {
  set_up_tests
  build_all
  step 'taking the pictures' test_browsers --ignored screens
  have convert && step 'making them smaller' shrink_screens
}

# Pictures of plain surfaces look the same with fewer colours.
shrink_screens() {
  local picture
  for picture in docs/screens/*.png; do
    convert "$picture" -strip +dither -colors 160 \
      -define png:compression-level=9 "PNG8:$picture"
  done
}

finish() { say "${DIM}Total: $(since "$BEGUN")$PLAIN"; }

case ${1:-build} in
  build) build ;;
  demo) demo ;;
  test) test_all ;;
  bench) bench ;;
  measure) measure "${2:-}" ;;
  package) package ;;
  screens) screens ;;
  help | -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
finish
