// The root file system that the recorded programs run in: Debian trixie with the programs, and the files that they show, made
// by mmdebstrap and kept under .cache/ by a hash of what defines it. Everything in it is made up: no recording can hold
// anything of the machine that it was made on.
import { join } from 'node:path'
import { cachedRoot, checkout } from '../machine/build.ts'

export const cache = join(checkout, '.cache/recordings')

const packages = [
  ...['vim', 'neovim', 'nano', 'micro', 'emacs-nox', 'joe', 'jed', 'ne', 'kakoune'],
  ...['less', 'man-db', 'bat', 'glow', 'w3m', 'lynx', 'elinks', 'newsboat'],
  ...['htop', 'btop', 'procps', 'ncdu', 'mc', 'ranger', 'nnn', 'vifm', 'lf', 'eza'],
  ...['tmux', 'screen', 'zsh', 'fish', 'python3', 'ipython3', 'fzf', 'gum'],
  ...['git', 'tig', 'git-delta', 'ripgrep', 'diffutils', 'pv', 'whiptail', 'dialog'],
  ...['irssi', 'neomutt', 'calcurse', 'cmatrix', 'cbonsai', 'tty-clock', 'sl', 'nudoku', 'ncurses-term'],
]

/** Runs inside, once: what there is to look at. */
const setup = `
echo tint0test >/etc/hostname; echo 127.0.0.1 localhost tint0test >/etc/hosts; echo 'LANG=C.UTF-8' >/etc/locale.conf
export HOME=/root GIT_AUTHOR_DATE='2024-05-01T12:00:00Z' GIT_COMMITTER_DATE='2024-05-01T12:00:00Z'
mkdir -p /root/project /root/tree/docs /root/tree/bin /root/deb/DEBIAN /root/deb/usr/share/sample; cd /root/project
cat >sample.c <<'END'
#include <stdio.h>
#include <stdlib.h>
/* Counts the lines of a file, and prints the longest one. TODO: wide characters */
#define LIMIT 4096
static const char *name = "sample";
int main(int argc, char **argv)
{
\tchar line[LIMIT];
\tunsigned long lines = 0;
\tFILE *file = argc > 1 ? fopen(argv[1], "r") : stdin;
\tif (!file) {
\t\tfprintf(stderr, "%s: cannot open %s\\n", name, argv[1]);
\t\treturn EXIT_FAILURE;
\t}
\twhile (fgets(line, sizeof line, file)) lines++;
\tprintf("%lu lines, and here is a line of text that is longer than eighty columns, so that it wraps somewhere\\n", lines);
\treturn EXIT_SUCCESS;
}
END
for i in 1 2 3; do sed "s/^int main/int part$i/" sample.c | sed 1,2d >>sample.c.new; done; cat sample.c.new >>sample.c; rm sample.c.new
sed 's/lines/rows/; /TODO/d; s/LIMIT/BOUND/' sample.c >other.c
cat >notes.md <<'END'
# Notes

Some *emphasis*, some **strong** words, \`code\`, and a [link](https://example.org).

| left | right |
|------|------:|
| 漢字 | 42    |
| emoji 🙂 | 7 |

- one
- two, with an é and a ñ

\`\`\`python
def square(x):
    return x * x  # a comment
\`\`\`
END
for i in $(seq 1 12); do printf '\\n## Part %d\\n\\nA paragraph that is long enough to be wrapped on a narrow screen, and says nothing at all.\\n' $i >>notes.md; done
cat >page.html <<'END'
<html><head><title>A page</title></head><body bgcolor=white><h1>A page</h1><p>Some <b>bold</b> and <i>italic</i> text with a <a href="#x">link</a>.</p>
<table border=1><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><form><input type=text name=q> <input type=submit></form>
<ul><li>one<li>two<li>three</ul><pre>int main(void) { return 0; }</pre><p id=x>End.</body></html>
END
python3 -c "
import json
print('name,count,ratio'); [print(f'row {i},{i*37%101},{i/7:.3f}') for i in range(60)]" >table.csv
cat >kernel.log <<'END'
<6>[    0.000000] Linux version 6.12.0 (builder@example) #1 SMP PREEMPT_DYNAMIC
<6>[    0.004021] Command line: quiet splash
<4>[    0.012000] ACPI: a warning of the firmware
<3>[    1.337000] sd 0:0:0:0: [sda] an error that means nothing
<2>[    2.000001] CPU0: temperature above threshold
<6>[    2.100000] EXT4-fs (sda1): mounted filesystem with ordered data mode
END
for i in 1 2 3; do sed "s/^<6>.  */<$i>[   1$i./" kernel.log; done >more.log; cat more.log >>kernel.log; rm more.log
git config --global user.name Alice; git config --global user.email alice@example.org; git config --global init.defaultBranch main
git config --global core.pager 'less -R'
git init -q .; git add -A; git commit -qm 'The beginning'
for i in 1 2 3 4; do sed -i "s/TODO/TODO $i/; $((i*7))s/\\$/ /" sample.c notes.md; echo "$i" >>table.csv; git commit -qam "Change number $i"; done
git checkout -q -b topic; echo topic >>notes.md; git commit -qam 'On a branch'; git checkout -q main; git merge -q --no-ff -m 'The topic is in' topic
echo changed >>notes.md; sed -i 3d sample.c
cd /root/tree; printf '#!/bin/sh\\n' >bin/run; chmod 755 bin/run; ln -s bin/run link; ln -s nowhere broken; touch 'a file' archive.tar.gz picture.png song.mp3; mkfifo fifo; mkdir -m 1777 sticky
chmod u+s bin/run; for i in $(seq 1 30); do head -c $((i * 900)) /dev/zero >docs/file$i.txt; done
printf 'Package: sample\\nVersion: 1.0\\nArchitecture: all\\nMaintainer: Alice <alice@example.org>\\nDescription: a sample\\n' >/root/deb/DEBIAN/control
for i in $(seq 1 40); do echo $i >/root/deb/usr/share/sample/$i; done; dpkg-deb -b /root/deb /root/sample.deb >/dev/null; rm -r /root/deb
mkdir -p /root/.config/fish
cat >/root/.zshrc <<'END'
setopt prompt_subst; autoload -U compinit; compinit -u; zstyle ':completion:*' menu select; eval "$(dircolors)"; zstyle ':completion:*' list-colors \${(s.:.)LS_COLORS}
PROMPT='%K{blue}%F{white} %n@%m %K{cyan}%F{blue}%F{black} %~ %k%F{cyan}%f '; RPROMPT='%K{yellow}%F{black} %? %k%f'
END
cat >/root/.config/fish/config.fish <<'END'
set -U fish_greeting
function fish_prompt; set_color -b blue white; echo -n ' '$USER' '; set_color -b green blue; echo -n ''; set_color black; echo -n ' '(prompt_pwd)' '; set_color normal; set_color green; echo -n ' '; set_color normal; end
function fish_right_prompt; set_color -b yellow black; echo -n ' ok '; set_color normal; end
END
mkdir -p /root/mail/cur /root/mail/new /root/mail/tmp
for i in 1 2 3 4 5; do printf 'From: Bob <bob@example.org>\\nTo: alice@example.org\\nSubject: Letter %s\\nDate: Wed, 01 May 2024 12:0%s:00 +0000\\n\\nHello,\\n\\n> a quoted line\\n>> a twice quoted line\\n\\nhttps://example.org\\n-- \\nBob\\n' $i $i >/root/mail/new/$i.tint0test; done
rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb
`

/** The directory of the root file system, built when it is not there. Throws with the log's end. */
export const buildRecordingRoot = (): string => cachedRoot({ cache, packages, setup, shell: 'bash' })
