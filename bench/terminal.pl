#!/usr/bin/perl
# The outer terminal of every measurement: opens a PTY of 80 x 24, runs the rest of its arguments on it as a terminal emulator
# would, answers what tint0 and run0 ask (OSC 11, DA1), drains the output as fast as it comes, and prints what it measured as
# one line of JSON. In Perl since it is in the machine, and starts and reads faster than Node; it renders nothing.
#
#   terminal.pl flood CLOCK 0 COMMAND…     the seconds between the marks that the command writes, and the program's own CPU time
#   terminal.pl start CLOCK 0 COMMAND…     the seconds until the first mark, and until the program's end
#   terminal.pl keys CLOCK N COMMAND…      after the first mark: N bytes, one by one, each until its echo is there
#   terminal.pl pipe CLOCK FILE COMMAND…   as flood, but with the file as input and a pipe as output; errors alone go to the PTY
#
# CLOCK is the number of clock_gettime(2) on this architecture: perl-base has no Time::HiRes.
use strict;
use warnings;
use Fcntl qw(O_RDWR O_NOCTTY);
use POSIX ();

my ($mode, $clock, $detail, @command) = @ARGV;
my ($begin, $end) = ('<<BEGIN>>', '<<END>>');
my ($TIOCSPTLCK, $TIOCGPTN, $TIOCSWINSZ, $TIOCSCTTY) = (0x40045431, 0x80045430, 0x5414, 0x540e);

alarm 60;

sub now {
    my $time = "\0" x 16;
    # A string would be passed as a pointer.
    syscall($clock + 0, 1, $time);
    my ($seconds, $nanoseconds) = unpack 'qq', $time;
    return $seconds + $nanoseconds / 1e9;
}

# Variables, since ioctl writes what it got into them.
my ($unlocked, $number, $size) = (pack('i', 0), pack('i', 0), pack('S4', 24, 80, 720, 432));
sysopen my $master, '/dev/ptmx', O_RDWR | O_NOCTTY or die "/dev/ptmx: $!";
ioctl $master, $TIOCSPTLCK, $unlocked or die "TIOCSPTLCK: $!";
ioctl $master, $TIOCGPTN, $number or die "TIOCGPTN: $!";
ioctl $master, $TIOCSWINSZ, $size or die "TIOCSWINSZ: $!";
sysopen my $slave, '/dev/pts/' . unpack('i', $number), O_RDWR | O_NOCTTY or die "slave: $!";

# What the command reads and writes, and where we read that.
my ($input, $output, $source) = ($slave, $slave, $master);
if ($mode eq 'pipe') {
    open my $file, '<', $detail or die "$detail: $!";
    pipe my $reader, my $writer or die "pipe: $!";
    ($input, $output, $source) = ($file, $writer, $reader);
}

my $started = now();
my $pid = fork // die "fork: $!";
if ($pid == 0) {
    POSIX::setsid();
    ioctl $slave, $TIOCSCTTY, 0;
    POSIX::dup2(fileno $input, 0);
    POSIX::dup2(fileno $output, 1);
    POSIX::dup2(fileno $slave, 2);
    exec @command or POSIX::_exit(127);
}
close $slave;
close $output;

my ($chunk, $recent) = ('', '');

# Reads once; false when the last program has closed the terminal, or the pipe.
sub drain { return sysread $source, $chunk, 65536 }

# Reads on to a mark, answering questions; the time of the read that completed it. Keeps what a mark or a question cut between
# two reads may need.
sub reach {
    my ($mark) = @_;
    while (1) {
        if ((my $at = index $recent, $mark) >= 0) {
            $recent = substr $recent, $at + length $mark;
            return now();
        }
        $recent = substr $recent, -256 if length $recent > 256;
        drain() or die "$command[0] ended without $mark: ", visible($recent), "\n";
        $recent .= $chunk;
        if ($recent =~ s/\e\]11;\?(?:\a|\e\\)//) { syswrite $master, "\e]11;rgb:1e1e/1e1e/2e2e\e\\" }
        if ($recent =~ s/\e\[0?c//) { syswrite $master, "\e[?62;22c" }
    }
}

sub visible {
    my ($text) = @_;
    $text =~ s/([^ -~])/sprintf '\\x%02x', ord $1/ge;
    return $text;
}

# User and system time of the program itself, in seconds: fields 14 and 15 of proc(5), of which there are 100 a second.
sub worked {
    open my $file, '<', "/proc/$pid/stat" or die "stat: $!";
    my ($fields) = <$file> =~ /.*\) (.*)/;
    return eval { my @field = split ' ', $fields; ($field[11] + $field[12]) / 100 };
}

my $first = reach($begin);
my @times;
if ($mode eq 'flood' || $mode eq 'pipe') {
    # No search for questions: nothing but the text comes now. The end's mark may be cut between two reads.
    my $before = '';
    my $work = worked();
    while (index($before . $chunk, $end) < 0) {
        $before = substr $before . $chunk, -length $end;
        drain() or die "$command[0] ended without its last mark\n";
    }
    printf qq({"seconds":%.9f,"cpu":%.2f}\n), now() - $first, worked() - $work;
} elsif ($mode eq 'keys') {
    for (1 .. $detail) {
        my $pressed = now();
        syswrite $master, 'k';
        do { drain() or die "$command[0] ended before the last echo\n" } until index($chunk, 'k') >= 0;
        push @times, now() - $pressed;
    }
}
while (drain()) { }
waitpid $pid, 0;
my $left = now();
die "$command[0]: wait status $?\n" if $?;
if ($mode eq 'start') {
    printf qq({"first":%.9f,"exit":%.9f}\n), $first - $started, $left - $started;
} elsif ($mode eq 'keys') {
    @times = sort { $a <=> $b } @times;
    printf qq({"median":%.9f,"p99":%.9f}\n), $times[$#times / 2], $times[$#times * 0.99];
}
