#!/bin/sh
# Makes the time stamps of this folder with the openssl program (3.x). Keys are thrown away; run it only to make all anew.
#   sha256.tsr, sm3.tsr  RSA signer under an intermediate under a root; the certificates stand in the set unsorted
#   ess-sha1.tsr         the same with the older signingCertificate attribute (SHA-1)
#   ec.tsr               ECDSA P-384 signer under the same root, its own certificate alone, SHA-384 inside
#   refused.tsr          a reply that grants nothing
#   root.crt             the root
set -eu
here=$(cd "$(dirname "$0")" && pwd); work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
printf 'what is stamped\n' > data.txt; cp data.txt "$here/"
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > ca.ext
printf 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n' > tsa.ext
openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.crt -days 36500 -subj '/CN=Vector Root' \
  -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign' 2>/dev/null
issue() {  # issue NAME ISSUER EXT ALGORITHM...
  name=$1 issuer=$2 ext=$3; shift 3
  openssl req -newkey "$@" -nodes -keyout "$name.key" -out "$name.csr" -subj "/CN=Vector $name" 2>/dev/null
  openssl x509 -req -in "$name.csr" -CA "$issuer.crt" -CAkey "$issuer.key" -CAcreateserial -days 36500 -extfile "$ext" -out "$name.crt" 2>/dev/null
}
issue middle root ca.ext rsa:2048
issue signer middle tsa.ext rsa:2048
openssl ecparam -name secp384r1 -out ec.param
issue elliptic root tsa.ext ec:ec.param
config() {  # config SIGNER DIGEST ESS
  echo 01 > serial
  printf '[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\ndefault_policy=1.2.3.4.1\ndigests=sha256,sm3\nsigner_cert=%s.crt\nsigner_key=%s.key\nsigner_digest=%s\ness_cert_id_alg=%s\n' "$1" "$1" "$2" "$3" > tsa.cnf
}
stamp() {  # stamp OUT DIGEST [CHAIN]
  openssl ts -query -data data.txt "-$2" -cert -out query.tsq 2>/dev/null
  openssl ts -reply -config tsa.cnf -queryfile query.tsq ${3:+-chain "$3"} -out "$here/$1" 2>/dev/null || test "$1" = refused.tsr
}
cat signer.crt middle.crt root.crt > chain.pem
config signer sha256 sha256; stamp sha256.tsr sha256 chain.pem; stamp sm3.tsr sm3 chain.pem; stamp refused.tsr sha512
config signer sha256 sha1; stamp ess-sha1.tsr sha256 chain.pem
config elliptic sha384 sha256; stamp ec.tsr sha256
cp root.crt "$here/root.crt"
