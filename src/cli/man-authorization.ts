// What tint0(1) says of passwords and of what protects whom: its sections AUTHORIZATION and SECURITY.
import { code, item, paragraph, type Section } from './man-roff.ts'

export const authorization: Section = {
  title: 'AUTHORIZATION',
  blocks: [
    paragraph(
      'Whether you may is decided by polkit(8), by its policy for `org.freedesktop.systemd1.manage-units` and its rules. tint0 first asks without anybody being asked; only where polkit wants a password it becomes an authentication agent, and asks you: on the terminal, wherever the standard streams go, and also without a session of systemd-logind.',
    ),
    paragraph(
      'Before the question it says who asks for what: as whom, where, the whole command. That is the word of who runs tint0; polkit itself knows only the name of the unit. Where several may answer, the arrow keys up and down choose whom, as long as nothing is typed. `^U` erases what was typed, `^W` a word of it, Tab switches what is seen of it; `^C` and `^D` end it, with status 130 and 126. After three wrong answers the status is 126, too.',
    ),
    paragraph(
      'polkit may keep an answer for some minutes, if its policy says so: by default for active sessions at this machine. From version 127 on it does so for one shell on one pseudoterminal; before, for a single process, so that each tint0 asks again. `tint0ctl auth` tells what it keeps, `-k` and `-K` have it forget.',
    ),
    paragraph(
      'The unit is named after the command: `tint0-apt-upgrade-`<ID>`.service`, or `tint0-shell-bash-`<ID>`.service`. At most two words behind the command are told, only those of plain lower-case letters, none behind an option or anything else, and none behind a word such as `password`; for everybody can read the name, and the journal keeps it.',
    ),
    paragraph('To see what polkit would answer, and to have rules for a group written:'),
    code('tint0ctl policy', 'tint0ctl policy suggest --group=wheel --self'),
  ],
}

export const security: Section = {
  title: 'SECURITY',
  blocks: [
    item(
      'No rights of its own',
      'tint0 runs as you, all the time. What it could do, any program of yours could; who can change what you run can also show you a prompt that looks like this one. No prompt in a terminal is proof of who asks.',
    ),
    item(
      'The password',
      'It is held in buffers that are overwritten as soon as the helper of polkit has it, or it is given up; never in a text of Node’s, which could not be overwritten, unless PAM lets it be seen while it is typed. It is in no argument, variable, message, report or log of tint0. With `--stdin` and `--askpass` it is as safe as the place where it comes from.',
    ),
    item(
      'The command line',
      'Arguments of a process can be read by all users, as always; and the description of the unit holds the command line, as with run0(1), so that the journal keeps it. `--description=` sets another one. Secrets belong into files or standard input.',
    ),
    item(
      'What polkit does not know',
      'It is asked before there is a unit, and is told its name and that it is to be started; not the command, not its user. So a rule can grant all or nothing. `tint0ctl policy suggest` shows what to do where one command is meant.',
    ),
    item(
      'Your terminal',
      'The command never gets it, but one of its own, so it cannot type into your shell. `--filter=strict` keeps what harms a terminal from it.',
    ),
  ],
}
