// What stands on the command line after Tab: keys without it, and the line with it. A blank at the end says that the word is done.
import type { ShellName } from './shells.ts'

export interface Case {
  readonly what: string
  readonly keys: string
  readonly line: string
  /** What the command itself completes: in bash it takes bash-completion. */
  readonly theirs?: true
  /** Where a shell has its own way. */
  readonly but?: Readonly<Partial<Record<ShellName, string>>>
}

export const cases: readonly Case[] = [
  { what: 'a long option', keys: 'tint0 --empo', line: 'tint0 --empower ' },
  {
    what: 'a long option that wants a value',
    keys: 'tint0 --backg',
    line: 'tint0 --background=',
    but: { fish: 'tint0 --background ' },
  },
  {
    what: 'an option behind another',
    keys: 'tint0 -u bob --descr',
    line: 'tint0 -u bob --description=',
    but: { fish: 'tint0 -u bob --description ' },
  },
  { what: 'a value that is chosen', keys: 'tint0 --tint=dy', line: 'tint0 --tint=dynamic ' },
  { what: 'a value in the next word', keys: 'tint0 --backend lo', line: 'tint0 --backend local ' },
  { what: 'a name of a color', keys: 'tint0 --background=mage', line: 'tint0 --background=magenta ' },
  { what: 'a user behind =', keys: 'tint0 --user=ali', line: 'tint0 --user=alice ' },
  { what: 'a user behind a letter', keys: 'tint0 -u bo', line: 'tint0 -u bob ' },
  { what: 'a user in the word of the letter', keys: 'tint0 -uali', line: 'tint0 -ualice ' },
  { what: 'a user behind letters in one word', keys: 'tint0 -iu ali', line: 'tint0 -iu alice ' },
  { what: 'a group', keys: 'tint0 --group=ali', line: 'tint0 --group=alice ' },
  { what: 'a folder', keys: 'tint0 --chdir=fol', line: 'tint0 --chdir=folder/' },
  { what: 'a file', keys: 'tint0 --config=file', line: 'tint0 --config=file\\ one ' },
  { what: 'a theme', keys: 'tint0 --theme=zz', line: 'tint0 --theme=zz-mine ' },
  { what: 'a theme of the package', keys: 'tint0 --theme=zp', line: 'tint0 --theme=zp-packaged ' },
  {
    what: 'the same for tint0ctl',
    keys: 'tint0ctl themes show zp',
    line: 'tint0ctl themes show zp-packaged ',
  },
  {
    what: 'a switch of tint0ctl behind its action',
    keys: 'tint0ctl config edit --sy',
    line: 'tint0ctl config edit --system ',
  },
  { what: 'a slice', keys: 'tint0 --slice=user.s', line: 'tint0 --slice=user.slice ' },
  {
    what: 'a second preset',
    keys: 'tint0 --sandbox=readonly,no-n',
    line: 'tint0 --sandbox=readonly,no-network ',
    but: { zsh: 'tint0 --sandbox=readonly,no-network,' },
  },
  {
    what: 'a property, which wants a value',
    keys: 'tint0 --property MemoryM',
    line: 'tint0 --property MemoryMax=',
  },
  { what: 'a command of sbin', keys: 'tint0 useradd', line: 'tint0 useradd ' },
  {
    what: 'a command behind options',
    keys: 'tint0 -u bob --tint off userde',
    line: 'tint0 -u bob --tint off userdel ',
  },
  { what: 'a command behind --', keys: 'tint0 -- userde', line: 'tint0 -- userdel ' },
  {
    what: 'an option of the command',
    keys: 'tint0 systemctl --no-pag',
    line: 'tint0 systemctl --no-pager ',
    theirs: true,
  },
  {
    what: 'an option of the command behind ours',
    keys: 'tint0 --user=bob -- systemctl --no-pag',
    line: 'tint0 --user=bob -- systemctl --no-pager ',
    theirs: true,
  },
  {
    what: 'an option of the command behind -- alone',
    keys: 'tint0 -- systemctl --no-pag',
    line: 'tint0 -- systemctl --no-pager ',
    theirs: true,
  },
  {
    what: 'an option of tint0 in tint0',
    keys: 'tint0 -n tint0 --tint=dy',
    line: 'tint0 -n tint0 --tint=dynamic ',
    theirs: true,
  },
  { what: 'no option of ours behind the command', keys: 'tint0 true --empo', line: 'tint0 true --empo' },
  { what: 'a command of tint0ctl', keys: 'tint0ctl compl', line: 'tint0ctl completions ' },
  { what: 'its action', keys: 'tint0ctl completions fi', line: 'tint0ctl completions fish ' },
  {
    what: 'what is behind an action',
    keys: 'tint0ctl themes show zz',
    line: 'tint0ctl themes show zz-mine ',
  },
  {
    what: 'a group behind an option of tint0ctl',
    keys: 'tint0ctl policy suggest --group=ali',
    line: 'tint0ctl policy suggest --group=alice ',
  },
  {
    what: 'the same in the next word, behind others',
    keys: 'tint0ctl policy suggest --self --group ali',
    line: 'tint0ctl policy suggest --self --group alice ',
  },
  {
    what: 'an option of tint0ctl that wants a value',
    keys: 'tint0ctl policy suggest --gr',
    line: 'tint0ctl policy suggest --group=',
    but: { fish: 'tint0ctl policy suggest --group ' },
  },
  {
    what: 'an option behind the group',
    keys: 'tint0ctl policy suggest --group alice --no-p',
    line: 'tint0ctl policy suggest --group alice --no-password ',
  },
  {
    what: 'who asks for a password',
    keys: 'tint0 --auth=pk',
    line: 'tint0 --auth=pkttyagent ',
  },
  { what: 'a switch of a command', keys: 'tint0ctl doctor --j', line: 'tint0ctl doctor --json ' },
  { what: 'an option of tint', keys: 'tint0ctl tint --filter=str', line: 'tint0ctl tint --filter=strict ' },
  { what: 'no option that tint does not take', keys: 'tint0ctl tint --empo', line: 'tint0ctl tint --empo' },
  {
    what: 'an option of tint’s command',
    keys: 'tint0ctl tint -- systemctl --no-pag',
    line: 'tint0ctl tint -- systemctl --no-pager ',
    theirs: true,
  },
]
