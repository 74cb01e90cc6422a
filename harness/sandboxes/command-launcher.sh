#!/bin/sh
# Starts the domain's command that this file is named after (see shell-commands.ts).
exec /opt/trace2skill/node /opt/trace2skill/command-program.mjs "/opt/trace2skill/modules/${0##*/}" "$@"
