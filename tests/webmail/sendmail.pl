#!/usr/bin/perl
# In sendmail's place: hands a webmail's mail to the tests' own mail server.
use strict;
use warnings;
use Net::SMTP;

my @to = grep { /@/ } @ARGV;
my $smtp = Net::SMTP->new('127.0.0.1', Port => $ENV{DOPPELCHECK_SMTP})
    or die "the tests' mail server does not answer\n";
$smtp->mail('alice@vault.example');
$smtp->to(@to);
$smtp->data(<STDIN>);
$smtp->quit;
