"""The README of a bundle: how to check it by hand, in both languages, with nothing but common tools.

Every command in it is run by the tests.
"""

COMMANDS = {
    "content": "sha256sum exhibits/*; openssl dgst -sm3 exhibits/*",
    "record": "sha256sum manifest.json; openssl dgst -sm3 manifest.json; cat log/1.leaf",
    "leaf": "{ printf '\\000'; cat log/1.leaf; } | openssl dgst -sha256 -r",
    "climb": """climb() {  # climb sha256|sm3 INDEX SIZE LEAF PATH...
  local hash=$1 at=$2 last=$(($3 - 1)) found=$4 step joined; shift 4
  for step in "$@"; do
    if [ $((at % 2)) = 1 ] || [ "$at" = "$last" ]; then
      joined=01$step$found
      while [ $((at % 2)) = 0 ] && [ "$at" != 0 ]; do at=$((at / 2)); last=$((last / 2)); done
    else
      joined=01$found$step
    fi
    found=$(printf '%b' "$(printf '%s' "$joined" | sed 's/../\\\\x&/g')" | openssl dgst -"$hash" -r | cut -c1-64)
    at=$((at / 2)); last=$((last / 2))
  done
  echo "$found"
}""",
    "roots": """sed -n 3p log/checkpoint | base64 -d | od -An -v -tx1 | tr -d ' \\n'; echo
sed -n 4p log/checkpoint | cut -d' ' -f2 | base64 -d | od -An -v -tx1 | tr -d ' \\n'; echo""",
    "signature": """sed '/^$/,$d' log/checkpoint > text
tail -n 1 log/checkpoint | awk '{print $NF}' | base64 -d | tail -c 64 > signature
openssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in text -sigfile signature""",
    "time": """openssl ts -verify -in time/sha256.tsr -data log/checkpoint -CAfile keys/timestamps.pem
openssl ts -verify -in time/sm3.tsr -data log/checkpoint -CAfile keys/timestamps.pem
openssl ts -reply -in time/sha256.tsr -text""",
}

_ZH = """\
证据包说明（English below）

这个包里是封存的证据和它们的证明。不用任何专门程序，只用 bash、openssl 3、sha256sum 等常用工具就能自己验证。
先解压，在解压后的文件夹里运行下面的命令。

包里有什么
  manifest.json     清单：每件证据的位置（withheld 表示没有随包交出）、大小、SHA-256、SM3、来源、取证时间、保管记录
  exhibits/         证据
  log/N.leaf        第 N 件证据在存证日志里的记录；log/N.sha256.json 和 log/N.sm3.json 是它在两棵树里的位置和路径
  log/checkpoint    签过名的日志检查点：日志名称、条数、SHA-256 根、SM3 根
  time/             时间戳机构对检查点的回复（RFC 3161）
  keys/             日志的公钥、时间戳机构的证书

一、内容没有变：算出的值与 manifest.json 里写的相同。
{content}

二、清单没有变：manifest.json 的两个摘要与 log/1.leaf 里 manifest 一栏相同，证据的摘要也与 log/N.leaf 里的相同。
{record}

三、记录在日志里：先算记录的叶子值，应与 log/1.sha256.json 的 leaf 相同（SM3 把 -sha256 换成 -sm3）；
再把该文件里的 index、tree_size、leaf 和 path 依次交给 climb，结果应与检查点里的根相同（路径为空时就是 leaf 本身）。
{leaf}

{climb}

{roots}

四、检查点是日志签的：显示 Signature Verified Successfully。公钥取自包里：要向封存机关核对 keys/log.vkey 这一行。
{signature}

五、时间有证明：显示 Verification: OK。证书取自包里：要向时间戳机构核对。
{time}

六、保管记录没有断：每一步的 prev 等于上一步的 hash；hash 是 SHA-256，算的是这样一行 JSON（键按字母排列，没有空格，时间换成 UTC）：
{{"at":…,"by":…,"exhibit":证据的id,"kind":…,"note":…,"organ":…,"prev":…,"seq":…,"sha256":证据的sha256}}

这不能证明什么：不能证明封存之前内容就是真的，不能证明内容由谁制作或发布，也不能代替法庭对证据的审查。
"""

_EN = """\
About this bundle

It holds sealed exhibits and their proofs. You can verify it with common tools alone: bash, openssl 3, sha256sum.
Unpack it, and run these commands in the folder.

What is in it
  manifest.json     the list: where each exhibit lies ("withheld": it does not travel with the bundle), its size, SHA-256,
                    SM3, origin, time of capture, chain of custody
  exhibits/         the exhibits
  log/N.leaf        the record of exhibit N in the evidence log; log/N.sha256.json and log/N.sm3.json place it in the two trees
  log/checkpoint    the signed checkpoint: the log's name, number of entries, SHA-256 root, SM3 root
  time/             replies of the time-stamp authority over the checkpoint (RFC 3161)
  keys/             the log's public key, the authority's certificates

1. The content is unchanged: what comes out is what manifest.json says.
{content}

2. The list is unchanged: both digests of manifest.json stand in log/1.leaf under manifest, and each exhibit's digests in log/N.leaf.
{record}

3. The record is in the log: its leaf hash is the leaf of log/1.sha256.json (for SM3 put -sm3 for -sha256). Then hand index,
tree_size, leaf and path of that file to climb: it gives the root in the checkpoint (an empty path: the leaf itself is the root).
{leaf}

{climb}

{roots}

4. The log signed the checkpoint: Signature Verified Successfully. The key comes from the bundle: compare the line in
keys/log.vkey with the one the sealing organ publishes.
{signature}

5. The time is attested: Verification: OK. The certificates come from the bundle: compare them with the authority's.
{time}

6. Custody is unbroken: prev of each step is hash of the one before; hash is the SHA-256 of one line of JSON (keys in
alphabetical order, no spaces, the time in UTC):
{{"at":…,"by":…,"exhibit":the exhibit's id,"kind":…,"note":…,"organ":…,"prev":…,"seq":…,"sha256":the exhibit's sha256}}

What this does not prove: that the content was true before it was sealed, who made or published it; nor does it replace
the court's own examination of the evidence.
"""


def readme_text() -> str:
    """Return the README, Chinese first."""
    indented = {name: "\n".join(f"    {line}".rstrip() for line in text.split("\n")) for name, text in COMMANDS.items()}
    return _ZH.format(**indented) + "\n\n" + _EN.format(**indented)
